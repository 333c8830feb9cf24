import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { DEFAULT_NODE_GROUP_LIMITS, type NodeGroupLimits } from "../../model/limits";
import { hasRoomForAddOns, hasWindowsNodes, type NodeGroupSpec } from "../../model/node-group";
import { nodeGroupProblems, nodeGroupSetProblems } from "../../model/node-group-rules";
import { isKnown, refuse } from "../errors";

/** What all node groups of a cluster have in common. */
export interface NodeGroupsOptions {
  /** Quotas of the account, where AWS has raised them. @default - AWS's defaults: 30 groups, 450 nodes in each */
  readonly limits?: Partial<NodeGroupLimits>;
}

/** What the nodes of a cluster have for their pods' network. */
export interface NodeNetwork {
  /** What nodes wait for, so that they become ready. */
  readonly resources: readonly ITerraformDependable[];
  /** Whether pods on Windows nodes get addresses. */
  readonly windows: boolean;
}

interface Entry {
  readonly group: NodeGroupSpec;
  readonly resource: ITerraformDependable;
}

/** The node groups of one cluster. Node groups add themselves. */
export class NodeGroups {
  private readonly entries: Entry[] = [];
  private readonly limits: NodeGroupLimits;
  private nodeNetwork: NodeNetwork | undefined;

  /** @param others whether the cluster has Linux nodes that this app does not define */
  constructor(
    private readonly others = false,
    options: NodeGroupsOptions = {},
  ) {
    this.limits = { ...DEFAULT_NODE_GROUP_LIMITS, ...options.limits };
  }

  /** What the groups are, in the order in which they were added. */
  get specs(): NodeGroupSpec[] {
    return this.entries.map(({ group }) => group);
  }

  /** Whether pods without a Fargate profile have Linux nodes to run on. */
  get hasLinuxNodes(): boolean {
    return this.others || this.entries.some(({ group }) => !hasWindowsNodes(group));
  }

  /** What gives pods on the nodes their network, once it is there; that of nodes that are there already is not known. */
  get network(): NodeNetwork | undefined {
    return this.nodeNetwork;
  }

  /** Whether the cluster has nodes whose network this app does not define. */
  get hasOtherNodes(): boolean {
    return this.others;
  }

  /**
   * Refuses a group that EKS would refuse. Call it before the group is created.
   *
   * @param scope construct whose path the message names
   * @throws InvalidPropsError with every problem
   */
  validate(scope: Construct, spec: NodeGroupSpec): void {
    refuse(scope, [
      ...nodeGroupProblems(spec, this.limits, isKnown),
      ...nodeGroupSetProblems(spec, this.specs, this.limits),
    ]);
  }

  add(group: NodeGroupSpec, resource: ITerraformDependable): void {
    this.entries.push({ group, resource });
  }

  /** @throws InvalidPropsError when the cluster has one already, as it takes each add-on once */
  addNetwork(scope: Construct, network: NodeNetwork): void {
    refuse(scope, [
      this.nodeNetwork === undefined
        ? undefined
        : "the cluster has the network add-ons of its nodes already, and takes each add-on once; make one NodeNetworking for all node groups",
    ]);
    this.nodeNetwork = network;
  }

  /** Whether the pods of AWS's add-ons find a place on nodes. */
  get haveRoomForAddOns(): boolean {
    return this.others || this.entries.some(({ group }) => hasRoomForAddOns(group));
  }

  /** The groups of this stack that the pods of AWS's add-ons run on. */
  groupsForAddOns(): ITerraformDependable[] {
    return this.entries.filter(({ group }) => hasRoomForAddOns(group)).map(({ resource }) => resource);
  }
}
