import type { CapacityMix } from "./ecs-capacity";
import { FARGATE_SPOT, isFargateMix } from "./ecs-capacity";
import { type Problem, problemAt, quote, quoteAll } from "./problem";
import { namedPorts } from "./service-connect";
import type { TaskContainer } from "./task-container";

/** Which tags the tasks get beside ECS's own. */
export const TAG_SOURCES = ["SERVICE", "TASK_DEFINITION", "NONE"] as const;

/** Where tasks get their tags from. */
export type TagSource = (typeof TAG_SOURCES)[number];

/** A target group as far as its target is concerned. */
export interface TargetPort {
  /** Name among the service's targets. */
  readonly key: string;
  readonly containerName: string;
  readonly containerPort: number;
  /** Whether the load balancer can move requests to other tasks by a second target group. */
  readonly blueGreen: boolean;
}

/** The rules of AWS for one task of a service, as far as its containers show it. */
export interface ServiceTask {
  readonly containers: readonly TaskContainer[];
  readonly operatingSystem: "linux" | "windows";
}

/**
 * As of 2026-11-21. Sources: Amazon ECS API Reference, CreateService, API model of 2026-11-17; Amazon ECS Developer
 * Guide, "Amazon ECS service quotas" (target groups).
 */
const MAX_TARGETS = 5;
const MAX_GRACE_PERIOD = 2_147_483_647;

/**
 * Versions of Fargate's platform that start tasks, beside LATEST. AWS has retired those of Linux before 1.4.0.
 *
 * As of 2026-11-21. Source: Amazon ECS Developer Guide, "AWS Fargate Linux platform version deprecation", "Fargate Windows
 * platform versions".
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-versions-retired.html
 */
const PLATFORM_VERSIONS = { linux: ["LATEST", "1.4.0"], windows: ["LATEST", "1.0.0"] } as const;

export interface ServiceCounts {
  /** How many tasks. */
  readonly desiredCount?: number | undefined;
  readonly healthCheckGracePeriodInSeconds?: number | undefined;
  readonly scaling?: ScalingBounds | undefined;
}

/** Between which numbers of tasks a service is scaled. */
export interface ScalingBounds {
  readonly minimum: number;
  readonly maximum: number;
  /** Times at which the bounds change. */
  readonly schedules?: Readonly<Record<string, { readonly minimum?: number }>>;
}

/** Two, so that one is left when a zone fails. */
const DEFAULT_DESIRED_COUNT = 2;

/** How many tasks a service begins with: what it is told, or two, or what its scaling allows that is nearest. */
export function desiredCountOf({ desiredCount, scaling }: ServiceCounts): number {
  return (
    desiredCount ??
    (scaling === undefined
      ? DEFAULT_DESIRED_COUNT
      : Math.min(Math.max(DEFAULT_DESIRED_COUNT, scaling.minimum), scaling.maximum))
  );
}

/** The least tasks, other than none, with which a service may be deployed. */
export function leastTasksOf(counts: ServiceCounts): number {
  const { scaling } = counts;
  return scaling === undefined
    ? desiredCountOf(counts)
    : Math.max(
        1,
        Math.min(scaling.minimum, ...Object.values(scaling.schedules ?? {}).flatMap(({ minimum }) => minimum ?? [])),
      );
}

/**
 * What is wrong with the numbers of a service.
 *
 * @param targets how many of a load balancer's targets it has, clear or not
 */
export function serviceCountProblems(
  { desiredCount, healthCheckGracePeriodInSeconds: seconds, scaling }: ServiceCounts,
  targets: number,
): Problem[] {
  return [
    ...problemAt(
      ["desiredCount"],
      desiredCount === undefined || (Number.isInteger(desiredCount) && desiredCount >= 0)
        ? undefined
        : `'desiredCount' must be a whole number of at least 0, got ${quote(desiredCount)}`,
    ),
    ...problemAt(
      ["desiredCount"],
      desiredCount === undefined ||
        scaling === undefined ||
        (desiredCount >= scaling.minimum && desiredCount <= scaling.maximum)
        ? undefined
        : `'desiredCount' must lie between 'minimum' ${scaling.minimum} and 'maximum' ${scaling.maximum} of 'scaling', got ${quote(desiredCount)}; leave it out, as scaling decides`,
    ),
    ...problemAt(
      ["healthCheckGracePeriodInSeconds"],
      seconds === undefined
        ? undefined
        : !(Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_GRACE_PERIOD)
          ? `'healthCheckGracePeriodInSeconds' must be a whole number of 0 to ${MAX_GRACE_PERIOD} seconds, got ${quote(seconds)}`
          : targets === 0
            ? `'healthCheckGracePeriodInSeconds' tells how long ECS overlooks a load balancer's health checks, and the service has none, got ${seconds}; leave it out`
            : undefined,
    ),
  ];
}

