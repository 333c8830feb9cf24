import { quote } from "./problem";

/**
 * Every name that the project gives to something in AWS, derived here and nowhere else, with AWS's own limits.
 */
export const names = {
  clusterRole: (cluster: string) => `${cluster}-cluster`,
  clusterKey: (cluster: string) => `${cluster}-eks`,
  controlPlaneLogGroup: (cluster: string) => `/aws/eks/${cluster}/cluster`,
  fargateProfile: (cluster: string, key: string) => `${cluster}-fargate-${key}`,
  sharedPodExecutionRole: (cluster: string) => `${cluster}-pod-execution`,
  podExecutionRole: (cluster: string, key: string) => `${cluster}-fargate-${key}`,
  irsaRole: (cluster: string, key: string) => `${cluster}-irsa-${key}`,
  // No name of a tenant has a dot, so that no two roles share a name.
  tenantRole: (cluster: string, tenant: string, serviceAccount: string) => `${cluster}-${tenant}.${serviceAccount}`,
  albControllerRole: (cluster: string) => `${cluster}-irsa`,
  albControllerPolicy: () => "ALBIngressControllerIAMPolicy",
  nodeGroup: (cluster: string, key: string) => `${cluster}-nodes-${key}`,
  sharedNodeRole: (cluster: string) => `${cluster}-nodes`,
  sharedWindowsNodeRole: (cluster: string) => `${cluster}-nodes-windows`,
  nodeRole: (cluster: string, key: string) => `${cluster}-nodes-${key}`,
  vpcCniRole: (cluster: string) => `${cluster}-vpc-cni`,
  ebsCsiDriverRole: (cluster: string) => `${cluster}-ebs-csi-driver`,
  subnet: (vpc: string, tier: string, zone: string) => `${vpc}-${tier}-${zone}`,
  natGateway: (vpc: string, zone: string) => `${vpc}-nat-${zone}`,
  flowLogs: (vpc: string) => `${vpc}-flow-logs`,
  flowLogGroup: (vpc: string) => `/aws/vpc/${vpc}/flow-logs`,
  vpcEndpoint: (vpc: string, service: string) => `${vpc}-${service}`,
  endpointSecurityGroup: (vpc: string) => `${vpc}-vpc-endpoints`,
  webAcl: (cluster: string) => `${cluster}-ingress`,
  webAclAddresses: (webAcl: string, list: string) => `${webAcl}-${list}`,
  webAclLogs: (webAcl: string) => `${webAcl}-waf-logs`,
  webAclLogGroup: (webAcl: string) => `aws-waf-logs-${webAcl}`,
  fileSystem: (cluster: string, key: string) => `${cluster}-efs-${key}`,
  accessPoint: (fileSystem: string, key: string) => `${fileSystem}-${key}`,
  // Kubernetes has these for the whole cluster; the class is called as AWS's guide calls it.
  efsStorageClass: (key: string) => (key === "default" ? "efs-sc" : `efs-sc-${key}`),
  efsVolume: (key: string, accessPoint: string, namespace: string) => `efs-${key}.${accessPoint}.${namespace}`,
  podSecurityGroup: (cluster: string, key: string) => `${cluster}-pods-${key}`,
  // Dashboards of an account share their names across Regions.
  dashboard: (cluster: string, region: string) => `${cluster}-${region}`,
  alarm: (cluster: string, key: string) => `${cluster}-${key}`,
  scalingPolicy: (service: string, key: string) => `${service}-${key}`,
  scheduledAction: (service: string, key: string) => `${service}-${key}`,
  taskQueue: (cluster: string, key: string) => `${cluster}-${key}`,
  queueAlarm: (queue: string, key: string) => `${queue}-${key}`,
  // Alarms of an account share their names, services of a cluster theirs.
  scalingAlarm: (cluster: string, service: string, key: string) =>
    `${service.startsWith(`${cluster}-`) ? service : `${cluster}-${service}`}-${key}`,
  fargateLogging: (cluster: string) => `${cluster}-fargate-logging`,
  podLogGroup: (cluster: string, output: string) => `/aws/eks/${cluster}/fargate/${output}`,
  // Chosen by Fargate.
  processLogGroup: (cluster: string) => `${cluster}-fluent-bit-logs`,
  containerInsights: (cluster: string) => `${cluster}-container-insights`,
  externalDnsRole: (cluster: string) => `${cluster}-external-dns`,
  clusterAutoscalerRole: (cluster: string) => `${cluster}-cluster-autoscaler`,
  containerInsightsLogGroup: (cluster: string) => `/aws/containerinsights/${cluster}/performance`,
  // Not under /aws/ecs/, where a task definition could have the same name.
  ecsExecLogGroup: (cluster: string) => `/aws/ecs-exec/${cluster}`,
  ecsExecKey: (cluster: string) => `${cluster}-ecs-exec`,
  fargateStorageKey: (cluster: string) => `${cluster}-fargate-storage`,
  ecsCapacityProvider: (cluster: string, key: string) => `${cluster}-${key}`,
  containerInstances: (capacityProvider: string) => `${capacityProvider}-instances`,
  externalInstances: (cluster: string) => `${cluster}-external-instances`,
  ecsLogGroup: (cluster: string, family: string) => `/aws/ecs/${cluster}/${family}`,
  taskFamily: (cluster: string, key: string) => `${cluster}-${key}`,
  ecsService: (cluster: string, key: string) => `${cluster}-${key}`,
  ecsServiceSecurityGroup: (service: string) => `${service}-tasks`,
  cloudMapNamespace: (cluster: string) => `${cluster}.internal`,
  deploymentHookRole: (service: string, hook: string) => `${service}-hook-${hook}`,
  ecsWebAcl: (cluster: string) => `${cluster}-ecs`,
  loadBalancer: (service: string) => service,
  loadBalancerSecurityGroup: (loadBalancer: string) => `${loadBalancer}-load-balancer`,
  loadBalancerRole: (service: string) => `${service}-load-balancer`,
  // Buckets share their names across accounts and Regions.
  accessLogBucket: (loadBalancer: string, account: string, region: string) =>
    `${loadBalancer.toLowerCase()}-logs-${account}-${region}`,
  // Services of two clusters may share a name.
  serviceConnectLogGroup: (cluster: string, service: string) => `/aws/ecs/${cluster}/${service}/service-connect`,
  taskRole: (family: string) => `${family}-task`,
  taskExecutionRole: (family: string) => `${family}-execution`,
  scheduleGroup: (cluster: string) => cluster,
  scheduledTask: (cluster: string, key: string) => `${cluster}-${key}`,
  scheduleRole: (schedule: string) => `${schedule}-schedule`,
  scheduleDeadLetters: (schedule: string) => `${schedule}-schedule-dead-letters`,
  scheduleSecurityGroup: (schedule: string) => `${schedule}-schedule-tasks`,
  eventTask: (cluster: string, key: string) => `${cluster}-${key}`,
  eventRole: (rule: string) => `${rule}-event`,
  eventDeadLetters: (rule: string) => `${rule}-event-dead-letters`,
  eventSecurityGroup: (rule: string) => `${rule}-event-tasks`,
  workflow: (cluster: string, key: string) => `${cluster}-${key}`,
  workflowRole: (stateMachine: string) => `${stateMachine}-workflow`,
  workflowSecurityGroup: (stateMachine: string) => `${stateMachine}-workflow-tasks`,
  // Of a policy that has room for all groups with this beginning.
  workflowLogGroup: (stateMachine: string) => `/aws/vendedlogs/states/${stateMachine}`,
  workflowStart: (stateMachine: string, key: string) => `${stateMachine}-${key}`,
  beanstalkApplication: (app: string, key: string) => `${app}-${key}`,
  beanstalkServiceRole: (environment: string) => `${environment}-beanstalk`,
  beanstalkInstanceRole: (environment: string) => `${environment}-beanstalk-instance`,
  beanstalkExecutionRole: (environment: string) => `${environment}-beanstalk-execution`,
  // Beanstalk puts the logs of an environment's instances beside it.
  beanstalkLogGroup: (environment: string) => `/aws/elasticbeanstalk/${environment}/containers`,
  beanstalkBucket: (environment: string, account: string, region: string) =>
    `${environment.toLowerCase()}-bundles-${account}-${region}`,
  containerRepository: (app: string, key: string) => `${app}/${key}`,
  // An alias of KMS has no dot, and a repository no three underscores in a row.
  repositoryKey: (repository: string) => `${repository.replaceAll(".", "___")}-ecr`,
  // A policy of IAM has no slash, and a repository no plus.
  repositoryPull: (repository: string) => `ecr-pull-${repository.replaceAll("/", "+")}`,
  pullThroughCacheKey: (prefix: string) => `${prefix.replaceAll(".", "___")}-ecr-cache`,
  // Roles of an account share their names across Regions, and each Region has a registry of its own.
  pullThroughCacheRole: (region: string, prefix: string) => `ecr-cache-${region}-${prefix.replaceAll("/", "+")}`,
  pullThroughCachePull: (prefix: string) => `ecr-cache-pull-${prefix.replaceAll("/", "+")}`,
  appRunnerService: (app: string, key: string) => `${app}-${key}`,
  appRunnerAccessRole: (service: string) => `${service}-access`,
  appRunnerInstanceRole: (service: string) => `${service}-instance`,
  appRunnerSecurityGroup: (service: string) => `${service}-app-runner`,
  appRunnerEndpoint: (service: string) => `${service}-app-runner-endpoint`,
  lightsailService: (app: string, key: string) => `${app}-${key}`,
  lightsailCertificate: (service: string) => `${service}-certificate`,
} as const;

