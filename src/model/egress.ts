import { type Problem, quote, quoteAll } from "./problem";

/** NAT gateways of a VPC: none, one that all zones share, or one in each zone. */
export type NatMode = "none" | "single" | "per-zone";

export interface NatOptions {
  /** Whether the VPC has public subnets, for load balancers and NAT gateways. @default true */
  readonly publicSubnets?: boolean;
  /** NAT gateways. @default "single", "none" without public subnets */
  readonly nat?: NatMode;
  /** Zone of the single NAT gateway. @default - the first in alphabetical order; name it when a zone may come before it */
  readonly natZone?: string;
}

/** The ways out of a VPC's private subnets. */
export interface EgressOptions extends NatOptions {
  /**
   * Interface endpoints: those that a cluster without NAT needs (`true`), or services by the end of their endpoint
   * service's name.
   * @default false
   */
  readonly interfaceEndpoints?: boolean | readonly string[];
}

/** How pods in private subnets reach AWS and image registries; `unknown` in a VPC of somebody else's. */
export type Egress = "nat" | "endpoints" | "none" | "unknown";

function natMode({ publicSubnets = true, nat = publicSubnets ? "single" : "none" }: NatOptions): NatMode {
  return nat;
}

/**
 * What is wrong with the options.
 *
 * @param zones keys of the VPC's zones
 */
export function natProblems(options: NatOptions, zones: readonly string[]): Problem[] {
  const { publicSubnets = true, natZone } = options;
  const nat = natMode(options);
  const problems: Problem[] = [];
  if (nat !== "none" && !publicSubnets) {
    problems.push({
      at: ["nat"],
      message: `'nat' must be "none" when 'publicSubnets' is false, got ${quote(nat)}: a NAT gateway stands in a public subnet; leave 'publicSubnets' out, or use 'interfaceEndpoints' instead of NAT`,
    });
  }
  if (natZone !== undefined && nat !== "single") {
    problems.push({ at: ["natZone"], message: `'natZone' is for 'nat' "single", got ${quote(nat)}; remove it` });
  }
  if (natZone !== undefined && !zones.includes(natZone)) {
    problems.push({
      at: ["natZone"],
      message: `'natZone' must be one of the VPC's zones ${quoteAll(zones)}, got ${quote(natZone)}`,
    });
  }
  return problems;
}

/**
 * The zones that get a NAT gateway.
 *
 * @param zones keys of the VPC's zones, sorted
 */
export function natZones(options: NatOptions, zones: readonly string[]): ReadonlySet<string> {
  switch (natMode(options)) {
    case "none":
      return new Set();
    case "single":
      return new Set([options.natZone ?? zones[0] ?? ""]);
    case "per-zone":
      return new Set(zones);
  }
}

/**
 * Services that pods on Fargate reach through endpoints when there is no NAT gateway: images (`ecr.*`), names of
 * network interfaces (`ec2`), logs, IAM roles for service accounts (`sts`) and load balancers.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
const CLUSTER_ENDPOINT_SERVICES = ["ec2", "ecr.api", "ecr.dkr", "elasticloadbalancing", "logs", "sts"];

/** The services that get an interface endpoint, by the end of their endpoint service's name. */
export function endpointServices({ interfaceEndpoints = false }: EgressOptions): readonly string[] {
  if (typeof interfaceEndpoints === "boolean") {
    return interfaceEndpoints ? CLUSTER_ENDPOINT_SERVICES : [];
  }
  return interfaceEndpoints;
}

/** Through what shells of ECS Exec are opened, and encrypted. */
const EXEC_ENDPOINT_SERVICES = ["kms", "ssmmessages"];

/**
 * Services that ECS tasks on Fargate reach through endpoints when there is no NAT gateway: images, logs, secrets, and
 * shells of ECS Exec.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
const TASK_ENDPOINT_SERVICES = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", ...EXEC_ENDPOINT_SERVICES];

const QUEUE_ENDPOINT_SERVICE = "sqs";

/** Through what ECS tells the proxies of Service Connect where tasks are. */
const CONNECT_ENDPOINT_SERVICE = "ecs-agent";

/** What some tasks do beside what all of them do, and reach through endpoints of their own. */
export interface EndpointNeeds {
  readonly queueWorkers: boolean;
  readonly serviceConnect: boolean;
}

/**
 * The services that get an interface endpoint where ECS tasks run instead of pods.
 *
 * @param needs by which `true` means more of them
 */
export function ecsEndpointServices(
  interfaceEndpoints: boolean | readonly string[],
  { queueWorkers, serviceConnect }: EndpointNeeds,
): readonly string[] {
  return interfaceEndpoints === true
    ? [
        ...TASK_ENDPOINT_SERVICES,
        ...(queueWorkers ? [QUEUE_ENDPOINT_SERVICE] : []),
        ...(serviceConnect ? [CONNECT_ENDPOINT_SERVICE] : []),
      ]
    : endpointServices({ interfaceEndpoints });
}

/** How much is known of the ways out of a VPC's private subnets. */
export interface KnownEgress {
  readonly egress: Egress;
  /** Services with an interface endpoint. @default - not known */
  readonly endpointServices?: readonly string[];
}

/**
 * Why nobody could open a shell in tasks in private subnets of the VPC, or `undefined`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export function execEndpointsWarning({ egress, endpointServices: services }: KnownEgress): string | undefined {
  const missing = EXEC_ENDPOINT_SERVICES.filter((service) => services !== undefined && !services.includes(service));
  return egress === "endpoints" && missing.length > 0
    ? `ECS Exec opens no shell in a VPC without NAT that has no interface endpoint for ${quoteAll(missing)}; add ${missing.length === 1 ? "it" : "them"} to 'interfaceEndpoints' of the network`
    : undefined;
}

/** Why tasks in private subnets of the VPC could not work a queue off, or `undefined`. */
export function queueEndpointProblem(vpc: KnownEgress): string | undefined {
  return lacksEndpoint(vpc, QUEUE_ENDPOINT_SERVICE)
    ? `tasks in private subnets of a VPC without NAT reach their queue through an interface endpoint, and 'interfaceEndpoints' has none for ${quote(QUEUE_ENDPOINT_SERVICE)}; add it there, or a NAT gateway`
    : undefined;
}

/**
 * What to know of services in private subnets of the VPC that find each other by Service Connect, or `undefined`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
export function connectEndpointWarning(vpc: KnownEgress): string | undefined {
  return lacksEndpoint(vpc, CONNECT_ENDPOINT_SERVICE)
    ? `Service Connect manages its proxies through an interface endpoint for ${quote(CONNECT_ENDPOINT_SERVICE)} where there is one, else in the internet, to which a VPC without NAT does not lead; add it to 'interfaceEndpoints' of the network`
    : undefined;
}

function lacksEndpoint({ egress, endpointServices: services }: KnownEgress, service: string): boolean {
  return egress === "endpoints" && services !== undefined && !services.includes(service);
}

export function egressOf(options: EgressOptions): Egress {
  if (natMode(options) !== "none") {
    return "nat";
  }
  return endpointServices(options).length > 0 ? "endpoints" : "none";
}

/**
 * Why no container could start in a VPC with this egress, or `undefined`.
 *
 * @param container what could not start
 */
export function egressProblem(egress: Egress, container: "pod" | "task" = "pod"): string | undefined {
  return egress === "none"
    ? `the VPC has neither a NAT gateway nor interface endpoints, so no ${container} on Fargate could pull its image; set 'nat' of the VPC to "single" or "per-zone", or 'interfaceEndpoints' to true`
    : undefined;
}