/** What is wrong with the version of Fargate's platform, seen from the service. */
export function platformVersionProblems(
  platformVersion: string | undefined,
  { operatingSystem }: Pick<ServiceTask, "operatingSystem">,
): Problem[] {
  const versions: readonly string[] = PLATFORM_VERSIONS[operatingSystem];
  return problemAt(
    ["platformVersion"],
    platformVersion === undefined || versions.includes(platformVersion)
      ? undefined
      : `'platformVersion' of tasks on ${operatingSystem === "linux" ? "Linux" : "Windows"} must be one of ${quoteAll(versions)}, got ${quote(platformVersion)}; AWS has retired older ones`,
  );
}

/** What is wrong with a mix of capacity for tasks on Fargate, beside the rules that every mix has. */
export function fargateMixProblems(
  capacity: CapacityMix,
  { operatingSystem }: Pick<ServiceTask, "operatingSystem">,
): Problem[] {
  return [
    ...problemAt(
      ["capacity"],
      Object.keys(capacity).length === 0 || isFargateMix(capacity)
        ? undefined
        : `'capacity' of a service on Fargate must name "FARGATE" and "FARGATE_SPOT" alone, got ${quoteAll(Object.keys(capacity))}; tasks on instances need a task definition for EC2`,
    ),
    ...problemAt(
      ["capacity", FARGATE_SPOT.name],
      operatingSystem === "windows" && Object.hasOwn(capacity, FARGATE_SPOT.name)
        ? `'capacity' of tasks on Windows must be "FARGATE" alone, got "FARGATE_SPOT", which runs Linux only; leave it out`
        : undefined,
    ),
  ];
}

/** What is wrong with the target groups that a service enters its tasks into, seen from 'targets'. */
export function targetProblems(
  targets: readonly TargetPort[],
  { containers }: Pick<ServiceTask, "containers">,
): Problem[] {
  return [
    ...problemAt(
      [],
      targets.length <= MAX_TARGETS
        ? undefined
        : `a service enters its tasks into at most ${MAX_TARGETS} target groups, got ${targets.length}; split it into two services`,
    ),
    ...targets.flatMap(({ key, containerName, containerPort }, index) => [
      ...problemAt(
        [index, "key"],
        targets.findIndex((other) => other.key === key) === index
          ? undefined
          : `two targets are called ${quote(key)}; give each a 'key' of its own`,
      ),
      ...portOfTargetProblems([index], key, containerName, containerPort, containers),
    ]),
  ];
}

function portOfTargetProblems(
  at: Problem["at"],
  key: string,
  containerName: string,
  containerPort: number,
  containers: readonly TaskContainer[],
): Problem[] {
  const container = containers.find(({ name }) => name === containerName);
  if (container === undefined) {
    return problemAt(
      [...at, "containerName"],
      `target ${quote(key)} must lead to a container of the task definition (${quoteAll(containers.map(({ name }) => name))}), got ${quote(containerName)}`,
    );
  }
  const ports = [...namedPorts([container])];
  return problemAt(
    [...at, "containerPort"],
    ports.some(([, { port }]) => port === containerPort)
      ? undefined
      : `target ${quote(key)} must lead to a port of container ${quote(containerName)} (${ports.length === 0 ? "it has none" : ports.map(([name, { port }]) => `${quote(name)}: ${port}`).join(", ")}), got ${quote(containerPort)}; add it to 'ports' of the container`,
  );
}

/**
 * Containers whose readiness nobody asks, seen from the service: ECS has no such probe, and keeps traffic away from a
 * task by its load balancer alone.
 */
export function readinessProblems(
  { containers }: Pick<ServiceTask, "containers">,
  targets: readonly Pick<TargetPort, "containerName">[],
): Problem[] {
  return containers
    .filter(
      ({ readiness, name }) => readiness !== undefined && targets.every(({ containerName }) => containerName !== name),
    )
    .map(({ name }) => ({
      at: [],
      message: `container ${quote(name)} has a 'readiness', and no target of the service leads to it: in ECS only a load balancer keeps traffic away from a container; let a target lead to it, or use 'liveness'`,
    }));
}

/** What to know of a service that Terraform waits for, with an image of a repository that is made together with it. */
export function firstImageWarning(container: string): string {
  return `'waitForSteadyState' lets Terraform wait until tasks run, and the image of container ${quote(container)} lies in a repository of the same stack, which is empty at first: the first apply fails after 20 minutes; leave 'waitForSteadyState' out until the image is there`;
}

/**
 * What is missing for deployments that move requests between two sets of tasks, seen from the service.
 *
 * @param ways in how many other ways requests come that ECS can move
 */
export function trafficShiftProblems(
  strategy: string,
  targets: readonly Pick<TargetPort, "key" | "blueGreen">[],
  ways: number,
): Problem[] {
  if (strategy === "ROLLING") {
    return [];
  }
  const alone = targets.filter(({ blueGreen }) => !blueGreen).map(({ key }) => key);
  return problemAt(
    ["deployment", "strategy"],
    alone.length > 0
      ? `'strategy' ${quote(strategy)} moves requests between two target groups, and ${quoteAll(alone)} ${alone.length === 1 ? "has" : "have"} one; give each target its 'blueGreen'`
      : targets.length + ways === 0
        ? `'strategy' ${quote(strategy)} moves requests, and the service takes none by a load balancer or an endpoint of 'serviceConnect'; choose "ROLLING", or add one of them`
        : undefined,
  );
}
