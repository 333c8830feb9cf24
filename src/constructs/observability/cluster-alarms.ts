import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import {
  type AlarmKey,
  type AlarmSource,
  type AlarmsOptions,
  alarmsProblems,
  type PlannedAlarm,
  plannedAlarms,
} from "../../model/alarms";
import { ALARM_ARNS } from "../../model/arn-places";
import { nameProblem, names } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { ifKnown, isKnown, refuse } from "../errors";

/** What a `ClusterAlarms` is told. */
export interface ClusterAlarmsProps extends AlarmsOptions {
  readonly cluster: IEksCluster;
}

/**
 * Alarms of CloudWatch for what a cluster on Fargate suffers from: pods at their limits, pods without a place, an API
 * server that fails or lags, its database, Fargate's quota, and metrics that stopped arriving.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 * @example
 * new ClusterAlarms(this, "alarms", { cluster, topicArns: [topic.arn], podCpu: { threshold: 80 }, fargateQuota: false });
 */
export class ClusterAlarms extends Construct {
  /** ARNs of the alarms by what they watch. */
  readonly alarmArns: Readonly<Partial<Record<AlarmKey, string>>>;
  /** Thresholds of the alarms, in the units of their metrics. */
  readonly thresholds: Readonly<Partial<Record<AlarmKey, number>>>;

  constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    const { clusterName } = props.cluster;
    const alarms = plannedAlarms(clusterName, props);
    refuse(this, [
      ...alarmsProblems(props, isKnown),
      ...arnPlaceProblems(props, ALARM_ARNS, AwsEnvironment.of(this).place, isKnown),
      ...alarms.map(({ slug }) =>
        ifKnown(names.alarm(clusterName, slug), (name) => nameProblem("alarm", name, "shorten the cluster's name")),
      ),
    ]);
    const topics = [...(props.topicArns ?? [])].sort();
    this.alarmArns = Object.fromEntries(
      alarms.map((alarm) => [alarm.key, this.createAlarm(names.alarm(clusterName, alarm.slug), alarm, topics)]),
    );
    this.thresholds = Object.fromEntries(alarms.map(({ key, threshold }) => [key, threshold]));
  }

  private createAlarm(alarmName: string, alarm: PlannedAlarm, topics: readonly string[]): string {
    return new CloudwatchMetricAlarm(this, alarm.slug, {
      alarmName,
      alarmDescription: alarm.description,
      comparisonOperator: alarm.below ? "LessThanThreshold" : "GreaterThanThreshold",
      threshold: alarm.threshold,
      evaluationPeriods: alarm.periods,
      datapointsToAlarm: alarm.periods,
      treatMissingData: alarm.missingData,
      ...sourceOf(alarm.source, alarm.periodInSeconds),
      ...(topics.length === 0 ? {} : { alarmActions: [...topics], okActions: [...topics] }),
    }).arn;
  }
}

function sourceOf(source: AlarmSource, period: number) {
  if ("metric" in source) {
    const { namespace, name, dimensions } = source.metric;
    return { namespace, metricName: name, dimensions: { ...dimensions }, statistic: source.statistic, period };
  }
  const metrics = Object.entries(source.metrics)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { metric, statistic }]): CloudwatchMetricAlarmMetricQuery => {
      const { namespace, name, dimensions } = metric;
      return {
        id,
        returnData: false,
        metric: { namespace, metricName: name, dimensions: { ...dimensions }, stat: statistic, period },
      };
    });
  const { expression, label } = source;
  return { metricQuery: [{ id: "result", expression, label, returnData: true }, ...metrics] };
}
