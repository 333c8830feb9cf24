import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { TerraformStack } from "cdktf";
import {
  FargateTaskDefinition,
  type FargateTaskDefinitionProps,
} from "../../src/constructs/ecs/fargate-task-definition";
import { resource, type Statement, stackFor, statements, synth } from "./stack";
import { ecsClusterIn, taskContainer } from "./tasks";

export type Options = Partial<FargateTaskDefinitionProps>;

/** A stack with the task definition "web" for Fargate, which is used before it is synthesized. */
export function build(
  options: Options | ((stack: TerraformStack) => Options) = {},
  use: (task: FargateTaskDefinition) => void = () => undefined,
  region?: string,
) {
  const stack = stackFor(region);
  const given = typeof options === "function" ? options(stack) : options;
  const task = new FargateTaskDefinition(stack, "web", {
    cluster: ecsClusterIn(stack),
    containers: [taskContainer()],
    ...given,
  });
  use(task);
  return { stack, task, text: synth(stack) };
}

/** The containers as ECS registers them. */
export function definitions(text: string): Readonly<Record<string, unknown>>[] {
  const { container_definitions: json } = resource(text, EcsTaskDefinition);
  return JSON.parse(String(json).replaceAll(/\$\{[^}]*\}/g, (it) => JSON.stringify(it).slice(1, -1)));
}

/** The statements of one policy of a role. */
export function policy(text: string, name: string): Statement[] {
  return statements(resource(text, IamRolePolicy, name).policy);
}

/** Where the output of containers goes when nothing is said. */
export const LOGS = {
  logDriver: "awslogs",
  options: {
    "awslogs-group": "${aws_cloudwatch_log_group.web_logs.name}",
    "awslogs-region": "eu-west-1",
    "awslogs-stream-prefix": "ecs",
    "max-buffer-size": "25m",
    mode: "non-blocking",
  },
};
