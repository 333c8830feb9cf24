import { nameProblem, names } from "./names";
import { compareText } from "./order";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { fightProblems } from "./scaling-fights";
import { type ScaledService, seenWithoutTasks } from "./scaling-metrics";
import {
  type PredictiveScaling,
  predictiveProblems,
  type TargetTracking,
  targetTrackingProblems,
} from "./scaling-policies";
import {
  leftBoundsProblems,
  meetingProblems,
  type ScheduledScaling,
  scheduledScalingProblems,
  widestBounds,
} from "./scaling-schedule";
import { plannedStepPolicies, type StepScaling, stepScalingProblems, type TaskBounds } from "./scaling-steps";

/** Quotas of ECS and Application Auto Scaling that AWS raises on request. */
export interface ServiceScalingLimits {
  /** Tasks of one service. @default 5000 */
  readonly tasksPerService?: number;
}

/** How many tasks of a service run, and when. */
export interface ServiceScalingOptions {
  /** Tasks below which no policy goes. */
  readonly minimum: number;
  /** Tasks above which no policy goes. */
  readonly maximum: number;
  /** Policies that keep a metric near a value, by name. @default - none */
  readonly targetTracking?: Readonly<Record<string, TargetTracking>>;
  /** Policies that scale by how far a metric is from where it should be, by name. @default - none */
  readonly steps?: Readonly<Record<string, StepScaling>>;
  /** Other minimums and maximums at certain times, by name. @default - none */
  readonly schedules?: Readonly<Record<string, ScheduledScaling>>;
  /** Policies that act on a forecast, by name. @default - none */
  readonly predictive?: Readonly<Record<string, PredictiveScaling>>;
  /** @default - the quotas that AWS has for everybody */
  readonly limits?: ServiceScalingLimits;
}

/** As of 2026-11-21, Service Quotas of Amazon ECS, "Tasks per service". */
const DEFAULT_TASKS_PER_SERVICE = 5000;

/**
 * As of 2026-11-21.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-limits.html
 */
const MAX_POLICIES = 50;
const MAX_SCHEDULES = 200;

