import { ipFamilyOf } from "../units/ip-network";
import { type AccessLogsOptions, accessLogsProblems } from "./access-logs";
import { choiceProblem } from "./choice";
import { domainNameProblem, liesInZone, withoutWildcard } from "./domain-name";
import {
  certificateArnProblems,
  inboundCidrProblems,
  type LoadBalancerScheme,
  schemeProblem,
  webAclArnProblem,
} from "./load-balancing";
import { type Problem, problemAt, quote } from "./problem";
import type { LoadBalancerKind } from "./target-group";
import { tlsPolicyProblem } from "./tls-policies";
import { wholeProblems } from "./whole-number";

/** The zone of a record, as far as the rules ask about it. */
export interface NamedZone {
  readonly zoneName: string;
}

/** What load balancers of both kinds have. */
export interface LoadBalancerSpec {
  /** At most 32 letters, digits and "-". @default - the name of the service */
  readonly name?: string;
  /** Whether it is reached from the internet. @default "internal" */
  readonly scheme?: LoadBalancerScheme;
  /** Whether it has IPv6 addresses too, for which its subnets need IPv6 networks. @default false */
  readonly dualStack?: boolean;
  /** Certificate for clients that name no host, in the load balancer's Region. @default - none */
  readonly certificateArn?: string;
  /** Certificates for further names, by a name of your choice. @default - none */
  readonly furtherCertificateArns?: Readonly<Record<string, string>>;
  /** Security policy of TLS. @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" */
  readonly sslPolicy?: string;
  /** Networks that may connect. @default - all when internet-facing, else the VPC */
  readonly inboundCidrs?: readonly string[];
  /** Names that lead to it, each with its zone. @default - none */
  readonly domainNames?: Readonly<Record<string, NamedZone>>;
  /** Whether AWS refuses to delete it. @default true */
  readonly deletionProtection?: boolean;
  /** Quotas of AWS that were raised for the account. @default - AWS's own: 25 certificates, 100 rules */
  readonly limits?: LoadBalancerLimits;
}

/**
 * Quotas of load balancers. AWS raises them on request.
 *
 * As of 2026-11-21, "Quotas for your Application Load Balancers": certificates beside the default one, rules beside the
 * default ones.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export interface LoadBalancerLimits {
  /** @default 25 */
  readonly certificates?: number;
  /** @default 100 */
  readonly rules?: number;
}

export const DEFAULT_LIMITS: Required<LoadBalancerLimits> = { certificates: 25, rules: 100 };

const DESYNC_MODES = ["monitor", "defensive", "strictest"] as const;

/** A load balancer of HTTP, with rules by host, path and more. */
export interface ApplicationLoadBalancerSpec extends LoadBalancerSpec {
  /** HTTP without encryption, and no HTTPS. @default false */
  readonly plainHttp?: boolean;
  /** Whether HTTP answers with a redirect to HTTPS (301). @default true */
  readonly redirectHttp?: boolean;
  /** Port on which new tasks can be tried before they get requests, for services with such deployments. @default - none */
  readonly testPort?: number;
  /** ARN of a web ACL of AWS WAF (WAFv2, regional). @default - none */
  readonly webAclArn?: string;
  /** Records of the requests. @default - in a bucket of its own, kept one year */
  readonly accessLogs?: AccessLogsOptions | false;
  /** Whether header fields with names that are none are taken away, by which requests could be smuggled. @default true */
  readonly dropInvalidHeaders?: boolean;
  /** What happens to requests that servers may read in different ways. @default "defensive" */
  readonly desyncMode?: (typeof DESYNC_MODES)[number];
  /** How long a connection may say nothing, in seconds, 1 to 4000. @default 60 */
  readonly idleTimeoutInSeconds?: number;
  /** How long a client may keep a connection, in seconds, 60 to 604800. @default 3600 */
  readonly clientKeepAliveInSeconds?: number;
  /** Whether containers see the header `Host` as the client wrote it, with its port. @default false */
  readonly preserveHostHeader?: boolean;
}

/** A load balancer of connections, with a port for each target. */
export interface NetworkLoadBalancerSpec extends LoadBalancerSpec {
  /** Whether each zone sends to tasks in all zones. Traffic between zones has its price. @default true */
  readonly crossZone?: boolean;
  /** Allocation ids of its fixed addresses, by zone; one for each zone. @default - AWS chooses */
  readonly elasticIps?: Readonly<Record<string, string>>;
  /** Records of TLS connections, which are all that AWS records. @default false */
  readonly accessLogs?: AccessLogsOptions | false;
}

type Known = (value: string) => boolean;

const RANGES = {
  idleTimeoutInSeconds: [1, 4000],
  clientKeepAliveInSeconds: [60, 604_800],
} as const;

