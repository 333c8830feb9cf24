import { EksCluster } from "../../constructs/cluster/eks-cluster";
import type { IEksCluster } from "../../constructs/cluster/ieks-cluster";
import { type IOidcProvider, OidcProvider } from "../../constructs/identity/oidc-provider";
import type { VpcAttributes } from "../../constructs/network/imported-vpc";
import { Vpc } from "../../constructs/network/vpc";
import { zoneKeys } from "../../model/zones";
import { namedProfiles } from "../../settings/named-profiles";
import { hasLinuxNodes } from "../../settings/nodes";
import type { Settings } from "../../settings/schema";
import { ClusterState } from "../cluster-state";
import type { PlatformStack } from "../platform-stack";

/** The cluster that features are put on. */
export interface FoundCluster {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
  /** Where the cluster's stack keeps its outputs; nothing for a cluster of somebody else's. */
  readonly state?: ClusterState;
}

/** The cluster of the settings: the one that exists already, or the one that another stack creates. */
export function findCluster(stack: PlatformStack, settings: Settings, clusterStackId: string): FoundCluster {
  const { cluster: { existing } = {}, network } = settings;
  return existing === undefined || network.existing === undefined
    ? clusterOfStack(stack, settings, clusterStackId)
    : existingCluster(stack, settings, existing, network.existing);
}

type ExistingCluster = NonNullable<NonNullable<Settings["cluster"]>["existing"]>;

function existingCluster(
  stack: PlatformStack,
  settings: Settings,
  existing: ExistingCluster,
  vpc: VpcAttributes,
): FoundCluster {
  const { oidcProviderArn, nodes: _, ...attributes } = existing;
  const cluster = EksCluster.fromAttributes(stack, "cluster", {
    ...attributes,
    ...whatSettingsKnow(settings),
    vpc: Vpc.fromAttributes(stack, "vpc", vpc),
  });
  return {
    cluster,
    oidcProvider: OidcProvider.fromAttributes({ providerArn: oidcProviderArn, issuer: existing.oidcIssuer }),
  };
}

function clusterOfStack(stack: PlatformStack, settings: Settings, stackId: string): FoundCluster {
  const { network, backend = { type: "local" } } = settings;
  const state = new ClusterState(stack, "cluster-state", { stackId, backend });
  const zones =
    network.existing === undefined
      ? zoneKeys(network.zones ?? [])
      : Object.keys(network.existing.privateSubnetIds ?? {});
  const cluster = EksCluster.fromAttributes(stack, "cluster", {
    ...whatSettingsKnow(settings),
    endpoint: state.text("cluster_endpoint"),
    certificateAuthority: state.text("cluster_certificate_authority"),
    oidcIssuer: state.text("cluster_oidc_issuer"),
    clusterSecurityGroupId: state.text("cluster_security_group_id"),
    vpc: state.vpc(zones),
  });
  return {
    cluster,
    oidcProvider: OidcProvider.fromAttributes({
      providerArn: state.text("oidc_provider_arn"),
      issuer: cluster.oidcIssuer,
    }),
    state,
  };
}

function whatSettingsKnow(settings: Settings) {
  return {
    clusterName: settings.name,
    fargate: settings.fargate,
    fargateProfiles: namedProfiles(settings),
    nodes: hasLinuxNodes(settings),
  };
}
