import { Fn } from "cdktf";
import { PULL_ACTIONS } from "../../model/container-repository";
import { ecrRepositoryOf } from "../../model/ecr-image";
import { sourceArn } from "../../model/secret-source";
import { allContainers, type TaskDefinitionOptions } from "../../model/task-definition";
import type { AwsEnvironment } from "../aws-environment";
import { isKnown } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";
import { type ReadSecrets, secretStatements } from "./secret-statements";

/**
 * What ECS needs to start the task: to write its logs, pull its images, and read its secrets and its log
 * router's configuration, and no others.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function executionStatements(
  options: TaskDefinitionOptions,
  environment: AwsEnvironment,
  logGroupArn: string,
): PolicyStatement[] {
  return [
    { sid: "Logs", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroupArn}:*`] },
    ...imageStatements(options, environment),
    ...secretStatements(secretsOf(options), environment),
    ...configurationStatements(options),
  ];
}

function imageStatements(options: TaskDefinitionOptions, environment: AwsEnvironment): PolicyStatement[] {
  // Apart from tag and digest, so that each repository stands there once.
  const images = [...new Set(allContainers(options).map(({ image }) => image.replace(/[:@][^/}]*$/, "")))];
  const repositories = images.flatMap((image) => repositoryArn(image, environment) ?? []);
  return repositories.length === 0
    ? []
    : [
        { sid: "Pull", actions: PULL_ACTIONS, resources: repositories },
        // For a registry as a whole: IAM knows no narrower resource for it.
        { sid: "LogIn", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
      ];
}

/**
 * ARN of the image's repository in ECR. An image that Terraform alone knows is taken for one of the account's own: what
 * stands behind the registry's host, without tag and digest.
 */
function repositoryArn(image: string, environment: AwsEnvironment): string | undefined {
  if (!isKnown(image)) {
    const repository = Fn.replace(Fn.replace(expressionOf(image), "/^[^/]+//", ""), "/[:@].*$/", "");
    return environment.arn("ecr", `repository/${repository}`);
  }
  const found = ecrRepositoryOf(image);
  return found && `arn:${found.partition}:ecr:${found.region}:${found.account}:repository/${found.repository}`;
}

/** The text as one expression of Terraform: its functions take no text with tokens in it. */
function expressionOf(text: string): string {
  const parts = text.split(/(\$\{TfToken\[[^\]]*\]\})/).filter((part) => part !== "");
  return parts.length === 1 ? text : Fn.join("", parts);
}

function secretsOf({ containers, fireLens, secretKeyArns = [] }: TaskDefinitionOptions): ReadSecrets {
  const sources = [
    ...containers.flatMap(({ secrets = {} }) => Object.values(secrets)),
    ...containers.flatMap(({ logging }) => Object.values(logging?.secrets ?? {})),
    ...Object.values(fireLens?.outputs ?? {}).flatMap(({ secrets = {} }) => Object.values(secrets)),
  ];
  const credentials = containers.flatMap(({ repositoryCredentials: arn }) => (arn === undefined ? [] : [arn]));
  const arns = (store: "secretArn" | "parameterArn") =>
    sources.filter((source) => store in source).flatMap((source) => sourceArn(source) ?? []);
  return {
    secretArns: [...credentials, ...arns("secretArn")],
    parameterArns: arns("parameterArn"),
    keyArns: secretKeyArns,
  };
}

/**
 * The log router's configuration, which ECS fetches from S3.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
function configurationStatements({ fireLens }: TaskDefinitionOptions): PolicyStatement[] {
  const { configuration } = fireLens ?? {};
  if (configuration === undefined || !("s3Arn" in configuration)) {
    return [];
  }
  const { s3Arn } = configuration;
  return [
    { sid: "FireLensFile", actions: ["s3:GetObject"], resources: [s3Arn] },
    { sid: "FireLensBucket", actions: ["s3:GetBucketLocation"], resources: [bucketArn(s3Arn)] },
  ];
}

/** What stands before the first "/" of an object's ARN. */
function bucketArn(objectArn: string): string {
  return isKnown(objectArn) ? objectArn.replace(/\/.*$/, "") : Fn.element(Fn.split("/", expressionOf(objectArn)), 0);
}
