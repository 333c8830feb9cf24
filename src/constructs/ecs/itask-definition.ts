import type { ITerraformDependable } from "cdktf";
import type { FargateSize } from "../../model/fargate-sizes";
import type { TaskContainer } from "../../model/task-container";
import type { TaskLaunch } from "../../model/task-platform";
import type { PolicyStatement } from "../iam/policy-document";
import type { EfsStorage } from "../storage/efs-storage";
import type { IEcsCluster } from "./iecs-cluster";

export type { TaskLaunch } from "../../model/task-platform";

/** What ECS runs as one task. */
export interface ITaskDefinition {
  /** Name that all of its revisions have in common. */
  readonly family: string;
  /** ARN of this revision: another one with every change. */
  readonly taskDefinitionArn: string;
  /** On what its tasks run. */
  readonly launch: TaskLaunch;
  /** The kind of system that its containers need. */
  readonly operatingSystem: "linux" | "windows";
  /** The architecture that its images are built for. */
  readonly architecture: "X86_64" | "ARM64";
  /** Whether each task has a network interface and security groups of its own (`awsvpc`), as all on Fargate have. */
  readonly ownNetworkInterface: boolean;
  /** Its containers, in the order in which they were given. */
  readonly containers: readonly TaskContainer[];
  /** The role by which ECS pulls images, reads secrets and writes logs. */
  readonly executionRoleArn: string;
  /** The role that the containers' programs have. */
  readonly taskRoleArn: string;
  /** File systems that its containers mount: whoever runs it lets its security group in, by `allowFrom`. @default - none */
  readonly fileSystems?: readonly EfsStorage[];
  /** CPU and memory of the whole task. @default - unknown, or on instances as much as the containers have */
  readonly size?: FargateSize | undefined;
  /** What all its containers have together, the log router of FireLens among them. @default - the sum of 'containers' */
  readonly containerTotal?: FargateSize | undefined;
  /** Oldest version of Fargate's platform that runs it. @default - any */
  readonly oldestPlatformVersion?: "1.4.0" | undefined;
  /** What was granted after it was made, for which whoever starts its tasks has to wait. @default - nothing */
  readonly granted?: readonly ITerraformDependable[];

  /**
   * Lets the containers' programs do something in AWS.
   *
   * @param key name of the policy among the task role's, from which its id is derived
   */
  grant(key: string, statements: readonly PolicyStatement[]): void;

  /**
   * Lets ECS itself do something when it starts a task, such as pull an image.
   *
   * @param key name of the policy among the execution role's, from which its id is derived
   * @returns what has to be there before ECS starts a task that needs it
   */
  grantExecution?(key: string, statements: readonly PolicyStatement[]): ITerraformDependable;

  /**
   * Lets people open a shell in its containers with ECS Exec, where tasks run on this cluster. Once is as good as
   * twice.
   *
   * @returns what has to be there before a task starts: the agent in its containers asks once
   * @throws InvalidPropsError when the cluster lets nobody
   */
  allowExec?(cluster: IEcsCluster): ITerraformDependable;
}
