import { Memory } from "../units/memory";
import { parseQuantity } from "../units/quantity";
import { amountsOf, type Known, sharedPortProblems } from "./container-spec";
import { type FireLens, fireLensProblems, LOG_ROUTER, logRouterOf } from "./fire-lens";
import { ecsContainerProblems, ecsContainerWarnings } from "./homes/ecs-container";
import { kmsKeyArnProblem } from "./kms-key";
import { retentionProblem } from "./log-retention";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import type { TaskContainer } from "./task-container";
import { dependencyProblems } from "./task-dependencies";
import { isWindows, platformProblems, platformWarnings, type TaskLaunch, type TaskPlatform } from "./task-platform";
import { type TaskSize, taskSizeProblems } from "./task-size";
import { type TaskVolume, taskVolumeProblems, taskVolumeWarnings } from "./task-volume";

/** What task definitions on Fargate and on instances have in common. */
export interface TaskDefinitionOptions<F = unknown> extends TaskPlatform {
  /** 1 to 10 containers that run side by side. */
  readonly containers: readonly TaskContainer[];
  /**
   * CPU and memory of the whole task.
   *
   * @default - on Fargate the smallest size that holds the containers; on instances the containers' own amounts
   */
  readonly size?: TaskSize;
  /** Volumes by name. @default - none */
  readonly volumes?: Readonly<Record<string, TaskVolume<F>>>;
  /** Where the containers' output goes. @default - a log group of the task definition's own */
  readonly logs?: TaskLogs;
  /** Sends the logs of some containers elsewhere. @default - none */
  readonly fireLens?: FireLens;
  /** ARNs of the KMS keys that encrypt the secrets, where they are not AWS's own. @default - none */
  readonly secretKeyArns?: readonly string[];
}

/** What task definitions on Fargate have beside it. */
export interface FargateTaskOptions<F = unknown> extends TaskDefinitionOptions<F> {
  /**
   * Disk of the task as a Kubernetes quantity in whole GiB, 21 to 200.
   *
   * @default - what the containers ask for together, when it is more than the 20 GiB that every task has
   */
  readonly ephemeralStorage?: string;
}

/** What task definitions on instances have beside it. */
export interface Ec2TaskOptions<F = unknown> extends TaskDefinitionOptions<F> {
  /** `EC2`: the cluster's instances; `EXTERNAL`: machines of your own (ECS Anywhere). @default "EC2" */
  readonly launch?: "EC2" | "EXTERNAL";
  /**
   * `awsvpc`: a network interface for each task; `bridge`: Docker's network, with ports of the instance that Docker
   * chooses; `host`: the instance's own. Windows on EC2 has `awsvpc` alone.
   *
   * @default "awsvpc", and "bridge" on external instances
   */
  readonly networkMode?: "awsvpc" | "bridge" | "host";
  /** Which instances tasks may run on, in ECS's query language. @default - any */
  readonly placementConstraints?: readonly string[];
}

/** Where the output of containers goes, and for how long. */
export interface TaskLogs {
  /** @default 365 */
  readonly retentionInDays?: number;
  /** ARN of the KMS key that encrypts them; its policy must let CloudWatch Logs use it. @default - AWS's own key */
  readonly kmsKeyArn?: string;
  /**
   * `non-blocking`: what CloudWatch does not take in time is lost when the buffer is full; `blocking`: the container
   * waits instead.
   *
   * @default "non-blocking"
   */
  readonly mode?: "non-blocking" | "blocking";
  /** Buffer of each container where nothing blocks, in MiB. @default 25 */
  readonly bufferInMib?: number;
}

/** Source: facts of ECS, "quotas", 2026-11-21; the second in bytes of what is registered. */
export const MAX_CONTAINERS = 10;
export const MAX_TASK_DEFINITION_BYTES = 64 * 1024;

/** GiB of disk that tasks on Fargate have. Source: ECS Developer Guide, fargate-task-storage, 2026-11-21. */
const TASK_STORAGE_GIB = { free: 20, min: 21, max: 200 } as const;

export const DEFAULT_BUFFER_MIB = 25;
const MAX_PLACEMENT_CONSTRAINTS = 10;

/** All containers of the task, with the log router in front where there is one. */
export function allContainers({ containers, fireLens }: TaskDefinitionOptions): readonly TaskContainer[] {
  return fireLens === undefined ? containers : [logRouterOf(fireLens), ...containers];
}

/** The disk of the task in GiB; `undefined` for the 20 that every task has. */
export function taskStorageGib({ containers, ephemeralStorage }: FargateTaskOptions): number | undefined {
  const asked = containers.reduce((sum, each) => sum.plus(amountsOf(each).ephemeralStorage), Memory.ZERO);
  const gib = ephemeralStorage === undefined ? asked.gib : Memory.ofBytes(parseQuantity(ephemeralStorage, 0) ?? 0).gib;
  return gib > TASK_STORAGE_GIB.free ? Math.ceil(gib) : undefined;
}

