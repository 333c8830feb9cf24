export { AccessLogBucket, type AccessLogBucketProps } from "./constructs/ecs/access-log-bucket";
export {
  ApplicationLoadBalancer,
  type ApplicationLoadBalancerOptions,
  type ApplicationLoadBalancerProps,
} from "./constructs/ecs/application-load-balancer";
export {
  CloudMapNamespace,
  type CloudMapNamespaceKind,
  type CloudMapNamespaceOptions,
  type CloudMapNamespaceProps,
  type ICloudMapNamespace,
} from "./constructs/ecs/cloud-map-namespace";
export type { ServiceDiscoveryProps } from "./constructs/ecs/cloud-map-service";
export {
  ContainerRepository,
  type ContainerRepositoryAttributes,
  type ContainerRepositoryProps,
  type IContainerRepository,
} from "./constructs/ecs/container-repository";
export type { Ec2Capacity } from "./constructs/ecs/ec2-capacity";
export { Ec2Service, type Ec2ServiceOptions, type Ec2ServiceProps } from "./constructs/ecs/ec2-service";
export { Ec2TaskDefinition, type Ec2TaskDefinitionProps } from "./constructs/ecs/ec2-task-definition";
export { EcsCluster, type EcsClusterProps } from "./constructs/ecs/ecs-cluster";
export type { ExternalInstances } from "./constructs/ecs/external-instances";
export { FargateService, type FargateServiceOptions, type FargateServiceProps } from "./constructs/ecs/fargate-service";
export { FargateTaskDefinition, type FargateTaskDefinitionProps } from "./constructs/ecs/fargate-task-definition";
export type { ExecLogging, IEcsCluster } from "./constructs/ecs/iecs-cluster";
export type { BlueGreenTarget, IEcsService, ServiceTarget } from "./constructs/ecs/iecs-service";
export type { EcsClusterAttributes } from "./constructs/ecs/imported-ecs-cluster";
export type { ITaskDefinition, TaskLaunch } from "./constructs/ecs/itask-definition";
export {
  LoadBalancedService,
  type LoadBalancedServiceOptions,
  type LoadBalancedServiceProps,
  type LoadBalancer,
  type OwnLoadBalancer,
} from "./constructs/ecs/load-balanced-service";
export {
  NetworkLoadBalancer,
  type NetworkLoadBalancerOptions,
  type NetworkLoadBalancerProps,
} from "./constructs/ecs/network-load-balancer";
export { PullThroughCache, type PullThroughCacheProps } from "./constructs/ecs/pull-through-cache";
export { RegistryScanning } from "./constructs/ecs/registry-scanning";
export type { ServiceOptions, ServiceProps } from "./constructs/ecs/service-base";
export type { ServiceConnectProps } from "./constructs/ecs/service-connect";
export { ServiceScaling, type ServiceScalingProps } from "./constructs/ecs/service-scaling";
export type { AppRunnerDomainOptions } from "./constructs/serverless/app-runner-domain";
export { AppRunnerService, type AppRunnerServiceProps } from "./constructs/serverless/app-runner-service";
export {
  BeanstalkContainerApp,
  type BeanstalkContainerAppProps,
} from "./constructs/serverless/beanstalk-container-app";
export { EventRule, type EventRuleProps, type EventTarget } from "./constructs/serverless/event-rule";
export { EventTask, type EventTaskProps, type EventTaskTarget } from "./constructs/serverless/event-task";
export {
  LightsailContainerService,
  type LightsailContainerServiceProps,
} from "./constructs/serverless/lightsail-container-service";
export { QueueWorker, type QueueWorkerOptions, type QueueWorkerProps } from "./constructs/serverless/queue-worker";
export type { NetworkedRun, RunTaskNetwork, RunTaskNetworkProps } from "./constructs/serverless/run-task-network";
export { Schedule, type ScheduleProps, type ScheduleTarget } from "./constructs/serverless/schedule";
export { type IScheduleGroup, ScheduleGroup, type ScheduleGroupProps } from "./constructs/serverless/schedule-group";
export { ScheduledTask, type ScheduledTaskProps } from "./constructs/serverless/scheduled-task";
export {
  type ITaskQueue,
  type QueueGrantee,
  TaskQueue,
  type TaskQueueAttributes,
  type TaskQueueProps,
} from "./constructs/serverless/task-queue";
export {
  TaskWorkflow,
  type TaskWorkflowOptions,
  type TaskWorkflowProps,
  type WorkflowEvent,
  type WorkflowSchedule,
} from "./constructs/serverless/task-workflow";
export type { TaskWorkflowLogsOptions } from "./constructs/serverless/task-workflow-logs";
export {
  EfsStorage,
  type EfsStorageOptions,
  type EfsStorageProps,
  type FileSystemCluster,
} from "./constructs/storage/efs-storage";
export { Certificate, type CertificateOptions, type CertificateProps } from "./constructs/traffic/certificate";
export {
  HostedZone,
  type HostedZoneAttributes,
  type HostedZoneProps,
  type IHostedZone,
} from "./constructs/traffic/hosted-zone";
export { WebAcl, type WebAclProps } from "./constructs/traffic/web-acl";
export type { WebAclLogsOptions } from "./constructs/traffic/web-acl-logs";
export type { AccessLogsOptions } from "./model/access-logs";
export type { AppRunnerScaling } from "./model/app-runner";
export type { AppRunnerSize } from "./model/app-runner-sizes";
export type {
  BeanstalkManagedUpdates,
  BeanstalkOptions,
  BeanstalkScaling,
  BeanstalkUpdates,
  BeanstalkVolume,
} from "./model/beanstalk";
export type { ContainerLogging, LogDriver } from "./model/container-logging";
export type { ContainerRepositoryOptions, RepositoryRules } from "./model/container-repository";
export type { ContainerSpec, MountSpec, PortSpec, SecretSource } from "./model/container-spec";
export type {
  CanaryShift,
  CircuitBreaker,
  DeploymentAlarms,
  DeploymentOptions,
  DeploymentStrategy,
  LifecycleHook,
  LifecycleStage,
  LinearShift,
} from "./model/deployment";
export type { LifecycleRule } from "./model/ecr-lifecycle";
export type { RegistryScanningOptions } from "./model/ecr-scanning";
export type { CapacityMix, CapacityProvider, CapacityShare, InstanceMachine } from "./model/ecs-capacity";
export type {
  EcsClusterOptions,
  EcsContainerInsights,
  ExecLoggingOptions,
  ManagedStorageOptions,
} from "./model/ecs-cluster";
export type { ExternalInstancesOptions } from "./model/ecs-external";
export type { InstanceGroupOptions, ManagedScaling } from "./model/ecs-instances";
export type { TagSource } from "./model/ecs-service";
export type { TaskNetworkOptions } from "./model/ecs-service-network";
export type { PlacementOptions, PlacementStrategy, Scheduling } from "./model/ecs-service-placement";
export type { AnythingBut, EventMatcher, EventPattern } from "./model/event-pattern";
export { imagePushed, type ObjectKeys, objectCreated } from "./model/event-patterns";
export type { EventInput, EventRuleOptions, EventTaskRun } from "./model/event-task";
export type { FireLens, FireLensOutput } from "./model/fire-lens";
export type { HealthProbe } from "./model/health-probe";
export { HOMES, type Home, type HomeContainer, type HomeName } from "./model/homes/home-data";
export { homeProblems, homesFor } from "./model/homes/homes";
export type { LightsailCertificate, LightsailEndpoint } from "./model/lightsail";
export type { LightsailPowerName } from "./model/lightsail-powers";
export type { RuleConditions } from "./model/listener-rules";
export type { LoadBalancerLimits } from "./model/load-balancer";
export type { PullThroughCacheOptions, UpstreamRegistry } from "./model/pull-through-cache";
export type { DeadLetterOptions, FifoOptions, QueueOptions } from "./model/queue";
export type { AgeAlarm, QueueAlarmsOptions } from "./model/queue-alarms";
export type { BacklogScaling } from "./model/queue-worker";
export type { ContainerOverride, FromField, RunTaskOptions } from "./model/run-task";
export type { RunTaskNetworkOptions } from "./model/run-task-network";
export type { MetricMath, RequestCounter, ScalingMetric, WatchedMetric } from "./model/scaling-metrics";
export type { PredictiveScaling, TargetTracking } from "./model/scaling-policies";
export type { ScheduledScaling } from "./model/scaling-schedule";
export type { ScalingStep, StepScaling } from "./model/scaling-steps";
export type { ScheduledTaskOptions } from "./model/scheduled-task";
export type { DeadLetterQueueOptions, DeadLetters, ExistingDeadLetterQueue } from "./model/scheduler-dead-letters";
export type { InvocationRetries, ScheduleOptions } from "./model/scheduler-schedule";
export type { TrafficRule } from "./model/security-group-rules";
export type { ServiceConnectEndpoint, ServiceConnectOptions, ServiceDiscoveryOptions } from "./model/service-connect";
export type { ServiceScalingLimits, ServiceScalingOptions } from "./model/service-scaling";
export type { CatchRule, RetryRule } from "./model/state-machine-retries";
export type { HealthCheckOptions, StickinessOptions, TargetOptions } from "./model/target-group";
export type { DependencyCondition, OpenFiles, RestartPolicy, TaskContainer, TaskPort } from "./model/task-container";
export type { TaskLogs } from "./model/task-definition";
export type { CpuArchitecture, OperatingSystem } from "./model/task-platform";
export type { TaskSize } from "./model/task-size";
export type { DockerVolume, EfsVolume, TaskVolume } from "./model/task-volume";
export type {
  ChoiceRule,
  ChoiceStep,
  FailStep,
  MapStep,
  ParallelStep,
  SucceedStep,
  TaskStep,
  WaitStep,
  WorkflowDefinition,
  WorkflowStep,
} from "./model/task-workflow-steps";
export type { WorkflowInput } from "./model/workflow-start";
export type { EcsSettings } from "./settings/ecs/schema";
export { loadEcsSettingsFile, parseEcsSettings } from "./settings/load";
export { EcsStack } from "./stacks/ecs-stack";
