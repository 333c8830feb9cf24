import { compareText } from "./order";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import type { CpuArchitecture } from "./task-platform";

/** What ECS runs tasks on. */
export interface CapacityProvider {
  /** `FARGATE`, `FARGATE_SPOT`, or the name of a capacity provider with an Auto Scaling group. */
  readonly name: string;
  /** Whether it is of Fargate or of an Auto Scaling group. */
  readonly kind: CapacityKind;
  /** What its instances are. @default - not known, as of those of an imported cluster */
  readonly machine?: InstanceMachine;
  /** Whether nobody has told the security group of its instances, which another has made. @default false */
  readonly securityGroupUnknown?: boolean;
}

export type CapacityKind = "fargate" | "fargate-spot" | "ec2";

/** What decides whether an instance runs a task. */
export interface InstanceMachine {
  /** Nothing where the instance types are not known yet. */
  readonly architecture: CpuArchitecture | undefined;
  /** The kind of system that its AMI has. */
  readonly operatingSystem: "linux" | "windows";
}

/** One part of the mix of capacity on which tasks run. */
export interface CapacityShare {
  /** Tasks that run on it before weights count; one provider alone may have some. @default 0 */
  readonly base?: number;
  /** Share of the other tasks, against the weights of the other providers. @default 1 */
  readonly weight?: number;
}

/** Shares by the name of the capacity provider. */
export type CapacityMix = Readonly<Record<string, CapacityShare>>;

/** The two that AWS has for everybody. */
export const FARGATE: CapacityProvider = { name: "FARGATE", kind: "fargate" };
export const FARGATE_SPOT: CapacityProvider = { name: "FARGATE_SPOT", kind: "fargate-spot" };

/**
 * What a capacity provider strategy may be.
 *
 * As of 2026-11-21. Source: Amazon ECS API Reference, API model of 2026-11-17.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
const SHARE = { maxWeight: 1000, maxBase: 100_000, defaultWeight: 1, defaultBase: 0, maxProviders: 20 } as const;

/** One provider of a strategy, as ECS takes it. */
export interface CapacityStrategyItem {
  readonly capacityProvider: string;
  readonly base: number;
  readonly weight: number;
}

/** The strategy that a mix stands for, in the order of the providers' names. */
export function capacityProviderStrategyOf(mix: CapacityMix): CapacityStrategyItem[] {
  return Object.entries(mix)
    .sort(([a], [b]) => compareText(a, b))
    .map(([capacityProvider, { base = SHARE.defaultBase, weight = SHARE.defaultWeight }]) => ({
      capacityProvider,
      base,
      weight,
    }));
}

/** Whether tasks of the mix run on Fargate; otherwise they run on instances of Auto Scaling groups. */
export function isFargateMix(mix: CapacityMix): boolean {
  return Object.keys(mix).every(isFargateName);
}

/** What of a cluster decides where a task runs that does not say it itself. */
export interface ClusterCapacity {
  /** None of a cluster of which nothing is known. */
  readonly capacityProviders: readonly CapacityProvider[];
  /** The mix for tasks that name none; nothing where it is not told, or not known. */
  readonly defaultCapacity?: CapacityMix | undefined;
}

/** What a mix has to suit. */
export interface PlacedTask {
  readonly launch: "FARGATE" | "EC2" | "EXTERNAL";
  readonly operatingSystem: "linux" | "windows";
}

/**
 * On what a task runs: the mix that it names, the cluster's default where all of that suits it, or the only Auto Scaling
 * group of the cluster; nothing where it is Fargate, or where that has to be told.
 */
export function capacityOf(
  capacity: CapacityMix | undefined,
  task: PlacedTask,
  { capacityProviders, defaultCapacity }: ClusterCapacity,
): CapacityMix | undefined {
  if (capacity !== undefined || task.launch === "EXTERNAL") {
    return capacity;
  }
  if (defaultCapacity !== undefined && suits(defaultCapacity, task)) {
    return defaultCapacity;
  }
  const [only, ...others] = capacityProviders.filter(({ kind }) => kind === "ec2");
  return task.launch === "FARGATE" || only === undefined || others.length > 0 ? undefined : { [only.name]: {} };
}

