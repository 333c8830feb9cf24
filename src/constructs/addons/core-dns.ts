import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { Construct } from "constructs";
import { NO_ROOM_ON_NODES, takesCoreDns } from "../../model/fargate-profile";
import { quote } from "../../model/problem";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { refuse } from "../errors";

/** What a `CoreDns` may be told beside its cluster. */
export interface CoreDnsOptions {
  /** How many pods. @default 2 */
  readonly replicas?: number;
  /** Version of the add-on, such as `v1.12.1-eksbuild.2`. @default - AWS's default for the cluster's version */
  readonly addonVersion?: string;
}

/** What a `CoreDns` is told. */
export interface CoreDnsProps extends CoreDnsOptions {
  readonly cluster: IEksCluster;
}

/**
 * 0.25 vCPU and 256 MB: with the 256 MiB that Fargate adds, a pod fills the smallest size (0.25 vCPU, 0.5 GB) and does
 * not reach the next. Limits equal requests, as Fargate does not burst.
 *
 * Source: Amazon EKS User Guide, "Get started with AWS Fargate for your cluster" and "Fargate Pod configuration".
 */
const RESOURCES = { cpu: "0.25", memory: "256M" } as const;

/**
 * The CoreDNS add-on, where the cluster has room for it: on Fargate when a profile takes its pods, else on nodes. It
 * waits for that profile or those nodes, without which it would never become ready.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/coredns-add-on-create.html
 */
export class CoreDns extends Construct {
  constructor(scope: Construct, id: string, { cluster, replicas = 2, addonVersion }: CoreDnsProps) {
    super(scope, id);
    const { fargateProfiles, nodeGroups } = cluster;
    const onFargate = fargateProfiles.specs.some(takesCoreDns);
    refuse(this, [
      Number.isInteger(replicas) && replicas >= 1
        ? undefined
        : `'replicas' must be a whole number of at least 1, got ${quote(replicas)}`,
      onFargate || nodeGroups.haveRoomForAddOns ? undefined : noPlace(nodeGroups.specs.length > 0),
    ]);
    const profile = fargateProfiles.coreDnsProfile();
    const place = onFargate ? (profile === undefined ? [] : [profile]) : nodeGroups.groupsForAddOns();
    new EksAddon(this, "addon", {
      clusterName: cluster.clusterId,
      addonName: "coredns",
      ...(addonVersion === undefined ? {} : { addonVersion }),
      configurationValues: JSON.stringify({
        ...(onFargate ? { computeType: "Fargate" } : {}),
        replicaCount: replicas,
        // On nodes the add-on's own are right.
        ...(onFargate ? { resources: { limits: RESOURCES, requests: RESOURCES } } : {}),
      }),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(place.length === 0 ? {} : { dependsOn: place }),
    });
  }
}

function noPlace(nodes: boolean): string {
  const selector = `a selector { namespace: "kube-system" } (or with labels k8s-app=kube-dns) to a profile`;
  return nodes
    ? `no Fargate profile defined so far takes the pods of CoreDNS, which would stay Pending, and ${NO_ROOM_ON_NODES}; add ${selector}, or a node group that has room for them, and define it before CoreDNS`
    : `no Fargate profile defined so far takes the pods of CoreDNS, which would stay Pending; add ${selector}, and define it before CoreDNS`;
}
