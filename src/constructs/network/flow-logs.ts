import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../../model/log-retention";
import { nameProblem, names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption/encryption-key";
import { ifKnown, refuse } from "../errors";
import { policyJson, trustService } from "../iam/policy-document";

/** What is recorded of a VPC's traffic, and how long. */
export interface FlowLogsOptions {
  /** Days to keep the records. @default 365 */
  readonly retentionInDays?: number;
  /** Which traffic is recorded. @default "ALL" */
  readonly trafficType?: "ALL" | "ACCEPT" | "REJECT";
}

export interface FlowLogsProps extends FlowLogsOptions {
  readonly vpcId: string;
  /** Name of the VPC, from which the names of log group, role and key are derived. */
  readonly vpcName: string;
}

/**
 * Records of the traffic in a VPC, in a log group encrypted with a key of its own.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export class FlowLogs extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { vpcName, retentionInDays = DEFAULT_RETENTION_DAYS } = props;
    const roleName = names.flowLogs(vpcName);
    refuse(this, [
      retentionProblem("retentionInDays", retentionInDays),
      ifKnown(roleName, (name) => nameProblem("role", name, "shorten the 'name' of the VPC")),
    ]);
    this.logGroupName = names.flowLogGroup(vpcName);

    const key = new EncryptionKey(this, "key", {
      alias: names.flowLogs(vpcName),
      description: `Flow logs of VPC ${vpcName}`,
      logGroupNames: [this.logGroupName],
    });
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: this.logGroupName,
      retentionInDays,
      kmsKeyId: key.arn,
    });
    const role = this.writerRole(roleName, logGroup.arn);
    new FlowLog(this, "flow-log", {
      vpcId: props.vpcId,
      trafficType: props.trafficType ?? "ALL",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: names.flowLogs(vpcName) },
    });
  }

  private writerRole(name: string, logGroupArn: string): IamRole {
    const environment = AwsEnvironment.of(this);
    const role = new IamRole(this, "role", {
      name,
      description: "Lets VPC flow logs write to their log group",
      assumeRolePolicy: policyJson([
        trustService("vpc-flow-logs.amazonaws.com", {
          StringEquals: { "aws:SourceAccount": environment.account },
          ArnLike: { "aws:SourceArn": environment.arn("ec2", "vpc-flow-log/*") },
        }),
      ]),
    });
    new IamRolePolicy(this, "policy", {
      name: "write-flow-logs",
      role: role.name,
      policy: policyJson([
        {
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [`${logGroupArn}:*`],
        },
        { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      ]),
    });
    return role;
  }
}
