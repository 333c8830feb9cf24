import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { type AccessGrant, accessGrantProblems, unknownPolicies } from "../../model/access";
import { quote } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import { isKnown, refuse } from "../errors";

export interface AccessEntryProps extends AccessGrant {
  readonly clusterName: string;
  /** Name of the grant, as messages show it. */
  readonly key: string;
}

/**
 * One IAM user's or role's access to the Kubernetes API, by AWS's access policies, Kubernetes groups, or both.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export class AccessEntry extends Construct {
  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    const { key, clusterName, principal, policies = [], groups = [] } = props;
    const { principal: _, ...rest } = props;
    refuse(this, accessGrantProblems(key, isKnown(principal) ? props : rest));
    for (const policy of unknownPolicies(props)) {
      Annotations.of(this).addWarning(
        `policy ${quote(policy)} of access ${quote(key)} is not among the EKS access policies known to this version; check its name`,
      );
    }
    const entry = new EksAccessEntry(this, "entry", {
      clusterName,
      principalArn: principal,
      type: "STANDARD",
      ...(groups.length === 0 ? {} : { kubernetesGroups: [...groups].sort() }),
    });
    for (const { policy, namespaces } of policies) {
      new EksAccessPolicyAssociation(this, policy, {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: `arn:${AwsEnvironment.of(this).partition.name}:eks::aws:cluster-access-policy/${policy}`,
        accessScope:
          namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces].sort() },
        dependsOn: [entry],
      });
    }
  }
}
