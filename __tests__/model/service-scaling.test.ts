import type { WatchedMetric } from "../../src/model/scaling-metrics";
import {
  type ServiceScalingOptions,
  scalingNameProblems,
  serviceScalingWarnings,
} from "../../src/model/service-scaling";
import { ALONE, BEHIND_ALB, CPU, DOWN, LOAD, messages, tracking, UP } from "../support/scaling-rules";

describe("a service may be scaled", () => {
  test("by one policy between a minimum and a maximum", () => {
    expect(messages({})).toEqual([]);
    expect(messages({ minimum: 3, maximum: 3 })).toEqual([]);
  });

  test("by everything there is", () => {
    expect(
      messages({
        minimum: 0,
        targetTracking: {
          cpu: { metric: "cpu", target: 60, highResolution: true, scaleInCooldownInSeconds: 0 },
          memory: { metric: "memory", target: 100, scaleIn: false, scaleOutCooldownInSeconds: 30 },
          requests: { metric: "requestsPerTarget", target: 1000 },
          jobs: { metric: { ...LOAD, dimensions: { Kind: "pdf" }, statistic: "Sum", unit: "Count" }, target: 0.5 },
          backlog: { metric: { expression: "m1 / m2", metrics: { m1: LOAD, m2: LOAD }, label: "x" }, target: 3 },
        },
        steps: { up: { metric: { ...LOAD, statistic: "p99.9" }, steps: UP } },
        schedules: { morning: { schedule: "cron(0 8 * * ? *)", minimum: 2 } },
        predictive: {
          forecast: { metric: "cpu", target: 50 },
          requests2: {
            metric: "requestsPerTarget",
            target: 5000,
            mode: "ForecastAndScale",
            schedulingBufferInSeconds: 600,
            maxCapacityBreachBehavior: "IncreaseMaxCapacity",
            maxCapacityBuffer: 10,
          },
        },
        limits: { tasksPerService: 8000 },
        maximum: 8000,
      }),
    ).toEqual([]);
  });
});

