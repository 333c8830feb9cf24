import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { FlowLogs } from "../../../src/constructs/network/flow-logs";
import { ACCOUNT, PARTITIONS, refusal, resource, stackFor, statements, synthIn } from "../../support/stack";

const minimal = { vpcId: "vpc-1", vpcName: "platform" };

describe("FlowLogs", () => {
  test("record all traffic, for one year, in a log group with a key of its own", () => {
    const text = synthIn("eu-west-1", (stack) => new FlowLogs(stack, "logs", minimal));
    expect(text).toHaveResourceWithProperties(FlowLog, {
      vpc_id: "vpc-1",
      traffic_type: "ALL",
      log_destination: "${aws_cloudwatch_log_group.logs_log-group.arn}",
      iam_role_arn: "${aws_iam_role.logs_role.arn}",
    });
    expect(text).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/aws/vpc/platform/flow-logs",
      retention_in_days: 365,
      kms_key_id: "${aws_kms_key.logs_key_key.arn}",
    });
    expect(text).toHaveResourceWithProperties(KmsAlias, { name: "alias/platform-flow-logs" });
  });

  test("record the traffic and keep it for the days that are asked for", () => {
    const text = synthIn(
      "eu-west-1",
      (stack) => new FlowLogs(stack, "logs", { ...minimal, trafficType: "REJECT", retentionInDays: 30 }),
    );
    expect(text).toHaveResourceWithProperties(FlowLog, { traffic_type: "REJECT" });
    expect(text).toHaveResourceWithProperties(CloudwatchLogGroup, { retention_in_days: 30 });
  });

  test.each(PARTITIONS)("in $region the role trusts flow logs of this account only", ({ region, partition }) => {
    const text = synthIn(region, (stack) => new FlowLogs(stack, "logs", minimal));
    expect(text).toHaveResourceWithProperties(IamRole, { name: "platform-flow-logs" });
    expect(statements(resource(text, IamRole).assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": ACCOUNT },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${ACCOUNT}:vpc-flow-log/*` },
        },
      },
    ]);
  });

  test("the role writes to their log group only", () => {
    const text = synthIn("eu-west-1", (stack) => new FlowLogs(stack, "logs", minimal));
    const policy = resource(text, IamRolePolicy);
    expect(policy.role).toBe("${aws_iam_role.logs_role.name}");
    expect(statements(policy.policy)).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.logs_log-group.arn}:*",
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
  });

  test("the key serves their log group only", () => {
    const text = synthIn("eu-west-1", (stack) => new FlowLogs(stack, "logs", minimal));
    expect(statements(resource(text, KmsKey).policy)[1]?.Condition).toEqual({
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": [
          `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/vpc/platform/flow-logs`,
        ],
      },
    });
  });

  test("a retention that CloudWatch Logs does not know is refused, with the next longer one", () => {
    const message = refusal(() => new FlowLogs(stackFor(), "logs", { ...minimal, retentionInDays: 100 }));
    expect(message).toMatch(
      /^\[test\/logs\] 'retentionInDays' must be one of 1, 3, .* days, got 100; .* longer one is 120$/,
    );
  });

  test("a VPC's name too long for the role's is refused", () => {
    const vpcName = "x".repeat(60);
    expect(refusal(() => new FlowLogs(stackFor(), "logs", { ...minimal, vpcName }))).toBe(
      `[test/logs] the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "${vpcName}-flow-logs" (70); shorten the 'name' of the VPC`,
    );
  });
});
