import { domainNameProblem } from "./domain-name";
import { annotationProblems, dnsLabelProblem, dnsSubdomainProblem } from "./kubernetes-names";
import {
  certificateArnProblems,
  controllerAnnotations,
  DEFAULT_SSL_POLICY,
  extraAnnotationProblems,
  inboundCidrProblems,
  joined,
  type LoadBalancerScheme,
  portProblem,
  schemeProblem,
  serviceNameProblem,
  webAclArnProblem,
} from "./load-balancing";
import { compareText } from "./order";
import { type Problem, problemAt, quote, under } from "./problem";

/** A Service that takes requests. */
export interface IngressBackend {
  readonly service: string;
  /** Port of the Service, by its number or its name. */
  readonly port: number | string;
  /** Whether only this very path is meant, or also what is below it (`Prefix`). @default "Prefix" */
  readonly pathType?: "Prefix" | "Exact";
}

/** Backends by path, such as `/` or `/api`. */
export type IngressPaths = Readonly<Record<string, IngressBackend>>;

/** Stands for requests to any host. */
export const ANY_HOST = "*";

/** An Ingress that the AWS Load Balancer Controller makes an Application Load Balancer for. */
export interface AlbIngressSpec {
  readonly namespace: string;
  readonly name: string;
  /** What takes the requests: paths by host, such as `shop.example.com`, `*.example.com`, or `*` for any. */
  readonly hosts: Readonly<Record<string, IngressPaths>>;
  /** Whether the load balancer is reached from the internet. @default "internal" */
  readonly scheme?: LoadBalancerScheme;
  /** ARNs of certificates in the load balancer's Region; the first is for clients that name no host. @default - HTTP only */
  readonly certificateArns?: readonly string[];
  /** Security policy of TLS. @default "ELBSecurityPolicy-TLS13-1-2-2021-06" */
  readonly sslPolicy?: string;
  /** ARN of a web ACL of AWS WAF (WAFv2, regional). @default - none */
  readonly webAclArn?: string;
  /** Path that has to answer with status 200 for a pod to get requests. @default "/" */
  readonly healthCheckPath?: string;
  /** Networks that may connect. @default - all that reach the load balancer */
  readonly inboundCidrs?: readonly string[];
  /** Ingresses of one group share a load balancer, also across namespaces. @default - a load balancer of its own */
  readonly group?: string;
  /** Place among the Ingresses of the group, -1000 to 1000: rules of the lowest are asked first. @default 0 */
  readonly groupOrder?: number;
  /** Subnets of the load balancer, in two zones at least. @default - those with the tags of the VPC's subnets */
  readonly subnetIds?: readonly string[];
  /** Further annotations, of the controller or of ExternalDNS. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Whether a value is known at synth. */
type Known = (value: string) => boolean;

const PREFIX = "alb.ingress.kubernetes.io";

/** Annotations that say what the spec has a property for. */
const OWN: Readonly<Record<string, string>> = {
  [`${PREFIX}/scheme`]: "'scheme'",
  [`${PREFIX}/certificate-arn`]: "'certificateArns'",
  [`${PREFIX}/ssl-policy`]: "'sslPolicy'",
  [`${PREFIX}/ssl-redirect`]: "'certificateArns'",
  [`${PREFIX}/listen-ports`]: "'certificateArns'",
  [`${PREFIX}/wafv2-acl-arn`]: "'webAclArn'",
  [`${PREFIX}/healthcheck-path`]: "'healthCheckPath'",
  [`${PREFIX}/inbound-cidrs`]: "'inboundCidrs'",
  [`${PREFIX}/group.name`]: "'group'",
  [`${PREFIX}/group.order`]: "'groupOrder'",
  [`${PREFIX}/subnets`]: "'subnetIds'",
  "kubernetes.io/ingress.class": "the controller's class",
};

const GROUP_NAME = /^([a-z0-9][a-z0-9.-]*)?[a-z0-9]$/;
const MAX_GROUP_NAME = 63;
const MAX_GROUP_ORDER = 1000;

/**
 * Why the controller would not take the group, or `undefined`.
 *
 * Source: kubernetes-sigs/aws-load-balancer-controller, pkg/ingress/group_loader.go at v3.5.0.
 */
export function groupNameProblem(group: string): string | undefined {
  return group.length <= MAX_GROUP_NAME && GROUP_NAME.test(group)
    ? undefined
    : `'group' must be 1 to ${MAX_GROUP_NAME} lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, got ${quote(group)}`;
}

/** What is wrong with an Ingress. */
export function albIngressProblems(spec: AlbIngressSpec, known: Known = () => true): Problem[] {
  const { certificateArns = [], annotations = {} } = spec;
  return [
    ...problemAt(["namespace"], known(spec.namespace) ? dnsLabelProblem("'namespace'", spec.namespace) : undefined),
    ...problemAt(["name"], dnsSubdomainProblem("'name' of an Ingress", spec.name)),
    ...hostProblems(spec.hosts),
    ...problemAt(["scheme"], spec.scheme === undefined ? undefined : schemeProblem(spec.scheme)),
    ...certificateArnProblems("certificateArns", certificateArns.filter(known)),
    ...problemAt(
      ["sslPolicy"],
      spec.sslPolicy === undefined || certificateArns.length > 0
        ? undefined
        : "'sslPolicy' is for HTTPS, which needs 'certificateArns'; add them, or remove it",
    ),
    ...problemAt(
      ["webAclArn"],
      spec.webAclArn === undefined || !known(spec.webAclArn) ? undefined : webAclArnProblem(spec.webAclArn),
    ),
    ...problemAt(
      ["healthCheckPath"],
      spec.healthCheckPath === undefined ? undefined : pathProblem("'healthCheckPath'", spec.healthCheckPath),
    ),
    ...inboundCidrProblems(spec.inboundCidrs),
    ...groupProblems(spec),
    ...problemAt(["subnetIds"], spec.subnetIds === undefined ? undefined : subnetsProblem(spec.subnetIds)),
    ...under("annotations", annotationProblems(annotations)),
    ...extraAnnotationProblems(annotations, OWN),
  ];
}

/** What may be meant otherwise, or `undefined`. */
export function albIngressWarning({ scheme, certificateArns = [], name }: AlbIngressSpec): string | undefined {
  return scheme === "internet-facing" && certificateArns.length === 0
    ? `Ingress ${quote(name)} is reached from the internet over HTTP, which everybody on the way can read; give it 'certificateArns'`
    : undefined;
}

function hostProblems(hosts: AlbIngressSpec["hosts"]): Problem[] {
  const entries = Object.entries(hosts);
  if (entries.length === 0) {
    return problemAt(
      ["hosts"],
      `'hosts' must hold at least one host, like "shop.example.com" or ${quote(ANY_HOST)} for any, got none`,
    );
  }
  return entries.flatMap(([host, paths]) =>
    under(
      ["hosts", host],
      [
        ...problemAt([], host === ANY_HOST ? undefined : domainNameProblem("hosts", host, true)),
        ...problemAt(
          [],
          Object.keys(paths).length > 0
            ? undefined
            : `host ${quote(host)} must have at least one path, like "/", got none`,
        ),
        ...Object.entries(paths).flatMap(([path, backend]) => under([path], backendProblems(path, backend))),
      ],
    ),
  );
}

function backendProblems(path: string, { service, port, pathType = "Prefix" }: IngressBackend): Problem[] {
  return [
    ...problemAt([], pathProblem("a path of an Ingress", path)),
    ...problemAt(["service"], serviceNameProblem("'service'", service)),
    ...problemAt(["port"], portProblem("'port'", port)),
    ...problemAt(
      ["pathType"],
      ["Prefix", "Exact"].includes(pathType)
        ? undefined
        : `'pathType' must be "Prefix" or "Exact", got ${quote(pathType)}`,
    ),
  ];
}

function pathProblem(property: string, path: string): string | undefined {
  return /^\/[^\s*?]*$/.test(path)
    ? undefined
    : `${property} must begin with "/" and have no spaces and wildcards, got ${quote(path)}; "/" takes all`;
}

function groupProblems({ group, groupOrder }: AlbIngressSpec): Problem[] {
  return [
    ...problemAt(["group"], group === undefined ? undefined : groupNameProblem(group)),
    ...problemAt(
      ["groupOrder"],
      groupOrder === undefined || (Number.isInteger(groupOrder) && Math.abs(groupOrder) <= MAX_GROUP_ORDER)
        ? undefined
        : `'groupOrder' must be a whole number from -${MAX_GROUP_ORDER} to ${MAX_GROUP_ORDER}, got ${quote(groupOrder)}`,
    ),
    ...problemAt(
      ["groupOrder"],
      groupOrder !== undefined && group === undefined
        ? "'groupOrder' is for Ingresses of a 'group'; add it, or remove this"
        : undefined,
    ),
  ];
}

function subnetsProblem(subnetIds: readonly string[]): string | undefined {
  const { size } = new Set(subnetIds);
  return size >= 2
    ? undefined
    : `'subnetIds' must hold subnets in at least two zones, which an Application Load Balancer needs, got ${size}`;
}

/** The annotations that make the controller do what the spec says, in alphabetical order. */
export function albIngressAnnotations(spec: AlbIngressSpec): Record<string, string> {
  const { scheme = "internal", certificateArns = [], sslPolicy = DEFAULT_SSL_POLICY } = spec;
  const tls = certificateArns.length > 0;
  const own: Record<string, string | undefined> = {
    scheme,
    "target-type": "ip",
    "listen-ports": JSON.stringify(tls ? [{ HTTP: 80 }, { HTTPS: 443 }] : [{ HTTP: 80 }]),
    "ssl-redirect": tls ? "443" : undefined,
    "certificate-arn": tls ? certificateArns.join(",") : undefined,
    "ssl-policy": tls ? sslPolicy : undefined,
    "wafv2-acl-arn": spec.webAclArn,
    "healthcheck-path": spec.healthCheckPath,
    "inbound-cidrs": joined(spec.inboundCidrs),
    "group.name": spec.group,
    "group.order": spec.groupOrder?.toString(),
    subnets: joined(spec.subnetIds),
    // Headers with names that are none are a way to smuggle requests past the load balancer.
    "load-balancer-attributes": "routing.http.drop_invalid_header_fields.enabled=true",
  };
  return controllerAnnotations(`${PREFIX}/`, own, spec.annotations);
}

/**
 * Hosts with their paths in the order in which the load balancer asks them: the controller leaves hosts in the order of
 * the Ingress, so those that mean fewer requests come first, or they would never be asked. Paths it orders itself.
 *
 * Source: kubernetes-sigs/aws-load-balancer-controller, pkg/ingress/model_build_listener_rules.go at v3.5.0.
 */
export function orderedHosts({ hosts }: Pick<AlbIngressSpec, "hosts">): [string, [string, IngressBackend][]][] {
  return Object.entries(hosts)
    .sort(([a], [b]) => breadth(a) - breadth(b) || b.length - a.length || compareText(a, b))
    .map(([host, paths]) => [host, Object.entries(paths).sort(([a], [b]) => compareText(a, b))]);
}

function breadth(host: string): number {
  if (host === ANY_HOST) {
    return 2;
  }
  return host.startsWith("*.") ? 1 : 0;
}
