import { Construct } from "constructs";
import { withCapacity } from "../../model/ecs-capacity";
import { names } from "../../model/names";
import { renderOverrides } from "../../model/run-task";
import type { RunTaskNetworkOptions } from "../../model/run-task-network";
import { type ScheduledTaskOptions, scheduledTaskProblems } from "../../model/scheduled-task";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import type { ITaskDefinition } from "../ecs/itask-definition";
import { isKnown, refuse } from "../errors";
import { RunTaskNetwork } from "./run-task-network";
import { runTaskStatements } from "./run-task-policy";
import { ecsTarget } from "./run-task-target";
import { Schedule } from "./schedule";
import { type IScheduleGroup, ScheduleGroup } from "./schedule-group";

/** What a `ScheduledTask` is told. */
export interface ScheduledTaskProps extends ScheduledTaskOptions, RunTaskNetworkOptions {
  /** The cluster in which the task runs. */
  readonly cluster: IEcsCluster;
  /** What is run. */
  readonly taskDefinition: ITaskDefinition;
  /** @default - `<cluster>-<id of the construct>` */
  readonly scheduleName?: string;
  /** Group of the schedule. @default - one for all schedules of the cluster in the stack */
  readonly group?: IScheduleGroup;
}

/**
 * A task that EventBridge Scheduler runs from time to time. Its role may run this task on this cluster, pass on the
 * task's two roles, and send to its own queue what could not be started.
 *
 * The Scheduler's retries are about starting: a task that has started and fails is not started again. It may, rarely,
 * start a task twice.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html
 * @example
 * new ScheduledTask(this, "nightly-report", {
 *   cluster,
 *   taskDefinition: report,
 *   schedule: "cron(30 4 * * ? *)",
 *   timeZone: "Europe/Berlin",
 *   capacity: { FARGATE_SPOT: {} },
 * });
 */
export class ScheduledTask extends Construct {
  /** Name of its schedule in the group. */
  readonly scheduleName: string;
  /** ARN of its schedule. */
  readonly scheduleArn: string;
  /** Where goes what could not be started; nothing when that is nowhere. */
  readonly deadLetterQueueArn: string | undefined;
  /** URL of the queue, when it is the schedule's own. */
  readonly deadLetterQueueUrl: string | undefined;
  /** Nothing for tasks without a network interface of their own. */
  readonly securityGroupIds: readonly string[];
  /** Where its tasks lie, for rules of what they may reach; nothing where none has a network interface of its own. */
  readonly network: RunTaskNetwork | undefined;

  constructor(scope: Construct, id: string, given: ScheduledTaskProps) {
    super(scope, id);
    const { cluster, taskDefinition, containers } = given;
    const props = withCapacity(given, taskDefinition, cluster);
    this.scheduleName = props.scheduleName ?? names.scheduledTask(cluster.clusterName, id);
    refuse(this, scheduledTaskProblems(props, taskDefinition, cluster.capacityProviders, isKnown));
    const network = RunTaskNetwork.for(this, {
      ...props,
      runs: [props],
      securityGroupName: names.scheduleSecurityGroup(this.scheduleName),
      key: id,
    });
    this.network = network;
    this.securityGroupIds = network?.securityGroupIds ?? [];
    const overrides = renderOverrides(containers, (value) => value);
    const schedule = new Schedule(this, "schedule", {
      ...props,
      scheduleName: this.scheduleName,
      group: props.group ?? ScheduleGroup.ofCluster(this, cluster),
      after: [...cluster.ready, ...(network?.ready ?? [])],
      target: {
        arn: cluster.clusterArn,
        statements: runTaskStatements(this, cluster, [taskDefinition]),
        ecsParameters: ecsTarget(taskDefinition, props, network),
        ...(overrides.length === 0 ? {} : { input: JSON.stringify({ containerOverrides: overrides }) }),
      },
    });
    this.scheduleArn = schedule.scheduleArn;
    this.deadLetterQueueArn = schedule.deadLetterQueueArn;
    this.deadLetterQueueUrl = schedule.deadLetterQueueUrl;
  }
}
