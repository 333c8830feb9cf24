import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { QUEUE_ARNS } from "../../model/arn-places";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { arnPlaceProblems } from "../../model/place";
import {
  DEAD_LETTER_DEFAULTS,
  existingQueueUrlProblem,
  QUEUE_DEFAULTS,
  type QueueOptions,
  queueArnProblem,
  queueNameProblem,
  queueNames,
  queueOfArn,
  queueProblems,
} from "../../model/queue";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import { denyWithoutTls, type PolicyStatement, policyJson } from "../iam/policy-document";
import { takenNameProblem } from "../taken-names";

/** A queue of Amazon SQS whose messages tasks work off: one of ours, or an imported one. */
export interface ITaskQueue {
  /** With `.fifo` behind a FIFO queue's. */
  readonly queueName: string;
  /** ARN, for policies. */
  readonly queueArn: string;
  /** URL, by which programs send and receive. */
  readonly queueUrl: string;
  /** Name of the queue to which messages go that nobody could work off; `undefined` when there is none. */
  readonly deadLetterQueueName: string | undefined;
  /** Seconds for which a message that was received is hidden from others; `undefined` when not known. */
  readonly visibilityTimeoutInSeconds: number | undefined;
  /** What has to be there before somebody may use the queue. */
  readonly ready: readonly ITerraformDependable[];

  /** What lets somebody send messages, to be put into a policy of theirs. */
  readonly sendStatements: readonly PolicyStatement[];
  /** What lets somebody receive messages, hide them longer, and delete them. */
  readonly receiveStatements: readonly PolicyStatement[];

  /**
   * Lets tasks send messages.
   *
   * @param grantee such as the task definition of a service
   */
  grantSend(grantee: QueueGrantee): void;
}

/** Whoever gets policies: a task definition, for one. */
export interface QueueGrantee {
  /** Adds statements to the policy of its role, under a name of their own. */
  grant(key: string, statements: readonly PolicyStatement[]): void;
}

/** What a `TaskQueue` is told. */
export interface TaskQueueProps extends Omit<QueueOptions, "queueName"> {
  /** Name, without the `.fifo` that AWS wants behind that of a FIFO queue. */
  readonly queueName: string;
}

/** What has to be known of a queue that is there already. */
export interface TaskQueueAttributes {
  /** ARN of the queue, which tells its name, account and Region. */
  readonly queueArn: string;
  /** @default - derived from the ARN */
  readonly queueUrl?: string;
  /** Name of the queue to which messages go that nobody could work off. @default - none, or none that is watched */
  readonly deadLetterQueueName?: string;
  /** @default - not known, and not checked against what works the queue off */
  readonly visibilityTimeoutInSeconds?: number;
  /** ARN of the KMS key that encrypts the messages. @default - a key of SQS's own */
  readonly kmsKeyArn?: string;
}

/**
 * An encrypted queue of Amazon SQS with a dead-letter queue that takes messages of this queue alone. Both take requests
 * over TLS alone. Who asks for messages waits until there is one, which costs less than asking again.
 *
 * @throws InvalidPropsError when SQS would refuse it, or when messages would be lost too soon
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 * @example
 * const orders = new TaskQueue(this, "orders", { queueName: "shop-orders", visibilityTimeoutInSeconds: 120 });
 * orders.grantSend(shop);
 */
export class TaskQueue extends Construct implements ITaskQueue {
  readonly queueName: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly deadLetterQueueName: string | undefined;
  /** `undefined` when there is no dead-letter queue. */
  readonly deadLetterQueueArn: string | undefined;
  /** `undefined` when there is no dead-letter queue. */
  readonly deadLetterQueueUrl: string | undefined;
  readonly visibilityTimeoutInSeconds: number;
  readonly ready: readonly ITerraformDependable[];
  readonly sendStatements: readonly PolicyStatement[];
  readonly receiveStatements: readonly PolicyStatement[];

