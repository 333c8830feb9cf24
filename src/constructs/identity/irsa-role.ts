import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nameProblem } from "../../model/names";
import { roleStatementProblems } from "../../model/policy-statements";
import { quote } from "../../model/problem";
import { hasWildcards, type ServiceAccountRef, serviceAccountProblems } from "../../model/service-account";
import { ifKnown, isKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson } from "../iam/policy-document";
import { type IOidcProvider, STS_AUDIENCE } from "./oidc-provider";

/** What an `IrsaRole` is told. */
export interface IrsaRoleProps extends ServiceAccountRef {
  readonly oidcProvider: IOidcProvider;
  readonly roleName: string;
  readonly description?: string;
  /** ARNs of managed policies, by a name of your choice. @default - none */
  readonly policyArns?: Readonly<Record<string, string>>;
  /** Statements of a policy of the role's own. @default - none */
  readonly statements?: readonly PolicyStatement[];
  /** Whether namespace and service account may hold `*` and `?`. @default false */
  readonly allowWildcards?: boolean;
}

const POLICY_ARN = /^arn:[\w-]+:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/;

/**
 * An IAM role for a Kubernetes service account (IRSA): the one way for pods on Fargate to call AWS, where there is
 * neither instance metadata nor EKS Pod Identity. Only tokens of the named service account, issued for STS, assume it.
 *
 * Annotate the service account with `eks.amazonaws.com/role-arn`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export class IrsaRole extends Construct {
  readonly roleArn: string;
  readonly roleName: string;
  /** What pods that call AWS as they start wait for. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: IrsaRoleProps) {
    super(scope, id);
    const { policyArns = {}, statements = [] } = props;
    this.validateProps(props);
    const role = new IamRole(this, "role", {
      name: props.roleName,
      description: props.description ?? `Service account ${props.namespace}/${props.serviceAccount}`,
      assumeRolePolicy: policyJson([trustServiceAccount(props)]),
    });
    const attached = Object.entries(policyArns).map(
      ([key, policyArn]) => new IamRolePolicyAttachment(this, `policy-${key}`, { role: role.name, policyArn }),
    );
    const own =
      statements.length === 0
        ? []
        : [
            new IamRolePolicy(this, "policy", {
              name: props.roleName,
              role: role.name,
              policy: policyJson(statements),
            }),
          ];
    this.policies = [...attached, ...own];
    this.roleArn = role.arn;
    this.roleName = props.roleName;
  }

  private validateProps(props: IrsaRoleProps): void {
    const malformed = Object.values(props.policyArns ?? {}).filter((arn) => isKnown(arn) && !POLICY_ARN.test(arn));
    refuse(this, [
      ifKnown(props.roleName, (name) => nameProblem("role", name, "give a shorter 'roleName'")),
      ...(isKnown(props.namespace + props.serviceAccount)
        ? serviceAccountProblems(props, props.allowWildcards ?? false)
        : []),
      ...roleStatementProblems(props.statements ?? [], isKnown),
      ...malformed.map(
        (arn) =>
          `'policyArns' must hold ARNs of IAM policies, like "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", got ${quote(arn)}`,
      ),
    ]);
  }
}

/** `StringLike` only where there is a wildcard: it would read `*` and `?` of a name as one. */
function trustServiceAccount(props: IrsaRoleProps): PolicyStatement {
  const { providerArn, issuerHostPath } = props.oidcProvider;
  const audience = { [`${issuerHostPath}:aud`]: STS_AUDIENCE };
  const subject = { [`${issuerHostPath}:sub`]: `system:serviceaccount:${props.namespace}:${props.serviceAccount}` };
  return {
    actions: ["sts:AssumeRoleWithWebIdentity"],
    principal: { federated: providerArn },
    conditions: hasWildcards(props)
      ? { StringEquals: audience, StringLike: subject }
      : { StringEquals: { ...audience, ...subject } },
  };
}