/** What is wrong with an Application Load Balancer by itself. */
export function applicationLoadBalancerProblems(
  spec: ApplicationLoadBalancerSpec,
  known: Known = () => true,
): Problem[] {
  const { desyncMode, webAclArn, testPort } = spec;
  return [
    ...commonProblems(spec, known),
    ...httpsProblems(spec),
    ...(["idleTimeoutInSeconds", "clientKeepAliveInSeconds"] as const).flatMap((property) =>
      wholeProblems(property, spec[property], RANGES[property]),
    ),
    ...problemAt(["desyncMode"], choiceProblem("'desyncMode'", DESYNC_MODES, desyncMode)),
    ...problemAt(["webAclArn"], webAclArn === undefined || !known(webAclArn) ? undefined : webAclArnProblem(webAclArn)),
    ...problemAt(["testPort"], testPort === undefined ? undefined : testPortProblem(testPort)),
    ...accessLogsProblems(spec.accessLogs),
  ];
}

function testPortProblem(port: number): string | undefined {
  if (port === 80 || port === 443) {
    return `'testPort' must not be ${port}, on which the load balancer takes requests; use another, such as 8443`;
  }
  return Number.isInteger(port) && port >= 1 && port <= 65_535
    ? undefined
    : `'testPort' must be a port from 1 to 65535, got ${quote(port)}`;
}

function httpsProblems(spec: ApplicationLoadBalancerSpec): Problem[] {
  const { plainHttp = false, certificateArn, redirectHttp, sslPolicy, furtherCertificateArns = {} } = spec;
  if (!plainHttp) {
    return problemAt(
      ["certificateArn"],
      certificateArn === undefined
        ? "HTTPS needs a certificate, and 'certificateArn' is not given; add it, or say 'plainHttp' true where everybody on the way may read the requests"
        : undefined,
    );
  }
  const given = { certificateArn, sslPolicy, furtherCertificateArns: Object.keys(furtherCertificateArns)[0] };
  return [
    ...Object.entries(given).flatMap(([property, value]) =>
      problemAt(
        [property],
        value === undefined
          ? undefined
          : `'${property}' is for HTTPS, which 'plainHttp' true leaves out; remove one of the two`,
      ),
    ),
    ...problemAt(
      ["redirectHttp"],
      redirectHttp === true
        ? "'redirectHttp' leads to HTTPS, which 'plainHttp' true leaves out; remove one of the two"
        : undefined,
    ),
  ];
}

/** What is wrong with a Network Load Balancer by itself. */
export function networkLoadBalancerProblems(spec: NetworkLoadBalancerSpec, known: Known = () => true): Problem[] {
  const { elasticIps = {}, scheme = "internal", dualStack } = spec;
  return [
    ...commonProblems(spec, known),
    ...strangeProblems(spec),
    ...problemAt(
      ["elasticIps"],
      Object.keys(elasticIps).length > 0 && scheme === "internal"
        ? `'elasticIps' are addresses of the internet, and 'scheme' is "internal"; make it "internet-facing", or remove them`
        : undefined,
    ),
    ...Object.entries(elasticIps).flatMap(([zone, id]) =>
      problemAt(
        ["elasticIps", zone],
        known(id) && !/^eipalloc-[0-9a-z]+$/.test(id)
          ? `'elasticIps' must hold allocation ids, like "eipalloc-0123456789abcdef0", got ${quote(id)}`
          : Object.values(elasticIps).indexOf(id) < Object.keys(elasticIps).indexOf(zone)
            ? `'elasticIps' must hold an address of its own for each zone, got ${known(id) ? quote(id) : "one"} twice; allocate another`
            : undefined,
      ),
    ),
    ...problemAt(
      ["dualStack"],
      dualStack === true && Object.keys(elasticIps).length > 0
        ? "'dualStack' with 'elasticIps' would leave its IPv6 addresses to AWS, so that only half of them are fixed; remove one of the two"
        : undefined,
    ),
    ...accessLogsProblems(spec.accessLogs),
  ];
}

/** What only an Application Load Balancer has, each with the reason. */
const APPLICATION_ONLY: Readonly<Record<string, string>> = {
  webAclArn: "AWS WAF looks at requests of HTTP, and a Network Load Balancer passes connections on",
  plainHttp: "a Network Load Balancer knows no HTTP",
  redirectHttp: "a Network Load Balancer knows no HTTP",
  testPort: "a Network Load Balancer has a port for each target; use 'testListenerPort' of the target",
  dropInvalidHeaders: "a Network Load Balancer sees no headers",
  desyncMode: "a Network Load Balancer sees no requests",
  idleTimeoutInSeconds: "a Network Load Balancer has a timeout of 350 seconds for TCP",
  clientKeepAliveInSeconds: "a Network Load Balancer leaves it to the container",
  preserveHostHeader: "a Network Load Balancer sees no headers",
};

