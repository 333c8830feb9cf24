import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { amountsOf, type ContainerSpec, containerWarnings, type Known, portsOf } from "./container-spec";
import { domainNameProblem } from "./domain-name";
import { ecrRepositoryOf } from "./ecr-image";
import type { HomeContainer } from "./homes/home-data";
import { lightsailContainerProblems } from "./homes/lightsail-container";
import {
  LIGHTSAIL_POWER_NAMES,
  LIGHTSAIL_POWERS,
  LIGHTSAIL_POWERS_AS_OF,
  type LightsailPower,
  type LightsailPowerName,
  powerOf,
  smallestPower,
} from "./lightsail-powers";
import { nameProblem } from "./names";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";

/** The port that everybody reaches, over HTTPS. */
export interface LightsailEndpoint {
  /** Name of the container. @default - the only one */
  readonly container?: string;
  /** Name of its port. @default - its only one */
  readonly port?: string;
}

/** A certificate of Lightsail's own and the domains that it is for. */
export interface LightsailCertificate {
  /** Domain that the certificate is for. */
  readonly domainName: string;
  /** Further domains. @default - none */
  readonly subjectAlternativeNames?: readonly string[];
  /**
   * Whether the service answers by its domains. Lightsail refuses that until the certificate is valid, so turn it on
   * once its validation records stand in DNS.
   * @default false
   */
  readonly attached?: boolean;
}

export interface LightsailOptions {
  /** What runs, on each node: 1 to 10 containers, which reach each other on localhost. */
  readonly containers: readonly HomeContainer[];
  /** What a node has. @default - the smallest that has what the containers ask for */
  readonly power?: LightsailPowerName;
  /** Nodes, 1 to 20. @default 2 */
  readonly scale?: number;
  /** The port that everybody reaches, or `false` for none. @default - the only port of the only container */
  readonly publicEndpoint?: LightsailEndpoint | false;
  /** @default - none: Lightsail's own domain alone */
  readonly certificate?: LightsailCertificate;
  /** Whether its containers are stopped; its nodes are paid for on. @default false */
  readonly disabled?: boolean;
}

/**
 * Sources: AWS General Reference, "Amazon Lightsail endpoints and quotas", 2026-09-17 (containers, nodes, domains); API
 * model of Lightsail, CreateContainerService, 2026-11-17 (scale).
 */
const LIMITS = { containers: 10, scale: { min: 1, max: 20 }, domains: 4 } as const;

export const DEFAULT_LIGHTSAIL_SCALE = 2;

/** What the containers ask for together. */
function togetherOf(containers: readonly ContainerSpec[]): { readonly cpu: Cpu; readonly memory: Memory } {
  const amounts = containers.map(amountsOf);
  return {
    cpu: amounts.reduce((sum, { cpu }) => sum.plus(cpu), Cpu.ZERO),
    memory: amounts.reduce((sum, { memory }) => sum.plus(memory), Memory.ZERO),
  };
}

/** What a node has: what is asked for, or the smallest power for the containers. */
export function lightsailPower({ containers, power }: LightsailOptions): LightsailPower | undefined {
  const { cpu, memory } = togetherOf(containers);
  return power === undefined ? smallestPower(cpu, memory) : powerOf(power);
}

/** The container and the number of the port that everybody reaches; nothing where there is none. */
export function lightsailEndpoint({
  containers,
  publicEndpoint = {},
}: LightsailOptions): { readonly container: HomeContainer; readonly port: number } | undefined {
  if (publicEndpoint === false) {
    return undefined;
  }
  const container = endpointContainer(containers, publicEndpoint);
  const ports = container === undefined ? [] : portsOf(container);
  const [, port] =
    (publicEndpoint.port === undefined
      ? ports.length === 1
        ? ports
        : []
      : ports.filter(([name]) => name === publicEndpoint.port))[0] ?? [];
  return container === undefined || port === undefined ? undefined : { container, port: port.port };
}

function endpointContainer(
  containers: readonly HomeContainer[],
  { container }: LightsailEndpoint,
): HomeContainer | undefined {
  return container === undefined
    ? containers.length === 1
      ? containers[0]
      : undefined
    : containers.find(({ name }) => name === container);
}

