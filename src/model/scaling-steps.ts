import { choiceProblem } from "./choice";
import { type Problem, problemAt, quote, under } from "./problem";
import { metricProblems, type ScaledService, type WatchedMetric } from "./scaling-metrics";

/** How a step's `change` counts: tasks more or fewer, percent of the tasks there are, or the number of tasks itself. */
export const ADJUSTMENTS = ["ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"] as const;
export const AGGREGATIONS = ["Average", "Maximum", "Minimum"] as const;
export const MISSING_DATA = ["breaching", "ignore", "missing", "notBreaching"] as const;

export type Adjustment = (typeof ADJUSTMENTS)[number];

/** What happens while the metric is between two values. */
export interface ScalingStep {
  /** Value of the metric where it begins. @default - it has no lower end */
  readonly from?: number;
  /** Value of the metric where it ends. @default - it has no upper end */
  readonly to?: number;
  /** Tasks, or percent of them, more (less where negative), or their number. @default - the tasks are left as they are */
  readonly change?: number;
}

/**
 * Scales by how far a metric is from where it should be. The steps cover every value once; the one without `change` is
 * where the metric should be.
 */
export interface StepScaling {
  /** What the steps are about. */
  readonly metric: WatchedMetric;
  /** What changes, by how far the metric has gone. */
  readonly steps: readonly ScalingStep[];
  /** What `change` of a step means. @default "ChangeInCapacity" */
  readonly adjustment?: Adjustment;
  /** Tasks that a change of percent is at least. @default - none: a change of less than one task is one */
  readonly minAdjustmentMagnitude?: number;
  /** Seconds to wait for a change to take effect before the next. @default 300 */
  readonly cooldownInSeconds?: number;
  /** How several values of the metric become one. @default "Average" */
  readonly aggregation?: (typeof AGGREGATIONS)[number];
  /** Seconds that one value of the metric stands for: 10, 20, 30, or a multiple of 60. @default 60 */
  readonly periodInSeconds?: number;
  /** Periods that are looked at. @default 1 */
  readonly evaluationPeriods?: number;
  /** How many of these periods must be out of place. @default - all */
  readonly datapointsToAlarm?: number;
  /** What a period without values counts as. @default "notBreaching" */
  readonly missingData?: (typeof MISSING_DATA)[number];
}

/** The part of a step scaling that AWS has as one policy with its alarm. */
export interface PlannedStepPolicy {
  readonly side: "above" | "below";
  readonly threshold: number;
  readonly comparison: "GreaterThanOrEqualToThreshold" | "LessThanOrEqualToThreshold" | "LessThanThreshold";
  /** By their distance from the threshold, in the order of the metric's values. */
  readonly intervals: readonly { readonly lower?: number; readonly upper?: number; readonly change: number }[];
}

/** Between which numbers of tasks a service may be, at the most. */
export interface TaskBounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** Source: Application Auto Scaling User Guide, "Quotas", 2026-11-21. */
const MAX_STEPS = 20;
const SHORT_PERIODS = [10, 20, 30];
const MINUTE = 60;
/**
 * How long an alarm may look back: a week, and a day by periods of less than an hour.
 *
 * As of 2026-11-22. Source: API reference of CloudWatch, PutMetricAlarm, Period.
 */
const ALARM_LOOKS_BACK = { hour: 3600, day: 86_400, week: 604_800 } as const;

/**
 * What AWS makes of the steps: a policy and an alarm for the values above the step without a change, and one for those
 * below. Values from the threshold on belong to the interval that begins there; below, up to it to the one that ends
 * there.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html
 */
export function plannedStepPolicies({ steps }: Pick<StepScaling, "steps">): PlannedStepPolicy[] {
  const ordered = inOrder(steps);
  const held = ordered.findIndex(({ change }) => change === undefined);
  // Exact numbers of tasks need no step that leaves them: the first one is then below.
  const below = held < 0 ? ordered.slice(0, 1) : ordered.slice(0, held);
  const above = ordered.slice(held < 0 ? 1 : held + 1);
  return [
    ...plannedSide("below", below, below.at(-1)?.to, held < 0 ? "LessThanThreshold" : "LessThanOrEqualToThreshold"),
    ...plannedSide("above", above, above[0]?.from, "GreaterThanOrEqualToThreshold"),
  ];
}

function plannedSide(
  side: PlannedStepPolicy["side"],
  steps: readonly ScalingStep[],
  threshold: number | undefined,
  comparison: PlannedStepPolicy["comparison"],
): PlannedStepPolicy[] {
  if (threshold === undefined) {
    return [];
  }
  // Without the tail of digits that 0.3 - 0.1 has.
  const away = (value: number) => Number((value - threshold).toPrecision(12));
  const intervals = steps.map(({ from, to, change = 0 }) => ({
    ...(from === undefined ? {} : { lower: away(from) }),
    ...(to === undefined ? {} : { upper: away(to) }),
    change,
  }));
  return [{ side, threshold, comparison, intervals }];
}

