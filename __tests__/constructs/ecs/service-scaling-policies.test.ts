import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { LOAD, policy, scale, serviceOf } from "../../support/service-scaling";
import { addresses, resource, stackFor, synth } from "../../support/stack";

describe("target tracking", () => {
  const configuration = (metric: Parameters<typeof policy>[0]["targetTracking"]) =>
    (policy({ targetTracking: metric ?? {} }).target_tracking_scaling_policy_configuration ?? {}) as Record<
      string,
      unknown
    >;

  test("watches memory, coarse or fine", () => {
    expect(configuration({ memory: { metric: "memory", target: 70, highResolution: true, scaleIn: false } })).toEqual({
      target_value: 70,
      disable_scale_in: true,
      scale_in_cooldown: 300,
      scale_out_cooldown: 300,
      predefined_metric_specification: {
        predefined_metric_type: "ECSServiceAverageMemoryUtilizationHighResolution",
      },
    });
  });

  test("watches the requests of one target group behind one load balancer", () => {
    expect(configuration({ requests: { metric: "requestsPerTarget", target: 1000 } })).toMatchObject({
      predefined_metric_specification: {
        predefined_metric_type: "ALBRequestCountPerTarget",
        resource_label: "app/shop/50dc6c495c0c9188/targetgroup/web/943f017f100becff",
      },
    });
  });

  test("watches a metric of one's own, its dimensions in order", () => {
    expect(
      configuration({
        jobs: {
          metric: { ...LOAD, statistic: "Sum", unit: "Count" },
          target: 3,
          scaleInCooldownInSeconds: 60,
          scaleOutCooldownInSeconds: 0,
        },
      }),
    ).toMatchObject({
      scale_in_cooldown: 60,
      scale_out_cooldown: 0,
      customized_metric_specification: {
        namespace: "Shop",
        metric_name: "Load",
        statistic: "Sum",
        unit: "Count",
        dimensions: [
          { name: "Age", value: "new" },
          { name: "Kind", value: "pdf" },
        ],
      },
    });
  });

  test("watches what is computed of several metrics, of which only the result is returned", () => {
    const metrics = { result: LOAD, a: { namespace: "Shop", name: "Tasks", statistic: "p90", unit: "Count" } };
    expect(configuration({ ratio: { metric: { expression: "result / a", metrics }, target: 3 } })).toMatchObject({
      customized_metric_specification: {
        metrics: [
          {
            id: "a",
            return_data: false,
            metric_stat: {
              stat: "p90",
              unit: "Count",
              metric: { namespace: "Shop", metric_name: "Tasks", dimensions: [] },
            },
          },
          { id: "result", return_data: false, metric_stat: { stat: "Average" } },
          { id: "result_", return_data: true, expression: "result / a", label: "result / a" },
        ],
      },
    });
  });
});

