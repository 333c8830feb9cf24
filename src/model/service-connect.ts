import { type Known, portsOf } from "./container-spec";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import type { TaskContainer, TaskPort } from "./task-container";
import { wholeProblems } from "./whole-number";

/** A name by which other services of the namespace call one port of this service. */
export interface ServiceConnectEndpoint {
  /** Name of a container's port. */
  readonly portName: string;
  /** Port that clients call. @default - the container's */
  readonly port?: number;
  /** Host that clients call, for one that a program has built in. @default - the name of the endpoint */
  readonly dnsName?: string;
  /** Seconds after which a connection without traffic is closed; 0 for never. @default - 300, 3600 for TCP */
  readonly idleTimeoutInSeconds?: number;
  /** Seconds for which a request may take; 0 for ever. Not for TCP. @default 15 */
  readonly requestTimeoutInSeconds?: number;
}

/** How a service takes part in Service Connect, and by which names others call it. */
export interface ServiceConnectOptions {
  /** Ports that others may call, by the name by which they call them. @default - none: the service only calls others */
  readonly endpoints?: Readonly<Record<string, ServiceConnectEndpoint>>;
  /** Days for which the proxy's logs are kept, or `false` for no logs of it. @default 30 */
  readonly logRetentionInDays?: number | false;
}

/** Names in a private DNS namespace that lead to the tasks themselves. */
export interface ServiceDiscoveryOptions {
  /** Name in the namespace. */
  readonly name: string;
  /** `A` for the addresses of tasks, `SRV` for addresses and port. @default "A" */
  readonly record?: "A" | "SRV";
  /** Name of the container's port that an SRV record tells. @default - none, as an A record tells no port */
  readonly portName?: string;
  /** Seconds for which clients keep an answer. @default 10 */
  readonly ttlInSeconds?: number;
}

export const DEFAULT_PROXY_LOG_RETENTION_IN_DAYS = 30;
export const DEFAULT_DISCOVERY_TTL_IN_SECONDS = 10;

/**
 * As of 2026-11-21. Source: Amazon ECS API Reference, ServiceConnectService and ServiceConnectClientAlias; AWS Cloud Map
 * API Reference, CreateService and DnsRecord.
 */
const ENDPOINT_NAME = /^[a-z0-9_][a-z0-9_-]{0,63}$/;
const DNS_NAME = /^[a-z0-9_.][a-z0-9_.-]{0,126}$/;
const DISCOVERY_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const MAX_PORT = 65_535;
const MAX_SECONDS = 2_147_483_647;

/** A container's port and whose it is. */
export interface NamedPort {
  readonly containerName: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
  /** What is spoken on it; nothing for plain TCP. */
  readonly appProtocol: TaskPort["appProtocol"];
}

/** The ports of a task's containers by name; of two that share a name the first. */
export function namedPorts(containers: readonly TaskContainer[]): ReadonlyMap<string, NamedPort> {
  const ports = containers.flatMap((container) =>
    portsOf(container).map(([name, spec]): [string, NamedPort] => [
      name,
      {
        containerName: container.name,
        port: spec.port,
        protocol: spec.protocol,
        appProtocol: appProtocolOf(container.ports?.[name]),
      },
    ]),
  );
  return new Map(ports.filter(([name], index) => ports.findIndex(([other]) => other === name) === index));
}

function appProtocolOf(port: number | TaskPort | undefined): TaskPort["appProtocol"] {
  return typeof port === "object" ? port.appProtocol : undefined;
}

/** What is wrong with the endpoints of a service, seen from 'serviceConnect'. */
export function serviceConnectProblems(
  { endpoints = {} }: ServiceConnectOptions,
  containers: readonly TaskContainer[],
): Problem[] {
  const ports = namedPorts(containers);
  return under(
    "endpoints",
    Object.entries(endpoints).flatMap(([name, endpoint]) =>
      under(name, [
        ...endpointProblems(name, endpoint),
        ...portNameProblems(`'portName' of endpoint ${quote(name)}`, endpoint.portName, ports),
        ...protocolProblems(name, endpoint, ports.get(endpoint.portName)),
        ...takenProblems(name, endpoint, endpoints),
      ]),
    ),
  );
}

function endpointProblems(name: string, endpoint: ServiceConnectEndpoint): Problem[] {
  const { port, dnsName, idleTimeoutInSeconds, requestTimeoutInSeconds } = endpoint;
  const of = `of endpoint ${quote(name)}`;
  return [
    ...problemAt(
      [],
      ENDPOINT_NAME.test(name)
        ? undefined
        : `the name of an endpoint must be 1 to 64 lower-case letters, digits, "_" and "-", not beginning with "-", got ${quote(name)}`,
    ),
    ...wholeProblems("port", port, [1, MAX_PORT], of),
    ...problemAt(
      ["dnsName"],
      dnsName === undefined || DNS_NAME.test(dnsName)
        ? undefined
        : `'dnsName' ${of} must be 1 to 127 lower-case letters, digits, "_", "-" and ".", not beginning with "-", got ${quote(dnsName)}`,
    ),
    ...Object.entries({ idleTimeoutInSeconds, requestTimeoutInSeconds }).flatMap(([property, seconds]) =>
      problemAt(
        [property],
        seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_SECONDS)
          ? undefined
          : `'${property}' ${of} must be a whole number of 0 to ${MAX_SECONDS} seconds, got ${quote(seconds)}`,
      ),
    ),
  ];
}

