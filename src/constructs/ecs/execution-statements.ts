import { Fn } from "cdktf";
import { PULL_ACTIONS } from "../../model/container-repository";
import { ecrRepositoryOf } from "../../model/ecr-image";
import { sourceArn } from "../../model/secret-source";
import { allContainers, type TaskDefinitionOptions } from "../../model/task-definition";
import type { AwsEnvironment } from "../aws-environment";
import { isKnown } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";

/**
 * What ECS needs to start the task: to write its logs, pull its images and read its secrets, and no others.
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
    ...secretStatements(options, environment),
  ];
}

function imageStatements(options: TaskDefinitionOptions, environment: AwsEnvironment): PolicyStatement[] {
  // Apart from tag and digest, so that each repository stands there once.
  const images = unique(allContainers(options).map(({ image }) => image.replace(/[:@][^/}]*$/, "")));
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

function secretStatements(options: TaskDefinitionOptions, environment: AwsEnvironment): PolicyStatement[] {
  const { containers, fireLens, secretKeyArns = [] } = options;
  const sources = [
    ...containers.flatMap(({ secrets = {} }) => Object.values(secrets)),
    ...containers.flatMap(({ logging }) => Object.values(logging?.secrets ?? {})),
    ...Object.values(fireLens?.outputs ?? {}).flatMap(({ secrets = {} }) => Object.values(secrets)),
  ];
  const credentials = containers.flatMap(({ repositoryCredentials: arn }) => (arn === undefined ? [] : [arn]));
  const secretArns = unique([
    ...credentials,
    ...sources.filter((source) => "secretArn" in source).flatMap((source) => sourceArn(source) ?? []),
  ]);
  const parameterArns = unique(
    sources.filter((source) => "parameterArn" in source).flatMap((source) => sourceArn(source) ?? []),
  );
  const stores = [
    ...(secretArns.length === 0 ? [] : ["secretsmanager"]),
    ...(parameterArns.length === 0 ? [] : ["ssm"]),
  ];
  return [
    ...(secretArns.length === 0
      ? []
      : [{ sid: "Secrets", actions: ["secretsmanager:GetSecretValue"], resources: secretArns }]),
    ...(parameterArns.length === 0
      ? []
      : [{ sid: "Parameters", actions: ["ssm:GetParameters"], resources: parameterArns }]),
    ...(secretKeyArns.length === 0
      ? []
      : [
          {
            sid: "SecretKeys",
            actions: ["kms:Decrypt"],
            resources: unique(secretKeyArns),
            conditions: {
              StringEquals: {
                "kms:ViaService": stores.map(
                  (store) => `${store}.${environment.region}.${environment.partition.dnsSuffix}`,
                ),
              },
            },
          },
        ]),
  ];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
