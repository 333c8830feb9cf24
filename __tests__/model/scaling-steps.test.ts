import fc from "fast-check";
import type { ScaledService } from "../../src/model/scaling-metrics";
import {
  type PlannedStepPolicy,
  plannedStepPolicies,
  type ScalingStep,
  type StepScaling,
  stepScalingProblems,
} from "../../src/model/scaling-steps";

const SERVICE: ScaledService = { hasRequestCounter: false };
const BOUNDS = { minimum: 0, maximum: 20 };
const metric = { namespace: "Shop", name: "Load" };

const problems = (options: Partial<StepScaling>, bounds = BOUNDS) =>
  stepScalingProblems("load", { metric, steps: [{ to: 10 }, { from: 10, change: 1 }], ...options }, SERVICE, bounds);
const messages = (options: Partial<StepScaling>, bounds = BOUNDS) =>
  problems(options, bounds).map(({ message }) => message);

/** Whether the alarm of a policy goes off, as CloudWatch compares. */
function goesOff({ comparison, threshold }: PlannedStepPolicy, value: number): boolean {
  switch (comparison) {
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
    default:
      return value < threshold;
  }
}

/** The intervals in which a value lies, as Application Auto Scaling documents them. */
function hit({ intervals, threshold, side }: PlannedStepPolicy, value: number): number[] {
  const distance = value - threshold;
  return intervals
    .filter(({ lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY }) =>
      side === "above" ? distance >= lower && distance < upper : distance > lower && distance <= upper,
    )
    .map(({ change }) => change);
}

/** Changes that AWS makes at a value of the metric. */
function changesAt(steps: readonly ScalingStep[], value: number): number[] {
  return plannedStepPolicies({ steps })
    .filter((policy) => goesOff(policy, value))
    .flatMap((policy) => hit(policy, value));
}

function after(tasks: number, change: number, adjustment: StepScaling["adjustment"], bounds = BOUNDS): number {
  const percent = (tasks * change) / 100;
  const wanted =
    adjustment === "ExactCapacity"
      ? change
      : adjustment === "PercentChangeInCapacity"
        ? tasks + (Math.abs(percent) < 1 ? Math.sign(percent) : Math.trunc(percent))
        : tasks + change;
  return Math.min(Math.max(wanted, bounds.minimum), bounds.maximum);
}

/** Steps that cover the line, by sorted bounds, with changes that need not make sense. */
const anySteps = fc
  .record({
    bounds: fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 6 }),
    changes: fc.array(fc.option(fc.integer({ min: -6, max: 6 }), { nil: undefined }), { minLength: 7, maxLength: 7 }),
    order: fc.infiniteStream(fc.nat()),
  })
  .map(({ bounds, changes, order }): ScalingStep[] => {
    const sorted = [...bounds].sort((a, b) => a - b);
    const steps = [...sorted, undefined].map((to, index): ScalingStep => {
      const from = sorted[index - 1];
      const change = changes[index];
      return {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(change === undefined ? {} : { change }),
      };
    });
    return steps
      .map((step) => ({ step, place: order.next().value as number }))
      .sort((a, b) => a.place - b.place)
      .map(({ step }) => step);
  });

/** Steps that make sense: sorted changes with one rest among them. */
const rightSteps = fc
  .record({
    bounds: fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 8 }),
    below: fc.array(fc.integer({ min: -9, max: -1 }), { maxLength: 4 }),
    above: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
  })
  .filter(({ bounds, below, above }) => below.length + above.length === bounds.length)
  .map(({ bounds, below, above }): ScalingStep[] => {
    const sorted = [...bounds].sort((a, b) => a - b);
    const changes = [...below.sort((a, b) => a - b), undefined, ...above.sort((a, b) => a - b)];
    return changes.map((change, index) => {
      const [from, to] = [sorted[index - 1], sorted[index]];
      return {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(change === undefined ? {} : { change }),
      };
    });
  });