describe("refused are", () => {
  test.each<[Partial<ServiceScalingOptions>, string]>([
    [{ minimum: -1 }, "'minimum' must be a whole number of at least 0, got -1"],
    [{ minimum: 1.5 }, "'minimum' must be a whole number of at least 0, got 1.5"],
    [{ maximum: 0 }, "'maximum' must be a whole number of at least 1, got 0"],
    [{ minimum: 11 }, "'minimum' must not be above 'maximum' (10), got 11; exchange them, or raise 'maximum'"],
    [
      { maximum: 5001 },
      "'maximum' must be at most 5000, the account's quota of tasks in a service, got 5001; lower it, or have AWS raise the quota and say so in 'limits.tasksPerService'",
    ],
    [{ limits: { tasksPerService: 0 } }, "'tasksPerService' must be a whole number of at least 1, got 0"],
    [
      { schedules: { sale: { schedule: "rate(1 day)", maximum: 6000 } } },
      "'maximum' must be at most 5000, the account's quota of tasks in a service, got 6000; lower it, or have AWS raise the quota and say so in 'limits.tasksPerService'",
    ],
    [
      { targetTracking: {} },
      "nothing changes the number of tasks between 'minimum' and 'maximum'; add 'targetTracking', 'steps', 'schedules' or 'predictive', like targetTracking: { cpu: { metric: cpu, target: 60 } }",
    ],
    [
      { targetTracking: { "CPU!": { metric: "cpu", target: 60 } } },
      `'targetTracking' must have names of small letters, digits and single "-", got "CPU!"`,
    ],
  ])("bounds and names like %j", (options, message) => {
    expect(messages(options)).toEqual([message]);
  });

  test("more than 50 policies, of which steps on both sides are two, and more than 200 schedules", () => {
    const steps = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `s${index}`,
          {
            metric: { ...LOAD, name: `Load${index}` },
            steps: [
              { to: 1, change: -1 },
              { from: 1, to: 5 },
              { from: 5, change: 1 },
            ],
          },
        ]),
      );
    expect(messages({ targetTracking: {}, steps: steps(25) })).toEqual([]);
    expect(messages({ steps: steps(25) })).toEqual([
      "a service may have 50 scaling policies, got 51 (steps above and below count as two); leave some out",
    ]);
    const schedules = Object.fromEntries(
      Array.from({ length: 201 }, (_, index) => [
        `s${index}`,
        { schedule: `cron(${index % 60} ${Math.floor(index / 60)} * * ? *)`, minimum: 1 },
      ]),
    );
    expect(messages({ schedules })).toEqual(["'schedules' must be at most 200, got 201; leave some out"]);
  });

  test("requests of a service that no Application Load Balancer counts", () => {
    const message = (called: string) =>
      `'metric' of ${called} is "requestsPerTarget", which an Application Load Balancer counts, and the service is behind none with a target group that keeps its requests; put it behind one, with 'strategy' "ROLLING" of 'deployment', or use "cpu" or "memory"`;
    expect(tracking("requestsPerTarget", ALONE)).toEqual([message('target tracking "one"')]);
    expect(messages({ steps: { up: { metric: "requestsPerTarget", steps: UP } } }, ALONE)).toEqual([
      message('step scaling "up"'),
    ]);
    expect(messages({ predictive: { all: { metric: "requestsPerTarget", target: 9 } } }, ALONE)).toEqual([
      message('predictive scaling "all"'),
    ]);
  });

  test.each<[WatchedMetric, string]>([
    [
      "disk" as never,
      `'metric' of target tracking "one" must be one of "cpu", "memory", "requestsPerTarget", or a metric of CloudWatch with its namespace and name, got "disk"`,
    ],
    [
      { namespace: ":Shop", name: "Load" },
      `'namespace' of the metric of target tracking "one" must be 1 to 255 characters, not beginning with ":", got ":Shop"`,
    ],
    [
      { ...LOAD, statistic: "p99" },
      `'statistic' of the metric of target tracking "one" must be one of "Average", "Maximum", "Minimum", "SampleCount", "Sum", got "p99"; for a percentile write it as metric math, with an expression that is the id of the one metric`,
    ],
    [
      { ...LOAD, statistic: "Mean" },
      `'statistic' of the metric of target tracking "one" must be one of "Average", "Maximum", "Minimum", "SampleCount", "Sum", or a percentile like "p99", got "Mean"`,
    ],
    [
      { ...LOAD, dimensions: { Kind: " " } },
      `dimension "Kind" of the metric of target tracking "one" must have a value of 1 to 1024 characters, got " "`,
    ],
    [
      { ...LOAD, dimensions: Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`D${index}`, "x"])) },
      `'dimensions' of the metric of target tracking "one" must be at most 30, got 31`,
    ],
    [
      { expression: "a / c", metrics: { a: LOAD } },
      `'expression' of target tracking "one" has "c", which 'metrics' does not (it has "a"); add the metric, or correct the expression`,
    ],
    [
      { expression: "a", metrics: { a: LOAD, b: LOAD } },
      `metric "b" of target tracking "one" does not stand in 'expression', which is "a"; use it, or leave it out`,
    ],
    [
      { expression: "A1", metrics: { A1: LOAD } },
      `'metrics' of target tracking "one" must have ids of letters, digits and "_", beginning with a small letter, got "A1"`,
    ],
    [
      { expression: "SEARCH('{Shop} Load', 'Sum') + a", metrics: { a: LOAD } },
      `'expression' of target tracking "one" must not search for metrics, which an alarm cannot, got "SEARCH('{Shop} Load', 'Sum') + a"; name them in 'metrics'`,
    ],
  ])("a metric like %j", (metric, message) => {
    expect(tracking(metric)).toEqual([message]);
  });

  test("an expression without metrics, or without anything", () => {
    expect(tracking({ expression: "1", metrics: {} })).toEqual([
      `'metrics' of target tracking "one" must be 1 to 10, got 0`,
    ]);
    expect(tracking({ expression: " ", metrics: { a: LOAD } })[0]).toBe(
      `'expression' of target tracking "one" must be 1 to 1024 characters, got 1`,
    );
  });

  test("targets that cannot be, and what is not for the metric", () => {
    expect(tracking("cpu", BEHIND_ALB, { target: 101 })).toEqual([
      `'target' of target tracking "one" must be above 0 and at most 100 (percent), got 101`,
    ]);
    expect(tracking(LOAD, BEHIND_ALB, { target: 0 })).toEqual([
      `'target' of target tracking "one" must be above 0, got 0`,
    ]);
    expect(tracking(LOAD, BEHIND_ALB, { highResolution: true })).toEqual([
      `'highResolution' of target tracking "one" is for "cpu" and "memory", which ECS publishes every 20 seconds, got a metric of CloudWatch; leave it out`,
    ]);
    expect(tracking("cpu", BEHIND_ALB, { scaleInCooldownInSeconds: -5 })).toEqual([
      `'scaleInCooldownInSeconds' of target tracking "one" must be a whole number of at least 0, got -5`,
    ]);
  });

  test.each<[object, string]>([
    [
      { metric: LOAD },
      `'metric' of predictive scaling "all" must be one of "cpu", "memory", "requestsPerTarget", got {"namespace":"Shop","name":"Load"}`,
    ],
    [
      { mode: "Off" },
      `'mode' of predictive scaling "all" must be one of "ForecastAndScale", "ForecastOnly", got "Off"`,
    ],
    [
      { schedulingBufferInSeconds: 3601 },
      `'schedulingBufferInSeconds' of predictive scaling "all" must be 0 to 3600, got 3601`,
    ],
    [
      { maxCapacityBreachBehavior: "IncreaseMaxCapacity" },
      `'maxCapacityBreachBehavior' "IncreaseMaxCapacity" of predictive scaling "all" needs 'maxCapacityBuffer'; say by how much percent of the forecast, like 10`,
    ],
    [
      { maxCapacityBuffer: 10 },
      `'maxCapacityBuffer' of predictive scaling "all" is for 'maxCapacityBreachBehavior' "IncreaseMaxCapacity", which is "HonorMaxCapacity"; leave it out`,
    ],
    [
      { maxCapacityBreachBehavior: "IncreaseMaxCapacity", maxCapacityBuffer: 101 },
      `'maxCapacityBuffer' of predictive scaling "all" must be 0 to 100, got 101`,
    ],
  ])("forecasts like %j", (options, message) => {
    expect(messages({ predictive: { all: { metric: "cpu", target: 50, ...options } } })).toEqual([message]);
  });
});

