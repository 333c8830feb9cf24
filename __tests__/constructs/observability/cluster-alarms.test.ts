import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { ClusterAlarms, type ClusterAlarmsProps } from "../../../src/constructs/observability/cluster-alarms";
import { importedClusterIn } from "../../support/constructs";
import { ACCOUNT, refusal, resolved, resource, resources, stackFor, synth } from "../../support/stack";

type Options = Partial<Omit<ClusterAlarmsProps, "cluster">>;

function build(options: Options = {}) {
  const stack = stackFor();
  const alarms = new ClusterAlarms(stack, "alarms", { cluster: importedClusterIn(stack), ...options });
  return { stack, alarms, text: synth(stack) };
}

const topic = (name: string) => `arn:aws:sns:eu-west-1:${ACCOUNT}:${name}`;

describe("ClusterAlarms", () => {
  test("watch one metric as it is", () => {
    expect(resource(build().text, CloudwatchMetricAlarm, "alarms_collector")).toEqual({
      alarm_name: "platform-collector",
      alarm_description: expect.stringMatching(/^No metrics of pods arrive/),
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      namespace: "ContainerInsights",
      metric_name: "pod_memory_working_set",
      dimensions: { ClusterName: "platform", LaunchType: "fargate" },
      statistic: "SampleCount",
      period: 300,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
      treat_missing_data: "breaching",
    });
  });

  test("watch what is computed of several metrics", () => {
    const metric = (id: string, metric_name: string) => ({
      id,
      return_data: false,
      metric: {
        namespace: "AWS/EKS",
        metric_name,
        dimensions: { ClusterName: "platform" },
        stat: "Sum",
        period: 300,
      },
    });
    expect(resource(build().text, CloudwatchMetricAlarm, "alarms_api-server-errors")).toMatchObject({
      alarm_name: "platform-api-server-errors",
      comparison_operator: "GreaterThanThreshold",
      threshold: 1,
      treat_missing_data: "notBreaching",
      metric_query: [
        {
          id: "result",
          expression: "IF(requests > 0, 100 * FILL(errors, 0) / requests, 0)",
          label: "API server errors (percent)",
          return_data: true,
        },
        metric("errors", "apiserver_request_total_5XX"),
        metric("requests", "apiserver_request_total"),
      ],
    });
  });

  test("tell nobody unless told whom, and then when they go off and when it is over", () => {
    expect(resource(build().text, CloudwatchMetricAlarm, "alarms_pod-cpu").alarm_actions).toBeUndefined();
    const { text } = build({ topicArns: [topic("b"), topic("a")] });
    expect(resource(text, CloudwatchMetricAlarm, "alarms_pod-cpu")).toMatchObject({
      alarm_actions: [topic("a"), topic("b")],
      ok_actions: [topic("a"), topic("b")],
    });
  });

  test("take every option at once", () => {
    const { stack, alarms, text } = build({
      topicArns: [topic("a")],
      containerInsights: false,
      fargateQuota: false,
      apiServerLatency: { threshold: 2, minutes: 30 },
    });
    expect(Object.keys(resources(text, CloudwatchMetricAlarm)).sort()).toEqual([
      "alarms_api-server-errors",
      "alarms_api-server-latency",
      "alarms_state-size",
      "alarms_unschedulable-pods",
    ]);
    expect(resource(text, CloudwatchMetricAlarm, "alarms_api-server-latency")).toMatchObject({
      threshold: 2,
      evaluation_periods: 6,
    });
    expect(alarms.thresholds).toEqual({
      apiServerErrors: 1,
      apiServerLatency: 2,
      stateSize: 6 * 1024 ** 3,
      unschedulablePods: 0,
    });
    expect(resolved(stack, alarms.alarmArns.stateSize)).toBe("${aws_cloudwatch_metric_alarm.alarms_state-size.arn}");
  });

  test("tell topics of their Region alone", () => {
    const elsewhere = topic("a").replace("eu-west-1", "us-east-1");
    expect(refusal(() => build({ topicArns: [elsewhere] }))).toBe(
      `[test/alarms] 'topicArns' must be of the stack's Region, "eu-west-1", got "${elsewhere}"; make one there`,
    );
  });

  test("are refused with all that is wrong with them", () => {
    const message = refusal(() => build({ topicArns: ["topic"], podCpu: { threshold: 101 } }));
    expect(message.split("\n").map((line) => line.slice(0, 40))).toEqual([
      "[test/alarms] 'threshold' of alarm \"podC",
      "[test/alarms] 'topicArns' must hold ARNs",
    ]);
  });
});