describe("steps of scaling", () => {
  test("become a policy and an alarm above the step without a change, and one below", () => {
    const steps: ScalingStep[] = [
      { to: 20, change: -2 },
      { from: 20, to: 30, change: -1 },
      { from: 30, to: 70 },
      { from: 70, to: 85, change: 1 },
      { from: 85, change: 4 },
    ];
    expect(plannedStepPolicies({ steps })).toEqual([
      {
        side: "below",
        threshold: 30,
        comparison: "LessThanOrEqualToThreshold",
        intervals: [
          { upper: -10, change: -2 },
          { lower: -10, upper: 0, change: -1 },
        ],
      },
      {
        side: "above",
        threshold: 70,
        comparison: "GreaterThanOrEqualToThreshold",
        intervals: [
          { lower: 0, upper: 15, change: 1 },
          { lower: 15, change: 4 },
        ],
      },
    ]);
  });

  test("leave no trace of the order in which they are written", () => {
    fc.assert(
      fc.property(rightSteps, (steps) => {
        expect(plannedStepPolicies({ steps: [...steps].reverse() })).toEqual(plannedStepPolicies({ steps }));
      }),
    );
  });

  test("with numbers of tasks need no step that rests, and split at the first bound", () => {
    const steps: ScalingStep[] = [
      { to: 10, change: 1 },
      { from: 10, to: 50, change: 3 },
      { from: 50, change: 9 },
    ];
    expect(messages({ steps, adjustment: "ExactCapacity" })).toEqual([]);
    expect([9.9, 10, 49, 50, 1e9].map((value) => changesAt(steps, value))).toEqual([[1], [3], [3], [9], [9]]);
  });

  test("have bounds without the tail of digits of decimal fractions", () => {
    const steps = [{ to: 0.1 }, { from: 0.1, to: 0.3, change: 1 }, { from: 0.3, change: 2 }];
    expect(plannedStepPolicies({ steps })[0]?.intervals).toEqual([
      { lower: 0, upper: 0.2, change: 1 },
      { lower: 0.2, change: 2 },
    ]);
  });
});

const hundredth = (value: number) => value / 100;