function inOrder(steps: readonly ScalingStep[]): ScalingStep[] {
  return [...steps].sort(
    (a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY) || (a.to ?? 0) - (b.to ?? 0),
  );
}

/** What is wrong with a step scaling, apart from the others. */
export function stepScalingProblems(
  key: string,
  options: StepScaling,
  service: ScaledService,
  bounds: TaskBounds,
): Problem[] {
  const called = `step scaling ${quote(key)}`;
  const shape = coverProblems(options.steps, called);
  return [
    ...under("metric", metricProblems(options.metric, called, service)),
    ...choiceProblems(options, called),
    ...under(
      "steps",
      // How steps follow each other says nothing before they cover the values.
      shape.length > 0 ? shape : [...changeProblems(options, called, bounds), ...countProblems(options, called)],
    ),
    ...alarmProblems(options, called),
  ];
}

/** Steps that do not cover every value of the metric once. */
function coverProblems(steps: readonly ScalingStep[], called: string): Problem[] {
  if (steps.length < 2) {
    return problemAt(
      [],
      `'steps' of ${called} must be at least 2, as one that has no end at all always applies, got ${steps.length}; add one without 'change' where the metric should be`,
    );
  }
  const malformed = steps.flatMap(({ from, to }, index) => [
    ...Object.entries({ from, to }).flatMap(([property, value]) =>
      problemAt(
        [index, property],
        value === undefined || Number.isFinite(value)
          ? undefined
          : `'${property}' of a step of ${called} must be a number, got ${quote(value)}`,
      ),
    ),
    ...problemAt(
      [index],
      from !== undefined && to !== undefined && from >= to
        ? `a step of ${called} must end above where it begins, got 'from' ${quote(from)} and 'to' ${quote(to)}`
        : undefined,
    ),
  ]);
  if (malformed.length > 0) {
    return malformed;
  }
  const ends = (["from", "to"] as const).flatMap((property) => {
    const open = steps.filter((step) => step[property] === undefined).length;
    const fix =
      property === "from"
        ? "leave 'from' out of the lowest step alone, so that every small value is covered"
        : "leave 'to' out of the highest step alone, so that every large value is covered";
    return problemAt(
      [],
      open === 1 ? undefined : `exactly one step of ${called} must have no '${property}', got ${open}; ${fix}`,
    );
  });
  return ends.length > 0 ? ends : seamProblems(steps, called);
}

/** Gaps and overlaps between the steps. */
function seamProblems(steps: readonly ScalingStep[], called: string): Problem[] {
  const ordered = inOrder(steps);
  return ordered.slice(1).flatMap((step, index) => {
    const end = ordered[index]?.to;
    const begin = step.from;
    const at = [steps.indexOf(step), "from"];
    if (end === undefined || begin === undefined) {
      return problemAt(at, `steps of ${called} overlap: one that has no 'to' lies below another; give it a 'to'`);
    }
    return problemAt(
      at,
      end === begin
        ? undefined
        : end > begin
          ? `steps of ${called} overlap from ${quote(begin)} to ${quote(end)}, and AWS wants each value in one; let the second begin at ${quote(end)}`
          : `steps of ${called} leave a gap from ${quote(end)} to ${quote(begin)}, and AWS wants each value in one; let the second begin at ${quote(end)}`,
    );
  });
}

/** Steps that do nothing sensible with the tasks. */
function changeProblems(options: StepScaling, called: string, bounds: TaskBounds): Problem[] {
  const { steps, adjustment = "ChangeInCapacity" } = options;
  const each = steps.flatMap(({ change }, index) =>
    problemAt([index, "change"], changeProblem(change, adjustment, called, bounds)),
  );
  const left = steps.filter(({ change }) => change === undefined).length;
  const exact = adjustment === "ExactCapacity";
  const held = problemAt(
    [],
    left > 1
      ? `one step of ${called} at most may have no 'change', got ${left}; join them, or say what the others change`
      : left === 0 && !exact
        ? `one step of ${called} must have no 'change', or the number of tasks never rests; leave 'change' out where the metric should be`
        : undefined,
  );
  return each.length + held.length > 0 ? [...each, ...held] : directionProblems(steps, exact, called);
}

function changeProblem(
  change: number | undefined,
  adjustment: Adjustment,
  called: string,
  { minimum, maximum }: TaskBounds,
): string | undefined {
  if (change === undefined) {
    return undefined;
  }
  if (!Number.isInteger(change)) {
    return `'change' of a step of ${called} must be a whole number, got ${quote(change)}`;
  }
  if (adjustment === "ExactCapacity") {
    return change >= minimum && change <= maximum
      ? undefined
      : `'change' of a step of ${called} is the number of tasks, which must be ${minimum} to ${maximum} ('minimum' and 'maximum'), got ${quote(change)}`;
  }
  if (change === 0) {
    return `'change' of a step of ${called} must not be 0; leave it out`;
  }
  return adjustment === "PercentChangeInCapacity" && change < -100
    ? `'change' of a step of ${called} is percent of the tasks, of which no more than 100 can go, got ${quote(change)}`
    : undefined;
}

