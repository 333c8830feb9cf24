import { choiceProblem } from "./choice";
import type { ContainerSpec } from "./container-spec";
import { healthCheckProblems } from "./health-check";
import { portNumberProblem } from "./load-balancing";
import { compareText } from "./order";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { conditionProblems, priorityProblem } from "./rule-conditions";
import {
  ALGORITHMS,
  findPort,
  type LoadBalancerKind,
  PROTOCOL_VERSIONS,
  type ResolvedTarget,
  resolveTarget,
  type StickinessOptions,
  type TargetOptions,
  type TargetProtocol,
} from "./target-group";
import { wholeProblems } from "./whole-number";

/** Sources: API reference of Elastic Load Balancing, TargetGroupAttribute; "Target groups for your Application Load Balancers", 2026. */
const DEREGISTRATION = [0, 3600] as const;
const SLOW_START = [30, 900] as const;
const STICKINESS = [1, 604_800] as const;

export const TARGET_DEFAULTS = { deregistrationDelayInSeconds: 60, stickinessInSeconds: 86_400 } as const;

const PROTOCOLS: Readonly<Record<LoadBalancerKind, readonly TargetProtocol[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP"],
};

const CALLED = { application: "an Application Load Balancer", network: "a Network Load Balancer" } as const;

/** What only one of the two has, each with the reason. */
const STRANGE: Readonly<Record<LoadBalancerKind, Readonly<Record<string, string>>>> = {
  application: {
    listenerPort: "an Application Load Balancer takes all requests on one port and tells them apart by 'conditions'",
    testListenerPort: "an Application Load Balancer has one for all targets; use 'testPort' of the load balancer",
    tlsToContainer: "use 'protocol' \"HTTPS\"",
    preserveClientIp: "an Application Load Balancer tells the client's address in the header X-Forwarded-For",
    proxyProtocol: "an Application Load Balancer tells the client's address in the header X-Forwarded-For",
  },
  network: {
    conditions:
      "a Network Load Balancer has no rules, because it does not read what goes through it; use 'listenerPort'",
    priority: "a Network Load Balancer has no rules, because it does not read what goes through it",
    protocolVersion: "a Network Load Balancer does not read what goes through it",
    slowStartInSeconds: "a Network Load Balancer gives each task its share at once",
    algorithm: "a Network Load Balancer chooses a task by the addresses and ports of the connection",
  },
};

/** The load balancer of targets, as far as their rules ask about it. */
export interface BalancerOfTargets {
  readonly kind: LoadBalancerKind;
  /** Whether clients speak TLS with it, or may. */
  readonly tls: boolean;
  /** Whether ECS moves requests to new tasks by itself. */
  readonly blueGreen: boolean;
  /** Whether it has IPv6 addresses too. @default false */
  readonly dualStack?: boolean;
}

/** What is wrong with one target whose container is found. */
function targetProblems(balancer: BalancerOfTargets, target: ResolvedTarget): Problem[] {
  const { kind } = balancer;
  const { options } = target;
  return [
    ...Object.entries(STRANGE[kind]).flatMap(([property, reason]) =>
      problemAt(
        [property],
        options[property as keyof TargetOptions] === undefined
          ? undefined
          : `'${property}' is not for ${CALLED[kind]}: ${reason}; leave it out`,
      ),
    ),
    ...problemAt(["protocol"], protocolProblem(kind, target)),
    ...healthCheckProblems(kind, target),
    ...wholeProblems("deregistrationDelayInSeconds", options.deregistrationDelayInSeconds, DEREGISTRATION),
    ...(kind === "application" ? requestProblems(balancer, options) : connectionProblems(balancer, target)),
  ];
}

function protocolProblem(kind: LoadBalancerKind, { protocol, container, port }: ResolvedTarget): string | undefined {
  if (!PROTOCOLS[kind].includes(protocol)) {
    return `'protocol' behind ${CALLED[kind]} must be one of ${quoteAll(PROTOCOLS[kind])}, got ${quote(protocol)}; change it, or the 'type' of the load balancer`;
  }
  const udp = findPort(container, port)?.protocol === "UDP";
  return udp === (protocol === "UDP") || protocol === "TCP_UDP"
    ? undefined
    : `'protocol' is ${quote(protocol)}, and port ${port} of container ${quote(container.name)} is ${udp ? "UDP" : "TCP"}; make them agree`;
}

function requestProblems({ tls }: BalancerOfTargets, options: TargetOptions): Problem[] {
  const { conditions, priority, protocolVersion, stickiness, slowStartInSeconds, algorithm } = options;
  return [
    ...(conditions === undefined ? [] : under("conditions", conditionProblems(conditions))),
    ...problemAt(["priority"], priorityProblem(priority)),
    ...problemAt(
      ["protocolVersion"],
      choiceProblem("'protocolVersion'", PROTOCOL_VERSIONS, protocolVersion) ??
        (protocolVersion === "GRPC" && !tls
          ? `'protocolVersion' "GRPC" needs HTTPS, which 'plainHttp' true leaves out; give the load balancer a certificate`
          : undefined),
    ),
    ...problemAt(["algorithm"], choiceProblem("'algorithm'", ALGORITHMS, algorithm)),
    ...wholeProblems("slowStartInSeconds", slowStartInSeconds, SLOW_START),
    ...problemAt(
      ["slowStartInSeconds"],
      slowStartInSeconds !== undefined && algorithm !== undefined && algorithm !== "round_robin"
        ? `'slowStartInSeconds' goes with 'algorithm' "round_robin" only, got ${quote(algorithm)}; remove one of the two`
        : undefined,
    ),
    ...(stickiness === undefined ? [] : under("stickiness", cookieProblems(stickiness))),
  ];
}

