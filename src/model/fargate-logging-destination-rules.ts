import {
  type CloudWatchOutput,
  type FirehoseOutput,
  type IsKnown,
  type KinesisOutput,
  type LogOutput,
  type OpenSearchOutput,
  openSearchDomain,
} from "./fargate-logging-options";
import { kmsKeyArnProblem } from "./kms-key";
import { retentionProblem } from "./log-retention";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";

const DESTINATIONS = ["cloudWatch", "firehose", "kinesis", "openSearch"] as const;

const STREAM_PREFIX = /^[^\s:*]{1,100}$/;
const FIREHOSE = /^[\w.-]{1,64}$/;
const KINESIS = /^[\w.-]{1,128}$/;
const HOST = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
const DOMAIN = /^[a-z][a-z0-9-]{2,27}$/;
const INDEX = /^[a-z0-9][a-z0-9_.-]{0,200}$/;
const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** What is wrong with the destination of an output. */
export function destinationProblems(key: string, output: LogOutput, known: IsKnown): Problem[] {
  const given = DESTINATIONS.filter((destination) => output[destination] !== undefined);
  const { cloudWatch, firehose, kinesis, openSearch } = output;
  return [
    ...(given.length === 1
      ? []
      : [
          problem(
            [],
            `output ${quote(key)} must have one destination (${quoteAll(DESTINATIONS)}), got ${given.length === 0 ? "none" : quoteAll(given)}; make an output of each`,
          ),
        ]),
    ...(cloudWatch === undefined ? [] : under("cloudWatch", cloudWatchProblems(cloudWatch))),
    ...(firehose === undefined ? [] : under("firehose", firehoseProblems(firehose, known))),
    ...(kinesis === undefined ? [] : under("kinesis", kinesisProblems(kinesis, known))),
    ...(openSearch === undefined ? [] : under("openSearch", openSearchProblems(openSearch, known))),
  ];
}

function problem(at: Problem["at"], message: string): Problem {
  return { at, message };
}

function cloudWatchProblems({ logStreamPrefix = "-", retentionInDays }: CloudWatchOutput): Problem[] {
  return [
    ...(STREAM_PREFIX.test(logStreamPrefix)
      ? []
      : [
          problem(
            ["logStreamPrefix"],
            `'logStreamPrefix' must be 1 to 100 characters without blanks, ":" and "*", got ${quote(logStreamPrefix)}`,
          ),
        ]),
    ...(retentionInDays === undefined ? [] : retentionProblems(retentionInDays)),
  ];
}

function firehoseProblems({ deliveryStream, roleArn }: FirehoseOutput, known: IsKnown): Problem[] {
  return [
    ...(known(deliveryStream) && !FIREHOSE.test(deliveryStream)
      ? [
          problem(
            ["deliveryStream"],
            `'deliveryStream' must be the name of a delivery stream (1 to 64 letters, digits, "_", "." and "-"), got ${quote(deliveryStream)}`,
          ),
        ]
      : []),
    ...roleProblems(roleArn, known),
  ];
}

function kinesisProblems({ stream, kmsKeyArn, roleArn }: KinesisOutput, known: IsKnown): Problem[] {
  return [
    ...(known(stream) && !KINESIS.test(stream)
      ? [
          problem(
            ["stream"],
            `'stream' must be the name of a stream (1 to 128 letters, digits, "_", "." and "-"), got ${quote(stream)}`,
          ),
        ]
      : []),
    ...problemAt(
      ["kmsKeyArn"],
      kmsKeyArn !== undefined && known(kmsKeyArn) ? kmsKeyArnProblem("kmsKeyArn", kmsKeyArn) : undefined,
    ),
    ...roleProblems(roleArn, known),
  ];
}

function openSearchProblems({ host, domain, index, roleArn }: OpenSearchOutput, known: IsKnown): Problem[] {
  const hostIsWrong = known(host) && !HOST.test(host);
  return [
    ...(hostIsWrong
      ? [
          problem(
            ["host"],
            `'host' must be the host of a domain's endpoint, without "https://" and a path, got ${quote(host)}`,
          ),
        ]
      : []),
    ...(domain !== undefined && known(domain) && !DOMAIN.test(domain)
      ? [
          problem(
            ["domain"],
            `'domain' must be the name of an OpenSearch domain (3 to 28 lower-case letters, digits and "-", beginning with a letter), got ${quote(domain)}`,
          ),
        ]
      : []),
    ...(!hostIsWrong &&
    roleArn === undefined &&
    openSearchDomain({ host, ...(domain === undefined ? {} : { domain }) }) === undefined
      ? [
          problem(
            [],
            `'domain' must name the OpenSearch domain, which permission is given for, because its host does not hold the name, got ${known(host) ? quote(host) : "a host that is known at apply"}; Amazon OpenSearch Serverless is not among the outputs of Fargate`,
          ),
        ]
      : []),
    ...(INDEX.test(index)
      ? []
      : [
          problem(
            ["index"],
            `'index' must be the name of an index (lower-case letters, digits, "_", "." and "-"), got ${quote(index)}`,
          ),
        ]),
    ...roleProblems(roleArn, known),
  ];
}

function roleProblems(roleArn: string | undefined, known: IsKnown): Problem[] {
  return roleArn === undefined || !known(roleArn) || ROLE_ARN.test(roleArn)
    ? []
    : [
        problem(
          ["roleArn"],
          `'roleArn' must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/logs", got ${quote(roleArn)}`,
        ),
      ];
}

/** Why CloudWatch Logs would refuse the retention. */
export function retentionProblems(days: number): Problem[] {
  const message = retentionProblem("retentionInDays", days);
  return message === undefined ? [] : [problem(["retentionInDays"], message)];
}
