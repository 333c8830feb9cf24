import type { Accelerator, Architecture } from "./instance-type";
import { architectureOf } from "./instance-type";
import { DEFAULT_NODE_OPERATING_SYSTEM, isWindows, type NodeOperatingSystem, smallestVolumeInGib } from "./node-ami";
import type { NodeTaint } from "./node-labels";

/** What the nodes of a managed node group are, as its construct and the settings have it. */
export interface NodeGroupOptions {
  /** Operating system of the nodes. @default "al2023" */
  readonly os?: NodeOperatingSystem;
  /**
   * EC2 instance types, 1 to 20 of one architecture. EKS tries them in this order; for Spot it takes whichever is the
   * least likely to be interrupted.
   */
  readonly instanceTypes: readonly string[];
  /** Whose drivers the AMI has. @default - none */
  readonly accelerator?: Accelerator;
  /** Fewest nodes, 0 or more. */
  readonly minSize: number;
  /** Most nodes, 1 or more. */
  readonly maxSize: number;
  /** Nodes in the beginning; what scales the group changes it afterwards. @default - `minSize` */
  readonly desiredSize?: number;
  /** GiB for images, logs and what pods write on a node. @default - 20, 50 for Windows */
  readonly volumeSizeInGib?: number;
  /** Zones whose private subnets the nodes are in. @default - all private subnets of the cluster's VPC */
  readonly zones?: readonly string[];
  /** Whether the nodes are Spot Instances, which EC2 takes back at two minutes' notice. @default false */
  readonly spot?: boolean;
  /** Kubernetes labels of the nodes. @default - none but those that EKS adds */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kubernetes taints of the nodes. @default - none */
  readonly taints?: readonly NodeTaint[];
  /** Tags of the group, its instances and their volumes, beside those of the stack. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Percent of the nodes that an update may replace at a time, 1 to 100. @default 33 */
  readonly maxUnavailablePercentage?: number;
}

/** A node group among those of a cluster. */
export interface NodeGroupSpec extends NodeGroupOptions {
  /** Key that the group has among the cluster's, such as `linux` or `batch`. */
  readonly key: string;
}

/**
 * The taint that the pods of AWS's add-ons tolerate, those of CoreDNS and of the EBS CSI controller.
 *
 * Sources: eksctl coredns-1.32.json at 99984adb; kubernetes-sigs/aws-ebs-csi-driver values.schema.json at 429e202e.
 */
const TOLERATED_BY_ADD_ONS = "CriticalAddonsOnly";

/** The operating system of the group's nodes. */
export function operatingSystemOf({ os = DEFAULT_NODE_OPERATING_SYSTEM }: NodeGroupOptions): NodeOperatingSystem {
  return os;
}

/** The architecture of the group's nodes, where its instance types agree. */
export function nodeArchitecture({ instanceTypes }: NodeGroupOptions): Architecture {
  return architectureOf(instanceTypes[0] ?? "");
}

/** The nodes that the group has in the beginning. */
export function desiredSizeOf({ minSize, desiredSize = minSize }: NodeGroupOptions): number {
  return desiredSize;
}

/** GiB of the volume that the nodes keep their data on. */
export function volumeSizeOf(group: NodeGroupOptions): number {
  return group.volumeSizeInGib ?? smallestVolumeInGib(operatingSystemOf(group));
}

export function hasWindowsNodes(group: NodeGroupOptions): boolean {
  return isWindows(operatingSystemOf(group));
}

/** Whether the pods of AWS's add-ons find a place on the group's nodes as soon as it is there. */
export function hasRoomForAddOns(group: NodeGroupOptions): boolean {
  return (
    !hasWindowsNodes(group) &&
    desiredSizeOf(group) > 0 &&
    (group.taints ?? []).every(({ key, effect }) => effect === "PREFER_NO_SCHEDULE" || key === TOLERATED_BY_ADD_ONS)
  );
}
