import { createHash } from "node:crypto";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { amiType } from "../../model/node-ami";
import {
  desiredSizeOf,
  hasWindowsNodes,
  type NodeGroupOptions,
  type NodeGroupSpec,
  nodeArchitecture,
  operatingSystemOf,
} from "../../model/node-group";
import { nodeGroupNameProblem, nodeGroupWarnings, windowsProblems } from "../../model/node-group-rules";
import { compareText } from "../../model/order";
import { quote } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { ifKnown, refuse } from "../errors";
import type { VpcSubnet } from "../network/ivpc";
import { privateSubnetsIn, privateSubnetsProblems } from "../network/private-subnets";
import { NodeLaunchTemplate } from "./node-launch-template";
import { NodeRole } from "./node-role";

/**
 * How a group changes what AWS cannot change in place (operating system, instance types, accelerator, Spot, zones and
 * role): `recreate` deletes it, and with it its nodes, before the new one is created; `create-before-destroy` has the new
 * one, under another name, take over first.
 */
export type NodeGroupReplacement = "recreate" | "create-before-destroy";

/** What a `ManagedNodeGroup` is told. */
export interface ManagedNodeGroupProps extends NodeGroupOptions {
  readonly cluster: IEksCluster;
  /** Name among the cluster's node groups. @default "default" */
  readonly key?: string;
  /** Role of the nodes. @default - one of its own, `<cluster>-nodes-<key>` */
  readonly role?: NodeRole;
  /** Whether people may open a shell on the nodes through AWS Systems Manager, where the role is the group's own. @default false */
  readonly sessionManager?: boolean;
  /** What happens when the group changes in a way that AWS cannot do in place. @default "recreate" */
  readonly replacement?: NodeGroupReplacement;
  /** Version of the AMI, such as `1.36.0-20261101`. @default - the newest when the group is created or its Kubernetes version changes */
  readonly releaseVersion?: string;
  /** Whether an update goes on when pods cannot be evicted because of a disruption budget. @default false */
  readonly forceUpdate?: boolean;
  /**
   * Name of the group in AWS; under "create-before-destroy" a hash of its content stands behind it.
   * @default - `<cluster>-nodes-<key>`
   */
  readonly nodeGroupName?: string;
}

/** Length of the hash behind a group's name: enough that two contents of one group do not meet. */
const HASH_LENGTH = 8;

/** A third of the nodes at a time: an update of many nodes ends, and most pods run on. */
const MAX_UNAVAILABLE_PERCENTAGE = 33;

/**
 * EC2 instances that EKS runs as nodes of a cluster, in private subnets, for pods that Fargate does not take. Nobody logs
 * in to them by SSH, their volumes are encrypted, and pods do not reach their metadata. EKS tags the group for the
 * Cluster Autoscaler, and Terraform leaves the number of nodes alone once the group is there.
 *
 * Refused at synth: what EKS refuses (instance types of two architectures, sizes, labels, taints and names out of
 * bounds), nodes that could not become ready because the cluster has no `NodeNetworking`, and Windows nodes without Linux
 * ones.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 * @example
 * new NodeNetworking(this, "node-networking", { cluster, oidcProvider });
 * new ManagedNodeGroup(this, "nodes", { cluster, instanceTypes: ["m7g.large"], minSize: 2, maxSize: 6 });
 */
export class ManagedNodeGroup extends Construct {
  /** Name of the group in AWS. */
  readonly nodeGroupName: string;
  /** Name of the Auto Scaling group that holds the instances. */
  readonly autoScalingGroupName: string;
  readonly role: NodeRole;
  /** What the group is, as the cluster sees it. */
  readonly spec: NodeGroupSpec;

  constructor(scope: Construct, id: string, props: ManagedNodeGroupProps) {
    super(scope, id);
    const { cluster, replacement = "recreate" } = props;
    this.spec = specOf(props);
    this.validateProps(props);
    const subnets = privateSubnetsIn(cluster.vpc, props.zones);
    const name = props.nodeGroupName ?? names.nodeGroup(cluster.clusterName, this.spec.key);
    const hashed = replacement === "create-before-destroy";
    refuse(this, [ifKnown(name, (known) => nodeGroupNameProblem(known, hashed, "give another 'nodeGroupName'"))]);
    this.nodeGroupName = hashed ? `${name}-${this.contentHash(props, subnets)}` : name;
    this.role = props.role ?? this.createRole(props);
    const group = this.createGroup(props, name, subnets);
    this.autoScalingGroupName = group.resources.get(0).autoscalingGroups.get(0).name;
    cluster.nodeGroups.add(this.spec, group);
    for (const warning of nodeGroupWarnings(this.spec)) {
      Annotations.of(this).addWarning(warning);
    }
    // The Linux group may come after the Windows one.
    this.node.addValidation({
      validate: () => this.windowsProblems(cluster.nodeGroups.hasLinuxNodes).map(({ message }) => message),
    });
  }