describe("scaling bounds", () => {
  test("whatever steps are accepted, each value of the metric is in one of them", () => {
    let accepted = 0;
    fc.assert(
      // Hundredths: a difference to a bound that a number of 64 bits cannot hold is on the bound.
      fc.property(anySteps, fc.integer({ min: -6000, max: 6000 }).map(hundredth), (steps, value) => {
        if (messages({ steps }).length > 0) {
          return;
        }
        accepted++;
        const meant = steps.filter(
          ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => value > from && value < to,
        );
        // On a bound both neighbours will do.
        if (meant.length === 1) {
          expect(changesAt(steps, value)).toEqual(meant[0]?.change === undefined ? [] : [meant[0].change]);
        } else {
          expect(changesAt(steps, value).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(5);
  });

  test("steps that make sense are accepted, and cover the line", () => {
    fc.assert(
      fc.property(rightSteps, fc.integer({ min: -60, max: 60 }), (steps, value) => {
        expect(messages({ steps })).toEqual([]);
        const found = changesAt(steps, value);
        const rests = steps.some(
          ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, change }) =>
            change === undefined && value >= from && value <= to,
        );
        expect(found.length).toBeLessThanOrEqual(1);
        expect(found.length === 1 || rests).toBe(true);
      }),
    );
  });

  test("no value of the metric brings more tasks than the maximum, or fewer than the minimum", () => {
    fc.assert(
      fc.property(
        rightSteps,
        fc.integer({ min: -60, max: 60 }),
        fc.constantFrom("ChangeInCapacity" as const, "PercentChangeInCapacity" as const),
        fc.integer({ min: 0, max: 20 }),
        (steps, value, adjustment, tasks) => {
          expect(messages({ steps, adjustment })).toEqual([]);
          for (const change of changesAt(steps, value)) {
            const next = after(tasks, change, adjustment);
            expect(next).toBeGreaterThanOrEqual(BOUNDS.minimum);
            expect(next).toBeLessThanOrEqual(BOUNDS.maximum);
            // Scaling out never lowers, scaling in never raises.
            expect((next - tasks) * change).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  test("numbers of tasks that are accepted lie between minimum and maximum, and grow with the metric or shrink", () => {
    fc.assert(
      fc.property(
        anySteps,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 3, max: 6 }),
        (steps, minimum, maximum) => {
          const bounds = { minimum, maximum };
          if (messages({ steps, adjustment: "ExactCapacity" }, bounds).length > 0) {
            return;
          }
          const line = Array.from({ length: 121 }, (_, index) => changesAt(steps, index - 60)).flat();
          expect(line.every((tasks) => tasks >= minimum && tasks <= maximum)).toBe(true);
          const sorted = [...line].sort((a, b) => a - b);
          expect([sorted, [...sorted].reverse()]).toContainEqual(line);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("refused are steps", () => {
  test.each<[string, ScalingStep[], string]>([
    [
      "of which there is one",
      [{ change: 1 }],
      `'steps' of step scaling "load" must be at least 2, as one that has no end at all always applies, got 1; add one without 'change' where the metric should be`,
    ],
    [
      "that end before they begin",
      [{ to: 10 }, { from: 30, to: 20, change: 1 }, { from: 20, change: 2 }],
      `a step of step scaling "load" must end above where it begins, got 'from' 30 and 'to' 20`,
    ],
    [
      "that begin at no number",
      [{ to: 10 }, { from: Number.NaN, change: 1 }],
      `'from' of a step of step scaling "load" must be a number, got NaN`,
    ],
    [
      "without one for every small value",
      [
        { from: 0, to: 10 },
        { from: 10, change: 1 },
      ],
      `exactly one step of step scaling "load" must have no 'from', got 0; leave 'from' out of the lowest step alone, so that every small value is covered`,
    ],
    [
      "with two for every large value",
      [{ to: 10 }, { from: 10, change: 1 }, { from: 20, change: 2 }],
      `exactly one step of step scaling "load" must have no 'to', got 2; leave 'to' out of the highest step alone, so that every large value is covered`,
    ],
    [
      "with a gap",
      [{ to: 10 }, { from: 12, change: 1 }],
      `steps of step scaling "load" leave a gap from 10 to 12, and AWS wants each value in one; let the second begin at 10`,
    ],
    [
      "that overlap",
      [{ to: 10 }, { from: 8, change: 1 }],
      `steps of step scaling "load" overlap from 8 to 10, and AWS wants each value in one; let the second begin at 10`,
    ],
    [
      "of which the endless one is not the last",
      [{ to: 10 }, { from: 10, change: 1 }, { from: 20, to: 30, change: 2 }],
      `steps of step scaling "load" overlap: one that has no 'to' lies below another; give it a 'to'`,
    ],
    [
      "that never rest",
      [
        { to: 10, change: -1 },
        { from: 10, change: 1 },
      ],
      `one step of step scaling "load" must have no 'change', or the number of tasks never rests; leave 'change' out where the metric should be`,
    ],
    [
      "that rest twice",
      [{ to: 10 }, { from: 10, to: 20 }, { from: 20, change: 1 }],
      `one step of step scaling "load" at most may have no 'change', got 2; join them, or say what the others change`,
    ],
    [
      "that change nothing and say so",
      [
        { to: 10, change: 0 },
        { from: 10, change: 1 },
      ],
      `'change' of a step of step scaling "load" must not be 0; leave it out`,
    ],
    [
      "by half a task",
      [{ to: 10 }, { from: 10, change: 0.5 }],
      `'change' of a step of step scaling "load" must be a whole number, got 0.5`,
    ],
    [
      "that add tasks for little load and for much",
      [
        { to: 10, change: 1 },
        { from: 10, to: 20 },
        { from: 20, change: 1 },
      ],
      `the steps of step scaling "load" change the tasks by 1, 0, 1 as the metric grows, so that more load brings more tasks here and fewer there; let them only grow, or only shrink`,
    ],
    [
      "that add less for more",
      [{ to: 10 }, { from: 10, to: 20, change: 5 }, { from: 20, change: 1 }],
      `the steps of step scaling "load" change the tasks by 0, 5, 1 as the metric grows, so that more load brings more tasks here and fewer there; let them only grow, or only shrink`,
    ],
  ])("%s", (_, steps, message) => {
    expect(messages({ steps })).toContain(message);
  });

  test("of which AWS takes 20 on each side", () => {
    const above = Array.from({ length: 21 }, (_, index) => ({
      from: index,
      ...(index === 20 ? {} : { to: index + 1 }),
      change: index + 1,
    }));
    expect(messages({ steps: [{ to: 0 }, ...above] })).toEqual([
      `'steps' of step scaling "load" must be at most 20 above where the metric should be, got 21; join some`,
    ]);
    expect(messages({ steps: [{ to: 1 }, ...above.slice(1)] })).toEqual([]);
  });

  test("to numbers of tasks that there may not be", () => {
    expect(
      messages({
        adjustment: "ExactCapacity",
        steps: [
          { to: 10, change: 1 },
          { from: 10, change: 21 },
        ],
      }),
    ).toEqual([
      `'change' of a step of step scaling "load" is the number of tasks, which must be 0 to 20 ('minimum' and 'maximum'), got 21`,
    ]);
  });

  test("to the same number of tasks everywhere", () => {
    expect(
      messages({
        adjustment: "ExactCapacity",
        steps: [
          { to: 10, change: 3 },
          { from: 10, change: 3 },
        ],
      }),
    ).toEqual([`the steps of step scaling "load" all change the tasks by 3; join them, or say what differs`]);
  });

  test("of percent that take more away than there is", () => {
    expect(
      messages({ adjustment: "PercentChangeInCapacity", steps: [{ to: 10, change: -101 }, { from: 10 }] }),
    ).toEqual([
      `'change' of a step of step scaling "load" is percent of the tasks, of which no more than 100 can go, got -101`,
    ]);
  });

  test("with a least change of tasks that are not percent", () => {
    expect(messages({ minAdjustmentMagnitude: 2 })).toEqual([
      `'minAdjustmentMagnitude' of step scaling "load" is for changes of percent, and 'adjustment' is "ChangeInCapacity"; leave it out, or let 'adjustment' be "PercentChangeInCapacity"`,
    ]);
    expect(messages({ adjustment: "PercentChangeInCapacity", minAdjustmentMagnitude: 0 })).toEqual([
      `'minAdjustmentMagnitude' of step scaling "load" must be a whole number of at least 1, got 0`,
    ]);
    expect(messages({ adjustment: "PercentChangeInCapacity", minAdjustmentMagnitude: 2 })).toEqual([]);
  });

  test.each<[Partial<StepScaling>, string]>([
    [
      { cooldownInSeconds: -1 },
      `'cooldownInSeconds' of step scaling "load" must be a whole number of at least 0, got -1`,
    ],
    [
      { periodInSeconds: 90 },
      `'periodInSeconds' of step scaling "load" must be 10, 20, 30, or a multiple of 60, got 90`,
    ],
    [
      { evaluationPeriods: 0 },
      `'evaluationPeriods' of step scaling "load" must be a whole number of at least 1, got 0`,
    ],
    [
      { evaluationPeriods: 25, periodInSeconds: 3600 },
      `'evaluationPeriods' of step scaling "load" must be at most a day together, got 25 of 3600 seconds`,
    ],
    [
      { evaluationPeriods: 2, datapointsToAlarm: 3 },
      `'datapointsToAlarm' of step scaling "load" must be 1 to 'evaluationPeriods' (2), got 3`,
    ],
    [
      { aggregation: "Sum" as never },
      `'aggregation' of step scaling "load" must be one of "Average", "Maximum", "Minimum", got "Sum"`,
    ],
    [
      { missingData: "zero" as never },
      `'missingData' of step scaling "load" must be one of "breaching", "ignore", "missing", "notBreaching", got "zero"`,
    ],
    [
      { adjustment: "Double" as never },
      `'adjustment' of step scaling "load" must be one of "ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity", got "Double"`,
    ],
  ])("with %p", (options, message) => {
    expect(messages(options)).toEqual([message]);
  });

  test("at the place of the value that is wrong", () => {
    expect(problems({ steps: [{ to: 10 }, { from: 12, change: 1 }] })[0]?.at).toEqual(["steps", 1, "from"]);
    expect(problems({ steps: [{ to: 10 }, { from: 10, change: 0 }] })[0]?.at).toEqual(["steps", 1, "change"]);
  });
});
