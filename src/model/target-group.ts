import { type ContainerSpec, portsOf } from "./container-spec";
import type { RuleConditions } from "./listener-rules";
import { type Problem, problemAt, quote, quoteAll } from "./problem";
import { stableHashText } from "./stable-hash";

/** What a load balancer is: it routes requests of HTTP, or connections. */
export type LoadBalancerKind = "application" | "network";

export const TARGET_PROTOCOLS = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"] as const;
export type TargetProtocol = (typeof TARGET_PROTOCOLS)[number];

export const PROTOCOL_VERSIONS = ["HTTP1", "HTTP2", "GRPC"] as const;
export type ProtocolVersion = (typeof PROTOCOL_VERSIONS)[number];

export const HEALTH_CHECK_PROTOCOLS = ["HTTP", "HTTPS", "TCP"] as const;

export const ALGORITHMS = ["round_robin", "least_outstanding_requests", "weighted_random"] as const;

/** What takes requests of a load balancer: a port of a container of the service. */
export interface TargetOptions {
  /** Name of the container. @default - the only one with ports */
  readonly container?: string;
  /** Port of the container, by its name or number. @default - its only one */
  readonly port?: number | string;
  /**
   * Application Load Balancer: `HTTP` or `HTTPS`, spoken with the container, whose certificate is not checked. Network
   * Load Balancer: `TCP`, `TLS`, `UDP` or `TCP_UDP`, spoken with clients.
   * @default "HTTP" or "TCP"; "UDP" for a port of UDP
   */
  readonly protocol?: TargetProtocol;
  /** Version of HTTP spoken with the container. @default "HTTP1" */
  readonly protocolVersion?: ProtocolVersion;
  /** Which requests it takes. @default - all that no other target takes */
  readonly conditions?: RuleConditions;
  /** Place of its rule, 1 to 50000; the lowest is asked first. @default - the fewer requests, the earlier */
  readonly priority?: number;
  /** Port of a Network Load Balancer. @default - that of the container */
  readonly listenerPort?: number;
  /** Port of a Network Load Balancer on which new tasks can be tried before they get traffic. @default - none */
  readonly testListenerPort?: number;
  /** Whether a Network Load Balancer that ends TLS begins it anew towards the container. @default false */
  readonly tlsToContainer?: boolean;
  /** Whether the container sees the client's address, and not that of the Network Load Balancer. @default - for UDP alone, as AWS has it */
  readonly preserveClientIp?: boolean;
  /** Whether connections begin with a header of proxy protocol 2, which the container has to read. @default false */
  readonly proxyProtocol?: boolean;
  /** How tasks are asked whether they are well. @default - as the container's `readiness.http` says */
  readonly healthCheck?: HealthCheckOptions;
  /** How long a task that stops may finish its requests, in seconds, 0 to 3600. @default 60 */
  readonly deregistrationDelayInSeconds?: number;
  /** How long a new task gets fewer requests, in seconds, 30 to 900. @default - not at all */
  readonly slowStartInSeconds?: number;
  /** Whether a client stays with its task. @default - no */
  readonly stickiness?: StickinessOptions;
  /** Which task gets the next request. @default "round_robin" */
  readonly algorithm?: (typeof ALGORITHMS)[number];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export interface HealthCheckOptions {
  /** @default - that of the container's `readiness.http`, or "/"; "/AWS.ALB/healthcheck" for gRPC */
  readonly path?: string;
  /** Port of the container, by its name or number. @default - that of the target */
  readonly port?: number | string;
  /** @default - that of the target; "TCP" for a Network Load Balancer without `path` */
  readonly protocol?: (typeof HEALTH_CHECK_PROTOCOLS)[number];
  /** Statuses of health, such as `200,204` or `200-299`. @default "200"; "200-399" from `readiness`; "12" for gRPC */
  readonly codes?: string;
  /** 5 to 300. @default 15, or that of `readiness` */
  readonly intervalInSeconds?: number;
  /** 2 to 120, below the interval. @default 5, or that of `readiness` */
  readonly timeoutInSeconds?: number;
  /** Answers in a row after which a task gets requests, 2 to 10. @default 2 */
  readonly healthyThreshold?: number;
  /** Failures in a row after which it gets none, 2 to 10. @default 3 */
  readonly unhealthyThreshold?: number;
}

/** A Network Load Balancer knows clients by their addresses, and takes neither of the two. */
export interface StickinessOptions {
  /** The application's cookie that stands for a session. @default - a cookie of the load balancer's */
  readonly cookieName?: string;
  /** 1 to 604800. @default 86400 */
  readonly durationInSeconds?: number;
}

/** A target with its container and port found. */
export interface ResolvedTarget {
  readonly key: string;
  readonly options: TargetOptions;
  readonly container: ContainerSpec;
  readonly port: number;
  readonly protocol: TargetProtocol;
}

/** A target whose container and port are found, or what is wrong. */
export type TargetResolution = { readonly target: ResolvedTarget } | { readonly problems: Problem[] };

/** Finds the container and the port of a target. */
export function resolveTarget(
  kind: LoadBalancerKind,
  key: string,
  options: TargetOptions,
  containers: readonly ContainerSpec[],
): TargetResolution {
  const withPorts = containers.filter((container) => portsOf(container).length > 0);
  const container =
    options.container === undefined
      ? withPorts.length === 1
        ? withPorts[0]
        : undefined
      : containers.find(({ name }) => name === options.container);
  if (container === undefined) {
    return { problems: problemAt(["container"], containerProblem(options.container, containers, withPorts)) };
  }
  const found = findPort(container, options.port);
  if (found === undefined) {
    return { problems: problemAt(["port"], portProblem("port", container, options.port)) };
  }
  const standard = kind === "application" ? "HTTP" : found.protocol;
  return { target: { key, options, container, port: found.port, protocol: options.protocol ?? standard } };
}

/** A port of a container by its name or number; its only one when none is said. */
export function findPort(
  container: ContainerSpec,
  wanted: number | string | undefined,
): { readonly port: number; readonly protocol: "TCP" | "UDP" } | undefined {
  const ports = portsOf(container);
  const one = ports.length === 1 ? ports[0] : undefined;
  return (wanted === undefined ? one : ports.find(([name, { port }]) => name === wanted || port === wanted))?.[1];
}

/** Why the container has no such port. */
export function portProblem(property: string, container: ContainerSpec, wanted: number | string | undefined): string {
  const ports = portsOf(container);
  const there =
    ports.length === 0
      ? "it has none"
      : `it has ${ports.map(([name, { port }]) => `${quote(name)} (${port})`).join(", ")}`;
  return wanted === undefined
    ? `'${property}' must say which port of container ${quote(container.name)} takes the requests, because ${there}`
    : `'${property}' must be a port of container ${quote(container.name)}, got ${quote(wanted)}; ${there}`;
}

function containerProblem(
  wanted: string | undefined,
  containers: readonly ContainerSpec[],
  withPorts: readonly ContainerSpec[],
): string {
  if (wanted !== undefined) {
    return `'container' must be one of the task definition's (${quoteAll(containers.map(({ name }) => name))}), got ${quote(wanted)}`;
  }
  return withPorts.length === 0
    ? "no container of the task definition has 'ports', to which the load balancer could send; add one, like ports: { http: 8080 }"
    : `'container' must say which one takes the requests, because several have ports: ${quoteAll(withPorts.map(({ name }) => name))}`;
}

/** Source: API reference of Elastic Load Balancing, CreateTargetGroup. */
const MAX_NAME = 32;

/**
 * The name of a target group: its service and key as far as they fit, and a mark of all that AWS cannot change. What is
 * replaced gets another name with it, so that the new one can stand before the old one goes.
 *
 * @param fixed what AWS cannot change
 */
export function targetGroupName(owner: string, key: string, fixed: readonly (string | number)[]): string {
  const mark = stableHashText(JSON.stringify([owner, key, ...fixed]));
  const readable = `${owner}-${key}`
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .slice(0, MAX_NAME - mark.length - 1)
    .replaceAll(/^-+|-+$/g, "");
  return `${readable}-${mark}`;
}