  private validateProps({ cluster, zones, role }: ManagedNodeGroupProps): void {
    const { nodeGroups, vpc } = cluster;
    nodeGroups.validate(this, this.spec);
    const windows = hasWindowsNodes(this.spec);
    refuse(this, [
      ...privateSubnetsProblems(vpc, zones, 1),
      ...this.windowsProblems(true),
      nodeGroups.network === undefined && !nodeGroups.hasOtherNodes
        ? `node group ${quote(this.spec.key)} needs the VPC CNI and kube-proxy, without which its nodes would never be ready; define NodeNetworking before it`
        : undefined,
      windows && nodeGroups.network?.windows !== true
        ? `node group ${quote(this.spec.key)} has Windows nodes, whose pods get no addresses without Windows IPAM; define NodeNetworking with 'windows' true before it`
        : undefined,
      role === undefined || role.windows === windows
        ? undefined
        : `'role' of node group ${quote(this.spec.key)} is for ${role.windows ? "Windows" : "Linux"} nodes, and EKS gives a role access for one operating system; give a NodeRole with 'windows' ${windows}`,
    ]);
  }

  private windowsProblems(linuxNodes: boolean) {
    return windowsProblems(this.spec, linuxNodes, AwsEnvironment.of(this).region);
  }

  private createRole({ cluster, sessionManager = false }: ManagedNodeGroupProps): NodeRole {
    return new NodeRole(this, "role", {
      cluster,
      sessionManager,
      windows: hasWindowsNodes(this.spec),
      roleName: names.nodeRole(cluster.clusterName, this.spec.key),
    });
  }

  private createGroup(props: ManagedNodeGroupProps, name: string, subnets: readonly VpcSubnet[]): EksNodeGroup {
    const { cluster, spot = false, releaseVersion } = props;
    const { launchTemplateId, version } = new NodeLaunchTemplate(this, "launch-template", { name, group: this.spec });
    return new EksNodeGroup(this, "node-group", {
      clusterName: cluster.clusterId,
      nodeGroupName: this.nodeGroupName,
      nodeRoleArn: this.role.roleArn,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      amiType: amiTypeOf(this.spec),
      capacityType: spot ? "SPOT" : "ON_DEMAND",
      instanceTypes: [...this.spec.instanceTypes],
      launchTemplate: { id: launchTemplateId, version },
      scalingConfig: { minSize: props.minSize, maxSize: props.maxSize, desiredSize: desiredSizeOf(props) },
      updateConfig: { maxUnavailablePercentage: props.maxUnavailablePercentage ?? MAX_UNAVAILABLE_PERCENTAGE },
      ...labelsAndTaints(props),
      ...(cluster.version === undefined ? {} : { version: cluster.version }),
      ...(releaseVersion === undefined ? {} : { releaseVersion }),
      ...(props.forceUpdate === undefined ? {} : { forceUpdateVersion: props.forceUpdate }),
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
      lifecycle: {
        ignoreChanges: ["scaling_config[0].desired_size"],
        ...(props.replacement === "create-before-destroy" ? { createBeforeDestroy: true } : {}),
      },
      dependsOn: [...this.role.policies, ...(cluster.nodeGroups.network?.resources ?? [])],
    });
  }

  /**
   * A hash of all that AWS cannot change in a group. Subnets count by their zone and role by its name, because their ids
   * are known to Terraform alone.
   */
  private contentHash({ role, spot = false }: ManagedNodeGroupProps, subnets: readonly VpcSubnet[]): string {
    const content = {
      amiType: amiTypeOf(this.spec),
      instanceTypes: this.spec.instanceTypes,
      spot,
      zones: subnets.map(({ zone }) => zone),
      role: role?.roleName ?? "own",
    };
    return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, HASH_LENGTH);
  }
}

function specOf(props: ManagedNodeGroupProps): NodeGroupSpec {
  const { cluster, role, sessionManager, replacement, releaseVersion, forceUpdate, nodeGroupName, ...group } = props;
  const { key = "default", instanceTypes } = group;
  // For Spot, EC2 chooses among the types whatever their order, and Terraform would replace the group for another one.
  return { ...group, key, instanceTypes: props.spot === true ? [...instanceTypes].sort() : [...instanceTypes] };
}

/** That the AMI exists was checked with the rest of the group. */
function amiTypeOf(spec: NodeGroupSpec): string {
  return amiType(operatingSystemOf(spec), nodeArchitecture(spec), spec.accelerator) ?? "";
}

/** In an order that depends on their content alone, because Kubernetes has none. */
function labelsAndTaints({ labels = {}, taints = [] }: NodeGroupOptions) {
  const sorted = Object.entries(labels).sort(([a], [b]) => compareText(a, b));
  const taint = taints
    .map(({ key, value, effect }) => ({ key, effect, ...(value === undefined ? {} : { value }) }))
    .sort((a, b) => compareText(a.key + a.effect, b.key + b.effect));
  return {
    ...(sorted.length === 0 ? {} : { labels: Object.fromEntries(sorted) }),
    ...(taint.length === 0 ? {} : { taint }),
  };
}
