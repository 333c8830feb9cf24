import * as v from "valibot";
import { type AlbIngressSpec, albIngressProblems } from "../../model/alb-ingress";
import { egressOf } from "../../model/egress";
import { sameNameProblems } from "../../model/kubernetes-names";
import { otherRegionProblems, SCHEMES } from "../../model/load-balancing";
import { type NlbServiceSpec, nlbServiceProblems } from "../../model/nlb-service";
import { type Problem, problemAt, quote, quoteAll, under } from "../../model/problem";
import { described, names, text } from "../pieces";
import type { Settings } from "../schema";

const scheme = described(v.picklist(SCHEMES), "Default: internal.");
const port = v.union([v.number(), text]);

/** What load balancers of both kinds may have. */
const common = {
  namespace: text,
  name: v.exactOptional(described(text, "Default: the key.")),
  scheme: v.exactOptional(scheme),
  certificates: v.exactOptional(described(names, "Keys of 'certificates'. Default: none.")),
  certificateArns: v.exactOptional(described(names, "Certificates of somebody else's. Default: none.")),
  sslPolicy: v.exactOptional(described(text, "Default: ELBSecurityPolicy-TLS13-1-2-2021-06.")),
  healthCheckPath: v.exactOptional(text),
  inboundCidrs: v.exactOptional(described(names, "Networks that may connect. Default: all.")),
  subnetIds: v.exactOptional(described(names, "Default: those with the tags of the VPC's subnets.")),
  annotations: v.exactOptional(v.record(text, v.string())),
};

const backend = v.strictObject({
  service: text,
  port,
  pathType: v.exactOptional(described(v.picklist(["Prefix", "Exact"]), "Default: Prefix.")),
});

export const ingressesSchema = described(
  v.record(
    text,
    v.strictObject({
      ...common,
      hosts: described(v.record(text, v.record(text, backend)), "Services by path, by host; * is any host."),
      webAcl: v.exactOptional(described(v.boolean(), "Whether 'webAcl' stands in front. Default: false.")),
      webAclArn: v.exactOptional(described(text, "Web ACL of somebody else's.")),
      group: v.exactOptional(described(text, "Ingresses of one group share a load balancer.")),
      groupOrder: v.exactOptional(v.number()),
    }),
  ),
  "Ingresses with an Application Load Balancer, by name.",
);

export const networkLoadBalancersSchema = described(
  v.record(
    text,
    v.strictObject({
      ...common,
      selector: described(v.record(text, v.string()), "Labels of the pods."),
      ports: v.record(
        text,
        v.strictObject({
          port: v.number(),
          targetPort: v.exactOptional(described(port, "Default: the same number.")),
          protocol: v.exactOptional(described(v.picklist(["TCP", "UDP"]), "Default: TCP.")),
          tls: v.exactOptional(described(v.boolean(), "Whether the load balancer ends TLS. Default: false.")),
        }),
      ),
      preserveClientIp: v.exactOptional(v.boolean()),
    }),
  ),
  "Services with a Network Load Balancer, by name.",
);

type IngressSettings = v.InferOutput<typeof ingressesSchema>[string];
type NetworkLoadBalancerSettings = v.InferOutput<typeof networkLoadBalancersSchema>[string];

/** What settings say of certificates. */
interface CertificateSettings {
  readonly certificates?: readonly string[];
  readonly certificateArns?: readonly string[];
}

/**
 * The Ingress of an entry, with its certificates and its web ACL.
 *
 * @param certificateArn the ARN of a certificate by its key
 * @param webAcl ARN of the web ACL of the settings
 */
export function ingressSpec(
  key: string,
  ingress: IngressSettings,
  certificateArn: (key: string) => string,
  webAcl: string | undefined,
): AlbIngressSpec {
  const { certificates: _, webAcl: wanted = false, ...options } = ingress;
  return {
    name: key,
    ...options,
    ...allCertificates(ingress, certificateArn),
    ...(wanted && webAcl !== undefined ? { webAclArn: webAcl } : {}),
  };
}

/** The Service of an entry, with its certificates. */
export function networkLoadBalancerSpec(
  key: string,
  service: NetworkLoadBalancerSettings,
  certificateArn: (key: string) => string,
): NlbServiceSpec {
  const { certificates: _, ...options } = service;
  return { name: key, ...options, ...allCertificates(service, certificateArn) };
}

