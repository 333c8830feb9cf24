import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  SchedulerSchedule,
  type SchedulerScheduleTargetEcsParameters,
} from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { SCHEDULE_ARNS } from "../../model/arn-places";
import { names } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import { quote, under } from "../../model/problem";
import { type DeadLetters, deadLettersProblems } from "../../model/scheduler-dead-letters";
import {
  retryPolicyOf,
  type ScheduleOptions,
  scheduleNameProblem,
  scheduleProblems,
} from "../../model/scheduler-schedule";
import { summerTimeWarnings } from "../../model/scheduler-summer-time";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";
import { takeName } from "../taken-names";
import { deadLetterTarget } from "./dead-letter-queue";
import { onlyFor } from "./run-task-policy";
import type { IScheduleGroup } from "./schedule-group";

/** What a `Schedule` is told. */
export interface ScheduleProps extends ScheduleOptions {
  /** Name in its group, at most 64 characters. */
  readonly scheduleName: string;
  /** The group in which it is, and in whose name the Scheduler assumes its role. */
  readonly group: IScheduleGroup;
  /** Where goes what could not be started. @default - a queue of its own */
  readonly deadLetters?: DeadLetters;
  /** What it starts. */
  readonly target: ScheduleTarget;
  /** What has to be there before it may start something. */
  readonly after: readonly ITerraformDependable[];
}

/** What a schedule starts. */
export interface ScheduleTarget {
  /** ARN of what is started: a cluster, a state machine, a function. */
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
  /** Name of the schedule in its group. */
  readonly scheduleName: string;
  /** ARN of the schedule. */
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
      ...arnPlaceProblems(props, SCHEDULE_ARNS, AwsEnvironment.of(this).place, isKnown),
      this.takenProblem(scheduleName),
      ...under("deadLetters", deadLettersProblems(deadLetters, isKnown)),
    ]);
    this.warn(props);
    const dead = deadLetterTarget(this, deadLetters, { queueName: names.scheduleDeadLetters(scheduleName) });
    this.deadLetterQueueArn = dead.queueArn;
    this.deadLetterQueueUrl = dead.queueUrl;
    const role = this.createRole(props, group);
    const policy = new IamRolePolicy(this, "role-policy", {
      role: role.name,
      name: "start",
      policy: policyJson([
        ...target.statements,
        ...this.keyStatements(props, group),
        ...this.deadLetterStatements(deadLetters),
      ]),
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

  /** In another group too: its role has a name by the schedule's. */
  private takenProblem(scheduleName: string): string | undefined {
    const other = takeName(this, "schedule", scheduleName);
    return other === undefined
      ? undefined
      : `schedule ${quote(scheduleName)} is there already, as ${quote(other)}; give one of the two another name`;
  }

  private warn({ schedule, timeZone }: ScheduleProps): void {
    if (timeZone === undefined || !isKnown(schedule) || !isKnown(timeZone)) {
      return;
    }
    for (const warning of summerTimeWarnings({ schedule, timeZone }, new Date().getUTCFullYear())) {
      Annotations.of(this).addWarning(warning);
    }
  }

  private createRole({ scheduleName }: ScheduleProps, { scheduleGroupArn }: IScheduleGroup): IamRole {
    return new IamRole(this, "role", {
      name: names.scheduleRole(scheduleName),
      description: `Lets EventBridge Scheduler start what schedule ${scheduleName} is for`,
      assumeRolePolicy: policyJson([trustService("scheduler.amazonaws.com", onlyFor(this, scheduleGroupArn))]),
    });
  }

  /**
   * The Scheduler reads an encrypted schedule with the schedule's role, and gives KMS the ARN of what it reads.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
   */
  private keyStatements({ scheduleName, kmsKeyArn }: ScheduleProps, group: IScheduleGroup): PolicyStatement[] {
    const schedule = `schedule/${group.scheduleGroupName}/${scheduleName}`;
    return kmsKeyArn === undefined
      ? []
      : [
          {
            sid: "ReadSchedule",
            actions: ["kms:Decrypt"],
            resources: [kmsKeyArn],
            conditions: {
              StringEquals: {
                "kms:EncryptionContext:aws:scheduler:schedule:arn": AwsEnvironment.of(this).arn("scheduler", schedule),
              },
            },
          },
        ];
  }

  /** The Scheduler sends with the schedule's role. */
  private deadLetterStatements(deadLetters: DeadLetters): PolicyStatement[] {
    const { deadLetterQueueArn: queueArn } = this;
    const kmsKeyArn = deadLetters === false ? undefined : deadLetters.kmsKeyArn;
    const { region, partition } = AwsEnvironment.of(this);
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
              conditions: { StringEquals: { "kms:ViaService": `sqs.${region}.${partition.dnsSuffix}` } },
            },
          ]),
    ];
  }
}