/** How a task is run, with the capacity on which it runs when it names none. */
export function withCapacity<T extends { readonly capacity?: CapacityMix }>(
  options: T,
  task: PlacedTask,
  cluster: ClusterCapacity,
): T {
  const capacity = capacityOf(options.capacity, task, cluster);
  return capacity === undefined ? options : { ...options, capacity };
}

function suits(mix: CapacityMix, { launch, operatingSystem }: PlacedTask): boolean {
  const names = Object.keys(mix);
  return launch === "FARGATE"
    ? isFargateMix(mix) && !(operatingSystem === "windows" && names.includes(FARGATE_SPOT.name))
    : !names.some(isFargateName);
}

function isFargateName(name: string): boolean {
  return name === FARGATE.name || name === FARGATE_SPOT.name;
}

/**
 * What is wrong with a mix of capacity, seen from the value that holds it as `property`.
 *
 * @param available what the cluster has; when nothing is known of it, as of an imported one, every name may be meant
 */
export function capacityMixProblems(
  property: string,
  mix: CapacityMix,
  available: readonly CapacityProvider[],
): Problem[] {
  const strategy = capacityProviderStrategyOf(mix);
  if (strategy.length === 0) {
    return problemAt(
      [property],
      `'${property}' must name at least one capacity provider, got {}; give one, like ${quote(available[0]?.name ?? FARGATE.name)}: {}`,
    );
  }
  return under(property, [
    ...strategy.flatMap((item) =>
      under(item.capacityProvider, [...knownProblems(property, item, available), ...shareProblems(property, item)]),
    ),
    ...baseProblems(property, strategy),
    ...wholeMixProblems(property, strategy),
  ]);
}

function knownProblems(
  property: string,
  { capacityProvider }: CapacityStrategyItem,
  available: readonly CapacityProvider[],
): Problem[] {
  const known = available.map(({ name }) => name);
  return available.length === 0 || known.includes(capacityProvider)
    ? []
    : problemAt(
        [],
        `'${property}' must name capacity providers of the cluster, got ${quote(capacityProvider)}; it has ${quoteAll(known)}`,
      );
}

function shareProblems(property: string, { capacityProvider, base, weight }: CapacityStrategyItem): Problem[] {
  const of = `of ${quote(capacityProvider)} in '${property}'`;
  return [
    ...(isWhole(weight, SHARE.maxWeight)
      ? []
      : problemAt(
          ["weight"],
          `'weight' ${of} must be a whole number of 0 to ${SHARE.maxWeight}, got ${quote(weight)}; only what the weights are to each other counts`,
        )),
    ...(isWhole(base, SHARE.maxBase)
      ? []
      : problemAt(["base"], `'base' ${of} must be a whole number of 0 to ${SHARE.maxBase} tasks, got ${quote(base)}`)),
  ];
}

function isWhole(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}

function baseProblems(property: string, strategy: readonly CapacityStrategyItem[]): Problem[] {
  const [first, ...others] = strategy.filter(({ base }) => base > 0);
  return others.map(({ capacityProvider, base }) => ({
    at: [capacityProvider, "base"],
    message: `'base' may be above 0 for one capacity provider of '${property}', got ${first?.base} for ${quote(first?.capacityProvider)} and ${base} for ${quote(capacityProvider)}; leave it to one, and share the rest by 'weight'`,
  }));
}

function wholeMixProblems(property: string, strategy: readonly CapacityStrategyItem[]): Problem[] {
  const names = strategy.map(({ capacityProvider }) => capacityProvider);
  const fargate = names.filter(isFargateName);
  const instances = names.filter((name) => !isFargateName(name));
  return [
    ...(strategy.every(({ weight }) => weight === 0)
      ? problemAt(
          [],
          `'${property}' must give at least one capacity provider a 'weight' above 0, got 0 for ${quoteAll(names)}; without one no task finds a place`,
        )
      : []),
    ...(fargate.length > 0 && instances.length > 0
      ? problemAt(
          [],
          `'${property}' must name providers of Fargate or of Auto Scaling groups, not both, got ${quoteAll(fargate)} and ${quoteAll(instances)}; the cluster may have both, and each service or task uses one of the two`,
        )
      : []),
    ...(strategy.length > SHARE.maxProviders
      ? problemAt(
          [],
          `'${property}' must name at most ${SHARE.maxProviders} capacity providers, got ${strategy.length}; leave some out`,
        )
      : []),
  ];
}
