import { createHash } from "node:crypto";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Annotations, dependable, type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  fargateLoggingData,
  fargateLoggingProblems,
  fargateLoggingWarnings,
  LOGGING_CONFIG_MAP,
  LOGGING_NAMESPACE,
  type LoggingData,
} from "../../model/fargate-logging";
import { logDestinations, type PodLogGroup, podLogGroups } from "../../model/fargate-logging-destinations";
import type { FargateLoggingOptions, LoggingContext } from "../../model/fargate-logging-options";
import { restartCommands } from "../../model/fargate-logging-restart";
import { nameProblem, names } from "../../model/names";
import { quote } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import type { IPodExecutionRole } from "../cluster/fargate-profiles";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { EncryptionKey } from "../encryption/encryption-key";
import { isKnown, refuse } from "../errors";
import { policyJson } from "../iam/policy-document";
import { logPolicyStatements } from "./log-policy";

/** What a `FargateLogging` is told. */
export interface FargateLoggingProps extends FargateLoggingOptions {
  readonly cluster: IEksCluster;
  /**
   * Roles of the cluster's Fargate profiles that this app does not define with the cluster, by their names.
   * @default - none: the roles of the profiles that this app adds to the cluster, whenever it does, need not be named
   */
  readonly podExecutionRoleNames?: readonly string[];
}

/** Length of the hash that tells one configuration from another. */
const HASH_LENGTH = 8;

/**
 * The log router that comes with EKS on Fargate: what pods write goes to CloudWatch Logs, Data Firehose, Kinesis or
 * OpenSearch, with what is known of the pod, and no line goes anywhere twice. Log groups are created here, encrypted
 * and with a retention; every pod execution role may write to what is configured, and to nothing else.
 *
 * A pod keeps the configuration that it started with. Pods that this app defines later wait for it; those that run
 * already must be started anew, now and after each change (`restartCommands`).
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 * @example
 * new FargateLogging(this, "logging", { cluster, retentionInDays: 90 });
 */
export class FargateLogging extends Construct {
  /** What changes with the configuration: when it does, pods must be started anew. */
  readonly configurationHash: string;
  /** Names of the log groups, that of the log router itself included. */
  readonly logGroupNames: readonly string[];
  /** What pods wait for, so that they log from their first line on. */
  readonly ready: ITerraformDependable;
  private readonly cluster: IEksCluster;
  private readonly configMap: ConfigMapV1;
  private readonly policy: IamPolicy | undefined;
  private readonly attachedTo = new Set<string>();

  constructor(scope: Construct, id: string, props: FargateLoggingProps) {
    super(scope, id);
    const { cluster, podExecutionRoleNames = [], ...options } = props;
    const context = { clusterName: cluster.clusterName, region: AwsEnvironment.of(this).region };
    this.validateProps(options, context, podExecutionRoleNames);
    this.cluster = cluster;

    const groups = podLogGroups(options, context);
    this.logGroupNames = groups.map(({ name }) => name);
    this.policy = this.createPolicy(options, context, this.createLogGroups(groups, context));

    const data = fargateLoggingData(options, context);
    this.configurationHash = createHash("sha256").update(JSON.stringify(data)).digest("hex").slice(0, HASH_LENGTH);
    this.configMap = this.createConfigMap(data);
    this.ready = this.configMap;
    for (const roleName of [...podExecutionRoleNames].sort()) {
      this.attach(roleName, roleName);
    }
    cluster.fargateProfiles.eachPodExecutionRole((role) => this.attachTo(role));
    if (TerraformStack.of(cluster) === TerraformStack.of(this)) {
      cluster.fargateProfiles.letPodsWaitFor(this.ready);
    }
  }

  /** Commands that start the pods of the cluster's profiles anew, CoreDNS among them. */
  get restartCommands(): string[] {
    return restartCommands(this.cluster.fargateProfiles.specs);
  }

  private validateProps(options: FargateLoggingOptions, context: LoggingContext, roleNames: readonly string[]): void {
    refuse(this, [
      ...fargateLoggingProblems(options, context, isKnown),
      ...roleNames.map((name) =>
        isKnown(name)
          ? nameProblem("role", name, "give the name of a role, not its ARN")
          : `'podExecutionRoleNames' must hold names that are known when the app runs, because ids are made of them, got ${quote(name)}`,
      ),
    ]);
    for (const warning of fargateLoggingWarnings(options, context)) {
      Annotations.of(this).addWarning(warning);
    }
  }

  private createLogGroups(groups: readonly PodLogGroup[], { clusterName }: LoggingContext): CloudwatchLogGroup[] {
    if (groups.length === 0) {
      return [];
    }
    const key = new EncryptionKey(this, "key", {
      alias: names.fargateLogging(clusterName),
      description: `Logs of pods on Fargate of EKS cluster ${clusterName}`,
      logGroupNames: groups.map(({ name }) => name),
    });
    return groups.map(
      ({ key: groupKey, name, retentionInDays }) =>
        new CloudwatchLogGroup(this, `log-group-${groupKey}`, { name, retentionInDays, kmsKeyId: key.arn }),
    );
  }

  /** What the roles may do; nothing when the lines go where IAM is not asked. */
  private createPolicy(options: FargateLoggingOptions, context: LoggingContext, groups: readonly CloudwatchLogGroup[]) {
    const statements = logPolicyStatements(
      AwsEnvironment.of(this),
      groups.map(({ arn }) => arn),
      logDestinations(options, context),
    );
    return statements.length === 0
      ? undefined
      : new IamPolicy(this, "policy", {
          name: names.fargateLogging(context.clusterName),
          description: `Where pods on Fargate of EKS cluster ${context.clusterName} log to`,
          policy: policyJson(statements),
        });
  }

  private attachTo(role: IPodExecutionRole): void {
    const key = isKnown(role.roleName) ? role.roleName : role.node.path;
    // A role of another stack is there already when this one is applied.
    const ofThisStack = TerraformStack.of(role) === TerraformStack.of(this);
    this.attach(key, role.roleName, ofThisStack ? role.policies : []);
  }

  /** Lines that come before the role may write them are lost, so the configuration waits for its roles. */
  private attach(key: string, role: string, dependsOn: readonly ITerraformDependable[] = []): void {
    if (this.policy === undefined || this.attachedTo.has(key)) {
      return;
    }
    this.attachedTo.add(key);
    const attachment = new IamRolePolicyAttachment(this, `attachment-${key}`, {
      role,
      policyArn: this.policy.arn,
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
    });
    this.configMap.dependsOn = [...(this.configMap.dependsOn ?? []), dependable(attachment)];
  }

  private createConfigMap(data: LoggingData): ConfigMapV1 {
    const namespace = new NamespaceV1(this, "namespace", {
      metadata: { name: LOGGING_NAMESPACE, labels: { "aws-observability": "enabled" } },
    });
    return new ConfigMapV1(this, "config-map", {
      metadata: { name: LOGGING_CONFIG_MAP, namespace: namespace.metadata.name },
      data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, escapeDirectives(text)])),
    });
  }
}

/** Terraform takes `%{` for the beginning of a directive; `${` stands for tokens alone, as the model refuses others. */
function escapeDirectives(text: string): string {
  return text.replaceAll("%{", "%%{");
}