describe("step scaling", () => {
  const steps = [
    { to: 20, change: -1 },
    { from: 20, to: 70 },
    { from: 70, to: 90, change: 1 },
    { from: 90, change: 3 },
  ];

  test("is a policy and an alarm on each side", () => {
    const stack = stackFor();
    const scaling = scale(stack, { targetTracking: {}, steps: { load: { metric: LOAD, steps } } });
    const synthesized = synth(stack);
    expect(addresses(synthesized)).toEqual([
      "aws_appautoscaling_policy.scaling_steps-load-above",
      "aws_appautoscaling_policy.scaling_steps-load-below",
      "aws_appautoscaling_target.scaling_target",
      "aws_cloudwatch_metric_alarm.scaling_alarm-load-above",
      "aws_cloudwatch_metric_alarm.scaling_alarm-load-below",
    ]);
    expect(resource(synthesized, AppautoscalingPolicy, "scaling_steps-load-above")).toMatchObject({
      name: "shop-web-load-above",
      policy_type: "StepScaling",
      step_scaling_policy_configuration: {
        adjustment_type: "ChangeInCapacity",
        cooldown: 300,
        metric_aggregation_type: "Average",
        step_adjustment: [
          { metric_interval_lower_bound: "0", metric_interval_upper_bound: "20", scaling_adjustment: 1 },
          { metric_interval_lower_bound: "20", scaling_adjustment: 3 },
        ],
      },
    });
    expect(resource(synthesized, CloudwatchMetricAlarm, "scaling_alarm-load-below")).toEqual({
      alarm_name: "shop-web-load-below",
      alarm_description: "Starts step scaling load of ECS service shop-web: the metric is below where it should be",
      comparison_operator: "LessThanOrEqualToThreshold",
      threshold: 20,
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      treat_missing_data: "notBreaching",
      namespace: "Shop",
      metric_name: "Load",
      dimensions: { Age: "new", Kind: "pdf" },
      statistic: "Average",
      period: 60,
      alarm_actions: ["${aws_appautoscaling_policy.scaling_steps-load-below.arn}"],
    });
    expect(Object.keys(scaling.alarmArns)).toEqual(["load-below", "load-above"]);
  });

  test("says all that AWS lets it say", () => {
    const stack = stackFor();
    scale(stack, {
      targetTracking: {},
      steps: {
        half: {
          metric: { ...LOAD, statistic: "p99", unit: "Percent" },
          steps: [{ to: 10 }, { from: 10, change: 50 }],
          adjustment: "PercentChangeInCapacity",
          minAdjustmentMagnitude: 2,
          cooldownInSeconds: 30,
          aggregation: "Maximum",
          periodInSeconds: 10,
          evaluationPeriods: 3,
          datapointsToAlarm: 2,
          missingData: "ignore",
        },
      },
    });
    const synthesized = synth(stack);
    expect(synthesized).toHaveResourceWithProperties(AppautoscalingPolicy, {
      step_scaling_policy_configuration: {
        adjustment_type: "PercentChangeInCapacity",
        min_adjustment_magnitude: 2,
        cooldown: 30,
        metric_aggregation_type: "Maximum",
        step_adjustment: [{ metric_interval_lower_bound: "0", scaling_adjustment: 50 }],
      },
    });
    expect(synthesized).toHaveResourceWithProperties(CloudwatchMetricAlarm, {
      extended_statistic: "p99",
      unit: "Percent",
      period: 10,
      evaluation_periods: 3,
      datapoints_to_alarm: 2,
      treat_missing_data: "ignore",
    });
  });

  test("watches the service's own metrics, and those of its load balancer", () => {
    const stack = stackFor();
    scale(stack, {
      targetTracking: {},
      steps: {
        cpu: { metric: "cpu", steps: [{ to: 80 }, { from: 80, change: 2 }] },
        requests: { metric: "requestsPerTarget", steps: [{ to: 80 }, { from: 80, change: 2 }] },
      },
    });
    const synthesized = synth(stack);
    expect(resource(synthesized, CloudwatchMetricAlarm, "scaling_alarm-cpu-above")).toMatchObject({
      namespace: "AWS/ECS",
      metric_name: "CPUUtilization",
      dimensions: { ClusterName: "shop", ServiceName: "shop-web" },
    });
    expect(resource(synthesized, CloudwatchMetricAlarm, "scaling_alarm-requests-above")).toMatchObject({
      namespace: "AWS/ApplicationELB",
      metric_name: "RequestCountPerTarget",
      statistic: "Sum",
      dimensions: {
        LoadBalancer: "app/shop/50dc6c495c0c9188",
        TargetGroup: "targetgroup/web/943f017f100becff",
      },
    });
  });

  test("watches what is computed, each metric over the period of the alarm", () => {
    const stack = stackFor();
    const metric = { expression: "a * 2", metrics: { a: { ...LOAD, unit: "Count" } }, label: "Double load" };
    scale(stack, { targetTracking: {}, steps: { double: { metric, steps: [{ to: 1 }, { from: 1, change: 1 }] } } });
    expect(synth(stack)).toHaveResourceWithProperties(CloudwatchMetricAlarm, {
      metric_query: [
        {
          id: "a",
          return_data: false,
          metric: {
            namespace: "Shop",
            metric_name: "Load",
            dimensions: { Age: "new", Kind: "pdf" },
            stat: "Average",
            period: 60,
            unit: "Count",
          },
        },
        { id: "result", return_data: true, expression: "a * 2", label: "Double load" },
      ],
    });
  });

  test("has alarms with the cluster's name in front, which services of other clusters do not share", () => {
    const stack = stackFor();
    scale(stack, {
      service: serviceOf({ serviceName: "web" }),
      targetTracking: {},
      steps: { load: { metric: LOAD, steps: [{ to: 1 }, { from: 1, change: 1 }] } },
    });
    expect(resource(synth(stack), CloudwatchMetricAlarm)).toMatchObject({ alarm_name: "shop-web-load-above" });
  });
});
