import { annotationProblems, dnsLabelProblem } from "./kubernetes-names";
import {
  certificateArnProblems,
  controllerAnnotations,
  DEFAULT_SSL_POLICY,
  extraAnnotationProblems,
  inboundCidrProblems,
  joined,
  type LoadBalancerScheme,
  schemeProblem,
  serviceNameProblem,
} from "./load-balancing";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { type ServicePort, selectorProblems, servicePortProblems } from "./service";

/** A port that the load balancer listens on. */
export interface NlbPort extends ServicePort {
  /** Whether the load balancer ends TLS here, with the certificates. @default false */
  readonly tls?: boolean;
}

/** A Service that the AWS Load Balancer Controller makes a Network Load Balancer for, which sends to pods' addresses. */
export interface NlbServiceSpec {
  readonly namespace: string;
  readonly name: string;
  /** Labels of the pods that take the connections. */
  readonly selector: Readonly<Record<string, string>>;
  /** Ports by name. */
  readonly ports: Readonly<Record<string, NlbPort>>;
  /** Whether the load balancer is reached from the internet. @default "internal" */
  readonly scheme?: LoadBalancerScheme;
  /** ARNs of certificates for the ports with `tls`. @default - none */
  readonly certificateArns?: readonly string[];
  /** Security policy of TLS. @default "ELBSecurityPolicy-TLS13-1-2-2021-06" */
  readonly sslPolicy?: string;
  /** Whether pods see the address of the client, and not the load balancer's. @default - for UDP alone, as AWS has it */
  readonly preserveClientIp?: boolean;
  /** Path that has to answer over HTTP for a pod to get connections. @default - it has to take a connection */
  readonly healthCheckPath?: string;
  /** Networks that may connect. @default - all that reach the load balancer */
  readonly inboundCidrs?: readonly string[];
  /** Subnets of the load balancer. @default - those with the tags of the VPC's subnets */
  readonly subnetIds?: readonly string[];
  /** Further annotations, of the controller or of ExternalDNS. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

type Known = (value: string) => boolean;

/** Class of Services that the AWS Load Balancer Controller takes, and no other controller. */
export const NLB_CLASS = "service.k8s.aws/nlb";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";

const OWN: Readonly<Record<string, string>> = {
  [`${PREFIX}-scheme`]: "'scheme'",
  [`${PREFIX}-internal`]: "'scheme'",
  [`${PREFIX}-ssl-cert`]: "'certificateArns'",
  [`${PREFIX}-ssl-ports`]: "'tls' of a port",
  [`${PREFIX}-ssl-negotiation-policy`]: "'sslPolicy'",
  [`${PREFIX}-target-group-attributes`]: "'preserveClientIp'",
  [`${PREFIX}-healthcheck-path`]: "'healthCheckPath'",
  [`${PREFIX}-enable-tcp-udp-listener`]: "'protocol' of two ports with one number",
  [`${PREFIX}-subnets`]: "'subnetIds'",
  "service.beta.kubernetes.io/load-balancer-source-ranges": "'inboundCidrs'",
};

/** What is wrong with a Service. */
export function nlbServiceProblems(spec: NlbServiceSpec, known: Known = () => true): Problem[] {
  const { annotations = {}, certificateArns = [], subnetIds } = spec;
  return [
    ...problemAt(["namespace"], known(spec.namespace) ? dnsLabelProblem("'namespace'", spec.namespace) : undefined),
    ...problemAt(["name"], serviceNameProblem("'name'", spec.name)),
    ...selectorProblems(spec.selector),
    ...servicePortProblems(spec.ports),
    ...problemAt(["scheme"], spec.scheme === undefined ? undefined : schemeProblem(spec.scheme)),
    ...certificateArnProblems("certificateArns", certificateArns.filter(known)),
    ...tlsProblems(spec),
    ...udpProblems(spec),
    ...problemAt(
      ["healthCheckPath"],
      spec.healthCheckPath === undefined || /^\/\S*$/.test(spec.healthCheckPath)
        ? undefined
        : `'healthCheckPath' must begin with "/" and have no spaces, got ${quote(spec.healthCheckPath)}`,
    ),
    ...inboundCidrProblems(spec.inboundCidrs),
    ...problemAt(
      ["subnetIds"],
      subnetIds?.length === 0 ? "'subnetIds' must hold at least one subnet, got none; leave it out" : undefined,
    ),
    ...under("annotations", annotationProblems(annotations)),
    ...extraAnnotationProblems(annotations, OWN),
  ];
}

function tlsProblems({ ports, certificateArns = [], sslPolicy }: NlbServiceSpec): Problem[] {
  const entries = Object.entries(ports);
  const tls = entries.filter(([, port]) => port.tls === true);
  return [
    ...tls.flatMap(([name, { protocol = "TCP" }]) =>
      problemAt(
        ["ports", name, "tls"],
        protocol === "TCP" ? undefined : `'tls' is for TCP, port ${quote(name)} is ${protocol}; remove one of the two`,
      ),
    ),
    ...problemAt(
      ["certificateArns"],
      tls.length > 0 && certificateArns.length === 0
        ? `'certificateArns' must hold a certificate for ${quoteAll(tls.map(([name]) => name))}, where the load balancer ends TLS, got none`
        : undefined,
    ),
    ...problemAt(
      ["certificateArns"],
      tls.length === 0 && certificateArns.length > 0
        ? "'certificateArns' are for ports with 'tls', and there is none; set it on one, or remove them"
        : undefined,
    ),
    ...problemAt(
      ["sslPolicy"],
      sslPolicy !== undefined && tls.length === 0
        ? "'sslPolicy' is for ports with 'tls', and there is none; remove it"
        : undefined,
    ),
  ];
}

type NamedPort = readonly [name: string, port: NlbPort];

/** Ports with one number, over TCP and over UDP, which are one listener of the load balancer with one target group. */
function pairsOf(ports: NlbServiceSpec["ports"]): { readonly tcp: NamedPort; readonly udp: NamedPort }[] {
  const entries = Object.entries(ports);
  return entries
    .filter(([, { protocol }]) => protocol === "UDP")
    .flatMap((udp) =>
      entries
        .filter(([, { port, protocol = "TCP" }]) => protocol === "TCP" && port === udp[1].port)
        .map((tcp) => ({ tcp, udp })),
    );
}

/**
 * What does not go over UDP.
 *
 * Sources: kubernetes-sigs/aws-load-balancer-controller, pkg/service/model_build_listener.go at v3.5.0; Elastic Load
 * Balancing, "Edit target group attributes for your Network Load Balancer".
 */
function udpProblems({ ports, preserveClientIp }: NlbServiceSpec): Problem[] {
  const names = Object.entries(ports).flatMap(([name, { protocol }]) => (protocol === "UDP" ? [name] : []));
  return [
    ...problemAt(
      ["preserveClientIp"],
      preserveClientIp === false && names.length > 0
        ? `'preserveClientIp' must not be false for UDP, where AWS keeps the client's address, and ${quoteAll(names)} is UDP; leave it out`
        : undefined,
    ),
    ...pairsOf(ports).flatMap(({ tcp: [tcpName, tcp], udp: [udpName, udp] }) => {
      const [tcpTarget, udpTarget] = [tcp.targetPort ?? tcp.port, udp.targetPort ?? udp.port];
      const one = `ports ${quoteAll([tcpName, udpName])} have one number, and so one listener and one target group`;
      return [
        ...problemAt(
          ["ports", udpName, "targetPort"],
          typeof tcpTarget === "number" && typeof udpTarget === "number" && tcpTarget !== udpTarget
            ? `${one}, and 'targetPort' must be the same, got ${tcpTarget} and ${udpTarget}`
            : undefined,
        ),
        ...problemAt(
          ["ports", tcpName, "tls"],
          tcp.tls === true ? `${one}, where no TLS ends; give each a number of its own, or remove 'tls'` : undefined,
        ),
      ];
    }),
  ];
}

/** The annotations that make the controller do what the spec says, in alphabetical order. */
export function nlbServiceAnnotations(spec: NlbServiceSpec): Record<string, string> {
  const { scheme = "internal", certificateArns = [], sslPolicy = DEFAULT_SSL_POLICY } = spec;
  const tls = Object.entries(spec.ports).filter(([, port]) => port.tls === true);
  const own: Record<string, string | undefined> = {
    "nlb-target-type": "ip",
    scheme,
    "target-group-attributes":
      spec.preserveClientIp === undefined ? undefined : `preserve_client_ip.enabled=${spec.preserveClientIp}`,
    "ssl-cert": tls.length === 0 ? undefined : certificateArns.join(","),
    "ssl-ports": tls.length === 0 ? undefined : joined(tls.map(([name]) => name)),
    "ssl-negotiation-policy": tls.length === 0 ? undefined : sslPolicy,
    "healthcheck-protocol": spec.healthCheckPath === undefined ? undefined : "http",
    "healthcheck-path": spec.healthCheckPath,
    // Else one of the two would be lost.
    "enable-tcp-udp-listener": pairsOf(spec.ports).length === 0 ? undefined : "true",
    subnets: joined(spec.subnetIds),
  };
  return controllerAnnotations(`${PREFIX}-`, own, spec.annotations);
}
