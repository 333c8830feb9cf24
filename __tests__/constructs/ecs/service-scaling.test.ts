import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import type { TerraformStack } from "cdktf";
import type { IEcsService } from "../../../src/constructs/ecs/iecs-service";
import { ServiceScaling, type ServiceScalingProps } from "../../../src/constructs/ecs/service-scaling";
import { addresses, refusal, resource, stackFor, synth, warnings } from "../../support/stack";

const LOAD = { namespace: "Shop", name: "Load", dimensions: { Kind: "pdf", Age: "new" } };
const COUNTER = {
  loadBalancerArnSuffix: "app/shop/50dc6c495c0c9188",
  targetGroupArnSuffix: "targetgroup/web/943f017f100becff",
};

/** A service that is there, and counts how often it is told to leave its number of tasks alone. */
function serviceOf(overrides: Partial<IEcsService> = {}): IEcsService & { left: number } {
  const service = {
    serviceName: "shop-web",
    cluster: { clusterName: "shop" } as IEcsService["cluster"],
    taskDefinition: {} as IEcsService["taskDefinition"],
    securityGroupId: undefined,
    requestCounter: COUNTER,
    ready: [],
    left: 0,
    leaveDesiredCount() {
      service.left++;
    },
    ...overrides,
  };
  return service;
}

function scale(stack: TerraformStack, props: Partial<ServiceScalingProps> = {}): ServiceScaling {
  return new ServiceScaling(stack, "scaling", {
    service: serviceOf(),
    minimum: 1,
    maximum: 10,
    targetTracking: { cpu: { metric: "cpu", target: 60 } },
    ...props,
  });
}

/** The only policy of the stack, without what all have. */
function policy(props: Partial<ServiceScalingProps>, name?: string) {
  const stack = stackFor();
  scale(stack, { targetTracking: {}, ...props });
  return resource(synth(stack), AppautoscalingPolicy, name);
}

describe("a service that is scaled", () => {
  test("has a scalable target between minimum and maximum, and a policy", () => {
    const stack = stackFor();
    const service = serviceOf();
    const scaling = scale(stack, { service });
    const synthesized = synth(stack);
    expect(addresses(synthesized)).toEqual([
      "aws_appautoscaling_policy.scaling_target-tracking-cpu",
      "aws_appautoscaling_target.scaling_target",
    ]);
    expect(resource(synthesized, AppautoscalingTarget)).toMatchObject({
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: "service/shop/shop-web",
      min_capacity: 1,
      max_capacity: 10,
    });
    expect(synthesized).toHaveResourceWithProperties(AppautoscalingPolicy, {
      name: "shop-web-cpu",
      policy_type: "TargetTrackingScaling",
      resource_id: "${aws_appautoscaling_target.scaling_target.resource_id}",
      scalable_dimension: "${aws_appautoscaling_target.scaling_target.scalable_dimension}",
      service_namespace: "${aws_appautoscaling_target.scaling_target.service_namespace}",
      target_tracking_scaling_policy_configuration: {
        target_value: 60,
        disable_scale_in: false,
        scale_in_cooldown: 300,
        scale_out_cooldown: 300,
        predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
      },
    });
    expect(service.left).toBe(1);
    expect(scaling).toMatchObject({ minimum: 1, maximum: 10, alarmArns: {} });
    expect(Object.keys(scaling.policyArns)).toEqual(["cpu"]);
  });

  test("is there before it is scaled", () => {
    const stack = stackFor();
    const ready = [new SnsTopic(stack, "stands-for-the-service", {})];
    scale(stack, { service: serviceOf({ ready }) });
    expect(resource(synth(stack), AppautoscalingTarget)).toMatchObject({
      depends_on: ["aws_sns_topic.stands-for-the-service"],
    });
  });
});

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

test("schedules change the bounds, each with what it says", () => {
  const stack = stackFor();
  scale(stack, {
    targetTracking: {},
    schedules: {
      morning: {
        schedule: "cron(0 8 ? * MON-FRI *)",
        timezone: "Europe/Berlin",
        start: "2027-01-01T00:00:00Z",
        end: "2028-01-01T00:00:00Z",
        minimum: 4,
        maximum: 20,
      },
      evening: { schedule: "rate(1 day)", minimum: 0 },
    },
  });
  const synthesized = synth(stack);
  expect(resource(synthesized, AppautoscalingScheduledAction, "scaling_schedule-morning")).toEqual({
    name: "shop-web-morning",
    resource_id: "${aws_appautoscaling_target.scaling_target.resource_id}",
    scalable_dimension: "${aws_appautoscaling_target.scaling_target.scalable_dimension}",
    service_namespace: "${aws_appautoscaling_target.scaling_target.service_namespace}",
    schedule: "cron(0 8 ? * MON-FRI *)",
    timezone: "Europe/Berlin",
    start_time: "2027-01-01T00:00:00Z",
    end_time: "2028-01-01T00:00:00Z",
    scalable_target_action: { min_capacity: "4", max_capacity: "20" },
  });
  expect(resource(synthesized, AppautoscalingScheduledAction, "scaling_schedule-evening")).toMatchObject({
    timezone: "UTC",
    scalable_target_action: { min_capacity: "0" },
  });
});