/** What is wrong with a task definition for Fargate. */
export function fargateTaskProblems(options: FargateTaskOptions, known: Known = () => true): Problem[] {
  return [...commonProblems(options, "FARGATE", true, known), ...storageProblems(options)];
}

/** What is wrong with a task definition for instances. */
export function ec2TaskProblems(options: Ec2TaskOptions, known: Known = () => true): Problem[] {
  const { launch = "EC2", networkMode, placementConstraints = [] } = options;
  const mode = networkModeOf(options);
  return [
    ...commonProblems(options, launch, mode !== "bridge", known),
    ...problemAt(
      ["networkMode"],
      launch === "EXTERNAL" && networkMode === "awsvpc"
        ? '\'networkMode\' must be "bridge" or "host" on external instances, which are in no VPC, got "awsvpc"; leave it out'
        : launch === "EC2" && mode !== "awsvpc" && isWindows(options)
          ? `'networkMode' must be "awsvpc" for Windows on EC2, got ${quote(mode)}, which ECS has for Linux alone; leave it out`
          : undefined,
    ),
    ...problemAt(
      ["placementConstraints"],
      placementConstraints.length <= MAX_PLACEMENT_CONSTRAINTS
        ? undefined
        : `'placementConstraints' must hold at most ${MAX_PLACEMENT_CONSTRAINTS} expressions, got ${placementConstraints.length}; join some with "and"`,
    ),
    ...placementConstraints.flatMap((expression, index) =>
      problemAt(
        ["placementConstraints", index],
        expression.trim() !== ""
          ? undefined
          : `'placementConstraints' must hold expressions, like "attribute:ecs.instance-type =~ m7g.*", got an empty one`,
      ),
    ),
  ];
}

export function networkModeOf({ launch, networkMode }: Ec2TaskOptions): "awsvpc" | "bridge" | "host" {
  return networkMode ?? (launch === "EXTERNAL" ? "bridge" : "awsvpc");
}

/** What may go wrong with a task definition, or is not certain to. */
export function taskWarnings(options: FargateTaskOptions, launch: TaskLaunch, known: Known = () => true): string[] {
  const windowsDisk = launch === "FARGATE" && isWindows(options) && taskStorageGib(options) !== undefined;
  const windowsRouter = launch === "EC2" && isWindows(options) && options.fireLens !== undefined;
  return [
    ...allContainers(options).flatMap((container) => ecsContainerWarnings(container, known)),
    ...platformWarnings(options, launch),
    ...taskVolumeWarnings(options.volumes ?? {}, options),
    ...(windowsDisk
      ? [
          "'ephemeralStorage' is given for Windows on Fargate, of which AWS's guide says here that it can be chosen, and there that it cannot; try one task before you rely on it",
        ]
      : []),
    ...(windowsRouter
      ? [
          "'fireLens' is given for Windows on EC2, where ECS's agent does not announce that it can route logs; try one task before you rely on it, or leave it out",
        ]
      : []),
  ];
}

function commonProblems(
  options: TaskDefinitionOptions,
  launch: TaskLaunch,
  oneAddress: boolean,
  known: Known,
): Problem[] {
  const { containers, size, volumes = {}, fireLens } = options;
  return [
    ...countProblems(options),
    ...containers.flatMap((container, index) =>
      under(["containers", index], ecsContainerProblems(container, launch, options, known)),
    ),
    ...nameProblems(options),
    ...dependencyProblems(containers, fireLens === undefined ? [] : [LOG_ROUTER]),
    ...(oneAddress ? sharedPortProblems(containers, "task") : []),
    ...platformProblems(options, launch),
    ...taskSizeProblems(size, allContainers(options), launch, options),
    ...under("volumes", taskVolumeProblems(volumes, launch)),
    ...mountProblems(options),
    ...(fireLens === undefined
      ? []
      : under("fireLens", fireLensProblems(fireLens, containers, launch, options, known))),
    ...under("logs", logProblems(options.logs ?? {}, known)),
    ...secretKeyProblems(options, known),
  ];
}

function secretKeyProblems(
  { containers, fireLens, secretKeyArns = [] }: TaskDefinitionOptions,
  known: Known,
): Problem[] {
  const logging = containers.flatMap((each) => each.logging ?? []);
  const secrets = [...containers, ...logging, ...Object.values(fireLens?.outputs ?? {})].some(
    (each) =>
      Object.keys(each.secrets ?? {}).length > 0 ||
      ("repositoryCredentials" in each && each.repositoryCredentials !== undefined),
  );
  return secretKeyArns.length > 0 && !secrets
    ? [
        {
          at: ["secretKeyArns"],
          message: "'secretKeyArns' names keys of secrets, and no container has a secret; leave it out",
        },
      ]
    : secretKeyArns.flatMap((arn, index) =>
        problemAt(["secretKeyArns", index], known(arn) ? kmsKeyArnProblem("secretKeyArns", arn) : undefined),
      );
}

