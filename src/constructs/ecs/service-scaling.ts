import { AppautoscalingPolicy, type AppautoscalingPolicyConfig } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import type { PredictiveScaling, TargetTracking } from "../../model/scaling-policies";
import { type ScheduledScaling, scheduledBounds } from "../../model/scaling-schedule";
import { type PlannedStepPolicy, plannedStepPolicies, type StepScaling } from "../../model/scaling-steps";
import {
  type ServiceScalingOptions,
  scalingNameProblems,
  serviceScalingProblems,
  serviceScalingWarnings,
} from "../../model/service-scaling";
import { isKnown, refuse } from "../errors";
import type { IEcsService } from "./iecs-service";
import { createScalingAlarm } from "./scaling-alarm";
import { customizedMetric, predefinedMetric, predictiveMetric } from "./scaling-metric";

/** What a `ServiceScaling` is told. */
export interface ServiceScalingProps extends ServiceScalingOptions {
  /** The service whose number of tasks changes. */
  readonly service: IEcsService;
}

/** The bounds as the scalable target has them. */
const CAPACITY = { maximum: "max_capacity", minimum: "min_capacity" } as const;

/** What every policy and scheduled action says about what it scales. */
type Target = Pick<AppautoscalingPolicyConfig, "serviceNamespace" | "scalableDimension" | "resourceId">;

/**
 * Scales the tasks of an ECS service between a minimum and a maximum, which Terraform then leaves alone. AWS scales by
 * its service-linked role `AWSServiceRoleForApplicationAutoScaling_ECSService`, so there is no role to give.
 *
 * A bound that a schedule sets is the schedule's from the first apply on. Where several policies say different numbers,
 * AWS takes the largest. Policies that fight are refused: two that keep the same metric at two values, steps on a metric
 * that another policy keeps, schedules that meet.
 *
 * @throws InvalidPropsError when AWS would refuse the scaling, when two of its policies fight, or when something scales the
 * service already
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
 * @example
 * new ServiceScaling(this, "web-scaling", {
 *   service,
 *   minimum: 2,
 *   maximum: 20,
 *   targetTracking: { cpu: { metric: "cpu", target: 60 } },
 *   schedules: {
 *     morning: { schedule: "cron(30 7 ? * MON-FRI *)", timeZone: "Europe/Berlin", minimum: 6 },
 *     evening: { schedule: "cron(0 19 ? * MON-FRI *)", timeZone: "Europe/Berlin", minimum: 2 },
 *   },
 * });
 */
export class ServiceScaling extends Construct {
  /** Tasks that there are at least. */
  readonly minimum: number;
  /** Tasks that there are at most, by the scaling policies. */
  readonly maximum: number;
  /** ARNs of the policies by their names; steps above and below have two. */
  readonly policyArns: Readonly<Record<string, string>>;
  /** ARNs of the alarms that start step scaling, by the names of their policies. */
  readonly alarmArns: Readonly<Record<string, string>>;
  private readonly service: IEcsService;
  private readonly target: Target;

  constructor(scope: Construct, id: string, props: ServiceScalingProps) {
    super(scope, id);
    const { service, minimum, maximum } = props;
    this.service = service;
    this.minimum = minimum;
    this.maximum = maximum;
    this.check(props);
    service.leaveDesiredCount(this);
    this.target = this.createTarget(props);
    const arns: Record<string, string> = {};
    const alarms: Record<string, string> = {};
    for (const [key, policy] of inOrder(props.targetTracking)) {
      this.add(arns, key, `target-tracking-${key}`, this.targetTracking(policy));
    }
    for (const [key, policy] of inOrder(props.steps)) {
      for (const planned of plannedStepPolicies(policy)) {
        const name = `${key}-${planned.side}`;
        this.add(arns, name, `steps-${name}`, stepScaling(policy, planned));
        alarms[name] = createScalingAlarm(this, `alarm-${name}`, {
          name: names.scalingAlarm(service.cluster.clusterName, service.serviceName, name),
          key,
          policy,
          planned,
          service,
          policyArn: arns[name] ?? "",
        });
      }
    }
    for (const [key, policy] of inOrder(props.predictive)) {
      this.add(arns, key, `predictive-${key}`, this.predictive(policy));
    }
    for (const [key, action] of inOrder(props.schedules)) {
      this.schedule(key, action);
    }
    this.policyArns = arns;
    this.alarmArns = alarms;
  }

