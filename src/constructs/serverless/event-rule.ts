import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import {
  CloudwatchEventTarget,
  type CloudwatchEventTargetConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { eventPatternWarnings } from "../../model/event-pattern";
import {
  type EventInput,
  type EventRuleOptions,
  eventBusPlaceProblems,
  eventRuleNameProblem,
  eventRuleProblems,
} from "../../model/event-task";
import { names } from "../../model/names";
import { retryPolicyOf } from "../../model/scheduler-schedule";
import { jsonInOrder } from "../../units/json";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";
import { takenNameProblem } from "../taken-names";
import { deadLetterTarget } from "./dead-letter-queue";
import { onlyFor } from "./run-task-policy";

/** What an `EventRule` is told. */
export interface EventRuleProps extends EventRuleOptions {
  /** Name on the bus, 1 to 64 letters, digits, `.`, `-` and `_`. */
  readonly ruleName: string;
  /** What its role needs to start its targets. */
  readonly statements: readonly PolicyStatement[];
  /** What has to be there before it may start something. */
  readonly after: readonly ITerraformDependable[];
}

/** What a rule starts. */
export interface EventTarget {
  /** ARN of what is started. */
  readonly arn: string;
  /** What it gets of the event. */
  readonly input: EventInput;
  /** How a task is run. @default - the target is no cluster */
  readonly ecsTarget?: CloudwatchEventTargetConfig["ecsTarget"];
}

const DEFAULT_BUS = "default";

/**
 * A rule of EventBridge with a role of its own, and a queue for events with which it could not start anything.
 * `EventTask` and `TaskWorkflow` make theirs themselves.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
 * @example
 * const rule = new EventRule(this, "closed", {
 *   ruleName: "books-closed",
 *   pattern: { source: ["books"], "detail-type": ["Year closed"] },
 *   statements: [{ actions: ["states:StartExecution"], resources: [stateMachineArn] }],
 *   after: [],
 * });
 * rule.addTarget("workflow", { arn: stateMachineArn, input: { kind: "none" } });
 */
export class EventRule extends Construct {
  /** Name of the rule on its bus. */
  readonly ruleName: string;
  /** ARN of the rule. */
  readonly ruleArn: string;
  /** Where goes what could not be started; nothing when that is nowhere. */
  readonly deadLetterQueueArn: string | undefined;
  /** URL of the queue, when it is the rule's own. */
  readonly deadLetterQueueUrl: string | undefined;
  private readonly role: IamRole;
  private readonly after: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EventRuleProps,
  ) {
    super(scope, id);
    const { ruleName, pattern, eventBus = DEFAULT_BUS, deadLetters = {}, enabled = true } = props;
    refuse(this, [
      ifKnown(ruleName, (name) => eventRuleNameProblem(name, "choose another 'ruleName'")),
      ...eventRuleProblems(props, isKnown),
      takenNameProblem(this, "EventBridge rule", ruleName, "ruleName"),
      ...eventBusPlaceProblems(props, AwsEnvironment.of(this).place, isKnown),
    ]);
    for (const warning of eventPatternWarnings(pattern)) {
      Annotations.of(this).addWarning(warning);
    }
    this.ruleName = ruleName;
    const rule = new CloudwatchEventRule(this, "rule", {
      name: ruleName,
      eventBusName: eventBus,
      eventPattern: jsonInOrder(pattern),
      state: enabled ? "ENABLED" : "DISABLED",
      ...(props.description === undefined ? {} : { description: props.description }),
    });
    this.ruleArn = rule.arn;
    const dead = deadLetterTarget(this, deadLetters, {
      queueName: names.eventDeadLetters(ruleName),
      ruleArn: this.arnByName(),
    });
    this.deadLetterQueueArn = dead.queueArn;
    this.deadLetterQueueUrl = dead.queueUrl;
    this.role = new IamRole(this, "role", {
      name: names.eventRole(ruleName),
      description: `Lets EventBridge start what rule ${ruleName} is for`,
      assumeRolePolicy: policyJson([trustService("events.amazonaws.com", onlyFor(this, this.arnByName()))]),
    });
    const policy = new IamRolePolicy(this, "role-policy", {
      role: this.role.name,
      name: "start",
      policy: policyJson(props.statements),
    });
    this.after = [rule, policy, ...props.after];
  }

  /** @param key name among the rule's targets */
  addTarget(key: string, { arn, input, ecsTarget }: EventTarget): void {
    const { retries, eventBus = DEFAULT_BUS } = this.props;
    new CloudwatchEventTarget(this, `target-${key}`, {
      rule: this.ruleName,
      eventBusName: eventBus,
      targetId: key,
      arn,
      roleArn: this.role.arn,
      ...(input.kind === "constant" ? { input: input.input } : {}),
      ...(input.kind === "transformed"
        ? { inputTransformer: { inputPaths: { ...input.inputPaths }, inputTemplate: input.inputTemplate } }
        : {}),
      ...(ecsTarget === undefined ? {} : { ecsTarget }),
      retryPolicy: retryPolicyOf(retries),
      ...(this.deadLetterQueueArn === undefined ? {} : { deadLetterConfig: { arn: this.deadLetterQueueArn } }),
      dependsOn: [...this.after],
    });
  }

  /** The rule's ARN from its name, so that role and queue can be there before it is. */
  private arnByName(): string {
    const { ruleName, eventBus = DEFAULT_BUS } = this.props;
    const bus = eventBus.replace(/^arn:.*:event-bus\//, "");
    return AwsEnvironment.of(this).arn("events", bus === DEFAULT_BUS ? `rule/${ruleName}` : `rule/${bus}/${ruleName}`);
  }
}
