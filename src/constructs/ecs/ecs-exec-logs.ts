import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsClusterConfigurationExecuteCommandConfiguration } from "@cdktf/provider-aws/lib/ecs-cluster";
import { Construct } from "constructs";
import type { ExecLoggingOptions } from "../../model/ecs-cluster";
import { DEFAULT_RETENTION_DAYS } from "../../model/log-retention";
import { names } from "../../model/names";
import { EncryptionKey } from "../encryption/encryption-key";
import type { ExecLogging } from "./iecs-cluster";

export interface EcsExecLogsProps extends ExecLoggingOptions {
  readonly clusterName: string;
}

/**
 * Where ECS Exec records what is typed and shown in a shell, and the key that encrypts both the session and its log.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export class EcsExecLogs extends Construct {
  /** What a task's role needs. */
  readonly logging: ExecLogging;
  /** What the cluster says of it. */
  readonly configuration: EcsClusterConfigurationExecuteCommandConfiguration;

  constructor(scope: Construct, id: string, props: EcsExecLogsProps) {
    super(scope, id);
    const { clusterName, retentionInDays = DEFAULT_RETENTION_DAYS } = props;
    const name = names.ecsExecLogGroup(clusterName);
    const kmsKeyArn =
      props.kmsKeyArn ??
      new EncryptionKey(this, "key", {
        alias: names.ecsExecKey(clusterName),
        description: `ECS Exec in cluster ${clusterName}`,
        logGroupNames: [name],
      }).arn;
    const logGroup = new CloudwatchLogGroup(this, "log-group", { name, retentionInDays, kmsKeyId: kmsKeyArn });
    this.logging = { kmsKeyArn, logGroupArn: logGroup.arn };
    this.configuration = {
      kmsKeyId: kmsKeyArn,
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: logGroup.name },
    };
  }
}