describe("warned is of", () => {
  const warnings = (options: Partial<ServiceScalingOptions>) =>
    serviceScalingWarnings({ minimum: 1, maximum: 10, targetTracking: CPU, ...options });
  const upOnly = { cpu: { metric: "cpu" as const, target: 60, scaleIn: false } };
  const never = ["no policy takes tasks away again, as 'scaleIn' is false everywhere; leave it out of one of them"];

  test("tasks that nothing takes away again", () => {
    expect(warnings({})).toEqual([]);
    expect(warnings({ targetTracking: upOnly })).toEqual(never);
    expect(warnings({ targetTracking: upOnly, steps: { up: { metric: LOAD, steps: UP } } })).toEqual(never);
    expect(warnings({ targetTracking: upOnly, steps: { down: { metric: LOAD, steps: DOWN } } })).toEqual([]);
    expect(warnings({ targetTracking: upOnly, schedules: { night: { schedule: "rate(1 day)", maximum: 2 } } })).toEqual(
      [],
    );
  });

  test("values of 20 seconds, which Terraform cannot switch on", () => {
    expect(warnings({ targetTracking: { cpu: { metric: "cpu", target: 60, highResolution: true } } })).toEqual([
      `target tracking "cpu" watches values of 20 seconds, which the service publishes only when its monitoring is set so, and Terraform's provider cannot as of 2026-11-21; see docs/ecs-scaling.md`,
    ]);
  });

  test("a minimum that is the maximum", () => {
    expect(warnings({ minimum: 10 })).toEqual([
      "'minimum' and 'maximum' are both 10, so that no policy can change anything; let them differ",
    ]);
    expect(warnings({ minimum: 10, schedules: { a: { schedule: "rate(1 day)", maximum: 20 } } })).toEqual([]);
  });
});

test("names that are derived are checked", () => {
  const service = "s".repeat(250);
  const options: ServiceScalingOptions = {
    minimum: 1,
    maximum: 2,
    targetTracking: { memory: { metric: "memory", target: 50 } },
    steps: { up: { metric: LOAD, steps: UP } },
    schedules: { evening: { schedule: "rate(1 day)", minimum: 1 } },
  };
  expect(scalingNameProblems("shop", "shop-web", options)).toEqual([]);
  const found = scalingNameProblems("shop", service, options);
  expect(found.map(({ at }) => at)).toEqual([
    ["targetTracking", "memory"],
    ["steps", "up"],
    ["steps", "up"],
    ["schedules", "evening"],
  ]);
  expect(found[0]?.message).toContain("must be 1 to 256 characters");
});