function portNameProblems(what: string, portName: string, ports: ReadonlyMap<string, NamedPort>): Problem[] {
  return problemAt(
    ["portName"],
    ports.has(portName)
      ? undefined
      : `${what} must be the name of a port of the task's containers (${ports.size === 0 ? "they have none" : quoteAll(ports.keys())}), got ${quote(portName)}`,
  );
}

function protocolProblems(name: string, endpoint: ServiceConnectEndpoint, port: NamedPort | undefined): Problem[] {
  if (port === undefined) {
    return [];
  }
  return [
    ...problemAt(
      ["portName"],
      port.protocol === "UDP"
        ? `endpoint ${quote(name)} must lead to a port of TCP, got ${quote(endpoint.portName)}, which is one of UDP; use 'discovery' for it`
        : undefined,
    ),
    ...problemAt(
      ["requestTimeoutInSeconds"],
      endpoint.requestTimeoutInSeconds !== undefined && port.appProtocol === undefined
        ? `'requestTimeoutInSeconds' of endpoint ${quote(name)} needs requests, and port ${quote(endpoint.portName)} is plain TCP; give it an 'appProtocol' of "http", "http2" or "grpc", or leave the timeout out`
        : undefined,
    ),
  ];
}

/** A port, or a host and port of clients, that an endpoint before this one has taken. */
function takenProblems(
  name: string,
  endpoint: ServiceConnectEndpoint,
  endpoints: Readonly<Record<string, ServiceConnectEndpoint>>,
): Problem[] {
  const before = Object.entries(endpoints).slice(0, Object.keys(endpoints).indexOf(name));
  const [samePort] = before.find(([, { portName }]) => portName === endpoint.portName) ?? [];
  return problemAt(
    ["portName"],
    samePort === undefined
      ? undefined
      : `endpoints ${quote(samePort)} and ${quote(name)} both lead to port ${quote(endpoint.portName)}, and a port has one endpoint; keep one`,
  );
}

/**
 * What is wrong with the names of a service in DNS, seen from 'discovery'.
 *
 * @param ownNetworkInterface whether tasks have addresses of their own
 */
export function serviceDiscoveryProblems(
  { name, record = "A", portName, ttlInSeconds }: ServiceDiscoveryOptions,
  containers: readonly TaskContainer[],
  ownNetworkInterface: boolean,
  known: Known = () => true,
): Problem[] {
  return [
    ...problemAt(
      ["name"],
      !known(name) || DISCOVERY_NAME.test(name)
        ? undefined
        : `'name' of 'discovery' must be 1 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit, got ${quote(name)}`,
    ),
    ...problemAt(
      ["record"],
      record === "A" && !ownNetworkInterface
        ? `'record' of 'discovery' must be "SRV" for tasks without a network interface of their own, whose ports change, got "A"; choose "SRV", or 'networkMode' "awsvpc" of the task definition`
        : undefined,
    ),
    ...problemAt(
      ["portName"],
      record === "SRV" && portName === undefined
        ? `'record' "SRV" of 'discovery' tells a port; say which in 'portName'`
        : record === "A" && portName !== undefined
          ? `'portName' of 'discovery' is for 'record' "SRV", as an A record tells no port, got "A"; leave it out, or choose "SRV"`
          : undefined,
    ),
    ...(portName === undefined ? [] : portNameProblems("'portName' of 'discovery'", portName, namedPorts(containers))),
    ...problemAt(
      ["ttlInSeconds"],
      ttlInSeconds === undefined || (Number.isInteger(ttlInSeconds) && ttlInSeconds >= 0 && ttlInSeconds <= MAX_SECONDS)
        ? undefined
        : `'ttlInSeconds' of 'discovery' must be a whole number of 0 to ${MAX_SECONDS} seconds, got ${quote(ttlInSeconds)}`,
    ),
  ];
}

/** Why one service cannot be in a namespace by both ways with these names, or `undefined`. */
export function bothWaysProblem(
  connect: ServiceConnectOptions,
  discovery: ServiceDiscoveryOptions,
): string | undefined {
  return Object.hasOwn(connect.endpoints ?? {}, discovery.name)
    ? `'serviceConnect' has an endpoint ${quote(discovery.name)}, and 'discovery' the same name in the same namespace, where each name is one service of AWS Cloud Map; give one of them another name`
    : undefined;
}
