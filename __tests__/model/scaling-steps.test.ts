import fc from "fast-check";
import {
  type PlannedStepPolicy,
  plannedStepPolicies,
  type ScalingStep,
  type StepScaling,
} from "../../src/model/scaling-steps";
import { BOUNDS, messages } from "../support/scaling-steps";

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