/** Why AWS would refuse the name of a service, or `undefined`. */
export function lightsailNameProblem(serviceName: string): string | undefined {
  return nameProblem("lightsailService", serviceName, "choose another 'serviceName'");
}

/** Whether a container's image is in a private repository of ECR, which the service has to be let into. */
export function pullsFromEcr({ containers }: LightsailOptions, known: Known = () => true): boolean {
  return containers.some(({ image }) => known(image) && ecrRepositoryOf(image) !== undefined);
}

/** What is wrong with a service. */
export function lightsailProblems(options: LightsailOptions, known: Known = () => true): Problem[] {
  const { containers, scale = DEFAULT_LIGHTSAIL_SCALE, certificate } = options;
  return [
    ...numberProblems(options),
    ...containers.flatMap((container, index) =>
      under(["containers", index], lightsailContainerProblems(container, known)),
    ),
    ...togetherProblems(containers),
    ...powerProblems(options),
    ...problemAt(
      ["scale"],
      Number.isInteger(scale) && scale >= LIMITS.scale.min && scale <= LIMITS.scale.max
        ? undefined
        : `'scale' must be a whole number of nodes from ${LIMITS.scale.min} to ${LIMITS.scale.max}, got ${quote(scale)}`,
    ),
    ...endpointProblems(options),
    ...(certificate === undefined ? [] : under("certificate", certificateProblems(certificate))),
  ];
}

function numberProblems({ containers }: LightsailOptions): Problem[] {
  return problemAt(
    ["containers"],
    containers.length >= 1 && containers.length <= LIMITS.containers
      ? undefined
      : `'containers' must hold 1 to ${LIMITS.containers} containers, got ${containers.length}${containers.length === 0 ? "" : "; put some into a service of their own"}`,
  );
}

/** All containers of a node have one address. */
function togetherProblems(containers: readonly HomeContainer[]): Problem[] {
  return containers.flatMap((container, index) => {
    const before = containers.slice(0, index);
    const ports = new Map(before.flatMap((each) => portsOf(each).map(([, { port }]) => [port, each.name])));
    return under(
      ["containers", index],
      [
        ...problemAt(
          ["name"],
          before.some(({ name }) => name === container.name)
            ? `two containers of the service are called ${quote(container.name)}; give each a name of its own`
            : undefined,
        ),
        ...portsOf(container).flatMap(([name, { port }]) =>
          problemAt(
            ["ports", name],
            ports.has(port)
              ? `containers ${quote(ports.get(port))} and ${quote(container.name)} both listen on port ${port}, and the containers of a node share one address; change one`
              : undefined,
          ),
        ),
      ],
    );
  });
}

function powerProblems({ containers, power }: LightsailOptions): Problem[] {
  const { cpu, memory } = togetherOf(containers);
  const asked = `${cpu} of CPU and ${memory} of memory`;
  const smallest = smallestPower(cpu, memory);
  const largest = LIGHTSAIL_POWERS.at(-1);
  if (power === undefined) {
    return problemAt(
      ["containers"],
      smallest !== undefined || containers.length < 2
        ? undefined
        : `the containers of a service must fit into the largest power together, ${quote(largest?.name)} (${largest?.cpu} of CPU and ${largest?.memory} of memory), and ask for ${asked}; ask for less, or put some into a service of their own`,
    );
  }
  const chosen = powerOf(power);
  if (chosen === undefined) {
    return problemAt(
      ["power"],
      `'power' must be one of ${LIGHTSAIL_POWER_NAMES.map(quote).join(", ")}, got ${quote(power)}`,
    );
  }
  return problemAt(
    ["power"],
    chosen.cpu.covers(cpu) && chosen.memory.covers(memory)
      ? undefined
      : `'power' ${quote(power)} has ${chosen.cpu} of CPU and ${chosen.memory} of memory, and the containers ask for ${asked}; ${smallest === undefined ? "ask for less" : `the smallest that has both is ${quote(smallest.name)}`}`,
  );
}

