import type { ScalingStep, StepScaling } from "../../src/model/scaling-steps";
import { messages, problems } from "../support/scaling-steps";

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
      { evaluationPeriods: 49, periodInSeconds: 1800 },
      `'evaluationPeriods' of step scaling "load" must be at most a day together, got 49 of 1800 seconds; ask for fewer`,
    ],
    [
      { evaluationPeriods: 169, periodInSeconds: 3600 },
      `'evaluationPeriods' of step scaling "load" must be at most a week together, got 169 of 3600 seconds; ask for fewer`,
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

  test("and not with an alarm that looks back a day, or by periods of an hour a week", () => {
    for (const [periodInSeconds, evaluationPeriods] of [
      [1800, 48],
      [3600, 30],
      [3600, 168],
      [86_400, 7],
    ] as const) {
      expect(messages({ periodInSeconds, evaluationPeriods })).toEqual([]);
    }
  });

  test("at the place of the value that is wrong", () => {
    expect(problems({ steps: [{ to: 10 }, { from: 12, change: 1 }] })[0]?.at).toEqual(["steps", 1, "from"]);
    expect(problems({ steps: [{ to: 10 }, { from: 10, change: 0 }] })[0]?.at).toEqual(["steps", 1, "change"]);
  });
});
