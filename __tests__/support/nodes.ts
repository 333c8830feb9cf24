import type { TerraformStack } from "cdktf";
import { NodeNetworking, type NodeNetworkingProps } from "../../src/constructs/addons/node-networking";
import type { IEksCluster } from "../../src/constructs/cluster/ieks-cluster";
import type { IOidcProvider } from "../../src/constructs/identity/oidc-provider";
import { ManagedNodeGroup, type ManagedNodeGroupProps } from "../../src/constructs/nodes/managed-node-group";
import type { NodeGroupSpec } from "../../src/model/node-group";

/** An identity provider that exists already, without a resource of its own. */
export const OIDC_PROVIDER: IOidcProvider = {
  providerArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC",
  issuerHostPath: "oidc.eks.eu-west-1.amazonaws.com/id/ABC",
};

/** A node group that has all that a group must have, and nothing else. */
export const GROUP = { key: "general", instanceTypes: ["m6i.large"], minSize: 1, maxSize: 3 } satisfies NodeGroupSpec;

export function networkingIn(
  stack: TerraformStack,
  cluster: IEksCluster,
  props: Partial<NodeNetworkingProps> = {},
): NodeNetworking {
  return new NodeNetworking(stack, "node-networking", { cluster, oidcProvider: OIDC_PROVIDER, ...props });
}

/** The node group "nodes-<key>". */
export function groupIn(
  stack: TerraformStack,
  cluster: IEksCluster,
  props: Partial<ManagedNodeGroupProps> = {},
): ManagedNodeGroup {
  const { key = GROUP.key } = props;
  return new ManagedNodeGroup(stack, `nodes-${key}`, { ...GROUP, ...props, cluster });
}