test("forecasts look at load and at what it does to each task", () => {
  expect(
    policy({ predictive: { cpu: { metric: "cpu", target: 50 } } }).predictive_scaling_policy_configuration,
  ).toEqual({
    mode: "ForecastOnly",
    scheduling_buffer_time: 300,
    max_capacity_breach_behavior: "HonorMaxCapacity",
    metric_specification: [
      {
        target_value: "50",
        predefined_metric_pair_specification: { predefined_metric_type: "ECSServiceCPUUtilization" },
      },
    ],
  });
  const requests = policy({
    predictive: {
      requests: {
        metric: "requestsPerTarget",
        target: 900,
        mode: "ForecastAndScale",
        schedulingBufferInSeconds: 600,
        maxCapacityBreachBehavior: "IncreaseMaxCapacity",
        maxCapacityBuffer: 20,
      },
    },
  });
  expect(requests.predictive_scaling_policy_configuration).toMatchObject({
    mode: "ForecastAndScale",
    scheduling_buffer_time: 600,
    max_capacity_breach_behavior: "IncreaseMaxCapacity",
    max_capacity_buffer: 20,
    metric_specification: [
      {
        predefined_metric_pair_specification: {
          predefined_metric_type: "ALBRequestCount",
          resource_label: "app/shop/50dc6c495c0c9188/targetgroup/web/943f017f100becff",
        },
      },
    ],
  });
});

test("a policy, step or schedule more moves no other, and their order leaves no trace", () => {
  const tracking = {
    cpu: { metric: "cpu" as const, target: 60 },
    memory: { metric: "memory" as const, target: 70 },
  };
  const { cpu, memory } = tracking;
  const one = stackFor();
  scale(one, { targetTracking: { cpu, memory } });
  const other = stackFor();
  scale(other, { targetTracking: { memory, cpu } });
  expect(synth(other)).toBe(synth(one));
  const fewer = stackFor();
  scale(fewer, { targetTracking: { memory } });
  expect(addresses(synth(one))).toEqual(expect.arrayContaining(addresses(synth(fewer))));
});

describe("refused is", () => {
  test("what AWS would refuse, and what fights, with the path of the construct", () => {
    expect(refusal(() => scale(stackFor(), { minimum: 11 }))).toBe(
      "[test/scaling] 'minimum' must not be above 'maximum' (10), got 11; exchange them, or raise 'maximum'",
    );
    const targetTracking = {
      cpu: { metric: "cpu" as const, target: 60 },
      spelled: {
        metric: {
          namespace: "AWS/ECS",
          name: "CPUUtilization",
          dimensions: { ClusterName: "shop", ServiceName: "shop-web" },
        },
        target: 70,
      },
    };
    expect(refusal(() => scale(stackFor(), { targetTracking }))).toBe(
      `[test/scaling] target tracking "cpu" and "spelled" track the same metric, and would pull it to two values; keep one`,
    );
  });

  test("requests of a service that no load balancer counts", () => {
    const service = serviceOf({ requestCounter: undefined });
    const targetTracking = { requests: { metric: "requestsPerTarget" as const, target: 100 } };
    expect(refusal(() => scale(stackFor(), { service, targetTracking }))).toContain("the service is behind none");
  });

  test("a name that is too long", () => {
    const service = serviceOf({ serviceName: "s".repeat(255) });
    expect(refusal(() => scale(stackFor(), { service }))).toContain(
      "the name of an Application Auto Scaling policy must be 1 to 256 characters",
    );
  });
});

test("what may surprise is warned of", () => {
  const stack = stackFor();
  scale(stack, { targetTracking: { cpu: { metric: "cpu", target: 60, scaleIn: false } } });
  expect(warnings(stack)).toEqual([
    "[test/scaling] no policy takes tasks away again, as 'scaleIn' is false everywhere; leave it out of one of them",
  ]);
});

test("names that Terraform alone knows are not judged", () => {
  const stack = stackFor();
  const service = serviceOf({ serviceName: new SnsTopic(stack, "topic", {}).name });
  scale(stack, { service });
  expect(resource(synth(stack), AppautoscalingTarget)).toMatchObject({
    resource_id: "service/shop/${aws_sns_topic.topic.name}",
  });
});
