import type { Known } from "./container-spec";
import {
  fargateEgressProblems,
  type TaskNetworkOptions,
  type TaskVpc,
  taskNetworkProblems,
} from "./ecs-service-network";
import { type Problem, quoteAll } from "./problem";

/** Where tasks lie in the VPC. */
export interface RunTaskNetworkOptions extends TaskNetworkOptions {
  /** Whether tasks on Fargate have public addresses, without which a public subnet leads nowhere. @default false */
  readonly assignPublicIp?: boolean;
}

/** What has to be known of each of the task definitions. */
interface NetworkedTask {
  readonly launch: "FARGATE" | "EC2" | "EXTERNAL";
  readonly ownNetworkInterface: boolean;
}

const OPTIONS = ["additionalSecurityGroupIds", "assignPublicIp", "egress", "subnets"] as const;

/**
 * What is wrong with where tasks lie.
 *
 * @param vpc nothing where it is not known yet
 */
export function runTaskNetworkProblems(
  options: RunTaskNetworkOptions,
  tasks: readonly NetworkedTask[],
  vpc: TaskVpc | undefined,
  known?: Known,
): Problem[] {
  const given = OPTIONS.filter((property) => options[property] !== undefined);
  if (!tasks.some(({ ownNetworkInterface }) => ownNetworkInterface)) {
    return given.length === 0
      ? []
      : [
          {
            at: [given[0] ?? ""],
            message: `${quoteAll(given)} are for tasks with a network interface of their own, and these have that of their instances; leave them out, or choose 'networkMode' "awsvpc" of the task definition`,
          },
        ];
  }
  const publicOnInstances = options.assignPublicIp === true && tasks.some(({ launch }) => launch !== "FARGATE");
  return [
    ...(publicOnInstances
      ? [
          {
            at: ["assignPublicIp"],
            message:
              "'assignPublicIp' is for tasks on Fargate alone, and a task definition is for instances; leave it out",
          },
        ]
      : []),
    ...taskNetworkProblems(options, vpc, known),
    ...(tasks.some(({ launch }) => launch === "FARGATE")
      ? fargateEgressProblems(options, options.assignPublicIp ?? false, vpc)
      : []),
  ];
}
