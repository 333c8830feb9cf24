export { AlbController, type AlbControllerOptions, type AlbControllerProps } from "./constructs/addons/alb-controller";
export {
  ClusterAutoscaler,
  type ClusterAutoscalerOptions,
  type ClusterAutoscalerProps,
} from "./constructs/addons/cluster-autoscaler";
export { ExternalDns, type ExternalDnsOptions, type ExternalDnsProps } from "./constructs/addons/external-dns";
export { IngressNginx, type IngressNginxOptions, type IngressNginxProps } from "./constructs/addons/ingress-nginx";
export {
  KubeDownscaler,
  type KubeDownscalerOptions,
  type KubeDownscalerProps,
} from "./constructs/addons/kube-downscaler";
export {
  KubeResourceReport,
  type KubeResourceReportOptions,
  type KubeResourceReportProps,
} from "./constructs/addons/kube-resource-report";
export {
  MetricsServer,
  type MetricsServerOptions,
  type MetricsServerProps,
} from "./constructs/addons/metrics-server";
export { VpaController, type VpaControllerOptions, type VpaControllerProps } from "./constructs/addons/vpa-controller";
export { CronJob, type CronJobProps } from "./constructs/kubernetes/cron-job";
export { CustomObjects, type CustomObjectsProps, type KubernetesObject } from "./constructs/kubernetes/custom-objects";
export { Deployment, type DeploymentProps } from "./constructs/kubernetes/deployment";
export { type ChartValues, HelmChart, type HelmChartProps } from "./constructs/kubernetes/helm-chart";
export {
  type KubeconfigAccess,
  KubernetesProviders,
  type KubernetesProvidersProps,
} from "./constructs/kubernetes/kubernetes-providers";
export { type MirrorOptions, Mirrors } from "./constructs/kubernetes/mirrors";
export type { PodControllerProps } from "./constructs/kubernetes/pod-controller";
export { Service, type ServiceProps } from "./constructs/kubernetes/service";
export { StatefulSet, type StatefulSetProps } from "./constructs/kubernetes/stateful-set";
export { ClusterAlarms, type ClusterAlarmsProps } from "./constructs/observability/cluster-alarms";
export {
  ClusterDashboard,
  type ClusterDashboardOptions,
  type ClusterDashboardProps,
} from "./constructs/observability/cluster-dashboard";
export {
  ContainerInsights,
  type ContainerInsightsOptions,
  type ContainerInsightsProps,
} from "./constructs/observability/container-insights";
export { FargateLogging, type FargateLoggingProps } from "./constructs/observability/fargate-logging";
export { PodSecurityGroup, type PodSecurityGroupProps } from "./constructs/security/pod-security-group";
export { SecurityGroupPolicy, type SecurityGroupPolicyProps } from "./constructs/security/security-group-policy";
export {
  EbsStorageClass,
  type EbsStorageClassProps,
} from "./constructs/storage/ebs-storage-class";
export { EfsClaim, type EfsClaimProps } from "./constructs/storage/efs-claim";
export { EfsStorage, type EfsStorageOptions, type EfsStorageProps } from "./constructs/storage/efs-storage";
export { AlbIngress, type AlbIngressProps } from "./constructs/traffic/alb-ingress";
export { Certificate, type CertificateOptions, type CertificateProps } from "./constructs/traffic/certificate";
export {
  HostedZone,
  type HostedZoneAttributes,
  type HostedZoneProps,
  type IHostedZone,
} from "./constructs/traffic/hosted-zone";
export type { IAlbController } from "./constructs/traffic/ialb-controller";
export { LoadBalancerGuard, type LoadBalancerGuardProps } from "./constructs/traffic/load-balancer-guard";
export { NlbService, type NlbServiceProps } from "./constructs/traffic/nlb-service";
export { WebAcl, type WebAclProps } from "./constructs/traffic/web-acl";
export type { WebAclLogsOptions } from "./constructs/traffic/web-acl-logs";
export { BatchCronJob, type BatchCronJobProps } from "./constructs/workloads/batch-cron-job";
export { BatchJob, type BatchJobProps } from "./constructs/workloads/batch-job";
export {
  HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerProps,
} from "./constructs/workloads/horizontal-pod-autoscaler";
export { Tenant, type TenantOptions, type TenantProps, type TenantServiceAccount } from "./constructs/workloads/tenant";
export { VerticalPodAutoscaler, type VerticalPodAutoscalerProps } from "./constructs/workloads/vertical-pod-autoscaler";
export type { AlarmKey, AlarmOptions, AlarmsOptions } from "./model/alarms";
export type { AlbIngressSpec, IngressBackend, IngressPaths } from "./model/alb-ingress";
export type { HorizontalScaling, ScaleTarget, ScalingBehavior, ScalingPolicy, ScalingRules } from "./model/autoscaling";
export type { CronJobOptions, JobOptions } from "./model/batch";
export type { ChartChoice, PublishedChart } from "./model/charts";
export type { ContainerSpec, MountSpec, PortSpec, SecretSource } from "./model/container-spec";
export type { EbsStorageClassOptions } from "./model/ebs-storage-class";
export type { AccessPoint, EfsLifecycle, EfsThroughput } from "./model/efs";
export type {
  CloudWatchOutput,
  FargateLoggingOptions,
  FirehoseOutput,
  KinesisOutput,
  LoggingConfigMap,
  LogMetadata,
  LogOutput,
  OpenSearchOutput,
} from "./model/fargate-logging-options";
export type { HealthProbe } from "./model/health-probe";
export type { Image, ImageChoice } from "./model/images";
export type { NlbPort, NlbServiceSpec } from "./model/nlb-service";
export type { PodTemplate } from "./model/pod-template";
export type { PodVolume } from "./model/pod-volume";
export type { PodTraffic, PortRange, TrafficPeer, TrafficRule } from "./model/security-group-rules";
export type { ServicePort, ServiceSpec } from "./model/service";
export type { ContainerDefaults, PodSecurity, TenantAccess, TenantQuota } from "./model/tenant";
export type { AllowedAmounts, VerticalScaling, VerticalUpdateMode } from "./model/vertical-scaling";
export type { ManagedRuleGroupOptions, RateLimit, WebAclOptions } from "./model/web-acl";
export { InClusterStack } from "./stacks/in-cluster-stack";
