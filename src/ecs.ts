export { EcsCluster, type EcsClusterProps } from "./constructs/ecs/ecs-cluster";
export { FargateService, type FargateServiceProps } from "./constructs/ecs/fargate-service";
export { FargateTaskDefinition, type FargateTaskDefinitionProps } from "./constructs/ecs/fargate-task-definition";
export type { ExecLogging, IEcsCluster } from "./constructs/ecs/iecs-cluster";
export type { BlueGreenTarget, IEcsService, RequestCounter, ServiceTarget } from "./constructs/ecs/iecs-service";
export type { ITaskDefinition, TaskLaunch } from "./constructs/ecs/itask-definition";
export { EfsStorage, type EfsStorageOptions, type EfsStorageProps } from "./constructs/storage/efs-storage";
export { Certificate, type CertificateOptions, type CertificateProps } from "./constructs/traffic/certificate";
export {
  HostedZone,
  type HostedZoneAttributes,
  type HostedZoneProps,
  type IHostedZone,
} from "./constructs/traffic/hosted-zone";
export { WebAcl, type WebAclProps } from "./constructs/traffic/web-acl";
export type { WebAclLogsOptions } from "./constructs/traffic/web-acl-logs";
export type { ContainerSpec, MountSpec, PortSpec, SecretSource } from "./model/container-spec";
export type { CapacityMix, CapacityProvider, CapacityShare } from "./model/ecs-capacity";
export type { HealthProbe } from "./model/health-probe";
export type { EcsSettings } from "./settings/ecs/schema";
export { loadEcsSettingsFile, parseEcsSettings } from "./settings/load";
export { EcsStack } from "./stacks/ecs-stack";