function endpointProblems(options: LightsailOptions): Problem[] {
  const { containers, publicEndpoint } = options;
  const probed = containers.flatMap((container, index) =>
    (["liveness", "readiness"] as const)
      .filter((purpose) => container[purpose] !== undefined)
      .map((purpose) => ({ container, index, purpose })),
  );
  const endpoint = lightsailEndpoint(options);
  return [
    ...(publicEndpoint === false || endpoint !== undefined || containers.length === 0
      ? []
      : [missingEndpoint(options)]),
    ...(endpoint === undefined ? [] : endpointPortProblems(endpoint)),
    ...(endpoint === undefined && publicEndpoint !== false
      ? []
      : probed
          .filter(({ container }) => container !== endpoint?.container)
          .map(({ container, index, purpose }) => ({
            at: ["containers", index, purpose],
            message: `'${purpose}' of container ${quote(container.name)} would be asked by nobody, as Lightsail asks the container of the public endpoint alone; leave it out`,
          }))),
  ];
}

function missingEndpoint({ containers, publicEndpoint }: LightsailOptions): Problem {
  const given = publicEndpoint === false || publicEndpoint === undefined ? {} : publicEndpoint;
  const container = endpointContainer(containers, given);
  const ports = container === undefined ? [] : portsOf(container).map(([name]) => name);
  if (container === undefined) {
    return {
      at: ["publicEndpoint", ...(given.container === undefined ? [] : ["container"])],
      message: `'publicEndpoint' must name one of the containers (${quoteAll(containers.map(({ name }) => name))}) by 'container', got ${given.container === undefined ? "none" : quote(given.container)}; or give false, so that nobody reaches the service`,
    };
  }
  return {
    at: ["publicEndpoint", ...(given.port === undefined ? [] : ["port"])],
    message: `'publicEndpoint' must name one of the ports of container ${quote(container.name)} (${ports.length === 0 ? "it has none" : quoteAll(ports)}) by 'port', got ${given.port === undefined ? "none" : quote(given.port)}; or give false, so that nobody reaches the service`,
  };
}

function endpointPortProblems({
  container,
  port,
}: {
  readonly container: HomeContainer;
  readonly port: number;
}): Problem[] {
  const [name, { protocol }] = portsOf(container).find(([, each]) => each.port === port) ?? ["", { protocol: "TCP" }];
  const probe = container.readiness ?? container.liveness;
  const asked = probe !== undefined && "http" in probe ? probe.http.port : name;
  return [
    ...problemAt(
      ["publicEndpoint"],
      protocol === "UDP"
        ? `'publicEndpoint' must be a port that answers HTTP, got ${quote(name)}, which is UDP; name another`
        : undefined,
    ),
    ...problemAt(
      ["publicEndpoint"],
      asked === name || asked === port
        ? undefined
        : `the probe of container ${quote(container.name)} asks port ${quote(asked)}, and Lightsail asks the public endpoint's, ${quote(name)}, alone; ask that`,
    ),
  ];
}

function certificateProblems({ domainName, subjectAlternativeNames = [] }: LightsailCertificate): Problem[] {
  const number = 1 + subjectAlternativeNames.length;
  return [
    ...problemAt(["domainName"], domainNameProblem("domainName", domainName)),
    ...subjectAlternativeNames.flatMap((name, index) =>
      problemAt(
        ["subjectAlternativeNames", index],
        name === domainName || subjectAlternativeNames.indexOf(name) < index
          ? `'subjectAlternativeNames' must hold each domain once and none that is 'domainName', got ${quote(name)} again; remove it`
          : domainNameProblem("subjectAlternativeNames", name),
      ),
    ),
    ...problemAt(
      [],
      number <= LIMITS.domains
        ? undefined
        : `a container service of Lightsail has at most ${LIMITS.domains} domains, got ${number}; leave some out`,
    ),
  ];
}

/** What to know about a service. */
export function lightsailWarnings(options: LightsailOptions, known: Known = () => true): string[] {
  const power = lightsailPower(options);
  return [
    ...options.containers.flatMap((container) => containerWarnings(container, known)),
    ...(power?.singleSource === true
      ? [
          `what power ${quote(power.name)} has and costs was read in one place only (${LIGHTSAIL_POWERS_AS_OF}); look it up with aws lightsail get-container-service-powers before you rely on it`,
        ]
      : []),
  ];
}
