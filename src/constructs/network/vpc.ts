import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { type Egress, type EgressOptions, egressOf, endpointServices, natProblems, natZones } from "../../model/egress";
import { names } from "../../model/names";
import {
  DEFAULT_VPC_CIDR,
  planSubnets,
  type SubnetCidrs,
  type SubnetTier,
  subnetProblems,
  vpcCidrProblems,
} from "../../model/subnet-layout";
import type { ZoneLookup } from "../../model/zones";
import { Cidr } from "../../units/cidr";
import { AwsEnvironment } from "../aws-environment";
import { isKnown, refuse } from "../errors";
import { AvailabilityZones } from "./availability-zones";
import { FlowLogs, type FlowLogsOptions } from "./flow-logs";
import { ImportedVpc, type VpcAttributes } from "./imported-vpc";
import type { IVpc, VpcSubnet } from "./ivpc";
import { PrivateSubnet, PublicSubnet, PublicTier } from "./subnets";
import { InterfaceEndpoints } from "./vpc-endpoints";

/** What a `Vpc` is told. */
export interface VpcProps extends EgressOptions {
  /** Name from which those of subnets, gateways and logs are derived. */
  readonly name: string;
  /** IPv4 CIDR block, /16 to /22 (/23 without public subnets). @default "10.0.0.0/16" */
  readonly cidr?: string;
  /** Names of two zones or more, in any order, or how many to look up. */
  readonly zones: readonly string[] | ZoneLookup;
  /** CIDR blocks by zone that replace the derived ones. @default - every zone has its place in the VPC, whatever the others */
  readonly subnetCidrs?: Readonly<Record<string, SubnetCidrs>>;
  /** Flow logs, or `false` for none. @default - all traffic, kept one year */
  readonly flowLogs?: FlowLogsOptions | false;
}

/**
 * A VPC with private subnets for pods and public ones for load balancers in two zones or more. Nothing in it gets a
 * public address by itself, its default security group lets nothing through, and S3 is reached without leaving AWS.
 *
 * What a zone has (subnets, routes, NAT gateway, and their CIDR blocks) depends on the zone's name alone: adding or
 * removing a zone leaves the others as they are.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 * @example
 * new Vpc(this, "vpc", { name: "platform", zones: ["eu-west-1a", "eu-west-1b"], nat: "per-zone" });
 */
export class Vpc extends Construct implements IVpc {
  /** A VPC that exists already. Its subnets are proven private when Terraform plans. */
  static fromAttributes(scope: Construct, id: string, attributes: VpcAttributes): IVpc {
    return new ImportedVpc(scope, id, attributes);
  }

  readonly vpcId: string;
  readonly cidr: string;
  readonly privateSubnets: readonly VpcSubnet[];
  readonly publicSubnets: readonly VpcSubnet[];
  readonly egress: Egress;
  readonly endpointServices: readonly string[];
  readonly proofs = [];

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    this.cidr = props.cidr ?? DEFAULT_VPC_CIDR;
    const tiers: readonly SubnetTier[] = (props.publicSubnets ?? true) ? ["private", "public"] : ["private"];
    this.validateCidr(props, tiers);
    const zones = new AvailabilityZones(this, "zones", props.zones);
    refuse(this, [
      ...subnetProblems(this.cidr, zones.keys, tiers, props.subnetCidrs),
      ...natProblems(props, zones.keys),
    ]);
    const nat = natZones(props, zones.keys);
    const services = endpointServices(props);
    this.endpointServices = [...services];
    this.egress = egressOf(props);

    this.vpcId = this.createVpc(props.name);
    const { privateSubnets, publicSubnets } = this.createSubnets(props, zones, tiers, nat);
    this.privateSubnets = privateSubnets;
    this.publicSubnets = publicSubnets;
    this.createS3Endpoint(props.name, privateSubnets);
    if (services.length > 0) {
      new InterfaceEndpoints(this, "endpoints", {
        vpcId: this.vpcId,
        vpcName: props.name,
        vpcCidr: this.cidr,
        subnetIds: privateSubnets.map(({ subnetId }) => subnetId),
        services,
      });
    }
    if (props.flowLogs !== false) {
      new FlowLogs(this, "flow-logs", { vpcId: this.vpcId, vpcName: props.name, ...props.flowLogs });
    }
  }

  private validateCidr({ subnetCidrs }: VpcProps, tiers: readonly SubnetTier[]): void {
    refuse(this, [
      isKnown(this.cidr)
        ? undefined
        : `'cidr' must be known when the app runs, because it is split into subnets; give it as text, like "10.0.0.0/16"`,
    ]);
    refuse(this, vpcCidrProblems(this.cidr, tiers, subnetCidrs !== undefined));
  }

  private createVpc(name: string): string {
    const vpc = new AwsVpc(this, "vpc", {
      cidrBlock: this.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    // Adopted without rules: whatever forgets to name a security group reaches nothing and is reached by nothing.
    new DefaultSecurityGroup(this, "default-security-group", {
      vpcId: vpc.id,
      tags: { Name: `${name}-default-closed` },
    });
    return vpc.id;
  }

  private createSubnets(
    props: VpcProps,
    zones: AvailabilityZones,
    tiers: readonly SubnetTier[],
    nat: ReadonlySet<string>,
  ) {
    const plans = planSubnets(Cidr.parse(this.cidr), zones.keys, tiers, props.subnetCidrs);
    const common = { vpcId: this.vpcId, vpcName: props.name, zones };
    const publicTier = tiers.includes("public") ? new PublicTier(this, "public", common) : undefined;
    const publicSubnets =
      publicTier === undefined
        ? []
        : plans
            .filter(({ tier }) => tier === "public")
            .map(
              (plan) =>
                new PublicSubnet(this, `public-${plan.zone}`, {
                  ...common,
                  plan,
                  tier: publicTier,
                  nat: nat.has(plan.zone),
                }),
            );
    const gateways = publicSubnets.flatMap(({ natGatewayId }) => natGatewayId ?? []);
    const privateSubnets = plans
      .filter(({ tier }) => tier === "private")
      .map((plan) => {
        const own = publicSubnets.find(({ zone }) => zone === plan.zone)?.natGatewayId;
        const natGatewayId = own ?? gateways[0];
        return new PrivateSubnet(this, `private-${plan.zone}`, {
          ...common,
          plan,
          ...(natGatewayId === undefined ? {} : { natGatewayId }),
        });
      });
    return { privateSubnets, publicSubnets };
  }

  private createS3Endpoint(name: string, privateSubnets: readonly PrivateSubnet[]): void {
    new VpcEndpoint(this, "s3", {
      vpcId: this.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: AwsEnvironment.of(this).endpointServiceName("s3"),
      routeTableIds: privateSubnets.map(({ routeTableId }) => routeTableId),
      tags: { Name: names.vpcEndpoint(name, "s3") },
    });
  }
}
