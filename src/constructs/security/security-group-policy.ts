import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { compareText } from "../../model/order";
import { type PodChoice, podChoiceProblems } from "../../model/security-group-policy";
import { refuse } from "../errors";
import { CustomObjects } from "../kubernetes/custom-objects";
import type { PodSecurityGroup } from "./pod-security-group";

/** What a `SecurityGroupPolicy` is told. */
export interface SecurityGroupPolicyProps extends PodChoice {
  readonly group: PodSecurityGroup;
  /** What the policy waits for, such as its namespace. @default - nothing: the namespace is there already */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Gives a security group to the pods that it chooses, when they start; pods that run already keep theirs until they
 * are started anew. EKS knows the kind on every cluster.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sg-pods-example-deployment.html
 * @example
 * new SecurityGroupPolicy(this, "orders-policy", { group, namespace: "shop", podLabels: { app: "orders" } });
 */
export class SecurityGroupPolicy extends Construct {
  /** What pods wait for that shall have the group. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SecurityGroupPolicyProps) {
    super(scope, id);
    const { group, namespace, podLabels, serviceAccountLabels, dependsOn = [] } = props;
    refuse(this, podChoiceProblems(props));
    this.ready = new CustomObjects(this, "objects", {
      release: `${group.key}-pods`,
      namespace,
      objects: [
        {
          apiVersion: "vpcresources.k8s.aws/v1beta1",
          kind: "SecurityGroupPolicy",
          metadata: { name: group.key, namespace },
          spec: {
            ...(podLabels === undefined ? {} : { podSelector: selectorOf(podLabels) }),
            ...(serviceAccountLabels === undefined ? {} : { serviceAccountSelector: selectorOf(serviceAccountLabels) }),
            securityGroups: { groupIds: group.securityGroupIds },
          },
        },
      ],
      dependsOn: [...group.ready, ...dependsOn],
    }).release;
  }
}

/** An empty selector chooses everything. */
function selectorOf(labels: Readonly<Record<string, string>>) {
  const matchLabels = Object.fromEntries(Object.entries(labels).sort(([a], [b]) => compareText(a, b)));
  return Object.keys(matchLabels).length === 0 ? {} : { matchLabels };
}