/** A larger value must not bring fewer tasks where others bring more, nor a smaller change further out. */
function directionProblems(steps: readonly ScalingStep[], exact: boolean, called: string): Problem[] {
  const ordered = inOrder(steps);
  const changes = ordered
    .map(({ change }) => change ?? (exact ? undefined : 0))
    .filter((change) => change !== undefined);
  const rises = changes.some((change, index) => change > (changes[index - 1] ?? change));
  const falls = changes.some((change, index) => change < (changes[index - 1] ?? change));
  if (rises && falls) {
    return problemAt(
      [],
      `the steps of ${called} change the tasks by ${changes.join(", ")} as the metric grows, so that more load brings more tasks here and fewer there; let them only grow, or only shrink`,
    );
  }
  return problemAt(
    [],
    rises || falls || changes.length === 1
      ? undefined
      : `the steps of ${called} all change the tasks by ${changes[0]}; join them, or say what differs`,
  );
}

function countProblems({ steps }: StepScaling, called: string): Problem[] {
  return plannedStepPolicies({ steps }).flatMap(({ side, intervals }) =>
    problemAt(
      [],
      intervals.length <= MAX_STEPS
        ? undefined
        : `'steps' of ${called} must be at most ${MAX_STEPS} ${side} where the metric should be, got ${intervals.length}; join some`,
    ),
  );
}

function choiceProblems(options: StepScaling, called: string): Problem[] {
  const { adjustment = "ChangeInCapacity", aggregation, missingData, minAdjustmentMagnitude } = options;
  const choices = [
    { property: "adjustment", value: adjustment, of: ADJUSTMENTS },
    { property: "aggregation", value: aggregation, of: AGGREGATIONS },
    { property: "missingData", value: missingData, of: MISSING_DATA },
  ] as const;
  return [
    ...choices.flatMap(({ property, value, of }) =>
      problemAt([property], choiceProblem(`'${property}' of ${called}`, of, value)),
    ),
    ...problemAt(
      ["minAdjustmentMagnitude"],
      minAdjustmentMagnitude === undefined
        ? undefined
        : adjustment !== "PercentChangeInCapacity"
          ? `'minAdjustmentMagnitude' of ${called} is for changes of percent, and 'adjustment' is ${quote(adjustment)}; leave it out, or let 'adjustment' be "PercentChangeInCapacity"`
          : Number.isInteger(minAdjustmentMagnitude) && minAdjustmentMagnitude >= 1
            ? undefined
            : `'minAdjustmentMagnitude' of ${called} must be a whole number of at least 1, got ${quote(minAdjustmentMagnitude)}`,
    ),
  ];
}

/** What is wrong with the alarm that watches the metric. */
function alarmProblems(options: StepScaling, called: string): Problem[] {
  const { periodInSeconds = MINUTE, evaluationPeriods = 1, datapointsToAlarm, cooldownInSeconds = 0 } = options;
  const period = SHORT_PERIODS.includes(periodInSeconds) || (periodInSeconds > 0 && periodInSeconds % MINUTE === 0);
  const periods = Number.isInteger(evaluationPeriods) && evaluationPeriods >= 1;
  return [
    ...problemAt(
      ["cooldownInSeconds"],
      Number.isInteger(cooldownInSeconds) && cooldownInSeconds >= 0
        ? undefined
        : `'cooldownInSeconds' of ${called} must be a whole number of at least 0, got ${quote(cooldownInSeconds)}`,
    ),
    ...problemAt(
      ["periodInSeconds"],
      period
        ? undefined
        : `'periodInSeconds' of ${called} must be ${SHORT_PERIODS.join(", ")}, or a multiple of ${MINUTE}, got ${quote(periodInSeconds)}`,
    ),
    ...problemAt(
      ["evaluationPeriods"],
      !periods
        ? `'evaluationPeriods' of ${called} must be a whole number of at least 1, got ${quote(evaluationPeriods)}`
        : period
          ? looksBackProblem(evaluationPeriods, periodInSeconds, called)
          : undefined,
    ),
    ...problemAt(
      ["datapointsToAlarm"],
      datapointsToAlarm === undefined ||
        !periods ||
        (Number.isInteger(datapointsToAlarm) && datapointsToAlarm >= 1 && datapointsToAlarm <= evaluationPeriods)
        ? undefined
        : `'datapointsToAlarm' of ${called} must be 1 to 'evaluationPeriods' (${evaluationPeriods}), got ${quote(datapointsToAlarm)}`,
    ),
  ];
}

function looksBackProblem(evaluationPeriods: number, periodInSeconds: number, called: string): string | undefined {
  const { hour, day, week } = ALARM_LOOKS_BACK;
  const short = periodInSeconds < hour;
  return evaluationPeriods * periodInSeconds <= (short ? day : week)
    ? undefined
    : `'evaluationPeriods' of ${called} must be at most a ${short ? "day" : "week"} together, got ${quote(evaluationPeriods)} of ${periodInSeconds} seconds; ask for fewer`;
}