/** The ARNs of all certificates, those of the settings first. */
export function allCertificates(
  { certificates = [], certificateArns = [] }: CertificateSettings,
  arn: (key: string) => string,
): { certificateArns?: string[] } {
  const arns = [...certificates.map(arn), ...certificateArns];
  return arns.length === 0 ? {} : { certificateArns: arns };
}

/** Stands for the ARN of something that is yet to be made. */
export const LATER = "${later}";

export const isKnownNow = (value: string): boolean => value !== LATER;

/** What is wrong with the Ingresses. */
export function ingressesProblems(settings: Settings): Problem[] {
  const { ingresses = {}, webAcl } = settings.inCluster ?? {};
  return [
    ...Object.entries(ingresses).flatMap(([key, ingress]) =>
      under(key, [
        ...albIngressProblems(
          ingressSpec(key, ingress, () => LATER, LATER),
          isKnownNow,
        ),
        ...loadBalancerProblems(settings, ingress),
        ...webAclProblems(settings, ingress, webAcl !== undefined),
      ]),
    ),
    ...sameNameProblems("Ingress", ingresses),
  ];
}

/** What is wrong with the Services that have a load balancer. */
export function networkLoadBalancersProblems(settings: Settings): Problem[] {
  const { networkLoadBalancers: services = {} } = settings.inCluster ?? {};
  return [
    ...Object.entries(services).flatMap(([key, service]) =>
      under(key, [
        ...nlbServiceProblems(
          networkLoadBalancerSpec(key, service, () => LATER),
          isKnownNow,
        ),
        ...loadBalancerProblems(settings, service),
      ]),
    ),
    ...sameNameProblems("Service", services),
  ];
}

/** What is wrong with any load balancer. */
export function loadBalancerProblems(
  { region, cluster, network, inCluster }: Settings,
  options: Pick<IngressSettings, "scheme" | "certificates" | "certificateArns" | "webAclArn">,
): Problem[] {
  const { scheme: wanted, certificates = [] } = options;
  const there = Object.keys(inCluster?.certificates ?? {});
  const publicSubnets = network.existing !== undefined || (network.publicSubnets ?? true);
  return [
    ...problemAt(
      [],
      inCluster?.albController === undefined && cluster?.existing === undefined
        ? "nobody would make the load balancer, as there is no 'albController' in 'inCluster'; add albController: {}"
        : undefined,
    ),
    ...problemAt(
      ["scheme"],
      wanted === "internet-facing" && !publicSubnets
        ? `'scheme' "internet-facing" needs public subnets, of which 'network.publicSubnets' false leaves none; use "internal", or have public subnets`
        : undefined,
    ),
    ...certificates.flatMap((key, index) =>
      problemAt(
        ["certificates", index],
        there.includes(key)
          ? undefined
          : `'certificates' must hold keys of 'inCluster.certificates' (${there.length === 0 ? "there are none" : quoteAll(there)}), got ${quote(key)}`,
      ),
    ),
    ...otherRegionProblems(options, region),
  ];
}

function webAclProblems({ inCluster, network }: Settings, ingress: IngressSettings, there: boolean): Problem[] {
  const { webAcl = false, webAclArn } = ingress;
  const property = webAcl ? "webAcl" : "webAclArn";
  const problems = [
    webAcl && !there
      ? "'webAcl' puts the web ACL of 'inCluster.webAcl' in front, and there is none; add it"
      : undefined,
    webAcl && webAclArn !== undefined ? "'webAcl' excludes 'webAclArn'; keep one or the other" : undefined,
    (webAcl || webAclArn !== undefined) &&
    inCluster?.albController !== undefined &&
    !hasWaf(inCluster.albController, network)
      ? `'${property}' has no effect, because the controller has AWS WAF off, as without NAT it cannot ask it; set 'waf' of 'albController' to true where it can`
      : undefined,
  ];
  return problems.flatMap((message) => problemAt([property], message));
}

/** Whether the controller asks AWS WAF: as it is told, or where it can. */
export function hasWaf(
  { waf }: NonNullable<NonNullable<Settings["inCluster"]>["albController"]>,
  network: Settings["network"],
): boolean {
  return waf ?? (network.existing !== undefined || egressOf(network) !== "endpoints");
}
