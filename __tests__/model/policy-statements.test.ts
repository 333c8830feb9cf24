import { type RoleStatement, roleStatementProblems } from "../../src/model/policy-statements";
import { told } from "../support/tasks";

const READ: RoleStatement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::uploads/*"] };
const problems = (...statements: RoleStatement[]) => told(roleStatementProblems(statements));

describe("statements of a role's policy", () => {
  test.each<RoleStatement>([
    READ,
    { ...READ, sid: "Read1" },
    { actions: ["*"], resources: ["*"] },
    { actions: ["s3:GetObject"], resources: ["${aws_s3_bucket.uploads.arn}/*"] },
    { actions: ["s3:*", "s3:Get*", "dynamodb:?atchGetItem", "kafka-cluster:Connect"], resources: ["*"] },
    {
      actions: ["sts:AssumeRole"],
      resources: ["arn:aws-cn:iam::111122223333:role/a", "arn:aws:s3:::${aws:username}/*"],
    },
  ])("are those that IAM takes, as %j", (statement) => {
    expect(problems(statement)).toEqual([]);
  });

  test("name at least one action and one resource", () => {
    expect(problems({ actions: [], resources: [] })).toEqual([
      ["0.actions", "'actions' of statement 1 must hold at least one, got none; name some, or remove the statement"],
      [
        "0.resources",
        "'resources' of statement 1 must hold at least one, got none; name some, or remove the statement",
      ],
    ]);
    expect(problems(READ, { sid: "Write", actions: ["s3:PutObject"] })).toEqual([
      [
        "1.resources",
        `'resources' of statement "Write" must hold at least one, got none; name some, or remove the statement`,
      ],
    ]);
  });

  test.each(["s3.GetObject", "GetObject", "s3:", "s3:a:b", "s*:GetObject", ""])("have no action %j", (action) => {
    expect(problems({ ...READ, actions: ["s3:PutObject", action] })).toEqual([
      [
        "0.actions.1",
        `'actions' of statement 1 must hold actions with their service, like "s3:GetObject" or "s3:*", got "${action}"`,
      ],
    ]);
  });

  test.each(["uploads/*", "arn:aws:s3", "s3://uploads", ""])("have no resource %j", (resource) => {
    expect(problems({ ...READ, resources: [resource] })).toEqual([
      [
        "0.resources.0",
        `'resources' of statement 1 must hold ARNs, like "arn:aws:s3:::uploads/*", or "*", got "${resource}"`,
      ],
    ]);
  });

  test("are called by letters and digits, each once", () => {
    expect(problems({ ...READ, sid: "my sid" })).toEqual([
      ["0.sid", `'sid' of a statement must hold letters and digits alone, got "my sid"`],
    ]);
    expect(problems({ ...READ, sid: "A" }, READ, READ, { ...READ, sid: "A" })).toEqual([
      ["3.sid", `'sid' must be that of one statement of a policy, got "A" twice; change one, or leave it out`],
    ]);
  });

  test("are not asked for what Terraform alone knows", () => {
    const later = { sid: "${a}", actions: ["${b}"], resources: ["${c}"] };
    expect(roleStatementProblems([later], () => false)).toEqual([]);
  });
});
