import type { ContainerLogging } from "./container-logging";
import type { ContainerSpec, PortSpec } from "./container-spec";

/** A container of an ECS task. Any `ContainerSpec` is one. */
export interface TaskContainer extends ContainerSpec {
  /** Ports by name: numbers, or with a protocol. @default - none */
  readonly ports?: Readonly<Record<string, number | TaskPort>>;
  /** Whether the task ends when the container does. @default true */
  readonly essential?: boolean;
  /** What has to have happened to other containers of the task before it starts, by their names. @default - nothing */
  readonly dependsOn?: Readonly<Record<string, DependencyCondition>>;
  /** Seconds that containers which depend on it wait for it, 2 to 120 on Fargate. @default - 180 on Fargate */
  readonly startTimeoutInSeconds?: number;
  /** Seconds between the request to stop and the end by force, 2 to 120 on Fargate. @default 30 */
  readonly stopTimeoutInSeconds?: number;
  /** ARN of the secret with user name and password of a registry outside AWS. @default - none */
  readonly repositoryCredentials?: string;
  /** How many files it may have open. @default - what ECS gives: 65535 on Fargate */
  readonly openFiles?: OpenFiles;
  /** Whether ECS restarts it inside the running task when it ends. @default - no: the task ends, if it is essential */
  readonly restartPolicy?: RestartPolicy;
  /** Whether a small init process hands on signals and reaps processes. Linux only. @default true on Linux */
  readonly initProcess?: boolean;
  /** Where its output goes by a driver of its own. @default - to the task's log group, or where FireLens sends it */
  readonly logging?: ContainerLogging;
  /** GPUs for it alone, on EC2. @default 0 */
  readonly gpus?: number;
  /** Names of variables in `environment` that look like secrets and are none. @default - none */
  readonly plainText?: readonly string[];
}

/** A port of a container on ECS. */
export interface TaskPort extends PortSpec {
  /** What is spoken on it, for Service Connect to count requests and not only connections. @default - unknown */
  readonly appProtocol?: "http" | "http2" | "grpc";
}

/** `START`: it has started; `COMPLETE`: it has ended; `SUCCESS`: it has ended well; `HEALTHY`: its health check says so. */
export type DependencyCondition = "START" | "COMPLETE" | "SUCCESS" | "HEALTHY";

/** The `nofile` limits of Linux. */
export interface OpenFiles {
  /** What programs have, and may raise up to `hard`. */
  readonly soft: number;
  /** What no program gets beyond. */
  readonly hard: number;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html */
export interface RestartPolicy {
  /** Statuses with which it may end without being restarted. @default - none: it is restarted always */
  readonly ignoredExitCodes?: readonly number[];
  /** Seconds it has to have run before it is restarted, 60 to 1800. @default 300 */
  readonly attemptPeriodInSeconds?: number;
}
