import { nameProblem, names } from "./names";
import { type Problem, problemAt, quote } from "./problem";

/** The two roles of a task definition. */
export interface TaskRoles {
  /** Name of the role that the containers' programs have. @default - `<family>-task` */
  readonly taskRoleName?: string;
  /** ARN of a role that exists, instead of one of its own; what is granted is added to it. @default - a role of its own */
  readonly taskRoleArn?: string;
  /** Name of the role by which ECS starts the task. @default - `<family>-execution` */
  readonly executionRoleName?: string;
  /** ARN of a role that exists, instead of one of its own; what ECS needs is added to it. @default - a role of its own */
  readonly executionRoleArn?: string;
}

const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** What is wrong with the names and ARNs of the roles. */
export function taskRoleProblems(
  family: string,
  roles: TaskRoles,
  known: (value: string) => boolean = () => true,
): Problem[] {
  return [
    ...roleProblems("taskRole", roles.taskRoleName, roles.taskRoleArn, names.taskRole(family), known),
    ...roleProblems(
      "executionRole",
      roles.executionRoleName,
      roles.executionRoleArn,
      names.taskExecutionRole(family),
      known,
    ),
  ];
}

function roleProblems(
  role: string,
  name: string | undefined,
  arn: string | undefined,
  derived: string,
  known: (value: string) => boolean,
): Problem[] {
  if (arn !== undefined) {
    return [
      ...problemAt(
        [`${role}Arn`],
        !known(arn) || ROLE_ARN.test(arn)
          ? undefined
          : `'${role}Arn' must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/web", got ${quote(arn)}`,
      ),
      ...problemAt(
        [`${role}Name`],
        name === undefined ? undefined : `'${role}Name' and '${role}Arn' are both given; keep one`,
      ),
    ];
  }
  const given = name ?? derived;
  return problemAt(
    name === undefined ? [] : [`${role}Name`],
    known(given)
      ? nameProblem("role", given, name === undefined ? `give '${role}Name', or a shorter 'family'` : "choose another")
      : undefined,
  );
}
