import type { ContainerSpec } from "../../model/container-spec";
import type { PolicyStatement } from "../iam/policy-document";

/** On what a task definition's tasks run. */
export type TaskLaunch = "FARGATE" | "EC2" | "EXTERNAL";

/** What ECS runs as one task. */
export interface ITaskDefinition {
  readonly family: string;
  /** ARN of this revision: another one with every change. */
  readonly taskDefinitionArn: string;
  readonly launch: TaskLaunch;
  readonly operatingSystem: "linux" | "windows";
  readonly architecture: "X86_64" | "ARM64";
  /** Whether each task has a network interface and security groups of its own (`awsvpc`), as all on Fargate have. */
  readonly ownNetworkInterface: boolean;
  /** Its containers, in the order in which they were given. */
  readonly containers: readonly ContainerSpec[];
  /** The role by which ECS pulls images, reads secrets and writes logs. */
  readonly executionRoleArn: string;
  /** The role that the containers' programs have. */
  readonly taskRoleArn: string;

  /**
   * Lets the containers' programs do something in AWS.
   *
   * @param key name of the policy among the task role's, from which its id is derived
   */
  grant(key: string, statements: readonly PolicyStatement[]): void;
}
