import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import {
  type NetworkLoadBalancerSpec,
  networkLoadBalancerProblems,
  otherKindProblems,
} from "../../model/load-balancer";
import { placeProblems } from "../../model/load-balancer-place";
import { quote } from "../../model/problem";
import { DEFAULT_TLS_POLICY, tlsPolicyWarning } from "../../model/tls-policies";
import { isKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import { takenNameProblem } from "../taken-names";
import type { IHostedZone } from "../traffic/hosted-zone";
import {
  createAliases,
  hostNamesOf,
  type LoadBalancerPlace,
  LoadBalancerSecurityGroup,
  loadBalancerNameProblem,
  regionProblems,
  warnOfOtherAccount,
  zonesOf,
} from "./load-balancer-edge";
import { createLoadBalancer, subnetsOf } from "./load-balancer-resource";

/** What a Network Load Balancer may be told beside its name and its VPC. */
export interface NetworkLoadBalancerOptions extends Omit<NetworkLoadBalancerSpec, "name" | "domainNames"> {
  /** Names that lead to it, each with its zone. @default - none */
  readonly domainNames?: Readonly<Record<string, IHostedZone>>;
}

/** What a `NetworkLoadBalancer` is told. */
export interface NetworkLoadBalancerProps extends NetworkLoadBalancerOptions, LoadBalancerPlace {}

/** What a listener needs to end TLS. */
export interface TlsOptions {
  readonly certificateArn: string;
  readonly furtherCertificateArns: Readonly<Record<string, string>>;
  readonly sslPolicy: string;
}

/**
 * A Network Load Balancer, which passes connections on: one port for each target of the services behind it. It has a
 * security group, sends to tasks in all zones, and ends TLS where it has a certificate.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html
 * @example
 * new NetworkLoadBalancer(this, "mqtt", { name: "mqtt", vpc, inboundCidrs: ["10.0.0.0/8"] });
 */
export class NetworkLoadBalancer extends Construct {
  readonly kind = "network" as const;
  /** Name of the load balancer. */
  readonly name: string;
  /** The VPC in which it lies. */
  readonly vpc: IVpc;
  /** ARN of the load balancer. */
  readonly loadBalancerArn: string;
  /** As metrics of CloudWatch name it. */
  readonly loadBalancerArnSuffix: string;
  /** Its own name in DNS, which AWS chose. */
  readonly dnsName: string;
  /** Id of the zone of `dnsName`, for alias records. */
  readonly hostedZoneId: string;
  /** What clients may reach of it, and what it may reach. */
  readonly securityGroup: LoadBalancerSecurityGroup;
  /** What its listeners need to end TLS; nothing without a certificate. */
  readonly tlsOptions: TlsOptions | undefined;
  /** Whether it has IPv6 addresses too. */
  readonly dualStack: boolean;
  /** Where clients find it: the first of its names in the order of the alphabet, else its own. */
  readonly host: string;
  private readonly ports = new Map<number, string>();

  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id);
    const { name, vpc, domainNames = {}, dualStack = false, certificateArn } = props;
    this.validateProps(props);
    this.name = name;
    this.vpc = vpc;
    this.dualStack = dualStack;
    this.tlsOptions =
      certificateArn === undefined
        ? undefined
        : {
            certificateArn,
            furtherCertificateArns: { ...props.furtherCertificateArns },
            sslPolicy: props.sslPolicy ?? DEFAULT_TLS_POLICY,
          };
    this.securityGroup = new LoadBalancerSecurityGroup(this, "network", props);
    const loadBalancer = this.createLoadBalancer(props);
    this.loadBalancerArn = loadBalancer.arn;
    this.loadBalancerArnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.hostedZoneId = loadBalancer.zoneId;
    createAliases(this, domainNames, this, dualStack);
    this.host = hostNamesOf(domainNames)[0] ?? this.dnsName;
  }

  /** Whether it has a certificate. */
  get tls(): boolean {
    return this.tlsOptions !== undefined;
  }

  /**
   * Enters a port among those it listens on.
   *
   * @param owner whose port it is, for the error of the next one
   * @throws InvalidPropsError when it listens there already
   */
  enterPort(scope: Construct, owner: string, port: number): void {
    const other = this.ports.get(port);
    refuse(scope, [
      other === undefined
        ? undefined
        : `load balancer ${quote(this.name)} already listens on port ${port} for ${quote(other)}; give ${quote(owner)} another 'listenerPort'`,
    ]);
    this.ports.set(port, owner);
  }

  private validateProps(props: NetworkLoadBalancerProps): void {
    refuse(this, [
      loadBalancerNameProblem(props.name),
      ...otherKindProblems("network", props),
      ...networkLoadBalancerProblems(props, isKnown),
      ...placeProblems("network", props, zonesOf(props.vpc)),
      ...regionProblems(this, props, undefined),
      takenNameProblem(this, "load balancer", props.name, "name"),
    ]);
    warnOfOtherAccount(this, props, undefined);
    const warning = props.sslPolicy === undefined ? undefined : tlsPolicyWarning(props.sslPolicy);
    if (warning !== undefined) {
      Annotations.of(this).addWarning(warning);
    }
  }

  private createLoadBalancer(props: NetworkLoadBalancerProps): Lb {
    const { elasticIps } = props;
    const subnets = subnetsOf(props);
    return createLoadBalancer(this, props, {
      kind: this.kind,
      securityGroupId: this.securityGroup.securityGroupId,
      accessLogs: props.accessLogs ?? false,
      config: {
        ...(elasticIps === undefined
          ? { subnets: subnets.map(({ subnetId }) => subnetId) }
          : {
              subnetMapping: subnets.map(({ subnetId, zone }) => ({
                subnetId,
                allocationId: elasticIps[zone] as string,
              })),
            }),
        enableCrossZoneLoadBalancing: props.crossZone ?? true,
      },
    });
  }
}
