import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  SchedulerSchedule,
  type SchedulerScheduleTargetEcsParameters,
} from "@cdktf/provider-aws/lib/scheduler-schedule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { under } from "../../model/problem";
import { type DeadLetters, deadLettersProblems } from "../../model/scheduler-dead-letters";
import {
  retryPolicyOf,
  type ScheduleOptions,
  scheduleNameProblem,
  scheduleProblems,
} from "../../model/scheduler-schedule";
import { ifKnown, isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";
import { deadLetterTarget } from "./dead-letter-queue";
import { onlyFor } from "./run-task-policy";
import type { IScheduleGroup } from "./schedule-group";

export interface ScheduleProps extends ScheduleOptions {
  readonly scheduleName: string;
  readonly group: IScheduleGroup;
  /** Where goes what could not be started. @default - a queue of its own */
  readonly deadLetters?: DeadLetters;
  readonly target: ScheduleTarget;
  /** What has to be there before it may start something. */
  readonly after: readonly ITerraformDependable[];
}

/** What a schedule starts. */
export interface ScheduleTarget {
  readonly arn: string;
  /** What its role needs to start it. */
  readonly statements: readonly PolicyStatement[];
  /** JSON text that the target gets. @default - none */
  readonly input?: string;
  /** How a task is run. @default - the target is no cluster */
  readonly ecsParameters?: SchedulerScheduleTargetEcsParameters;
}

/**
 * A schedule of EventBridge Scheduler with a role of its own, and a queue for what it could not start. `ScheduledTask`
 * and `TaskWorkflow` make theirs themselves.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets.html
 * @example
 * new Schedule(this, "cleanup", {
 *   scheduleName: "cleanup",
 *   group: ScheduleGroup.fromName(this, "default"),
 *   schedule: "rate(1 day)",
 *   target: { arn: functionArn, statements: [{ actions: ["lambda:InvokeFunction"], resources: [functionArn] }] },
 *   after: [],
 * });
 */
export class Schedule extends Construct {
  readonly scheduleName: string;
  readonly scheduleArn: string;
  /** Where goes what could not be started; nothing when that is nowhere. */
  readonly deadLetterQueueArn: string | undefined;
  /** URL of the queue, when it is the schedule's own. */
  readonly deadLetterQueueUrl: string | undefined;

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const { scheduleName, group, target, deadLetters = {}, enabled = true } = props;
    refuse(this, [
      ifKnown(scheduleName, (name) => scheduleNameProblem(name, "choose another 'scheduleName'")),
      ...scheduleProblems(props, isKnown),
      ...under("deadLetters", deadLettersProblems(deadLetters, isKnown)),
    ]);
    const dead = deadLetterTarget(this, deadLetters, { queueName: names.scheduleDeadLetters(scheduleName) });
    this.deadLetterQueueArn = dead.queueArn;
    this.deadLetterQueueUrl = dead.queueUrl;
    const role = this.createRole(props, group);
    const policy = new IamRolePolicy(this, "role-policy", {
      role: role.name,
      name: "start",
      policy: policyJson([...target.statements, ...this.deadLetterStatements(deadLetters)]),
    });
    const schedule = new SchedulerSchedule(this, "schedule", {
      name: scheduleName,
      groupName: group.scheduleGroupName,
      ...(props.description === undefined ? {} : { description: props.description }),
      scheduleExpression: props.schedule,
      scheduleExpressionTimezone: props.timeZone ?? "UTC",
      state: enabled ? "ENABLED" : "DISABLED",
      ...(props.start === undefined ? {} : { startDate: props.start }),
      ...(props.end === undefined ? {} : { endDate: props.end }),
      ...(props.kmsKeyArn === undefined ? {} : { kmsKeyArn: props.kmsKeyArn }),
      flexibleTimeWindow:
        props.flexibleWindowInMinutes === undefined
          ? { mode: "OFF" }
          : { mode: "FLEXIBLE", maximumWindowInMinutes: props.flexibleWindowInMinutes },
      target: {
        arn: target.arn,
        roleArn: role.arn,
        ...(target.input === undefined ? {} : { input: target.input }),
        ...(target.ecsParameters === undefined ? {} : { ecsParameters: target.ecsParameters }),
        retryPolicy: retryPolicyOf(props.retries),
        ...(this.deadLetterQueueArn === undefined ? {} : { deadLetterConfig: { arn: this.deadLetterQueueArn } }),
      },
      // Without its permissions a role starts nothing, and an unwatched first run would be lost.
      dependsOn: [policy, ...props.after],
    });
    this.scheduleName = scheduleName;
    this.scheduleArn = schedule.arn;
  }

  private createRole({ scheduleName }: ScheduleProps, { scheduleGroupArn }: IScheduleGroup): IamRole {
    return new IamRole(this, "role", {
      name: names.scheduleRole(scheduleName),
      description: `Lets EventBridge Scheduler start what schedule ${scheduleName} is for`,
      assumeRolePolicy: policyJson([trustService("scheduler.amazonaws.com", onlyFor(this, scheduleGroupArn))]),
    });
  }

  /** The Scheduler sends with the schedule's role. */
  private deadLetterStatements(deadLetters: DeadLetters): PolicyStatement[] {
    const { deadLetterQueueArn: queueArn } = this;
    const kmsKeyArn = deadLetters !== false && "kmsKeyArn" in deadLetters ? deadLetters.kmsKeyArn : undefined;
    return [
      ...(queueArn === undefined
        ? []
        : [{ sid: "SendDeadLetters", actions: ["sqs:SendMessage"], resources: [queueArn] }]),
      ...(kmsKeyArn === undefined
        ? []
        : [
            {
              sid: "EncryptDeadLetters",
              actions: ["kms:Decrypt", "kms:GenerateDataKey"],
              resources: [kmsKeyArn],
            },
          ]),
    ];
  }
}
