import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import type { LoadBalancerSpec } from "../../model/load-balancer";
import type { LoadBalancerZones } from "../../model/load-balancer-place";
import { nameProblem, names } from "../../model/names";
import { compareText } from "../../model/order";
import { type Agreement, elsewhereProblem } from "../../model/place";
import { quote } from "../../model/problem";
import { ipFamilyOf } from "../../units/ip-network";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import type { IHostedZone } from "../traffic/hosted-zone";
import { takenRecordProblem } from "../traffic/taken-record";

/** What a load balancer of either kind is called, and where it lies. */
export interface LoadBalancerPlace {
  /** At most 32 letters, digits and "-". */
  readonly name: string;
  /** The VPC in which it lies: in the public subnets when internet-facing, else in the private ones. */
  readonly vpc: IVpc;
}

/** What the load balancer itself is told, as far as its security group goes by it. */
export interface LoadBalancerSecurityGroupProps
  extends LoadBalancerPlace,
    Pick<LoadBalancerSpec, "scheme" | "dualStack" | "inboundCidrs"> {}

export type PortProtocol = "tcp" | "udp";

/** The security group of a load balancer: clients on its ports, and out to the tasks behind it and nowhere else. */
export class LoadBalancerSecurityGroup extends Construct {
  readonly securityGroupId: string;
  private readonly loadBalancerName: string;
  private readonly clients: readonly (readonly [key: string, cidr: string])[];
  /** Rules for instances by what they open: AWS takes each once. */
  private readonly opened = new Set<string>();

  constructor(scope: Construct, id: string, props: LoadBalancerSecurityGroupProps) {
    super(scope, id);
    const { name, vpc, inboundCidrs, scheme, dualStack = false } = props;
    this.loadBalancerName = name;
    const groupName = names.loadBalancerSecurityGroup(name);
    refuse(this, [ifKnown(groupName, (known) => nameProblem("securityGroup", known, "give another 'name'"))]);
    this.securityGroupId = new SecurityGroup(this, "security-group", {
      name: groupName,
      description: `Load balancer ${name}`,
      vpcId: vpc.vpcId,
      tags: { Name: groupName },
    }).id;
    this.clients =
      inboundCidrs !== undefined
        ? [...inboundCidrs].sort(compareText).map((cidr) => [cidr.replaceAll(/[/:]/g, "_"), cidr] as const)
        : scheme === "internet-facing"
          ? [["everywhere", "0.0.0.0/0"], ...(dualStack ? [["everywhere-ipv6", "::/0"] as const] : [])]
          : [["vpc", vpc.cidr]];
  }

