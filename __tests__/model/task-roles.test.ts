import { taskRoleProblems } from "../../src/model/task-roles";
import { told } from "../support/tasks";

const ROLE = "arn:aws:iam::111122223333:role/team/web";

describe("the roles of a task definition", () => {
  test("are called by its family, by their names, or are there", () => {
    expect(told(taskRoleProblems("web", {}))).toEqual([]);
    expect(told(taskRoleProblems("web", { taskRoleName: "a", executionRoleName: "b" }))).toEqual([]);
    expect(told(taskRoleProblems("web", { taskRoleArn: ROLE, executionRoleArn: ROLE }))).toEqual([]);
  });

  test("have names that IAM takes", () => {
    const family = "a".repeat(60);
    expect(told(taskRoleProblems(family, { taskRoleName: "web" }))).toEqual([
      [
        "",
        expect.stringMatching(
          /the name of an IAM role must be 1 to 64 characters.*; give 'executionRoleName', or a shorter 'family'$/,
        ),
      ],
    ]);
    expect(told(taskRoleProblems("web", { taskRoleName: "a b" })).map(([at]) => at)).toEqual(["taskRoleName"]);
  });

  test("are made or given, not both", () => {
    expect(told(taskRoleProblems("web", { taskRoleArn: ROLE, taskRoleName: "web" }))).toEqual([
      ["taskRoleName", "'taskRoleName' and 'taskRoleArn' are both given; keep one"],
    ]);
  });

  test("are given by ARN", () => {
    expect(told(taskRoleProblems("web", { executionRoleArn: "web" }))).toEqual([
      [
        "executionRoleArn",
        `'executionRoleArn' must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/web", got "web"`,
      ],
    ]);
    expect(taskRoleProblems("web", { taskRoleArn: "${arn}" }, () => false)).toEqual([]);
  });
});