function countProblems(options: TaskDefinitionOptions): Problem[] {
  const { containers, fireLens } = options;
  const count = allContainers(options).length;
  return [
    ...problemAt(
      ["containers"],
      containers.length >= 1 && count <= MAX_CONTAINERS
        ? undefined
        : `'containers' of a task definition must hold 1 to ${MAX_CONTAINERS} containers${fireLens === undefined ? "" : ", the log router of 'fireLens' among them"}, got ${containers.length === 0 ? 0 : count}; ${containers.length === 0 ? "add one" : "split the task"}`,
    ),
    ...problemAt(
      ["containers"],
      containers.length === 0 || containers.some(({ essential = true }) => essential)
        ? undefined
        : `at least one of the 'containers' must be essential, got essential: false of ${quoteAll(containers.map(({ name }) => name))}; leave it out where the task is of no use without the container`,
    ),
  ];
}

function nameProblems(options: TaskDefinitionOptions): Problem[] {
  const { containers, fireLens } = options;
  const taken = fireLens === undefined ? [] : [LOG_ROUTER];
  return containers.flatMap(({ name }, index) =>
    problemAt(
      ["containers", index, "name"],
      taken.includes(name)
        ? `'name' of a container must not be ${quote(name)}, which is the log router of 'fireLens'; choose another`
        : containers.slice(0, index).some((other) => other.name === name)
          ? `two containers of the task are called ${quote(name)}; give each a name of its own`
          : undefined,
    ),
  );
}

function mountProblems({ containers, volumes = {} }: TaskDefinitionOptions): Problem[] {
  const mounts = containers.flatMap((container, index) =>
    Object.entries(container.mounts ?? {}).map(([path, { volume }]) => ({ container, index, path, volume })),
  );
  const used = new Set(mounts.map(({ volume }) => volume));
  return [
    ...mounts.flatMap(({ container, index, path, volume }) =>
      problemAt(
        ["containers", index, "mounts", path, "volume"],
        Object.hasOwn(volumes, volume)
          ? undefined
          : `container ${quote(container.name)} mounts volume ${quote(volume)} on ${quote(path)}, which is not among 'volumes'${Object.keys(volumes).length === 0 ? "" : ` (${quoteAll(Object.keys(volumes))})`}; add it there`,
      ),
    ),
    ...Object.keys(volumes).flatMap((volume) =>
      problemAt(
        ["volumes", volume],
        used.has(volume) ? undefined : `no container mounts volume ${quote(volume)}; mount it, or remove it`,
      ),
    ),
  ];
}

function logProblems({ retentionInDays, kmsKeyArn, mode, bufferInMib }: TaskLogs, known: Known): Problem[] {
  return [
    ...problemAt(
      ["retentionInDays"],
      retentionInDays === undefined ? undefined : retentionProblem("retentionInDays", retentionInDays),
    ),
    ...problemAt(
      ["kmsKeyArn"],
      kmsKeyArn === undefined || !known(kmsKeyArn) ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn),
    ),
    ...problemAt(
      ["bufferInMib"],
      bufferInMib === undefined
        ? undefined
        : mode === "blocking"
          ? "'bufferInMib' of 'logs' is for 'mode' \"non-blocking\", got \"blocking\", which has none; leave it out"
          : Number.isInteger(bufferInMib) && bufferInMib >= 1
            ? undefined
            : `'bufferInMib' of 'logs' must be a whole number above 0, got ${quote(bufferInMib)}`,
    ),
  ];
}

function storageProblems(options: FargateTaskOptions): Problem[] {
  const { ephemeralStorage, containers } = options;
  const { free, min, max } = TASK_STORAGE_GIB;
  const asked = containers.reduce((sum, each) => sum.plus(amountsOf(each).ephemeralStorage), Memory.ZERO);
  if (ephemeralStorage === undefined) {
    return problemAt(
      ["containers"],
      asked.gib <= max
        ? undefined
        : `a task on Fargate has at most ${max}Gi of ephemeral storage, got ${asked} of its containers together; ask for less, and keep large data in EFS or S3`,
    );
  }
  const bytes = parseQuantity(ephemeralStorage, 0);
  const { gib } = Memory.ofBytes(bytes ?? 0);
  return problemAt(
    ["ephemeralStorage"],
    gib === free
      ? `'ephemeralStorage' must be from ${min}Gi to ${max}Gi, got ${quote(ephemeralStorage)}, which every task has; leave it out`
      : !(Number.isInteger(gib) && gib >= min && gib <= max)
        ? `'ephemeralStorage' must be a Kubernetes quantity in whole GiB from ${min}Gi to ${max}Gi, like "50Gi", got ${quote(ephemeralStorage)}`
        : asked.gib > gib
          ? `'ephemeralStorage' must hold what the containers ask for together, ${asked}, got ${quote(ephemeralStorage)}; leave it out to give them that`
          : undefined,
  );
}
