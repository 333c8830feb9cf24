import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { WORKFLOW_ARNS } from "../../model/arn-places";
import { withCapacity } from "../../model/ecs-capacity";
import type { EventRuleOptions } from "../../model/event-task";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { names } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import { under } from "../../model/problem";
import { jsonataOf, renderOverrides } from "../../model/run-task";
import type { RunTaskNetworkOptions } from "../../model/run-task-network";
import type { DeadLetters } from "../../model/scheduler-dead-letters";
import type { ScheduleOptions } from "../../model/scheduler-schedule";
import { stateMachineOf } from "../../model/state-machine";
import { workflowNameProblem, workflowProblems } from "../../model/task-workflow";
import { type TaskStep, taskStepsOf, usedTaskKeys, type WorkflowDefinition } from "../../model/task-workflow-steps";
import { type WorkflowInput, workflowInputOf, workflowInputProblems } from "../../model/workflow-start";
import { jsonInOrder } from "../../units/json";
import { AwsEnvironment } from "../aws-environment";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import type { ITaskDefinition } from "../ecs/itask-definition";
import { ifKnown, isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";
import { takenNameProblem } from "../taken-names";
import { EventRule } from "./event-rule";
import { RunTaskNetwork } from "./run-task-network";
import { onlyFor } from "./run-task-policy";
import { runTaskArguments } from "./run-task-target";
import { Schedule } from "./schedule";
import { type IScheduleGroup, ScheduleGroup } from "./schedule-group";
import { TaskWorkflowLogs, type TaskWorkflowLogsOptions } from "./task-workflow-logs";
import { workflowStatements } from "./task-workflow-role";

/** What a workflow does, and what is kept of its executions. */
export interface TaskWorkflowOptions extends WorkflowDefinition, RunTaskNetworkOptions {
  /** What it is for. @default - none */
  readonly description?: string;
  /** Records of its executions, or `false` for none. @default - everything but data, kept one year */
  readonly logs?: TaskWorkflowLogsOptions | false;
  /** Whether executions are traced by AWS X-Ray. @default true */
  readonly tracing?: boolean;
  /** ARN of the KMS key that encrypts definition and executions. @default - a key of Step Functions */
  readonly kmsKeyArn?: string;
}

/** What a `TaskWorkflow` is told. */
export interface TaskWorkflowProps extends TaskWorkflowOptions {
  /** The cluster in which the tasks run. */
  readonly cluster: IEcsCluster;
  /** What its steps run, by the keys that they name. */
  readonly tasks: Readonly<Record<string, ITaskDefinition>>;
  /** @default - `<cluster>-<id of the construct>` */
  readonly stateMachineName?: string;
}

/** When a workflow is started. */
export interface WorkflowSchedule extends ScheduleOptions {
  /** What an execution gets. @default - `scheduledTime`, the moment for which it was planned */
  readonly input?: WorkflowInput;
  /** Where goes what could not be started. @default - a queue of its own */
  readonly deadLetters?: DeadLetters;
  /** Group of the schedule. @default - one for all schedules of the cluster in the stack */
  readonly group?: IScheduleGroup;
}

/** By which events a workflow is started. */
export interface WorkflowEvent extends EventRuleOptions {
  /**
   * What an execution gets, with fields of the event wherever `{ from: "detail.month" }` stands: what the steps read has
   * to be in it, whoever starts them. @default - the event
   */
  readonly input?: WorkflowInput;
}

/** Put in by the Scheduler. */
const SCHEDULED_TIME = { scheduledTime: "<aws.scheduler.scheduled-time>" };

/**
 * Tasks that run one after the other, at the same time, or for each item of a list: a standard state machine of Step
 * Functions that waits for the end of each task, tries again, and says what happens when one fails.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 * @example
 * const workflow = new TaskWorkflow(this, "month-end", {
 *   cluster,
 *   tasks: { report, worker },
 *   steps: [
 *     { name: "Collect", task: "worker", retry: { attempts: 5, maxDelayInSeconds: 300 } },
 *     { name: "Report", task: "report", containers: { report: { environment: { AS_OF: { from: "scheduledTime" } } } } },
 *   ],
 * });
 * workflow.addSchedule("monthly", { schedule: "cron(0 4 1 * ? *)", timeZone: "Europe/Berlin" });
 */
export class TaskWorkflow extends Construct {
  /** Name of the state machine. */
  readonly stateMachineName: string;
  /** ARN of the state machine. */
  readonly stateMachineArn: string;
  /** Nothing when there are no records. */
  readonly logGroupName: string | undefined;
  /** Nothing for tasks without a network interface of their own. */
  readonly securityGroupIds: readonly string[];
  /** Where its tasks lie, for rules of what they may reach; nothing where none has a network interface of its own. */
  readonly network: RunTaskNetwork | undefined;
  private readonly cluster: IEcsCluster;

  constructor(scope: Construct, id: string, props: TaskWorkflowProps) {
    super(scope, id);
    const { cluster, tasks, tracing = true, kmsKeyArn } = props;
    this.cluster = cluster;
    this.stateMachineName = props.stateMachineName ?? names.workflow(cluster.clusterName, id);
    refuse(this, [
      ifKnown(this.stateMachineName, (name) => workflowNameProblem(name, "choose another 'stateMachineName'")),
      ...workflowProblems(props, { tasks, available: cluster.capacityProviders, known: isKnown }),
      takenNameProblem(this, "Step Functions state machine", this.stateMachineName, "stateMachineName"),
      ...arnPlaceProblems(props, WORKFLOW_ARNS, AwsEnvironment.of(this).place, isKnown),
      kmsKeyArn === undefined ? undefined : ifKnown(kmsKeyArn, (arn) => kmsKeyArnProblem("kmsKeyArn", arn)),
    ]);
    // What no step names needs no permission.
    const taskDefinitions = usedTaskKeys(props).map((key) => tasks[key] as ITaskDefinition);
    const network = RunTaskNetwork.for(this, {
      ...props,
      runs: taskStepsOf(props).map((step) => runOf(step, props)),
      securityGroupName: names.workflowSecurityGroup(this.stateMachineName),
      key: id,
    });
    this.network = network;
    this.securityGroupIds = network?.securityGroupIds ?? [];
    const logs =
      props.logs === false
        ? undefined
        : new TaskWorkflowLogs(this, "logs", { ...props.logs, stateMachineName: this.stateMachineName });
    this.logGroupName = logs?.logGroupName;
    const environment = AwsEnvironment.of(this);
    const stateMachineArn = environment.arn("states", `stateMachine:${this.stateMachineName}`);
    const [role, policy] = this.createRole(
      stateMachineArn,
      workflowStatements(this, cluster, taskDefinitions, {
        stateMachineArn,
        logs: logs !== undefined,
        tracing,
        kmsKeyArn,
      }),
    );
    const definition = stateMachineOf(
      props,
      `arn:${environment.partition.name}:states:::ecs:runTask.sync`,
      (step) => this.argumentsOf(step, props, network),
      props.description,
    );
    this.stateMachineArn = new SfnStateMachine(this, "state-machine", {
      name: this.stateMachineName,
      type: "STANDARD",
      roleArn: role.arn,
      definition: JSON.stringify(definition),
      tracingConfiguration: { enabled: tracing },
      ...(logs === undefined ? {} : { loggingConfiguration: logs.configuration }),
      ...(kmsKeyArn === undefined
        ? {}
        : { encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: kmsKeyArn } }),
      // Step Functions looks whether the role may write records before it takes the definition.
      dependsOn: [policy, ...cluster.ready, ...(network?.ready ?? [])],
    }).arn;
  }

  /**
   * Starts the workflow from time to time.
   *
   * @param key name among what starts it
   */
  addSchedule(key: string, { input = SCHEDULED_TIME, group, ...options }: WorkflowSchedule): Schedule {
    return new Schedule(this, `schedule-${key}`, {
      ...options,
      scheduleName: names.workflowStart(this.stateMachineName, key),
      group: group ?? ScheduleGroup.ofCluster(this, this.cluster),
      after: [],
      target: { arn: this.stateMachineArn, statements: [this.startStatement()], input: jsonInOrder(input) },
    });
  }

  /**
   * Starts the workflow for each event.
   *
   * @param key name among what starts it
   */
  addEvent(key: string, { input, ...options }: WorkflowEvent): EventRule {
    refuse(this, under(["events", key], workflowInputProblems(input)));
    const rule = new EventRule(this, `event-${key}`, {
      ...options,
      ruleName: names.workflowStart(this.stateMachineName, key),
      statements: [this.startStatement()],
      after: [],
    });
    rule.addTarget("workflow", { arn: this.stateMachineArn, input: workflowInputOf(input) });
    return rule;
  }

  private startStatement(): PolicyStatement {
    return { sid: "StartWorkflow", actions: ["states:StartExecution"], resources: [this.stateMachineArn] };
  }

  private createRole(stateMachineArn: string, statements: readonly PolicyStatement[]): [IamRole, IamRolePolicy] {
    const role = new IamRole(this, "role", {
      name: names.workflowRole(this.stateMachineName),
      description: `Lets Step Functions run the tasks of workflow ${this.stateMachineName}`,
      assumeRolePolicy: policyJson([trustService("states.amazonaws.com", onlyFor(this, stateMachineArn))]),
    });
    const policy = new IamRolePolicy(this, "role-policy", {
      role: role.name,
      name: "run",
      policy: policyJson(statements),
    });
    return [role, policy];
  }

  private argumentsOf(step: TaskStep, props: TaskWorkflowProps, network: RunTaskNetwork | undefined) {
    const { taskDefinition, ...run } = runOf(step, props);
    const overrides = renderOverrides(step.containers, (value) =>
      typeof value === "string" ? value : `{% $string(${jsonataOf(value)}) %}`,
    );
    return runTaskArguments(
      props.cluster,
      taskDefinition,
      run,
      taskDefinition.ownNetworkInterface ? network : undefined,
      overrides,
    );
  }
}

/** The task that a step runs, and on what. */
function runOf(step: TaskStep, { cluster, tasks }: TaskWorkflowProps) {
  const taskDefinition = tasks[step.task] as ITaskDefinition;
  return { ...withCapacity(step, taskDefinition, cluster), taskDefinition };
}