interface NameRule {
  readonly what: string;
  /** @default 1 */
  readonly min?: number;
  readonly max: number;
  readonly pattern: RegExp;
  readonly allowed: string;
}

/**
 * Sources: API models of EKS (CreateCluster), IAM (CreateRole, CreatePolicy), KMS (CreateAlias), WAFv2 (EntityName),
 * ECS (CreateCluster, RegisterTaskDefinition), EC2 (CreateSecurityGroup), EFS (TagValue), EventBridge (PutRule) and its
 * Scheduler (CreateSchedule), SQS (CreateQueue), Step Functions (CreateStateMachine) and CloudWatch (PutDashboard,
 * PutMetricAlarm), 2026-11-17.
 */
const RULES = {
  cluster: {
    what: "EKS cluster",
    max: 100,
    pattern: /^[0-9A-Za-z][A-Za-z0-9\-_]*$/,
    allowed: 'letters, digits, "-" and "_", beginning with a letter or digit',
  },
  ecsCluster: {
    what: "ECS cluster",
    max: 255,
    pattern: /^[\w-]+$/,
    allowed: 'letters, digits, "-" and "_"',
  },
  ecsCapacityProvider: {
    what: "ECS capacity provider",
    max: 255,
    pattern: /^(?!aws|ecs|fargate)[\w-]+$/i,
    allowed: 'letters, digits, "-" and "_", not beginning with "aws", "ecs" or "fargate"',
  },
  launchTemplate: {
    what: "EC2 launch template",
    min: 3,
    max: 128,
    pattern: /^[\w()./-]+$/,
    allowed: 'letters, digits and "().-/_"',
  },
  namespace: {
    what: "AWS Cloud Map namespace",
    max: 1024,
    pattern: /^(?!arn:)[!#-.0-;=?-~]+$/,
    allowed: 'ASCII characters without spaces and "<>/"',
  },
  ecsService: {
    what: "ECS service",
    max: 255,
    pattern: /^[\w-]+$/,
    allowed: 'letters, digits, "-" and "_"',
  },
  cloudMapNamespace: {
    what: "AWS Cloud Map namespace",
    max: 253,
    pattern: /^[!-~]+$/,
    allowed: "ASCII characters without spaces",
  },
  loadBalancer: {
    what: "Elastic Load Balancing load balancer",
    max: 32,
    pattern: /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    allowed: 'letters, digits and "-" between them, not beginning with "internal-"',
  },
  bucket: {
    what: "S3 bucket",
    min: 3,
    max: 63,
    pattern: /^(?!xn--)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
    allowed: 'lower-case letters, digits, and "-" or "." between them',
  },
  taskFamily: {
    what: "ECS task definition",
    max: 255,
    pattern: /^[\w-]+$/,
    allowed: 'letters, digits, "-" and "_"',
  },
  schedule: {
    what: "EventBridge schedule",
    max: 64,
    pattern: /^[\w.-]+$/,
    allowed: 'letters, digits, "-", "_" and "."',
  },
  scheduleGroup: {
    what: "EventBridge schedule group",
    max: 64,
    pattern: /^[\w.-]+$/,
    allowed: 'letters, digits, "-", "_" and "."',
  },
  eventRule: {
    what: "EventBridge rule",
    max: 64,
    pattern: /^[\w.-]+$/,
    allowed: 'letters, digits, "-", "_" and "."',
  },
  // Step Functions takes more, and CloudWatch Logs does not.
  stateMachine: {
    what: "AWS Step Functions state machine",
    max: 80,
    pattern: /^[\w-]+$/,
    allowed: 'letters, digits, "-" and "_"',
  },
  queue: { what: "Amazon SQS queue", max: 80, pattern: /^[\w-]+$/, allowed: 'letters, digits, "-" and "_"' },
  nodeGroup: {
    what: "EKS node group",
    max: 63,
    pattern: /^[0-9A-Za-z][A-Za-z0-9\-_]*$/,
    allowed: 'letters, digits, "-" and "_", beginning with a letter or digit',
  },
  beanstalkApplication: {
    what: "Elastic Beanstalk application",
    max: 100,
    pattern: /^[^/]+$/,
    allowed: 'anything but "/"',
  },
  beanstalkEnvironment: {
    what: "Elastic Beanstalk environment",
    min: 4,
    max: 40,
    pattern: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    allowed: 'letters, digits and "-" between them',
  },
  containerRepository: {
    what: "ECR repository",
    min: 2,
    max: 256,
    pattern: /^[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)*$/,
    allowed: 'lower-case letters, digits, and ".", "_", "__", "-" or "/" between them',
  },
  pullThroughCache: {
    what: "ECR pull through cache",
    min: 2,
    max: 30,
    pattern: /^[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)*$/,
    allowed: 'lower-case letters, digits, and ".", "_", "__", "-" or "/" between them',
  },
  // Without "alias/" in front.
  keyAlias: { what: "alias of KMS", max: 250, pattern: /^[\w/-]+$/, allowed: 'letters, digits and "/_-"' },
  role: { what: "IAM role", max: 64, pattern: /^[\w+=,.@-]+$/, allowed: 'letters, digits and "+=,.@-_"' },
  policy: { what: "IAM policy", max: 128, pattern: /^[\w+=,.@-]+$/, allowed: 'letters, digits and "+=,.@-_"' },
  ipSet: { what: "AWS WAF IP set", max: 128, pattern: /^[\w-]+$/, allowed: 'letters, digits, "-" and "_"' },
  webAcl: { what: "AWS WAF web ACL", max: 128, pattern: /^[\w-]+$/, allowed: 'letters, digits, "-" and "_"' },
  securityGroup: {
    what: "EC2 security group",
    max: 255,
    pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/,
    allowed: 'letters, digits, spaces and "._-:/()#,@[]+=&;{}!$*", not beginning with "sg-"',
  },
  fileSystem: {
    what: "EFS file system",
    max: 256,
    pattern: /^[\w .:/=+@-]+$/,
    allowed: 'letters, digits, spaces and "._:/=+-@"',
  },
  dashboard: {
    what: "Amazon CloudWatch dashboard",
    max: 255,
    pattern: /^[\w-]+$/,
    allowed: 'letters, digits, "-" and "_"',
  },
  logGroup: {
    what: "Amazon CloudWatch log group",
    max: 512,
    pattern: /^[\w./#-]+$/,
    allowed: 'letters, digits and "._/#-"',
  },
  scalingPolicy: {
    what: "Application Auto Scaling policy",
    max: 256,
    pattern: /^[ -~]+$/,
    allowed: "ASCII characters",
  },
  scheduledAction: {
    what: "Application Auto Scaling scheduled action",
    max: 256,
    pattern: /^(?! )[ -.0-9;-{}~]+(?<! )$/,
    allowed: 'ASCII characters but ":", "/" and "|", no space at the ends',
  },
  alarm: { what: "Amazon CloudWatch alarm", max: 255, pattern: /^[ -~]+$/, allowed: "ASCII characters" },
  // Of its VPC connector and its VPC ingress connection too.
  appRunnerService: {
    what: "App Runner service",
    min: 4,
    max: 40,
    pattern: /^[A-Za-z0-9][\w-]*$/,
    allowed: 'letters, digits, "-" and "_", beginning with a letter or digit',
  },
  appRunnerConfiguration: {
    what: "App Runner configuration",
    min: 4,
    max: 32,
    pattern: /^[A-Za-z0-9][\w-]*$/,
    allowed: 'letters, digits, "-" and "_", beginning with a letter or digit',
  },
  lightsailService: {
    what: "Amazon Lightsail container service",
    max: 63,
    pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    allowed: 'lower-case letters, digits and "-" between them',
  },
} as const satisfies Record<string, NameRule>;

export type NamedThing = keyof typeof RULES;

/**
 * Why AWS would refuse `name`, or `undefined`.
 *
 * @param fix what to change when the name is derived, such as "give 'roleName'"
 * @param behind characters that come behind the name
 */
export function nameProblem(thing: NamedThing, name: string, fix: string, behind = 0): string | undefined {
  const { what, min = 1, max: all, pattern, allowed }: NameRule = RULES[thing];
  const max = all - behind;
  return name.length >= min && name.length <= max && pattern.test(name)
    ? undefined
    : `the name of an ${what} must be ${min} to ${max} characters (${allowed}), got ${quote(name)} (${name.length}); ${fix}`;
}
