import type { LogDestination } from "../../model/fargate-logging-destinations";
import type { AwsEnvironment } from "../aws-environment";
import type { PolicyStatement } from "../iam/policy-document";

/**
 * What the log router may do with a pod's role: write to the log groups and destinations of its configuration. It may not
 * create log groups: they are there, and none shall come back without encryption after they were destroyed.
 *
 * @param logGroupArns ARNs of the log groups, without `:*`
 */
export function logPolicyStatements(
  environment: AwsEnvironment,
  logGroupArns: readonly string[],
  destinations: readonly LogDestination[],
): PolicyStatement[] {
  return [
    ...(logGroupArns.length === 0
      ? []
      : [
          {
            sid: "CloudWatchLogs",
            actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources: logGroupArns.map((arn) => `${arn}:*`),
          },
        ]),
    ...destinations.flatMap((destination) => destinationStatements(environment, destination)),
  ];
}

function destinationStatements(environment: AwsEnvironment, destination: LogDestination): PolicyStatement[] {
  switch (destination.kind) {
    case "firehose":
      return [
        {
          actions: ["firehose:PutRecordBatch"],
          resources: [
            arnIn(environment, "firehose", destination.region, `deliverystream/${destination.deliveryStream}`),
          ],
        },
      ];
    case "kinesis":
      return kinesisStatements(environment, destination);
    case "openSearch":
      return [
        {
          // Lines are sent in bulk, and by no other request.
          actions: ["es:ESHttpPost"],
          resources: [arnIn(environment, "es", destination.region, `domain/${destination.domain}/_bulk*`)],
        },
      ];
    case "role":
      return [{ actions: ["sts:AssumeRole"], resources: [destination.roleArn] }];
  }
}

function kinesisStatements(
  environment: AwsEnvironment,
  { region, stream, kmsKeyArn }: LogDestination & { readonly kind: "kinesis" },
): PolicyStatement[] {
  return [
    { actions: ["kinesis:PutRecords"], resources: [arnIn(environment, "kinesis", region, `stream/${stream}`)] },
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            actions: ["kms:GenerateDataKey"],
            resources: [kmsKeyArn],
            conditions: { StringEquals: { "kms:ViaService": `kinesis.${region}.${environment.partition.dnsSuffix}` } },
          },
        ]),
  ];
}

/** An ARN in the account, in a Region that need not be the stack's. */
function arnIn({ partition, account }: AwsEnvironment, service: string, region: string, resource: string): string {
  return `arn:${partition.name}:${service}:${region}:${account}:${resource}`;
}