function cookieProblems({ cookieName, durationInSeconds }: StickinessOptions): Problem[] {
  return [
    ...problemAt(
      ["cookieName"],
      cookieName === undefined || (/^(?!AWSALB)[!#$%&'*+.^_`|~\w-]{1,256}$/.test(cookieName) && cookieName !== "")
        ? undefined
        : `'cookieName' must be the name of a cookie that does not begin with "AWSALB", got ${quote(cookieName)}`,
    ),
    ...wholeProblems("durationInSeconds", durationInSeconds, STICKINESS),
  ];
}

function connectionProblems({ tls, blueGreen, dualStack }: BalancerOfTargets, target: ResolvedTarget): Problem[] {
  const { options, protocol } = target;
  const { listenerPort, testListenerPort, stickiness } = options;
  return [
    ...problemAt(
      ["protocol"],
      protocol === "TLS" && !tls
        ? "'protocol' \"TLS\" needs a certificate, and the load balancer has none; give it 'certificateArn', or let TLS pass with \"TCP\""
        : undefined,
    ),
    ...problemAt(["protocol"], dualStack === true ? sourceNatProblem(protocol) : undefined),
    ...problemAt(
      ["listenerPort"],
      listenerPort === undefined ? undefined : portNumberProblem("'listenerPort'", listenerPort),
    ),
    ...problemAt(
      ["testListenerPort"],
      testListenerPort === undefined
        ? undefined
        : blueGreen
          ? portNumberProblem("'testListenerPort'", testListenerPort)
          : `'testListenerPort' is for deployments that move requests between two sets of tasks, and the service's 'strategy' is "ROLLING"; leave it out, or choose "BLUE_GREEN"`,
    ),
    ...problemAt(
      ["tlsToContainer"],
      options.tlsToContainer === true && protocol !== "TLS"
        ? `'tlsToContainer' is for 'protocol' "TLS", got ${quote(protocol)}; leave it out`
        : undefined,
    ),
    ...problemAt(
      ["preserveClientIp"],
      options.preserveClientIp === false && protocol.endsWith("UDP")
        ? `'preserveClientIp' must not be false for ${quote(protocol)}, where AWS keeps the client's address; leave it out`
        : undefined,
    ),
    ...Object.keys(stickiness ?? {}).flatMap((property) =>
      problemAt(
        ["stickiness", property],
        `'${property}' is for cookies, and a Network Load Balancer knows a client by its address; leave it out`,
      ),
    ),
    ...problemAt(
      ["stickiness"],
      stickiness !== undefined && protocol === "TLS"
        ? "'stickiness' does not go with 'protocol' \"TLS\", AWS refuses it; leave it out, or let TLS pass with \"TCP\""
        : undefined,
    ),
  ];
}

/**
 * A Network Load Balancer takes UDP on IPv6 addresses only where it has IPv6 addresses to send from.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/40431
 */
function sourceNatProblem(protocol: TargetProtocol): string | undefined {
  return protocol.endsWith("UDP")
    ? `'protocol' ${quote(protocol)} behind a load balancer with 'dualStack' needs source addresses of IPv6 ('EnablePrefixForIpv6SourceNat'), which Terraform's provider 6.34 cannot set; leave 'dualStack' out, or give UDP a load balancer of its own`
    : undefined;
}

const KEY = /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/;

/** The targets of a service whose containers are found, and what is wrong with any. */
export interface CheckedTargets {
  /** In alphabetical order of their keys. */
  readonly targets: readonly ResolvedTarget[];
  readonly problems: readonly Problem[];
}

/** Finds and checks the targets of a service, each by itself and beside the others. */
export function checkTargets(
  balancer: BalancerOfTargets,
  targets: Readonly<Record<string, TargetOptions>>,
  containers: readonly ContainerSpec[],
): CheckedTargets {
  const entries = Object.entries(targets).sort(([a], [b]) => compareText(a, b));
  const resolutions = entries.map(([key, options]) => ({
    key,
    resolution: resolveTarget(balancer.kind, key, options, containers),
  }));
  const found = resolutions.flatMap(({ resolution }) => ("target" in resolution ? [resolution.target] : []));
  return {
    targets: found,
    problems: [
      ...(entries.length === 0
        ? [{ at: [], message: "'targets' must hold at least one target, like web: {}, got none" }]
        : []),
      ...resolutions.flatMap(({ key, resolution }) =>
        under(
          [key],
          [
            ...problemAt([], keyProblem(key)),
            ...("target" in resolution ? targetProblems(balancer, resolution.target) : resolution.problems),
          ],
        ),
      ),
      ...(balancer.kind === "network" ? listenerPortProblems(found) : []),
    ],
  };
}

function keyProblem(key: string): string | undefined {
  return KEY.test(key)
    ? undefined
    : `the name of a target must be 1 to 20 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit, got ${quote(key)}`;
}

/** Ports on which a Network Load Balancer would have to listen twice, each at the key of the later target. */
function listenerPortProblems(targets: readonly ResolvedTarget[]): Problem[] {
  const ports = targets.flatMap(({ key, options, port }) => [
    { key, property: "listenerPort", port: options.listenerPort ?? port },
    ...(options.testListenerPort === undefined
      ? []
      : [{ key, property: "testListenerPort", port: options.testListenerPort }]),
  ]);
  return ports.flatMap(({ key, property, port }, index) => {
    const other = ports.slice(0, index).find((earlier) => earlier.port === port);
    return problemAt(
      [key, property],
      other === undefined
        ? undefined
        : `'${property}' of target ${quote(key)} is ${port}, on which the load balancer already listens for ${quote(other.key)}; give it another port`,
    );
  });
}
