import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { nameProblem, names } from "../../model/names";
import {
  type PlannedRule,
  type PodTraffic,
  plannedRules,
  podSecurityGroupKeyProblem,
  podTrafficProblems,
} from "../../model/security-group-rules";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { ifKnown, isKnown, refuse } from "../errors";

/** What a `PodSecurityGroup` is told. */
export interface PodSecurityGroupProps extends PodTraffic {
  readonly cluster: IEksCluster;
  /** Name among the cluster's pod security groups. */
  readonly key: string;
}

/**
 * A security group for pods, which have it instead of the cluster's, so that a database can let in these pods and no
 * others. It comes with the rules without which a pod on Fargate resolves no names, is taken for dead by its probes
 * and does not reach the Kubernetes API; some of them stand on the cluster's security group.
 *
 * Pods get it when they start, and AWS deletes it only when no pod has it any more.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 * @example
 * new PodSecurityGroup(this, "orders", { cluster, key: "orders", ports: [8080] });
 */
export class PodSecurityGroup extends Construct {
  /** Name among the cluster's pod security groups. */
  readonly key: string;
  readonly securityGroupId: string;
  /** All security groups of the pods, their own first. */
  readonly securityGroupIds: readonly string[];
  /** What has to be there before a pod starts with the group. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PodSecurityGroupProps) {
    super(scope, id);
    const { cluster, key, additionalSecurityGroupIds = [] } = props;
    const name = names.podSecurityGroup(cluster.clusterName, key);
    refuse(this, [
      podSecurityGroupKeyProblem(key),
      ifKnown(name, (known) => nameProblem("securityGroup", known, "choose a shorter 'key'")),
      ...podTrafficProblems(props, isKnown),
    ]);
    this.key = key;
    this.securityGroupId = new SecurityGroup(this, "security-group", {
      name,
      description: `Pods of EKS cluster ${cluster.clusterName}`,
      vpcId: cluster.vpc.vpcId,
      tags: { Name: name },
    }).id;
    this.securityGroupIds = [this.securityGroupId, ...[...additionalSecurityGroupIds].sort()];
    this.ready = plannedRules(props).map((rule) => this.createRule(rule, name, cluster));
  }

  private createRule(rule: PlannedRule, name: string, { clusterSecurityGroupId }: IEksCluster): ITerraformDependable {
    const groups = { pods: this.securityGroupId, cluster: clusterSecurityGroupId };
    const { peer, on, protocol, port } = rule;
    const cidr = typeof peer === "string" ? undefined : peer.cidr;
    const group = typeof peer === "string" ? groups[peer] : peer.securityGroupId;
    const config = {
      securityGroupId: groups[on],
      description: on === "cluster" ? `${rule.description}, ${name}` : rule.description,
      ipProtocol: protocol === "all" ? "-1" : protocol,
      ...(port === undefined ? {} : { fromPort: port.from, toPort: port.to }),
      ...(cidr === undefined ? {} : { cidrIpv4: cidr }),
      ...(group === undefined ? {} : { referencedSecurityGroupId: group }),
    };
    return rule.direction === "ingress"
      ? new VpcSecurityGroupIngressRule(this, rule.key, config)
      : new VpcSecurityGroupEgressRule(this, rule.key, config);
  }
}
