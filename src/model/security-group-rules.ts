import { Cidr } from "../units/cidr";
import { compareText } from "./order";
import { type Problem, quote, under } from "./problem";

/** The other side of some traffic: exactly one of the three. */
export interface TrafficPeer {
  /** Id of a security group, such as that of a database. */
  readonly securityGroupId?: string;
  /** IPv4 network. */
  readonly cidr?: string;
  /** Whether it is the pods of the group themselves. */
  readonly self?: boolean;
}

/** Traffic that a security group lets through. */
export interface TrafficRule extends TrafficPeer {
  /** One port, or the first and the last of several. @default - all ports */
  readonly port?: number | PortRange;
  /** `all` is every protocol, which has no ports. @default "tcp" */
  readonly protocol?: "tcp" | "udp" | "all";
}

/** Ports from the first to the last. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** What may reach pods, and what they may reach. */
export interface PodTraffic {
  /** Ports of containers that the kubelet probes, and that other pods of the cluster call. @default - none */
  readonly ports?: readonly number[];
  /** What else may reach the pods, by a name of your choice. @default - nothing */
  readonly ingress?: Readonly<Record<string, TrafficRule>>;
  /** What the pods may reach besides the cluster, by a name of your choice. @default - everything */
  readonly egress?: Readonly<Record<string, TrafficRule>>;
  /** Further security groups of the pods, such as the cluster's; five together. @default - none */
  readonly additionalSecurityGroupIds?: readonly string[];
}

/** Source: Amazon VPC quotas, security groups per network interface; AWS raises it to 16. As of 2026-11-21. */
const MAX_GROUPS = 5;

/** The kubelet's, which logs and commands of kubectl and the metrics of pods go through. */
const KUBELET_PORT = 10250;

const MAX_PORT = 65_535;
const KEY = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
/** Hexadecimal digits. Source: API model of Amazon EFS, SecurityGroup, 2026-11-22; that of EC2 names no pattern. */
const SECURITY_GROUP_ID = /^sg-[0-9a-f]+$/;

/** One rule of a security group as it is created. */
export interface PlannedRule {
  readonly key: string;
  /** Whose rule it is, and which way the traffic goes, seen from there. */
  readonly on: "pods" | "cluster";
  readonly direction: "ingress" | "egress";
  readonly description: string;
  readonly protocol: "tcp" | "udp" | "all";
  readonly port?: PortRange;
  readonly peer: "pods" | "cluster" | TrafficPeer;
}

/**
 * What a pod on Fargate cannot be without: names, the Kubernetes API, the kubelet and its probes. Pods with a security
 * group of their own do not have the cluster's, which allows all of it among its members.
 *
 * Source: Amazon EKS User Guide, "Use a security group policy for an Amazon EKS Pod"; "View Amazon EKS security group
 * requirements for clusters" (ports 443, 10250 and 53).
 */
export function plannedRules({ ports = [], ingress = {}, egress }: PodTraffic): PlannedRule[] {
  return [
    ...clusterRules(egress !== undefined),
    ...[...new Set(ports)]
      .sort((a, b) => a - b)
      .map((port) => fromCluster(`port-${port}`, `Probes and pods of the cluster, port ${port}`, port)),
    ...ownRules("ingress", ingress),
    ...(egress === undefined ? [TO_EVERYWHERE] : ownRules("egress", egress)),
  ];
}

const TO_EVERYWHERE: PlannedRule = {
  key: "everywhere",
  on: "pods",
  direction: "egress",
  description: "Everything",
  protocol: "all",
  peer: { cidr: "0.0.0.0/0" },
};

/** @param narrow whether the pods reach only what is named, so that the cluster has to be named too */
function clusterRules(narrow: boolean): PlannedRule[] {
  const needed = [
    { key: "dns-udp", what: "Names from CoreDNS", protocol: "udp", port: 53 },
    { key: "dns-tcp", what: "Long answers from CoreDNS", protocol: "tcp", port: 53 },
    { key: "api", what: "Kubernetes API", protocol: "tcp", port: 443 },
  ] as const;
  return [
    fromCluster("kubelet", "Logs, commands and metrics by the kubelet", KUBELET_PORT),
    ...needed.flatMap(({ key, what, protocol, port }): PlannedRule[] => {
      const rule = { description: what, protocol, port: { from: port, to: port } };
      return [
        ...(narrow
          ? [{ ...rule, key: `cluster-${key}`, on: "pods", direction: "egress", peer: "cluster" } as const]
          : []),
        { ...rule, key: `from-pods-${key}`, on: "cluster", direction: "ingress", peer: "pods" },
      ];
    }),
  ];
}

function fromCluster(key: string, description: string, port: number): PlannedRule {
  return {
    key,
    on: "pods",
    direction: "ingress",
    description,
    protocol: "tcp",
    port: { from: port, to: port },
    peer: "cluster",
  };
}

function ownRules(direction: "ingress" | "egress", rules: Readonly<Record<string, TrafficRule>>): PlannedRule[] {
  return Object.entries(rules)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, { port, protocol = "tcp", self, ...peer }]) => ({
      key: `${direction}-${key}`,
      on: "pods",
      direction,
      description: key,
      protocol,
      ...(protocol === "all" ? {} : { port: rangeOf(port) }),
      peer: self === true ? "pods" : peer,
    }));
}

function rangeOf(port: number | PortRange | undefined): PortRange {
  if (port === undefined) {
    return { from: 0, to: MAX_PORT };
  }
  return typeof port === "number" ? { from: port, to: port } : port;
}

