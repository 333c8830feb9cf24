import type { WatchedMetric } from "../../src/model/scaling-metrics";
import type { ServiceScalingOptions } from "../../src/model/service-scaling";
import { COUNTED, CPU, DOWN, LOAD, messages, problems, REQUESTS, SPELLED, UP } from "../support/scaling-rules";

describe("policies that fight are refused:", () => {
  const twice = (key: string, other: string) =>
    `target tracking "${other}" and "${key}" track the same metric, and would pull it to two values; keep one`;

  test("two that keep the same metric at two values", () => {
    const targetTracking = { ...CPU, cpu2: { metric: "cpu" as const, target: 80, highResolution: true } };
    expect(messages({ targetTracking })).toEqual([twice("cpu2", "cpu")]);
    expect(problems({ targetTracking })[0]?.at).toEqual(["targetTracking", "cpu2"]);
  });

  test("two on the same metric in other words", () => {
    const spelled = {
      namespace: "AWS/ECS",
      name: "CPUUtilization",
      dimensions: { ServiceName: "shop-web", ClusterName: "shop" },
      statistic: "Maximum",
    };
    expect(messages({ targetTracking: { ...CPU, mine: { metric: spelled, target: 80 } } })).toEqual([
      twice("mine", "cpu"),
    ]);
    const neighbour = { ...spelled, dimensions: { ServiceName: "shop-api", ClusterName: "shop" } };
    expect(messages({ targetTracking: { ...CPU, api: { metric: neighbour, target: 80 } } })).toEqual([]);
    const a = { expression: "a/b", metrics: { a: LOAD, b: { ...LOAD, name: "Tasks" } } };
    const b = { expression: "a / b", metrics: { b: { ...LOAD, name: "Tasks" }, a: { ...LOAD, statistic: "Sum" } } };
    expect(messages({ targetTracking: { a: { metric: a, target: 1 }, b: { metric: b, target: 2 } } })).toEqual([
      twice("b", "a"),
    ]);
  });

  test.each<[string, WatchedMetric, WatchedMetric]>([
    ["an expression of one id", { expression: " (c) ", metrics: { c: SPELLED } }, "cpu"],
    [
      "ids that differ",
      { expression: "x / y * 1", metrics: { x: LOAD, y: SPELLED } },
      { expression: "c/d*1", metrics: { d: { ...SPELLED, statistic: "SampleCount" }, c: LOAD } },
    ],
    [
      "one metric under two ids",
      { expression: "a/b", metrics: { a: LOAD, b: LOAD } },
      { expression: "b / b", metrics: { b: LOAD } },
    ],
    [
      "requests by the target group",
      { ...REQUESTS, dimensions: { TargetGroup: "targetgroup/web/2" } },
      "requestsPerTarget",
    ],
    ["requests by both dimensions", REQUESTS, { expression: "r", metrics: { r: REQUESTS } }],
    ["requests by both dimensions, and by their word", REQUESTS, "requestsPerTarget"],
  ])("two on the same metric by %s", (_, one, other) => {
    const targetTracking = { one: { metric: one, target: 1 }, other: { metric: other, target: 2 } };
    expect(messages({ targetTracking }, COUNTED)).toEqual([twice("other", "one")]);
    expect(
      messages(
        { targetTracking: { one: { metric: one, target: 1 } }, steps: { up: { metric: other, steps: UP } } },
        COUNTED,
      ),
    ).toEqual([
      `step scaling "up" acts on the metric that target tracking "one" keeps, and they would undo each other; keep one`,
    ]);
  });

  test.each<[string, WatchedMetric, WatchedMetric]>([
    [
      "exchanges two metrics",
      { expression: "a/b", metrics: { a: LOAD, b: SPELLED } },
      { expression: "b/a", metrics: { a: LOAD, b: SPELLED } },
    ],
    [
      "names an id in a text",
      { expression: "IF(a > 1, a, 'a')", metrics: { a: LOAD } },
      { expression: "IF(a > 1, a, 'b')", metrics: { a: LOAD } },
    ],
    [
      "is of another target group",
      { ...REQUESTS, dimensions: { TargetGroup: "targetgroup/api/3" } },
      "requestsPerTarget",
    ],
  ])("but not where the other %s", (_, one, other) => {
    const targetTracking = { one: { metric: one, target: 1 }, other: { metric: other, target: 2 } };
    expect(messages({ targetTracking }, COUNTED)).toEqual([]);
  });

  test("steps on a metric that target tracking keeps", () => {
    expect(messages({ steps: { burst: { metric: "cpu", steps: UP } } })).toEqual([
      `step scaling "burst" acts on the metric that target tracking "cpu" keeps, and they would undo each other; keep one`,
    ]);
  });

  test("steps on the same values of the same metric", () => {
    const message = `step scaling "a" and "b" act on the same values of the same metric; make them one`;
    const both = (a: typeof UP | typeof DOWN, b: typeof UP | typeof DOWN, metric: WatchedMetric = LOAD) =>
      messages({ steps: { a: { metric: LOAD, steps: a }, b: { metric, steps: b } } });
    expect(both(UP, UP)).toEqual([message]);
    expect(both(DOWN, DOWN)).toEqual([message]);
    expect(both(UP, DOWN)).toEqual([]);
    expect(both(DOWN, UP)).toEqual([]);
    expect(both(UP, [{ to: 10, change: -1 }, { from: 10 }])).toEqual([message]);
    expect(both([{ to: 30, change: -1 }, { from: 30 }], UP)).toEqual([message]);
    expect(both(UP, UP, { ...LOAD, name: "Other" })).toEqual([]);
  });

  test("two forecasts of the same metric", () => {
    const predictive = { a: { metric: "cpu" as const, target: 50 }, b: { metric: "cpu" as const, target: 60 } };
    expect(messages({ predictive })).toEqual([`predictive scaling "a" and "b" forecast the same metric; keep one`]);
  });

  test("two of one name, of which AWS would keep the last", () => {
    expect(
      messages({
        targetTracking: { "burst-above": { metric: "cpu", target: 60 } },
        steps: { burst: { metric: LOAD, steps: UP } },
      }),
    ).toEqual([
      `'targetTracking.burst-above' and 'steps.burst' would both be policy "burst-above"; give one another name`,
    ]);
    expect(messages({ predictive: { cpu: { metric: "cpu", target: 50 } } })).toEqual([
      `'targetTracking.cpu' and 'predictive.cpu' would both be policy "cpu"; give one another name`,
    ]);
  });

  test("a schedule that sets one bound beyond the other as another schedule leaves it", () => {
    const schedules = (more: object) => ({
      a: { schedule: "cron(0 20 * * ? *)", maximum: 4 },
      b: { schedule: "cron(0 8 * * ? *)", minimum: 10, ...more },
    });
    const bounds = { minimum: 2, maximum: 20 };
    expect(problems({ ...bounds, schedules: schedules({}) })).toEqual([
      {
        at: ["schedules", "a", "maximum"],
        message: `'maximum' of schedule "a" is 4, and schedule "b" may have left a 'minimum' of 10; give schedule "a" a 'minimum' too`,
      },
      {
        at: ["schedules", "b", "minimum"],
        message: `'minimum' of schedule "b" is 10, and schedule "a" may have left a 'maximum' of 4; give schedule "b" a 'maximum' too`,
      },
    ]);
    expect(messages({ ...bounds, schedules: schedules({ maximum: 20 }) })).toEqual([
      `'maximum' of schedule "a" is 4, and schedule "b" may have left a 'minimum' of 10; give schedule "a" a 'minimum' too`,
    ]);
    expect(messages({ ...bounds, schedules: schedules({ minimum: 4 }) })).toEqual([]);
  });

  test("two schedules that are due at the same time", () => {
    const schedules = {
      a: { schedule: "cron(0 8 * * ? *)", minimum: 2 },
      b: { schedule: "cron(0 8 ? * MON *)", minimum: 3 },
    };
    expect(messages({ schedules })).toEqual([
      `schedules "a" and "b" are both due at 2026-01-05 08:00 (UTC), and AWS does not say which comes last; move one of them, or make them one`,
    ]);
  });
});