  constructor(scope: Construct, id: string, props: TaskQueueProps) {
    super(scope, id);
    refuse(this, [
      ifKnown(props.queueName, (name) => queueNameProblem(name, props, "choose another 'queueName'")),
      ...queueProblems(props, isKnown),
      takenNameProblem(this, "SQS queue", props.queueName, "queueName"),
      ...arnPlaceProblems(props, QUEUE_ARNS, AwsEnvironment.of(this).place, isKnown),
    ]);
    const { queue: queueName, deadLetter: deadLetterName } = queueNames(props.queueName, props);
    const { deadLetter = {} } = props;
    const { maxReceiveCount, retentionInSeconds } = { ...DEAD_LETTER_DEFAULTS, ...(deadLetter || {}) };
    const deadLetters =
      deadLetter === false
        ? undefined
        : new SqsQueue(this, "dead-letter-queue", {
            name: deadLetterName,
            messageRetentionSeconds: retentionInSeconds,
            ...commonConfig(props),
          });
    this.visibilityTimeoutInSeconds = props.visibilityTimeoutInSeconds ?? QUEUE_DEFAULTS.visibilityTimeoutInSeconds;
    const queue = new SqsQueue(this, "queue", {
      name: queueName,
      visibilityTimeoutSeconds: this.visibilityTimeoutInSeconds,
      messageRetentionSeconds: props.retentionInSeconds ?? QUEUE_DEFAULTS.retentionInSeconds,
      delaySeconds: props.delayInSeconds ?? QUEUE_DEFAULTS.delayInSeconds,
      receiveWaitTimeSeconds: props.receiveWaitInSeconds ?? QUEUE_DEFAULTS.receiveWaitInSeconds,
      ...commonConfig(props),
      ...(deadLetters === undefined
        ? {}
        : { redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }) }),
    });
    this.queueName = queueName;
    this.queueArn = queue.arn;
    this.queueUrl = queue.url;
    this.deadLetterQueueName = deadLetters === undefined ? undefined : deadLetterName;
    this.deadLetterQueueArn = deadLetters?.arn;
    this.deadLetterQueueUrl = deadLetters?.url;
    this.ready = [this.overTlsAlone("queue", queue), ...this.guardDeadLetters(deadLetters)];
    const environment = AwsEnvironment.of(this);
    this.sendStatements = sendStatements(this.queueArn, props.kmsKeyArn, environment);
    this.receiveStatements = receiveStatements(this.queueArn, props.kmsKeyArn, environment);
  }

  /**
   * A queue that is there already. Nothing of it is changed.
   *
   * @throws InvalidPropsError when the ARN is none of a queue, or a token
   */
  static fromAttributes(scope: Construct, id: string, attributes: TaskQueueAttributes): ITaskQueue {
    return new ImportedTaskQueue(scope, id, attributes);
  }

  grantSend(grantee: QueueGrantee): void {
    grantee.grant(`send-${this.queueName.replace(".", "-")}`, this.sendStatements);
  }

  /** Only this queue's messages may go to its dead-letter queue. */
  private guardDeadLetters(deadLetters: SqsQueue | undefined): ITerraformDependable[] {
    if (deadLetters === undefined) {
      return [];
    }
    const allowed = new SqsQueueRedriveAllowPolicy(this, "redrive-allow-policy", {
      queueUrl: deadLetters.url,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [this.queueArn] }),
    });
    return [allowed, this.overTlsAlone("dead-letter-queue", deadLetters)];
  }

  private overTlsAlone(id: string, queue: SqsQueue): ITerraformDependable {
    return new SqsQueuePolicy(this, `${id}-policy`, {
      queueUrl: queue.url,
      policy: policyJson([denyWithoutTls("sqs:*", [queue.arn])]),
    });
  }
}