/**
 * What is wrong with the traffic of pods.
 *
 * @param isKnown whether a value is known at synth; what is not is left to AWS
 */
export function podTrafficProblems(traffic: PodTraffic, isKnown: (value: string) => boolean): Problem[] {
  const { ports = [], ingress = {}, egress = {}, additionalSecurityGroupIds: groups = [] } = traffic;
  return [
    ...ports.flatMap((port, index) => portProblems(["ports", index], "'ports'", port)),
    ...Object.entries({ ingress, egress }).flatMap(([direction, rules]) =>
      Object.entries(rules).flatMap(([key, rule]) =>
        under([direction, key], ruleProblems(`rule ${quote(key)} of '${direction}'`, key, rule, isKnown)),
      ),
    ),
    ...Object.entries({ ingress, egress }).flatMap(([direction, rules]) =>
      under(direction, twiceProblems(direction, rules)),
    ),
    ...groups.flatMap((id, index) =>
      groupIdProblems(["additionalSecurityGroupIds", index], "'additionalSecurityGroupIds'", id, isKnown),
    ),
    ...(groups.length < MAX_GROUPS
      ? []
      : [
          {
            at: ["additionalSecurityGroupIds"],
            message: `pods must have at most ${MAX_GROUPS} security groups, their own among them, got ${groups.length + 1}; put the rules of some into one`,
          },
        ]),
  ];
}

/** Why a security group of pods cannot be called so, or `undefined`. */
export function podSecurityGroupKeyProblem(key: string): string | undefined {
  return KEY.test(key) ? undefined : keyMessage("a pod security group", key);
}

function keyMessage(what: string, key: string): string {
  return `the name of ${what} must be 1 to 40 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit, got ${quote(key)}`;
}

function ruleProblems(what: string, key: string, rule: TrafficRule, isKnown: (value: string) => boolean): Problem[] {
  const { securityGroupId, cidr, self, port, protocol = "tcp" } = rule;
  const peers = [securityGroupId, cidr, self === true ? "self" : undefined].filter((peer) => peer !== undefined);
  const malformed = cidr !== undefined && isKnown(cidr) ? Cidr.problemOf(cidr) : undefined;
  return [
    ...(KEY.test(key) ? [] : [{ at: [], message: keyMessage("a rule", key) }]),
    ...(peers.length === 1
      ? []
      : [
          {
            at: [],
            message: `${what} must have exactly one of 'securityGroupId', 'cidr' and 'self', got ${peers.length}`,
          },
        ]),
    ...(malformed === undefined ? [] : [{ at: ["cidr"], message: `'cidr' of ${what}: ${malformed}` }]),
    ...(securityGroupId === undefined
      ? []
      : groupIdProblems(["securityGroupId"], `'securityGroupId' of ${what}`, securityGroupId, isKnown)),
    ...(port === undefined ? [] : rangeProblems(`'port' of ${what}`, port)),
    ...(protocol === "all" && port !== undefined
      ? [
          {
            at: ["port"],
            message: `${what} has a 'port' and 'protocol' "all", which has no ports; leave one of them out`,
          },
        ]
      : []),
    ...(["tcp", "udp", "all"].includes(protocol)
      ? []
      : [
          {
            at: ["protocol"],
            message: `'protocol' of ${what} must be "tcp", "udp" or "all", got ${quote(protocol)}`,
          },
        ]),
  ];
}

/** Rules of the same traffic under two names, of which EC2 takes one alone. */
function twiceProblems(direction: string, rules: Readonly<Record<string, TrafficRule>>): Problem[] {
  const traffic = Object.entries(rules).flatMap(([key, { port, protocol = "tcp", cidr, securityGroupId, self }]) => {
    const { from, to } = rangeOf(protocol === "all" ? undefined : port);
    const peer = cidr ?? securityGroupId ?? (self === true ? "self" : undefined);
    return peer === undefined ? [] : [{ key, id: [protocol, from, to, peer].join() }];
  });
  return traffic.flatMap(({ key, id }, index) => {
    const first = traffic.findIndex((other) => other.id === id);
    return first === index
      ? []
      : [
          {
            at: [key],
            message: `rules ${quote(traffic[first]?.key)} and ${quote(key)} of '${direction}' let the same traffic through, and AWS refuses the second; remove one`,
          },
        ];
  });
}

function groupIdProblems(at: Problem["at"], what: string, id: string, isKnown: (value: string) => boolean): Problem[] {
  return !isKnown(id) || SECURITY_GROUP_ID.test(id)
    ? []
    : [{ at, message: `${what} must be the id of a security group, like "sg-0a1b2c3d4e5f60718", got ${quote(id)}` }];
}

function rangeProblems(what: string, port: number | PortRange): Problem[] {
  if (typeof port === "number") {
    return portProblems(["port"], what, port);
  }
  const problems = [port.from, port.to].flatMap((end) => portProblems(["port"], what, end));
  return problems.length > 0 || port.from <= port.to
    ? problems
    : [{ at: ["port"], message: `${what} must not end before it begins, got ${port.from} to ${port.to}` }];
}

function portProblems(at: Problem["at"], what: string, port: number): Problem[] {
  return Number.isInteger(port) && port >= 1 && port <= MAX_PORT
    ? []
    : [{ at, message: `${what} must be 1 to ${MAX_PORT}, got ${quote(port)}` }];
}
