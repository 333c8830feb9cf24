import { Construct } from "constructs";
import { withCapacity } from "../../model/ecs-capacity";
import {
  type EventRuleOptions,
  type EventTaskRun,
  eventInputOf,
  eventTaskRunProblems,
  targetKeyProblems,
} from "../../model/event-task";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import { under } from "../../model/problem";
import type { RunTaskNetworkOptions } from "../../model/run-task-network";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import type { ITaskDefinition } from "../ecs/itask-definition";
import { isKnown, refuse } from "../errors";
import { EventRule } from "./event-rule";
import { RunTaskNetwork } from "./run-task-network";
import { runTaskStatements } from "./run-task-policy";
import { ecsTarget } from "./run-task-target";

/** A task that is run for each event. */
export interface EventTaskTarget extends EventTaskRun {
  /** What is run. */
  readonly taskDefinition: ITaskDefinition;
}

/** What an `EventTask` is told. */
export interface EventTaskProps extends EventRuleOptions, RunTaskNetworkOptions {
  /** The cluster in which the tasks run. */
  readonly cluster: IEcsCluster;
  /** Tasks that each event starts, 1 to 5, by names of your choice. */
  readonly tasks: Readonly<Record<string, EventTaskTarget>>;
  /** @default - `<cluster>-<id of the construct>` */
  readonly ruleName?: string;
}

/**
 * Tasks that an event starts, by a rule of EventBridge: an object in S3, an image in ECR, whatever a service of AWS or
 * a program of yours reports. Fields of the event reach a container as environment variables. Its role may run these
 * tasks on this cluster and pass on their roles, and only the rule may use it.
 *
 * EventBridge delivers at least once: a program has to bear the same event twice. It puts fields into the request as
 * they are, without escaping: let only those be fields whose senders you trust.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-rule.html
 * @example
 * new EventTask(this, "uploaded", {
 *   cluster,
 *   pattern: { source: ["aws.s3"], "detail-type": ["Object Created"], detail: { bucket: { name: ["uploads"] } } },
 *   tasks: {
 *     import: {
 *       taskDefinition: worker,
 *       containers: { worker: { environment: { OBJECT_KEY: { from: "detail.object.key" } } } },
 *     },
 *   },
 * });
 */
export class EventTask extends Construct {
  /** Name of its rule on the bus. */
  readonly ruleName: string;
  /** ARN of its rule. */
  readonly ruleArn: string;
  /** Where goes what could not be started; nothing when that is nowhere. */
  readonly deadLetterQueueArn: string | undefined;
  /** URL of the queue, when it is the rule's own. */
  readonly deadLetterQueueUrl: string | undefined;
  /** Nothing where no task has a network interface of its own. */
  readonly securityGroupIds: readonly string[];
  /** Where its tasks lie, for rules of what they may reach; nothing where none has a network interface of its own. */
  readonly network: RunTaskNetwork | undefined;

  constructor(scope: Construct, id: string, props: EventTaskProps) {
    super(scope, id);
    const { cluster } = props;
    const tasks = Object.entries(props.tasks)
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, run]) => [key, withCapacity(run, run.taskDefinition, cluster)] as const);
    this.ruleName = props.ruleName ?? names.eventTask(cluster.clusterName, id);
    refuse(this, [
      ...targetKeyProblems("tasks", Object.keys(props.tasks)),
      ...tasks.flatMap(([key, { taskDefinition, ...run }]) =>
        under(["tasks", key], eventTaskRunProblems(run, taskDefinition, cluster.capacityProviders, isKnown)),
      ),
    ]);
    const taskDefinitions = tasks.map(([, { taskDefinition }]) => taskDefinition);
    const network = RunTaskNetwork.for(this, {
      ...props,
      runs: tasks.map(([, run]) => run),
      securityGroupName: names.eventSecurityGroup(this.ruleName),
      key: id,
    });
    this.network = network;
    this.securityGroupIds = network?.securityGroupIds ?? [];
    const rule = new EventRule(this, "rule", {
      ...props,
      ruleName: this.ruleName,
      statements: runTaskStatements(this, cluster, taskDefinitions),
      after: [...cluster.ready, ...(network?.ready ?? [])],
    });
    for (const [key, { taskDefinition, ...run }] of tasks) {
      rule.addTarget(key, {
        arn: cluster.clusterArn,
        input: eventInputOf(run),
        ecsTarget: ecsTarget(taskDefinition, run, taskDefinition.ownNetworkInterface ? network : undefined),
      });
    }
    this.ruleArn = rule.ruleArn;
    this.deadLetterQueueArn = rule.deadLetterQueueArn;
    this.deadLetterQueueUrl = rule.deadLetterQueueUrl;
  }
}
