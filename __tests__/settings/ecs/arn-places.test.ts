import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { SettingsError } from "../../../src/settings/errors";
import { parseEcsSettings } from "../../../src/settings/load";

const EVERYTHING = readFileSync(join(__dirname, "../../../settings/ecs-everything.yaml"), "utf8");

/** The settings with everything, with one more text at a path. */
function problems(path: string, value: unknown): string[] {
  const settings = parse(EVERYTHING);
  const segments = path.split("/");
  const last = segments.pop() as string;
  let at = settings.ecs;
  for (const segment of segments) {
    at[segment] ??= {};
    at = at[segment];
  }
  at[last] = value;
  try {
    parseEcsSettings(stringify({ ...settings, account: "111122223333" }), "ecs.yaml");
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/^ *line \d+, ecs\./, ""));
  }
}

const key = (region: string, account = "111122223333") =>
  `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const role = (account: string, partition = "aws") => `arn:${partition}:iam::${account}:role/web`;
const secret = (partition: string, region: string) =>
  `arn:${partition}:secretsmanager:${region}:111122223333:secret:web/password-AbCdEf`;

test.each([
  ["appRunner/api/kmsKeyArn"],
  ["cluster/exec/kmsKeyArn"],
  ["cluster/managedStorage/fargateKmsKeyArn"],
  ["efs/shared/kmsKeyArn"],
  ["queueWorkers/orders/queue/kmsKeyArn"],
  ["repositories/web/kmsKeyArn"],
  ["scheduledTasks/hourly/kmsKeyArn"],
  ["taskDefinitions/web/logs/kmsKeyArn"],
  ["workflows/refresh/kmsKeyArn"],
  ["workflows/month-end/logs/kmsKeyArn"],
])("the key of %s is one of the Region, of whatever account", (path) => {
  expect(problems(path, key("us-east-1"))).toContainEqual(
    expect.stringMatching(new RegExp(`^${path.replaceAll("/", "\\.")}: .* must be of the stack's Region, "eu-west-1"`)),
  );
  expect(problems(path, key("eu-west-1", "444455556666"))).toEqual([]);
});

test("roles are of the account, as no other can be passed to a service", () => {
  for (const path of ["taskDefinitions/train/taskRoleArn", "taskDefinitions/train/executionRoleArn"]) {
    expect(problems(path, role("444455556666"))).toEqual([
      expect.stringMatching(/RoleArn' must be of the stack's account, "111122223333"/),
    ]);
    expect(problems(path, role("111122223333", "aws-cn"))).toEqual([
      expect.stringMatching(/RoleArn' must be of the stack's partition, "aws"/),
    ]);
    expect(problems(path, role("111122223333"))).toEqual([]);
  }
});

test("secrets may be of another Region, and of no other partition", () => {
  const path = "taskDefinitions/web/containers/1/secrets";
  expect(problems(path, { PASSWORD: { secretArn: secret("aws", "us-east-1") } })).toEqual([]);
  expect(problems(path, { PASSWORD: { secretArn: secret("aws-cn", "cn-north-1") } })).toEqual([
    expect.stringMatching(/'secretArn' must be of the stack's partition, "aws"/),
  ]);
});

test("alarms tell topics of the Region, of whatever account", () => {
  const path = "queueWorkers/orders/alarms/topicArns";
  expect(problems(path, ["arn:aws:sns:us-east-1:111122223333:alarms"])).toEqual([
    expect.stringMatching(/^queueWorkers\.orders\.alarms\.topicArns\.0: 'topicArns' must be of the stack's Region/),
  ]);
  expect(problems(path, ["arn:aws:sns:eu-west-1:444455556666:alarms"])).toEqual([]);
});

test("credentials of a cache are of the account and the Region", () => {
  const path = "pullThroughCaches/docker-hub";
  const cache = (place: string) => ({
    credentialsArn: `arn:aws:secretsmanager:${place}:secret:ecr-pullthroughcache/docker-hub-AbCdEf`,
  });
  expect(problems(path, cache("eu-west-1:111122223333"))).toEqual([]);
  expect(problems(path, cache("us-east-1:111122223333"))).toEqual([expect.stringContaining("the stack's Region")]);
  expect(problems(path, cache("eu-west-1:444455556666"))).toEqual([expect.stringContaining("the stack's account")]);
});

test("the certificate of an application of Elastic Beanstalk is of the Region", () => {
  const certificate = "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab";
  expect(problems("beanstalk/help/certificateArn", certificate)).toContainEqual(
    expect.stringMatching(/^beanstalk\.help\.certificateArn: 'certificateArn' must be of the stack's Region/),
  );
});
