import type { Known } from "./container-spec";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";

/** How ECS chooses among instances that have room for a task: the first strategy decides, the next when it is even. */
export type PlacementStrategy =
  /** Evenly over the values of an attribute, such as `attribute:ecs.availability-zone` or `instanceId`. */
  | { readonly spread: string }
  /** On the instance with the least of it left, so that as few instances as possible run. */
  | { readonly binpack: "cpu" | "memory" }
  | "random";

/** Which instances of the cluster tasks are put on. */
export interface PlacementOptions {
  /** @default - evenly over zones, then over instances */
  readonly placementStrategies?: readonly PlacementStrategy[];
  /** Conditions on instances in the cluster query language, such as `attribute:ecs.instance-type =~ c7.*`. @default - none */
  readonly memberOf?: readonly string[];
  /** Whether no two tasks of the service share an instance. @default false */
  readonly distinctInstances?: boolean;
}

/** `REPLICA` keeps a number of tasks, `DAEMON` one task on each instance. */
export const SCHEDULING = ["REPLICA", "DAEMON"] as const;

/** Whether a service has a number of tasks, or one on each instance. */
export type Scheduling = (typeof SCHEDULING)[number];

const ZONE_ATTRIBUTE = "attribute:ecs.availability-zone";

/** Source: Amazon ECS API Reference, PlacementStrategy and Attribute (characters of its name), 2026-11-17. */
const ATTRIBUTE = /^attribute:[\w./\\-]{1,128}$/;

export const DEFAULT_PLACEMENT: readonly PlacementStrategy[] = [{ spread: ZONE_ATTRIBUTE }, { spread: "instanceId" }];

/** Source: Amazon ECS API Reference, CreateService, 2026-11-17. */
const MAX_STRATEGIES = 5;
const MAX_CONSTRAINTS = 10;

/** What is wrong with the places of a service's tasks, seen from the service. */
export function placementProblems(
  options: PlacementOptions,
  scheduling: Scheduling,
  known: Known = () => true,
): Problem[] {
  const { placementStrategies, memberOf = [], distinctInstances = false } = options;
  const constraints = memberOf.length + (distinctInstances ? 1 : 0);
  return [
    ...problemAt(
      ["placementStrategies"],
      placementStrategies === undefined
        ? undefined
        : scheduling === "DAEMON"
          ? `'placementStrategies' are for 'scheduling' "REPLICA", got "DAEMON", which runs a task on each instance; leave them out`
          : placementStrategies.length > MAX_STRATEGIES
            ? `'placementStrategies' must hold at most ${MAX_STRATEGIES} strategies, got ${placementStrategies.length}; leave the last ones out`
            : undefined,
    ),
    ...under(
      "placementStrategies",
      (placementStrategies ?? []).flatMap((strategy, index) => strategyProblems(strategy, index, known)),
    ),
    ...problemAt(
      ["distinctInstances"],
      distinctInstances && scheduling === "DAEMON"
        ? `'distinctInstances' is for 'scheduling' "REPLICA", got "DAEMON", which never runs two tasks on an instance; leave it out`
        : undefined,
    ),
    ...problemAt(
      ["memberOf"],
      constraints > MAX_CONSTRAINTS
        ? `'memberOf' and 'distinctInstances' must be at most ${MAX_CONSTRAINTS} conditions together, got ${constraints}; join some with "and"`
        : undefined,
    ),
    ...memberOf.flatMap((expression, index) =>
      problemAt(
        ["memberOf", index],
        memberOf.indexOf(expression) === index
          ? undefined
          : `'memberOf' must hold ${quote(expression)} once, got it twice; remove one`,
      ),
    ),
  ];
}

function strategyProblems(strategy: PlacementStrategy, index: number, known: Known): Problem[] {
  if (typeof strategy === "string") {
    return problemAt([index], strategy === "random" ? undefined : strange(strategy));
  }
  if ("binpack" in strategy) {
    return problemAt(
      [index, "binpack"],
      ["cpu", "memory"].includes(strategy.binpack)
        ? undefined
        : `'binpack' must be ${quoteAll(["cpu", "memory"])}, got ${quote(strategy.binpack)}`,
    );
  }
  const { spread } = strategy;
  if (typeof spread !== "string") {
    return problemAt([index], strange(strategy));
  }
  return problemAt(
    [index, "spread"],
    !known(spread) || spread === "instanceId" || spread === "host" || ATTRIBUTE.test(spread)
      ? undefined
      : `'spread' must be "instanceId", "host" or an attribute of instances, like ${quote(ZONE_ATTRIBUTE)}, got ${quote(spread)}`,
  );
}

function strange(strategy: unknown): string {
  return `'placementStrategies' must hold "random", { spread: … } or { binpack: … }, got ${quote(strategy)}`;
}

/**
 * Why ECS could not move tasks to zones with fewer of them, or `undefined`.
 *
 * As of 2026-11-21. Source: Amazon ECS Developer Guide, "Balancing an Amazon ECS service across Availability Zones".
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
 */
export function rebalancingProblem(
  options: PlacementOptions,
  { scheduling, maximumPercent, external }: { scheduling: Scheduling; maximumPercent: number; external: boolean },
): string | undefined {
  const { placementStrategies: [first] = [], memberOf = [] } = options;
  const fix = "leave 'availabilityZoneRebalancing' out";
  if (external) {
    return `'availabilityZoneRebalancing' is for instances in AWS, and external ones lie in no zone; ${fix}`;
  }
  if (scheduling === "DAEMON") {
    return `'availabilityZoneRebalancing' is for 'scheduling' "REPLICA", got "DAEMON"; ${fix}`;
  }
  if (maximumPercent <= 100) {
    return `'availabilityZoneRebalancing' starts a task before it stops another, which needs a 'maximumPercent' above 100, got ${maximumPercent}; raise it, or ${fix}`;
  }
  if (first !== undefined && !(typeof first === "object" && "spread" in first && first.spread === ZONE_ATTRIBUTE)) {
    return `'availabilityZoneRebalancing' needs { spread: ${quote(ZONE_ATTRIBUTE)} } as the first of 'placementStrategies', got ${quote(first)}; put it first, or ${fix}`;
  }
  return memberOf.some((expression) => expression.includes(ZONE_ATTRIBUTE))
    ? `'availabilityZoneRebalancing' chooses the zones, and 'memberOf' names ${quote(ZONE_ATTRIBUTE)} too; remove one of them`
    : undefined;
}
