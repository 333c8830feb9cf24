import type { Construct } from "constructs";
import { EbsCsiDriver } from "../constructs/addons/ebs-csi-driver";
import { NodeNetworking } from "../constructs/addons/node-networking";
import type { IEksCluster } from "../constructs/cluster/ieks-cluster";
import type { IOidcProvider } from "../constructs/identity/oidc-provider";
import { ManagedNodeGroup } from "../constructs/nodes/managed-node-group";
import { NodeRole } from "../constructs/nodes/node-role";
import { hasWindowsNodes, type NodeGroupSpec } from "../model/node-group";
import { nodeGroupSpecs } from "../settings/node-group-specs";
import type { Settings } from "../settings/schema";

/**
 * Creates the node groups of the settings, and before them what their nodes need.
 *
 * @returns the groups by key
 */
export function createNodeGroups(
  scope: Construct,
  settings: Settings,
  cluster: IEksCluster,
  oidcProvider: IOidcProvider,
): Record<string, ManagedNodeGroup> {
  const { nodeGroups: { nodeRole, sessionManager = false, replacement, networking } = {} } = settings;
  const specs = nodeGroupSpecs(settings);
  const windows = specs.some(hasWindowsNodes);
  new NodeNetworking(scope, "node-networking", { ...networking, cluster, oidcProvider, windows });
  const role = (id: string, forWindows: boolean) =>
    new NodeRole(scope, id, { cluster, windows: forWindows, sessionManager });
  const shared = {
    linux: nodeRole === "own" ? undefined : role("node-role", false),
    windows: nodeRole === "own" || !windows ? undefined : role("node-role-windows", true),
  };
  const create = ({ key, ...group }: NodeGroupSpec) => {
    const sharedRole = hasWindowsNodes(group) ? shared.windows : shared.linux;
    return new ManagedNodeGroup(scope, `nodes-${key}`, {
      ...group,
      cluster,
      key,
      sessionManager,
      ...(sharedRole === undefined ? {} : { role: sharedRole }),
      ...(replacement === undefined ? {} : { replacement }),
    });
  };
  return Object.fromEntries(specs.map((spec) => [spec.key, create(spec)]));
}

/** Creates the EBS CSI driver of the settings; returns the ARN of its role. */
export function createEbsCsiDriver(
  scope: Construct,
  { ebsCsiDriver }: Settings,
  cluster: IEksCluster,
  oidcProvider: IOidcProvider,
): string {
  return new EbsCsiDriver(scope, "ebs-csi-driver", { ...ebsCsiDriver, cluster, oidcProvider }).roleArn;
}
