import { ALARM_KEYS, type AlarmsOptions, alarmsProblems, plannedAlarms } from "../../src/model/alarms";

const keys = (options: AlarmsOptions) => plannedAlarms("platform", options).map(({ key }) => key);
const alarm = (key: string, options: AlarmsOptions = {}) =>
  plannedAlarms("platform", options).find((planned) => planned.key === key);

describe("the alarms of a cluster", () => {
  test("are all of them, in alphabetical order, when nothing is said", () => {
    expect(keys({})).toEqual([
      "apiServerErrors",
      "apiServerLatency",
      "collector",
      "fargateQuota",
      "podCpu",
      "podMemory",
      "stateSize",
      "unschedulablePods",
    ]);
    expect(alarmsProblems({})).toEqual([]);
  });

  test("leave out what is not wanted, and pods where no collector publishes their metrics", () => {
    expect(keys({ containerInsights: false, fargateQuota: false })).toEqual([
      "apiServerErrors",
      "apiServerLatency",
      "stateSize",
      "unschedulablePods",
    ]);
  });

  test("watch the busiest pod of the cluster on Fargate", () => {
    expect(alarm("podCpu")).toMatchObject({
      slug: "pod-cpu",
      threshold: 90,
      below: false,
      periodInSeconds: 300,
      periods: 3,
      missingData: "notBreaching",
      source: {
        metric: {
          namespace: "ContainerInsights",
          name: "pod_cpu_utilization_over_pod_limit",
          dimensions: { ClusterName: "platform", LaunchType: "fargate" },
        },
        statistic: "Maximum",
      },
    });
  });

  test("go off when the collector says nothing, and only then because of missing data", () => {
    expect(alarm("collector")).toMatchObject({ below: true, threshold: 1, missingData: "breaching" });
    const others = plannedAlarms("platform", {}).filter(({ missingData }) => missingData === "breaching");
    expect(others.map(({ key }) => key)).toEqual(["collector"]);
  });

  test("have the threshold and the time that are asked for, in the unit of their metric", () => {
    expect(alarm("podCpu", { podCpu: { threshold: 70, minutes: 30 } })).toMatchObject({ threshold: 70, periods: 6 });
    expect(alarm("stateSize", { stateSize: { threshold: 4 } })).toMatchObject({ threshold: 4 * 1024 ** 3 });
    expect(alarm("unschedulablePods", { unschedulablePods: { minutes: 5 } })).toMatchObject({ periods: 5 });
  });

  test("ask CloudWatch for no more than a day of data", () => {
    const all = Object.fromEntries(ALARM_KEYS.map((key) => [key, { minutes: 1440 }]));
    for (const { periods, periodInSeconds } of plannedAlarms("platform", all)) {
      expect(periods * periodInSeconds).toBe(24 * 60 * 60);
    }
  });

  test("compute only of metrics that they name", () => {
    for (const { source } of plannedAlarms("platform", {})) {
      if ("expression" in source && !source.expression.includes("METRICS()")) {
        const names = source.expression.match(/\b[a-z]\w*/g) ?? [];
        expect(new Set(names)).toEqual(new Set(Object.keys(source.metrics)));
      }
    }
  });
});

describe("refused is", () => {
  test.each([-1, 101, Number.NaN])("a threshold of %p percent", (threshold) => {
    expect(alarmsProblems({ podCpu: { threshold } })).toEqual([
      {
        at: ["podCpu", "threshold"],
        message: `'threshold' of alarm "podCpu" must be 0 to 100 (percent of the limit), got ${threshold}`,
      },
    ]);
  });

  test("a threshold below nothing", () => {
    expect(alarmsProblems({ apiServerLatency: { threshold: -1 } })[0]?.message).toBe(
      `'threshold' of alarm "apiServerLatency" must be 0 or more (seconds), got -1`,
    );
    expect(alarmsProblems({ apiServerLatency: { threshold: 0.5 } })).toEqual([]);
  });

  test.each([0, 7, 1445, Number.NaN])("%p minutes of periods of five", (minutes) => {
    expect(alarmsProblems({ podCpu: { minutes } })).toEqual([
      {
        at: ["podCpu", "minutes"],
        message: `'minutes' of alarm "podCpu" must be a multiple of 5 of at most 1440, got ${minutes}`,
      },
    ]);
  });

  test("half a minute", () => {
    expect(alarmsProblems({ unschedulablePods: { minutes: 1.5 } })[0]?.message).toBe(
      `'minutes' of alarm "unschedulablePods" must be a whole number of at most 1440, got 1.5`,
    );
  });

  test("a choice for pods whose metrics are not published", () => {
    expect(alarmsProblems({ containerInsights: false, podMemory: {} })).toEqual([
      {
        at: ["podMemory"],
        message: `alarm "podMemory" watches metrics of pods, which 'containerInsights' false says are not published; leave one of the two out`,
      },
    ]);
    expect(alarmsProblems({ containerInsights: false, podMemory: false })).toEqual([]);
  });

  test.each(["alarms", "arn:aws:sns:eu-west-1:111122223333:alarms.fifo", "arn:aws:sqs:eu-west-1:111122223333:a"])(
    "the topic %j",
    (arn) => {
      expect(alarmsProblems({ topicArns: [arn] })).toEqual([
        {
          at: ["topicArns", 0],
          message: `'topicArns' must hold ARNs of SNS topics, like "arn:aws:sns:eu-west-1:111122223333:alarms", got "${arn}"`,
        },
      ]);
      expect(alarmsProblems({ topicArns: [arn] }, () => false)).toEqual([]);
    },
  );

  test("a sixth topic", () => {
    const topicArns = Array.from({ length: 6 }, (_, index) => `arn:aws-cn:sns:cn-north-1:111122223333:t${index}`);
    expect(alarmsProblems({ topicArns })).toEqual([
      { at: ["topicArns"], message: "'topicArns' must hold at most 5 topics, got 6" },
    ]);
    expect(alarmsProblems({ topicArns: topicArns.slice(1) })).toEqual([]);
  });
});