const KEY = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What is wrong with the scaling of a service. */
export function serviceScalingProblems(options: ServiceScalingOptions, service: ScaledService): Problem[] {
  const { targetTracking = {}, steps = {}, schedules = {}, predictive = {} } = options;
  const bounds = boundsProblems(options);
  const widest = widestBounds(options, schedules);
  // Against malformed bounds nothing else can be measured.
  const known = bounds.length === 0 ? widest : { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
  const each = [
    ...keyed("targetTracking", targetTracking, (key, policy) => targetTrackingProblems(key, policy, service)),
    ...keyed("steps", steps, (key, policy) => stepScalingProblems(key, policy, service, known)),
    ...keyed("schedules", schedules, (key, action) =>
      bounds.length === 0 ? scheduledScalingProblems(key, action, options) : [],
    ),
    ...keyed("predictive", predictive, (key, policy) => predictiveProblems(key, policy, service)),
  ];
  return [
    ...bounds,
    ...each,
    // What fights is told once each is right.
    ...(bounds.length + each.length > 0
      ? []
      : [
          ...countProblems(options),
          ...nameProblems(options),
          ...quotaProblems(options),
          ...fightProblems(options, service),
          ...under("schedules", [...meetingProblems(schedules), ...leftBoundsProblems(schedules)]),
          ...fromZeroProblems(options, service),
        ]),
  ];
}

function keyed<T>(
  property: string,
  record: Readonly<Record<string, T>>,
  check: (key: string, value: T) => Problem[],
): Problem[] {
  return Object.entries(record).flatMap(([key, value]) =>
    under(
      [property, key],
      [
        ...problemAt(
          [],
          KEY.test(key)
            ? undefined
            : `'${property}' must have names of small letters, digits and single "-", got ${quote(key)}`,
        ),
        ...check(key, value),
      ],
    ),
  );
}

function boundsProblems({ minimum, maximum, limits = {} }: ServiceScalingOptions): Problem[] {
  const { tasksPerService = DEFAULT_TASKS_PER_SERVICE } = limits;
  const whole = (value: number, least: number) => Number.isInteger(value) && value >= least;
  const malformed = [
    ...problemAt(
      ["minimum"],
      whole(minimum, 0) ? undefined : `'minimum' must be a whole number of at least 0, got ${quote(minimum)}`,
    ),
    ...problemAt(
      ["maximum"],
      whole(maximum, 1) ? undefined : `'maximum' must be a whole number of at least 1, got ${quote(maximum)}`,
    ),
    ...problemAt(
      ["limits", "tasksPerService"],
      whole(tasksPerService, 1)
        ? undefined
        : `'tasksPerService' must be a whole number of at least 1, got ${quote(tasksPerService)}`,
    ),
  ];
  return malformed.length > 0
    ? malformed
    : problemAt(
        ["minimum"],
        minimum > maximum
          ? `'minimum' must not be above 'maximum' (${maximum}), got ${minimum}; exchange them, or raise 'maximum'`
          : undefined,
      );
}

function quotaProblems(options: ServiceScalingOptions): Problem[] {
  const { schedules = {}, limits = {}, maximum } = options;
  const { tasksPerService = DEFAULT_TASKS_PER_SERVICE } = limits;
  const maxima = [
    { at: ["maximum"], value: maximum },
    ...Object.entries(schedules).map(([key, action]) => ({
      at: ["schedules", key, "maximum"],
      value: action.maximum ?? 0,
    })),
  ];
  return maxima.flatMap(({ at, value }) =>
    problemAt(
      at,
      value <= tasksPerService
        ? undefined
        : `'maximum' must be at most ${tasksPerService}, the account's quota of tasks in a service, got ${value}; lower it, or have AWS raise the quota and say so in 'limits.tasksPerService'`,
    ),
  );
}

function countProblems(options: ServiceScalingOptions): Problem[] {
  const policies = policyNames("", options).length;
  const schedules = Object.keys(options.schedules ?? {}).length;
  return [
    ...problemAt(
      [],
      policies + schedules > 0
        ? undefined
        : "nothing changes the number of tasks between 'minimum' and 'maximum'; add 'targetTracking', 'steps', 'schedules' or 'predictive', like targetTracking: { cpu: { metric: cpu, target: 60 } }",
    ),
    ...problemAt(
      [],
      policies <= MAX_POLICIES
        ? undefined
        : `a service may have ${MAX_POLICIES} scaling policies, got ${policies} (steps above and below count as two); leave some out`,
    ),
    ...problemAt(
      ["schedules"],
      schedules <= MAX_SCHEDULES
        ? undefined
        : `'schedules' must be at most ${MAX_SCHEDULES}, got ${schedules}; leave some out`,
    ),
  ];
}

/** The policies as AWS names them. */
function policyNames(service: string, { targetTracking = {}, steps = {}, predictive = {} }: ServiceScalingOptions) {
  return [
    ...Object.keys(targetTracking).map((key) => ({
      at: ["targetTracking", key],
      name: names.scalingPolicy(service, key),
    })),
    ...Object.entries(steps).flatMap(([key, policy]) =>
      plannedStepPolicies(policy).map(({ side }) => ({
        at: ["steps", key],
        name: names.scalingPolicy(service, `${key}-${side}`),
      })),
    ),
    ...Object.keys(predictive).map((key) => ({ at: ["predictive", key], name: names.scalingPolicy(service, key) })),
  ];
}

/** Two policies of one name, of which AWS would keep the last. */
function nameProblems(options: ServiceScalingOptions): Problem[] {
  const all = policyNames("", options);
  return all.flatMap(({ at, name }, index) => {
    const other = all.slice(0, index).find((before) => before.name === name);
    return problemAt(
      at,
      other === undefined
        ? undefined
        : `'${other.at.join(".")}' and '${at.join(".")}' would both be policy ${quote(name.slice(1))}; give one another name`,
    );
  });
}

/** Why AWS would refuse the names that are derived from the service's. */
export function scalingNameProblems(cluster: string, service: string, options: ServiceScalingOptions): Problem[] {
  const fix = "choose a shorter name of the service or of the policy";
  return [
    ...policyNames(service, options).flatMap(({ at, name }) => problemAt(at, nameProblem("scalingPolicy", name, fix))),
    ...Object.entries(options.steps ?? {}).flatMap(([key, policy]) =>
      plannedStepPolicies(policy).flatMap(({ side }) =>
        problemAt(["steps", key], nameProblem("alarm", names.scalingAlarm(cluster, service, `${key}-${side}`), fix)),
      ),
    ),
    ...Object.keys(options.schedules ?? {}).flatMap((key) =>
      problemAt(["schedules", key], nameProblem("scheduledAction", names.scheduledAction(service, key), fix)),
    ),
  ];
}

/** A service that may go down to no task has to come up again, and without a task it has no load. */
function fromZeroProblems(options: ServiceScalingOptions, service: ScaledService): Problem[] {
  const { minimum, targetTracking = {}, steps = {}, schedules = {} } = options;
  const comesUp =
    Object.values(targetTracking).some(({ metric }) => seenWithoutTasks(metric, service)) ||
    Object.values(steps).some(
      ({ metric, steps: all, adjustment }) =>
        seenWithoutTasks(metric, service) &&
        adjustment !== "PercentChangeInCapacity" &&
        all.some(({ change = 0 }) => change > 0),
    ) ||
    Object.values(schedules).some((action) => (action.minimum ?? 0) > 0);
  return problemAt(
    ["minimum"],
    minimum > 0 || comesUp
      ? undefined
      : "'minimum' 0 would leave the service without tasks for ever, as CPU, memory and requests have no value then, and percent of nothing is nothing; let 'minimum' be 1, or add steps on a metric that is there without tasks, or a schedule with a 'minimum'",
  );
}

/** What to know about the scaling of a service. */
export function serviceScalingWarnings(options: ServiceScalingOptions): string[] {
  const { targetTracking = {}, steps = {}, schedules = {}, minimum, maximum } = options;
  const tracking = Object.values(targetTracking);
  const widest: TaskBounds = widestBounds(options, schedules);
  const fine = Object.entries(targetTracking)
    .filter(([, { highResolution }]) => highResolution)
    .map(([key]) => key)
    .sort(compareText);
  return [
    ...(tracking.length > 0 &&
    tracking.every(({ scaleIn = true }) => !scaleIn) &&
    !Object.values(steps).some(lowers) &&
    !Object.values(schedules).some((action) => action.maximum !== undefined)
      ? ["no policy takes tasks away again, as 'scaleIn' is false everywhere; leave it out of one of them"]
      : []),
    ...(fine.length > 0
      ? [
          `target tracking ${quoteAll(fine)} watches values of 20 seconds, which the service publishes only when its monitoring is set so, and Terraform's provider cannot as of 2026-11-21; see docs/ecs-scaling.md`,
        ]
      : []),
    ...(widest.minimum === widest.maximum && minimum === maximum
      ? [`'minimum' and 'maximum' are both ${minimum}, so that no policy can change anything; let them differ`]
      : []),
  ];
}

function lowers({ steps, adjustment }: StepScaling): boolean {
  return adjustment === "ExactCapacity" || steps.some(({ change = 0 }) => change < 0);
}
