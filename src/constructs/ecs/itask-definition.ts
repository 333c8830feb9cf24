import type { TaskContainer } from "../../model/task-container";
import type { TaskLaunch } from "../../model/task-platform";
import type { PolicyStatement } from "../iam/policy-document";
import type { EfsStorage } from "../storage/efs-storage";
import type { IEcsCluster } from "./iecs-cluster";

export type { TaskLaunch } from "../../model/task-platform";

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
  readonly containers: readonly TaskContainer[];
  /** The role by which ECS pulls images, reads secrets and writes logs. */
  readonly executionRoleArn: string;
  /** The role that the containers' programs have. */
  readonly taskRoleArn: string;
  /** File systems that its containers mount: whoever runs it lets its security group in, by `allowFrom`. */
  readonly fileSystems?: readonly EfsStorage[];
  /** Oldest version of Fargate's platform that runs it. @default - any */
  readonly oldestPlatformVersion?: "1.4.0" | undefined;

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
   */
  grantExecution?(key: string, statements: readonly PolicyStatement[]): void;

  /**
   * Lets people open a shell in its containers with ECS Exec, where tasks run on this cluster. Once is as good as
   * twice.
   *
   * @throws InvalidPropsError when the cluster lets nobody
   */
  allowExec?(cluster: IEcsCluster): void;
}
