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
  fargateLogging: (cluster: string) => `${cluster}-fargate-logging`,
  podLogGroup: (cluster: string, output: string) => `/aws/eks/${cluster}/fargate/${output}`,
  // Chosen by Fargate.
  processLogGroup: (cluster: string) => `${cluster}-fluent-bit-logs`,
  containerInsights: (cluster: string) => `${cluster}-container-insights`,
  externalDnsRole: (cluster: string) => `${cluster}-external-dns`,
  clusterAutoscalerRole: (cluster: string) => `${cluster}-cluster-autoscaler`,
  containerInsightsLogGroup: (cluster: string) => `/aws/containerinsights/${cluster}/performance`,
  ecsLogGroup: (cluster: string, family: string) => `/aws/ecs/${cluster}/${family}`,
  taskFamily: (cluster: string, key: string) => `${cluster}-${key}`,
  ecsService: (cluster: string, key: string) => `${cluster}-${key}`,
  ecsServiceSecurityGroup: (service: string) => `${service}-tasks`,
  taskRole: (family: string) => `${family}-task`,
  taskExecutionRole: (family: string) => `${family}-execution`,
} as const;

interface NameRule {
  readonly what: string;
  readonly max: number;
  readonly pattern: RegExp;
  readonly allowed: string;
}

/**
 * Sources: API models of EKS (CreateCluster), IAM (CreateRole, CreatePolicy), KMS (CreateAlias), WAFv2 (EntityName),
 * ECS (CreateCluster, RegisterTaskDefinition), EC2 (CreateSecurityGroup), EFS (TagValue) and CloudWatch (PutDashboard, PutMetricAlarm), 2026-11-17.
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
  taskFamily: {
    what: "ECS task definition",
    max: 255,
    pattern: /^[\w-]+$/,
    allowed: 'letters, digits, "-" and "_"',
  },
  nodeGroup: {
    what: "EKS node group",
    max: 63,
    pattern: /^[0-9A-Za-z][A-Za-z0-9\-_]*$/,
    allowed: 'letters, digits, "-" and "_", beginning with a letter or digit',
  },
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
  alarm: { what: "Amazon CloudWatch alarm", max: 255, pattern: /^[ -~]+$/, allowed: "ASCII characters" },
} as const satisfies Record<string, NameRule>;

export type NamedThing = keyof typeof RULES;

/**
 * Why AWS would refuse `name`, or `undefined`.
 *
 * @param fix what to change when the name is derived, such as "give 'roleName'"
 * @param behind characters that come behind the name
 */
export function nameProblem(thing: NamedThing, name: string, fix: string, behind = 0): string | undefined {
  const { what, max: all, pattern, allowed }: NameRule = RULES[thing];
  const max = all - behind;
  return name.length <= max && pattern.test(name)
    ? undefined
    : `the name of an ${what} must be 1 to ${max} characters (${allowed}), got ${quote(name)} (${name.length}); ${fix}`;
}