  /** Lets clients connect to a port of the load balancer. */
  allowFrom(port: number, protocol: PortProtocol): void {
    for (const [key, cidr] of this.clients) {
      new VpcSecurityGroupIngressRule(this, `${protocol}-${port}-from-${key}`, {
        securityGroupId: this.securityGroupId,
        description: `Clients, port ${port}`,
        ipProtocol: protocol,
        fromPort: port,
        toPort: port,
        ...(ipFamilyOf(cidr) === "ipv6" && key !== "vpc" ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
      });
    }
  }

  /**
   * Lets the load balancer connect to instances whose tasks have no security group of their own, and the instances let it.
   * Services on the same instances share the rules.
   *
   * @param key of the instances, from which the rules' ids are derived
   */
  allowToInstances(key: string, securityGroupId: string, { from, to }: PortRange, protocol: PortProtocol): void {
    const opening = `${securityGroupId} ${protocol} ${from} ${to}`;
    if (this.opened.has(opening)) {
      return;
    }
    this.opened.add(opening);
    const ports = { ipProtocol: protocol, fromPort: from, toPort: to };
    const id = `${key}-${protocol}-${from === to ? from : `${from}-${to}`}`;
    new VpcSecurityGroupEgressRule(this, `to-${id}`, {
      securityGroupId: this.securityGroupId,
      description: `To ${key}`,
      referencedSecurityGroupId: securityGroupId,
      ...ports,
    });
    new VpcSecurityGroupIngressRule(this, `into-${id}`, {
      securityGroupId,
      description: `From load balancer ${this.loadBalancerName}`,
      referencedSecurityGroupId: this.securityGroupId,
      ...ports,
    });
  }

  /** Lets the load balancer connect to tasks. */
  allowTo(scope: Construct, serviceName: string, securityGroupId: string, port: number, protocol: PortProtocol): void {
    new VpcSecurityGroupEgressRule(scope, `to-tasks-${protocol}-${port}`, {
      securityGroupId: this.securityGroupId,
      description: `Tasks of ${serviceName}, port ${port}`,
      referencedSecurityGroupId: securityGroupId,
      ipProtocol: protocol,
      fromPort: port,
      toPort: port,
    });
  }
}

/** Ports with all between them. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** A load balancer as far as records lead to it. */
export interface AliasTarget {
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

/** Records that lead names to a load balancer: of IPv4, and of IPv6 where it has such addresses. */
export function createAliases(
  scope: Construct,
  domainNames: Readonly<Record<string, IHostedZone>>,
  { dnsName, hostedZoneId }: AliasTarget,
  dualStack: boolean,
): void {
  refuse(
    scope,
    Object.entries(domainNames).map(([name, { zoneId }]) => takenRecordProblem(scope, zoneId, name)),
  );
  for (const [name, { zoneId }] of Object.entries(domainNames)) {
    const key = name.replaceAll(".", "_").replace("*", "wildcard");
    for (const [suffix, type] of [["", "A"], ...(dualStack ? [["-ipv6", "AAAA"]] : [])] as const) {
      new Route53Record(scope, `record-${key}${suffix}`, {
        zoneId,
        name,
        type: type as string,
        alias: { name: dnsName, zoneId: hostedZoneId, evaluateTargetHealth: true },
      });
    }
  }
}

/** Certificates that a listener has beside its own. */
export function addCertificates(
  scope: Construct,
  listener: string,
  listenerArn: string,
  certificateArns: Readonly<Record<string, string>> = {},
): void {
  for (const [key, certificateArn] of Object.entries(certificateArns)) {
    new LbListenerCertificate(scope, `${listener}-certificate-${key}`, { listenerArn, certificateArn });
  }
}

/** What is wrong with the name of a load balancer, which has to be known at synth: other names are derived from it. */
export function loadBalancerNameProblem(name: string): string | undefined {
  return isKnown(name)
    ? nameProblem("loadBalancer", name, "give the load balancer another 'name'")
    : `'name' of a load balancer must be known when the app runs, because other names are derived from it, got ${quote(name)}; give it as text`;
}

type GivenArns = Pick<LoadBalancerSpec, "certificateArn" | "furtherCertificateArns">;

/** What a load balancer takes from its own Region only, and was given from another. */
export function regionProblems(
  scope: Construct,
  given: GivenArns,
  webAclArn: string | undefined,
): (string | undefined)[] {
  return elsewhere(scope, given, webAclArn, "region");
}

/** That AWS takes certificates and web ACLs of the load balancer's account alone is what people find, and nowhere documented. */
export function warnOfOtherAccount(scope: Construct, given: GivenArns, webAclArn: string | undefined): void {
  for (const problem of elsewhere(scope, given, webAclArn, "account")) {
    if (problem !== undefined) {
      Annotations.of(scope).addWarning(problem);
    }
  }
}

function elsewhere(
  scope: Construct,
  { certificateArn, furtherCertificateArns = {} }: GivenArns,
  webAclArn: string | undefined,
  agreement: Agreement,
): (string | undefined)[] {
  const { place } = AwsEnvironment.of(scope);
  const given: (readonly [string, string | undefined])[] = [
    ["certificateArn", certificateArn],
    ...Object.values(furtherCertificateArns).map((arn) => ["furtherCertificateArns", arn] as const),
    ["webAclArn", webAclArn],
  ];
  return given.map(([property, arn]) =>
    isKnown(arn) ? elsewhereProblem(property, arn, place, [agreement], "load balancer") : undefined,
  );
}

/** The zones in which a VPC has subnets. */
export function zonesOf({ privateSubnets, publicSubnets, egress }: IVpc): LoadBalancerZones {
  return {
    // Of an imported VPC alone the way out is not known, and so are its networks.
    mayHaveIpv6: egress === "unknown",
    privateZones: privateSubnets.map(({ zone }) => zone),
    publicZones: publicSubnets.map(({ zone }) => zone),
  };
}

/** The names that clients can open, in the order of the alphabet. */
export function hostNamesOf(domainNames: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(domainNames)
    .filter((name) => !name.startsWith("*."))
    .sort(compareText);
}
