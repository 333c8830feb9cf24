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
  albControllerRole: (cluster: string) => `${cluster}-irsa`,
  albControllerPolicy: () => "ALBIngressControllerIAMPolicy",
  subnet: (vpc: string, tier: string, zone: string) => `${vpc}-${tier}-${zone}`,
  natGateway: (vpc: string, zone: string) => `${vpc}-nat-${zone}`,
  flowLogs: (vpc: string) => `${vpc}-flow-logs`,
  flowLogGroup: (vpc: string) => `/aws/vpc/${vpc}/flow-logs`,
  vpcEndpoint: (vpc: string, service: string) => `${vpc}-${service}`,
  endpointSecurityGroup: (vpc: string) => `${vpc}-vpc-endpoints`,
} as const;

interface NameRule {
  readonly what: string;
  readonly max: number;
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** Sources: API models of EKS (CreateCluster), IAM (CreateRole, CreatePolicy) and KMS (CreateAlias), 2026-11-17. */
const RULES = {
  cluster: {
    what: "EKS cluster",
    max: 100,
    pattern: /^[0-9A-Za-z][A-Za-z0-9\-_]*$/,
    allowed: 'letters, digits, "-" and "_", beginning with a letter or digit',
  },
  role: { what: "IAM role", max: 64, pattern: /^[\w+=,.@-]+$/, allowed: 'letters, digits and "+=,.@-_"' },
  policy: { what: "IAM policy", max: 128, pattern: /^[\w+=,.@-]+$/, allowed: 'letters, digits and "+=,.@-_"' },
} as const satisfies Record<string, NameRule>;

export type NamedThing = keyof typeof RULES;

/**
 * Why AWS would refuse `name`, or `undefined`.
 *
 * @param fix what to change when the name is derived, such as "give 'roleName'"
 */
export function nameProblem(thing: NamedThing, name: string, fix: string): string | undefined {
  const { what, max, pattern, allowed }: NameRule = RULES[thing];
  return name.length <= max && pattern.test(name)
    ? undefined
    : `the name of an ${what} must be 1 to ${max} characters (${allowed}), got ${quote(name)} (${name.length}); ${fix}`;
}
