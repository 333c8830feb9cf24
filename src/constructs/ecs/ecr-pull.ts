import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { PULL_ACTIONS, type RepositoryRules } from "../../model/container-repository";
import { nameProblem } from "../../model/names";
import { compareText } from "../../model/order";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, refuse } from "../errors";
import { type PolicyStatement, policyJson } from "../iam/policy-document";

/** What lets a role pull from some repositories and from no others. */
export function pullStatements(actions: readonly string[], repositories: string): readonly PolicyStatement[] {
  return [
    { actions, resources: [repositories] },
    // For a registry as a whole: IAM knows no narrower resource for it.
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
  ];
}

/**
 * Gives the statements to a role.
 *
 * @param key name of the grant, from which its id is derived
 * @param policyName name of the policy among the role's
 */
export function grantPull(
  scope: Construct,
  key: string,
  roleName: string,
  policyName: string,
  statements: readonly PolicyStatement[],
): ITerraformDependable {
  refuse(scope, [
    ifKnown(policyName, (name) => nameProblem("policy", name, "choose a shorter name, from which it is derived")),
  ]);
  return new IamRolePolicy(scope, `pull-${key}`, { role: roleName, name: policyName, policy: policyJson(statements) });
}

/** The policy by which others than its account pull from a repository, or `undefined` where nobody may. */
export function repositoryPolicyJson(scope: Construct, rules: RepositoryRules): string | undefined {
  const { pullAccounts = [], pullOrganizations = [] } = rules;
  const statements: PolicyStatement[] = [...new Set(pullAccounts)].sort(compareText).map((account) => ({
    actions: PULL_ACTIONS,
    principal: { aws: `arn:${AwsEnvironment.of(scope).partition.name}:iam::${account}:root` },
  }));
  if (pullOrganizations.length > 0) {
    statements.push({
      sid: "Organizations",
      actions: PULL_ACTIONS,
      principal: { aws: "*" },
      conditions: { StringEquals: { "aws:PrincipalOrgID": [...new Set(pullOrganizations)] } },
    });
  }
  return statements.length === 0 ? undefined : policyJson(statements);
}