/** What only a Network Load Balancer has. */
const NETWORK_ONLY: Readonly<Record<string, string>> = {
  crossZone: "an Application Load Balancer always sends to tasks in all zones",
  elasticIps: "an Application Load Balancer changes its addresses as it grows",
};

/** Options of the other kind of load balancer, which a value that TypeScript has not seen may hold. */
export function otherKindProblems(kind: LoadBalancerKind, options: object): Problem[] {
  const other = kind === "application" ? NETWORK_ONLY : APPLICATION_ONLY;
  const called = kind === "application" ? "a Network Load Balancer" : "an Application Load Balancer";
  return Object.entries(options).flatMap(([property, value]) => {
    const reason = Object.hasOwn(other, property) && value !== undefined ? other[property] : undefined;
    return problemAt(
      [property],
      reason === undefined
        ? undefined
        : `'${property}' is for ${called}: ${reason}; leave it out, or choose the other 'type'`,
    );
  });
}

function strangeProblems(spec: NetworkLoadBalancerSpec): Problem[] {
  return spec.accessLogs !== undefined && spec.accessLogs !== false && spec.certificateArn === undefined
    ? problemAt(
        ["accessLogs"],
        "'accessLogs' of a Network Load Balancer record TLS connections alone, which need 'certificateArn'; leave them out, or look at the VPC's flow logs",
      )
    : [];
}

function commonProblems(spec: LoadBalancerSpec, known: Known): Problem[] {
  const { scheme, certificateArn, furtherCertificateArns = {}, sslPolicy, limits } = spec;
  const further = Object.entries(furtherCertificateArns);
  const most = limits?.certificates ?? DEFAULT_LIMITS.certificates;
  return [
    ...problemAt(["scheme"], scheme === undefined ? undefined : schemeProblem(scheme)),
    ...problemAt(
      ["certificateArn"],
      certificateArn === undefined || !known(certificateArn)
        ? undefined
        : certificateArnProblems("certificateArn", [certificateArn])[0]?.message,
    ),
    ...further.flatMap(([key, arn]) =>
      problemAt(
        ["furtherCertificateArns", key],
        (CERTIFICATE_KEY.test(key)
          ? undefined
          : `'furtherCertificateArns' must have names of 1 to 40 letters, digits, "-" and "_", got ${quote(key)}`) ??
          (known(arn) ? certificateArnProblems("furtherCertificateArns", [arn])[0]?.message : undefined),
      ),
    ),
    ...problemAt(
      ["furtherCertificateArns"],
      further.length > 0 && certificateArn === undefined
        ? "'furtherCertificateArns' stand beside 'certificateArn', which is not given; add it"
        : further.length <= most
          ? undefined
          : `'furtherCertificateArns' must hold at most ${most} certificates, got ${further.length}; put several names into one certificate, or have the quota raised and say so in 'limits.certificates'`,
    ),
    ...problemAt(["sslPolicy"], sslPolicy === undefined ? undefined : tlsPolicyProblem(sslPolicy)),
    ...cidrProblems(spec, known),
    ...recordProblems(spec.domainNames, known),
  ];
}

const CERTIFICATE_KEY = /^[\w-]{1,40}$/;

function cidrProblems({ inboundCidrs, dualStack = false }: LoadBalancerSpec, known: Known): Problem[] {
  return [
    ...(inboundCidrs?.every(known) === false
      ? problemAt(
          ["inboundCidrs"],
          "'inboundCidrs' must be known when the app runs, because the names of their rules are derived from them; give them as text",
        )
      : inboundCidrProblems(inboundCidrs)),
    ...(inboundCidrs ?? []).flatMap((cidr, index) =>
      problemAt(
        ["inboundCidrs", index],
        ipFamilyOf(cidr) === "ipv6" && known(cidr) && !dualStack
          ? `'inboundCidrs' holds the IPv6 network ${quote(cidr)}, and the load balancer has IPv4 addresses only; set 'dualStack' to true, or remove it`
          : undefined,
      ),
    ),
  ];
}

function recordProblems(domainNames: LoadBalancerSpec["domainNames"] = {}, known: Known): Problem[] {
  return Object.entries(domainNames).flatMap(([name, { zoneName }]) =>
    problemAt(
      ["domainNames", name],
      domainNameProblem("domainNames", name, true) ??
        (!known(zoneName) || liesInZone(withoutWildcard(name), zoneName)
          ? undefined
          : `'domainNames' must lie in their hosted zones, and ${quote(name)} does not lie in ${quote(zoneName)}; give it the zone above it`),
    ),
  );
}