describe("a service that may have no tasks", () => {
  const message =
    "'minimum' 0 would leave the service without tasks for ever, as CPU, memory and requests have no value then, and percent of nothing is nothing; let 'minimum' be 1, or add steps on a metric that is there without tasks, or a schedule with a 'minimum'";
  const fromZero = (options: Partial<ServiceScalingOptions>) => messages({ minimum: 0, ...options });

  test("is refused when nothing brings the first task", () => {
    expect(fromZero({})).toEqual([message]);
    expect(fromZero({ steps: { a: { metric: LOAD, steps: DOWN } } })).toEqual([message]);
    expect(fromZero({ steps: { a: { metric: LOAD, adjustment: "PercentChangeInCapacity", steps: UP } } })).toEqual([
      message,
    ]);
    expect(fromZero({ steps: { a: { metric: "memory", steps: UP } } })).toEqual([message]);
    expect(fromZero({ schedules: { a: { schedule: "rate(1 day)", minimum: 0 } } })).toEqual([message]);
    const own = { expression: "FILL(c, 0) + r", metrics: { c: SPELLED, r: REQUESTS } };
    expect(messages({ minimum: 0, targetTracking: { a: { metric: SPELLED, target: 60 } } })).toEqual([message]);
    expect(messages({ minimum: 0, targetTracking: { a: { metric: own, target: 60 } } }, COUNTED)).toEqual([message]);
    expect(messages({ minimum: 0, steps: { a: { metric: own, steps: UP } } }, COUNTED)).toEqual([message]);
  });

  test("is brought up by a metric of its own, or by a schedule", () => {
    expect(fromZero({ steps: { a: { metric: LOAD, steps: UP } } })).toEqual([]);
    expect(fromZero({ targetTracking: { a: { metric: LOAD, target: 1 } } })).toEqual([]);
    const mixed = { expression: "IF(c > 0, l / c, l)", metrics: { c: SPELLED, l: LOAD } };
    expect(messages({ minimum: 0, targetTracking: { a: { metric: mixed, target: 1 } } })).toEqual([]);
    expect(fromZero({ schedules: { a: { schedule: "rate(1 day)", minimum: 1 } } })).toEqual([]);
  });
});
