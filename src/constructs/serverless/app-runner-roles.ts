import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PULL_ACTIONS } from "../../model/container-repository";
import type { SecretSource } from "../../model/container-spec";
import { nameProblem, names } from "../../model/names";
import { compareText } from "../../model/order";
import { roleStatementProblems } from "../../model/policy-statements";
import { sourceArn } from "../../model/secret-source";
import { AwsEnvironment } from "../aws-environment";
import { pullStatements } from "../ecs/ecr-pull";
import { type ReadSecrets, secretStatements } from "../ecs/secret-statements";
import { ifKnown, isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";

export interface AppRunnerRolesProps {
  readonly serviceName: string;
  /** ARN of the repository of ECR that the image is in; nothing for an image of ECR Public. */
  readonly repositoryArn: string | undefined;
  readonly secrets: Readonly<Record<string, SecretSource>>;
  /** Keys that the secrets are encrypted with, where they are not AWS's. */
  readonly secretKeyArns: readonly string[];
  /** Whether the program sends traces to X-Ray. */
  readonly tracing: boolean;
}

/**
 * The two roles of a service: one by which App Runner pulls the image, and one that the program has, by which App
 * Runner reads its secrets too.
 *
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html
 */
export class AppRunnerRoles extends Construct {
  /** Nothing where the image is open to all. */
  readonly accessRoleArn: string | undefined;
  readonly instanceRoleArn: string;
  /** What has to be there before App Runner can start an instance. */
  readonly ready: readonly ITerraformDependable[];
  private readonly instanceRole: IamRole;

  constructor(scope: Construct, id: string, props: AppRunnerRolesProps) {
    super(scope, id);
    const { serviceName, repositoryArn } = props;
    refuse(this, [
      ifKnown(names.appRunnerInstanceRole(serviceName), (name) =>
        nameProblem("role", name, "choose a shorter 'serviceName'"),
      ),
    ]);
    const ready: ITerraformDependable[] = [];
    if (repositoryArn !== undefined) {
      const role = this.createRole("access", names.appRunnerAccessRole(serviceName), "build.apprunner.amazonaws.com");
      this.accessRoleArn = role.arn;
      ready.push(
        new IamRolePolicy(this, "access-policy-image", {
          role: role.name,
          name: "image",
          // As in the policy that AWS manages for it, and of one repository.
          policy: policyJson(pullStatements([...PULL_ACTIONS, "ecr:DescribeImages"], repositoryArn)),
        }),
      );
    }
    this.instanceRole = this.createRole(
      "instance",
      names.appRunnerInstanceRole(serviceName),
      "tasks.apprunner.amazonaws.com",
    );
    this.instanceRoleArn = this.instanceRole.arn;
    const secrets = secretStatements(secretsOf(props), AwsEnvironment.of(this));
    if (secrets.length > 0) {
      ready.push(this.grant("secrets", secrets));
    }
    if (props.tracing) {
      ready.push(this.grant("traces", TRACES));
    }
    this.ready = ready;
  }

  /** @throws InvalidPropsError when IAM would call the policy malformed */
  grant(key: string, statements: readonly PolicyStatement[]): ITerraformDependable {
    refuse(this, roleStatementProblems(statements, isKnown));
    return new IamRolePolicy(this, `instance-policy-${key}`, {
      role: this.instanceRole.name,
      name: key,
      policy: policyJson(statements),
    });
  }

  /**
   * AWS does not say whether App Runner names the service when it takes on a role, so a request that names another
   * account or service is refused, and one that names none is not.
   */
  private createRole(id: string, name: string, service: string): IamRole {
    const environment = AwsEnvironment.of(this);
    return new IamRole(this, id, {
      name,
      assumeRolePolicy: policyJson([
        trustService(service, {
          StringEqualsIfExists: { "aws:SourceAccount": environment.account },
          ArnLikeIfExists: { "aws:SourceArn": environment.arn("apprunner", "*") },
        }),
      ]),
    });
  }
}

function secretsOf({ secrets, secretKeyArns }: AppRunnerRolesProps): ReadSecrets {
  const arns = (store: "secretArn" | "parameterArn") =>
    Object.values(secrets)
      .filter((source) => store in source)
      .flatMap((source) => sourceArn(source) ?? [])
      .sort(compareText);
  return { secretArns: arns("secretArn"), parameterArns: arns("parameterArn"), keyArns: secretKeyArns };
}

/** IAM knows no narrower resource for them. Source: Service Authorization Reference, "AWS X-Ray". */
const TRACES: readonly PolicyStatement[] = [
  {
    sid: "Traces",
    actions: [
      "xray:GetSamplingRules",
      "xray:GetSamplingStatisticSummaries",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ],
    resources: ["*"],
  },
];