  private check(props: ServiceScalingProps): void {
    const { serviceName, cluster, requestCounter } = this.service;
    const { clusterName } = cluster;
    refuse(
      this,
      serviceScalingProblems(props, {
        hasRequestCounter: requestCounter !== undefined,
        requestCounter,
        clusterName,
        serviceName,
        known: isKnown,
      }),
    );
    if (isKnown(serviceName) && isKnown(clusterName)) {
      refuse(this, scalingNameProblems(clusterName, serviceName, props));
    }
    for (const warning of serviceScalingWarnings(props)) {
      Annotations.of(this).addWarning(warning);
    }
  }

  private createTarget({ schedules = {} }: ServiceScalingProps): Target {
    const { cluster, serviceName, ready } = this.service;
    const scheduled = scheduledBounds(schedules);
    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${cluster.clusterName}/${serviceName}`,
      minCapacity: this.minimum,
      maxCapacity: this.maximum,
      // What a schedule changes, the next apply would change back.
      ...(scheduled.length === 0 ? {} : { lifecycle: { ignoreChanges: scheduled.map((bound) => CAPACITY[bound]) } }),
      dependsOn: [...ready],
    });
    return {
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
    };
  }

  private add(
    arns: Record<string, string>,
    key: string,
    id: string,
    configuration: Omit<AppautoscalingPolicyConfig, keyof Target | "name">,
  ): void {
    arns[key] = new AppautoscalingPolicy(this, id, {
      name: names.scalingPolicy(this.service.serviceName, key),
      ...this.target,
      ...configuration,
    }).arn;
  }

  private targetTracking(policy: TargetTracking) {
    const { metric, target, highResolution = false, scaleIn = true } = policy;
    return {
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: target,
        disableScaleIn: !scaleIn,
        scaleInCooldown: policy.scaleInCooldownInSeconds ?? 300,
        scaleOutCooldown: policy.scaleOutCooldownInSeconds ?? 300,
        ...(typeof metric === "string"
          ? { predefinedMetricSpecification: predefinedMetric(metric, highResolution, this.service.requestCounter) }
          : { customizedMetricSpecification: customizedMetric(metric) }),
      },
    };
  }

  private predictive(policy: PredictiveScaling) {
    const { maxCapacityBuffer } = policy;
    return {
      policyType: "PredictiveScaling",
      predictiveScalingPolicyConfiguration: {
        mode: policy.mode ?? "ForecastOnly",
        schedulingBufferTime: policy.schedulingBufferInSeconds ?? 300,
        maxCapacityBreachBehavior: policy.maxCapacityBreachBehavior ?? "HonorMaxCapacity",
        ...(maxCapacityBuffer === undefined ? {} : { maxCapacityBuffer }),
        metricSpecification: [
          {
            targetValue: String(policy.target),
            predefinedMetricPairSpecification: predictiveMetric(policy.metric, this.service.requestCounter),
          },
        ],
      },
    };
  }

  private schedule(key: string, action: ScheduledScaling): void {
    const { schedule, timeZone = "UTC", start, end, minimum, maximum } = action;
    new AppautoscalingScheduledAction(this, `schedule-${key}`, {
      name: names.scheduledAction(this.service.serviceName, key),
      ...this.target,
      schedule,
      timezone: timeZone,
      ...(start === undefined ? {} : { startTime: start }),
      ...(end === undefined ? {} : { endTime: end }),
      scalableTargetAction: {
        ...(minimum === undefined ? {} : { minCapacity: String(minimum) }),
        ...(maximum === undefined ? {} : { maxCapacity: String(maximum) }),
      },
    });
  }
}

function stepScaling(policy: StepScaling, { intervals }: PlannedStepPolicy) {
  const { adjustment = "ChangeInCapacity", minAdjustmentMagnitude } = policy;
  return {
    policyType: "StepScaling",
    stepScalingPolicyConfiguration: {
      adjustmentType: adjustment,
      cooldown: policy.cooldownInSeconds ?? 300,
      metricAggregationType: policy.aggregation ?? "Average",
      ...(minAdjustmentMagnitude === undefined ? {} : { minAdjustmentMagnitude }),
      stepAdjustment: intervals.map(({ lower, upper, change }) => ({
        ...(lower === undefined ? {} : { metricIntervalLowerBound: String(lower) }),
        ...(upper === undefined ? {} : { metricIntervalUpperBound: String(upper) }),
        scalingAdjustment: change,
      })),
    },
  };
}

function inOrder<T>(record: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareText(a, b));
}