/** What a queue and its dead-letter queue have in common. */
function commonConfig(props: TaskQueueProps) {
  const { fifo, kmsKeyArn, deletionProtection = true } = props;
  const { contentBasedDeduplication = false, highThroughput = true } = fifo ?? {};
  return {
    maxMessageSize: props.maxMessageSizeInBytes ?? QUEUE_DEFAULTS.maxMessageSizeInBytes,
    ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
    ...(fifo === undefined
      ? {}
      : {
          fifoQueue: true,
          contentBasedDeduplication,
          deduplicationScope: highThroughput ? "messageGroup" : "queue",
          fifoThroughputLimit: highThroughput ? "perMessageGroupId" : "perQueue",
        }),
    ...(deletionProtection ? { lifecycle: { preventDestroy: true } } : {}),
  };
}

function sendStatements(
  queueArn: string,
  kmsKeyArn: string | undefined,
  environment: AwsEnvironment,
): PolicyStatement[] {
  return [
    { sid: "Send", actions: ["sqs:SendMessage"], resources: [queueArn] },
    ...keyStatements(["kms:Decrypt", "kms:GenerateDataKey"], kmsKeyArn, environment),
  ];
}

function receiveStatements(
  queueArn: string,
  kmsKeyArn: string | undefined,
  environment: AwsEnvironment,
): PolicyStatement[] {
  return [
    {
      sid: "Receive",
      actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
      resources: [queueArn],
    },
    ...keyStatements(["kms:Decrypt"], kmsKeyArn, environment),
  ];
}

/** The key may be used for what SQS does, and for nothing else. */
function keyStatements(
  actions: readonly string[],
  kmsKeyArn: string | undefined,
  { region, partition }: AwsEnvironment,
): PolicyStatement[] {
  return kmsKeyArn === undefined
    ? []
    : [
        {
          sid: "Key",
          actions,
          resources: [kmsKeyArn],
          conditions: { StringEquals: { "kms:ViaService": `sqs.${region}.${partition.dnsSuffix}` } },
        },
      ];
}

class ImportedTaskQueue extends Construct implements ITaskQueue {
  readonly queueName: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly deadLetterQueueName: string | undefined;
  readonly visibilityTimeoutInSeconds: number | undefined;
  readonly ready: readonly ITerraformDependable[] = [];
  readonly sendStatements: readonly PolicyStatement[];
  readonly receiveStatements: readonly PolicyStatement[];

  constructor(scope: Construct, id: string, attributes: TaskQueueAttributes) {
    super(scope, id);
    const { queueArn, queueUrl, kmsKeyArn } = attributes;
    const { region, account, queueName } = queueOfArn(queueArn) ?? { region: "", account: "", queueName: "" };
    refuse(this, [
      queueArnProblem(queueArn) ??
        (queueUrl === undefined ? undefined : ifKnown(queueUrl, (url) => existingQueueUrlProblem(queueArn, url))),
      kmsKeyArn === undefined ? undefined : ifKnown(kmsKeyArn, (arn) => kmsKeyArnProblem("kmsKeyArn", arn)),
      ...arnPlaceProblems(attributes, QUEUE_ARNS, AwsEnvironment.of(this).place, isKnown),
    ]);
    const environment = AwsEnvironment.of(this);
    this.queueName = queueName;
    this.queueArn = queueArn;
    this.queueUrl = queueUrl ?? `https://sqs.${region}.${environment.partition.dnsSuffix}/${account}/${queueName}`;
    this.deadLetterQueueName = attributes.deadLetterQueueName;
    this.visibilityTimeoutInSeconds = attributes.visibilityTimeoutInSeconds;
    this.sendStatements = sendStatements(queueArn, kmsKeyArn, environment);
    this.receiveStatements = receiveStatements(queueArn, kmsKeyArn, environment);
  }

  grantSend(grantee: QueueGrantee): void {
    grantee.grant(`send-${this.queueName.replace(".", "-")}`, this.sendStatements);
  }
}
