export { CoreDns, type CoreDnsOptions, type CoreDnsProps } from "./constructs/addons/core-dns";
export { EbsCsiDriver, type EbsCsiDriverOptions, type EbsCsiDriverProps } from "./constructs/addons/ebs-csi-driver";
export {
  NodeNetworking,
  type NodeNetworkingOptions,
  type NodeNetworkingProps,
} from "./constructs/addons/node-networking";
export { AwsEnvironment } from "./constructs/aws-environment";
export { EksCluster, type EksClusterProps } from "./constructs/cluster/eks-cluster";
export { FargateProfiles, type FargateProfilesOptions } from "./constructs/cluster/fargate-profiles";
export type { IEksCluster } from "./constructs/cluster/ieks-cluster";
export type { EksClusterAttributes } from "./constructs/cluster/imported-eks-cluster";
export { NodeGroups, type NodeGroupsOptions } from "./constructs/cluster/node-groups";
export { EncryptionKey, type EncryptionKeyProps } from "./constructs/encryption/encryption-key";
export { InvalidPropsError } from "./constructs/errors";
export {
  FargateProfile,
  type FargateProfileProps,
  type ProfileReplacement,
} from "./constructs/fargate/fargate-profile";
export { PodExecutionRole, type PodExecutionRoleProps } from "./constructs/fargate/pod-execution-role";
export {
  type PolicyConditions,
  type PolicyPrincipal,
  type PolicyStatement,
  policyJson,
} from "./constructs/iam/policy-document";
export {
  AlbControllerRole,
  type AlbControllerRoleOptions,
  type AlbControllerRoleProps,
} from "./constructs/identity/alb-controller-role";
export { IrsaRole, type IrsaRoleProps } from "./constructs/identity/irsa-role";
export {
  type IOidcProvider,
  OidcProvider,
  type OidcProviderAttributes,
  type OidcProviderProps,
} from "./constructs/identity/oidc-provider";
export type { FlowLogsOptions } from "./constructs/network/flow-logs";
export type { VpcAttributes } from "./constructs/network/imported-vpc";
export type { IVpc, VpcSubnet } from "./constructs/network/ivpc";
export { Vpc, type VpcProps } from "./constructs/network/vpc";
export {
  ManagedNodeGroup,
  type ManagedNodeGroupProps,
  type NodeGroupReplacement,
} from "./constructs/nodes/managed-node-group";
export { NodeRole, type NodeRoleProps } from "./constructs/nodes/node-role";
export type { GivenManifests } from "./manifests/given-manifests";
export type { AccessGrant, AccessPolicyGrant } from "./model/access";
export type { NatMode } from "./model/egress";
export type { EksSupport } from "./model/eks-versions";
export type { FargateProfileSpec, NamedFargateProfile } from "./model/fargate-profile";
export type { FargateSelector } from "./model/fargate-selector";
export type { FargateLimits, NodeGroupLimits } from "./model/limits";
export type { NodeGroupOptions, NodeGroupSpec } from "./model/node-group";
export type { SubnetCidrs } from "./model/subnet-layout";
export type { ZoneLookup } from "./model/zones";
export { SettingsError } from "./settings/errors";
export { loadSettings, loadSettingsFile, parseSettings } from "./settings/load";
export { type Settings, settingsSchema } from "./settings/schema";
export { ClusterStack } from "./stacks/cluster-stack";
export { ClusterState, type ClusterStateProps } from "./stacks/cluster-state";
export { FargateFit, type FargateFitProps } from "./stacks/fargate-fit";
export { type BackendSettings, PlatformStack, type PlatformStackProps } from "./stacks/platform-stack";
export { withoutStackTraces } from "./stacks/stack-traces";
export { synthesize } from "./stacks/synthesize";
