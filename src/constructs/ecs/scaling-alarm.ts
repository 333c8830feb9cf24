import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import type { PlannedStepPolicy, StepScaling } from "../../model/scaling-steps";
import type { IEcsService } from "./iecs-service";
import { alarmSource } from "./scaling-metric";

interface ScalingAlarm {
  readonly name: string;
  /** Name of the step scaling. */
  readonly key: string;
  readonly policy: StepScaling;
  readonly planned: PlannedStepPolicy;
  readonly service: IEcsService;
  readonly policyArn: string;
}

/** Creates the alarm that starts a policy of step scaling; returns its ARN. */
export function createScalingAlarm(scope: Construct, id: string, alarm: ScalingAlarm): string {
  const { name, key, policy, planned, service, policyArn } = alarm;
  const { periodInSeconds = 60, evaluationPeriods = 1, datapointsToAlarm = evaluationPeriods } = policy;
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: name,
    alarmDescription: `Starts step scaling ${key} of ECS service ${service.serviceName}: the metric is ${planned.side} where it should be`,
    comparisonOperator: planned.comparison,
    threshold: planned.threshold,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData: policy.missingData ?? "notBreaching",
    ...alarmSource(policy.metric, service, periodInSeconds),
    alarmActions: [policyArn],
  }).arn;
}
