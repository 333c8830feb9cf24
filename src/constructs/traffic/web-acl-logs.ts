import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../../model/log-retention";
import { names } from "../../model/names";
import { quote } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption/encryption-key";
import { refuse } from "../errors";
import { policyJson } from "../iam/policy-document";

/** Which requests a web ACL records, and how long the records are kept. */
export interface WebAclLogsOptions {
  /** Days to keep the records. @default 365 */
  readonly retentionInDays?: number;
  /** Whether every request is recorded, or only those that a rule has matched. @default "all" */
  readonly requests?: "all" | "matched";
}

export interface WebAclLogsProps extends WebAclLogsOptions {
  readonly webAclArn: string;
  /** Name of the web ACL, from which those of log group, policy and key are derived. */
  readonly webAclName: string;
}

/** Headers by which a reader of the records could act for somebody else. */
const SECRET_HEADERS = ["authorization", "cookie"] as const;

/** What AWS WAF did with a request that a rule matched. */
const MATCHED = ["BLOCK", "CAPTCHA", "CHALLENGE", "COUNT", "EXCLUDED_AS_COUNT"] as const;

/**
 * Records of the requests that a web ACL has seen, in a log group encrypted with a key of its own.
 *
 * AWS WAF would let itself write into the group, by a policy of the account that grows with each web ACL until it is
 * full, and that nothing deletes. The policy here is for this web ACL alone and goes with it; an account has ten.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export class WebAclLogs extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: WebAclLogsProps) {
    super(scope, id);
    const { webAclArn, webAclName, retentionInDays = DEFAULT_RETENTION_DAYS, requests = "all" } = props;
    refuse(this, [
      retentionProblem("retentionInDays", retentionInDays),
      requests === "all" || requests === "matched"
        ? undefined
        : `'requests' must be "all" or "matched", got ${quote(requests)}`,
    ]);
    this.logGroupName = names.webAclLogGroup(webAclName);
    const key = new EncryptionKey(this, "key", {
      alias: names.webAclLogs(webAclName),
      description: `Logs of web ACL ${webAclName}`,
      logGroupNames: [this.logGroupName],
    });
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: this.logGroupName,
      retentionInDays,
      kmsKeyId: key.arn,
    });
    const policy = this.letDeliveryWrite(webAclName, logGroup.arn);
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      resourceArn: webAclArn,
      logDestinationConfigs: [logGroup.arn],
      redactedFields: SECRET_HEADERS.map((name) => ({ singleHeader: { name } })),
      ...(requests === "matched" ? { loggingFilter: MATCHED_ONLY } : {}),
      dependsOn: [policy],
    });
  }

  private letDeliveryWrite(webAclName: string, logGroupArn: string): CloudwatchLogResourcePolicy {
    const environment = AwsEnvironment.of(this);
    return new CloudwatchLogResourcePolicy(this, "policy", {
      policyName: names.webAclLogs(webAclName),
      policyDocument: policyJson([
        {
          sid: "WebAclLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${logGroupArn}:*`],
          principal: { service: "delivery.logs.amazonaws.com" },
          conditions: {
            StringEquals: { "aws:SourceAccount": environment.account },
            ArnLike: { "aws:SourceArn": environment.arn("logs", "*") },
          },
        },
      ]),
    });
  }
}

const MATCHED_ONLY = {
  defaultBehavior: "DROP",
  filter: [
    {
      behavior: "KEEP",
      requirement: "MEETS_ANY",
      condition: MATCHED.map((action) => ({ actionCondition: { action } })),
    },
  ],
};
