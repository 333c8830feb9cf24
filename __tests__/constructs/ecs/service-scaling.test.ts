import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { FargateService } from "../../../src/constructs/ecs/fargate-service";
import { ServiceScaling, type ServiceScalingProps } from "../../../src/constructs/ecs/service-scaling";
import { clusterOf, taskOf } from "../../support/ecs";
import { COUNTER, policy, scale, serviceOf } from "../../support/service-scaling";
import { addresses, refusal, resource, stackFor, synth, warnings } from "../../support/stack";

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

test("schedules change the bounds, each with what it says", () => {
  const stack = stackFor();
  scale(stack, {
    targetTracking: {},
    schedules: {
      morning: {
        schedule: "cron(0 8 ? * MON-FRI *)",
        timeZone: "Europe/Berlin",
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

describe("Terraform leaves a bound to the schedules that set it:", () => {
  const lifecycle = (schedules: ServiceScalingProps["schedules"]) => {
    const stack = stackFor();
    scale(stack, schedules === undefined ? {} : { schedules });
    return resource(synth(stack), AppautoscalingTarget).lifecycle;
  };

  test("none without schedules, one, or both", () => {
    expect(lifecycle(undefined)).toBeUndefined();
    const schedule = "rate(1 day)";
    expect(lifecycle({ a: { schedule, minimum: 2 } })).toEqual({ ignore_changes: ["min_capacity"] });
    expect(lifecycle({ a: { schedule, maximum: 4 } })).toEqual({ ignore_changes: ["max_capacity"] });
    expect(lifecycle({ a: { schedule, minimum: 2 }, b: { schedule: "rate(2 days)", maximum: 4 } })).toEqual({
      ignore_changes: ["max_capacity", "min_capacity"],
    });
  });
});

describe("a second scaling of a service is refused", () => {
  const message = (first: string) =>
    `[test/scaling] service "shop-web" is scaled by "${first}" already, and AWS keeps one minimum and one maximum for a service; give that one all policies, and leave this one out`;

  test("beside 'scaling' of the service itself", () => {
    const stack = stackFor();
    const service = new FargateService(stack, "web", {
      cluster: clusterOf(),
      taskDefinition: taskOf(),
      scaling: { minimum: 1, maximum: 4, targetTracking: { cpu: { metric: "cpu", target: 60 } } },
    });
    expect(refusal(() => scale(stack, { service }))).toBe(message("test/web/scaling"));
  });

  test("beside another one", () => {
    const stack = stackFor();
    const service = new FargateService(stack, "web", { cluster: clusterOf(), taskDefinition: taskOf() });
    new ServiceScaling(stack, "first", {
      service,
      minimum: 1,
      maximum: 4,
      targetTracking: { cpu: { metric: "cpu", target: 60 } },
    });
    expect(refusal(() => scale(stack, { service }))).toBe(message("test/first"));
  });
});

test("a metric that is spelled out is known for the service's own by its target group", () => {
  const requests = {
    namespace: "AWS/ApplicationELB",
    name: "RequestCountPerTarget",
    dimensions: { TargetGroup: COUNTER.targetGroupArnSuffix },
  };
  const targetTracking = {
    mine: { metric: requests, target: 900 },
    requests: { metric: "requestsPerTarget", target: 800 },
  } as const;
  expect(refusal(() => scale(stackFor(), { targetTracking }))).toBe(
    '[test/scaling] target tracking "mine" and "requests" track the same metric, and would pull it to two values; keep one',
  );
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
