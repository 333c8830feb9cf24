import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import { names } from "../../model/names";
import type { SubnetPlan } from "../../model/subnet-layout";
import type { AvailabilityZones } from "./availability-zones";
import type { VpcSubnet } from "./ivpc";

const ANYWHERE = "0.0.0.0/0";

/**
 * Tags by which the AWS Load Balancer Controller finds subnets.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/alb-ingress.html
 */
const LOAD_BALANCER_TAG = {
  private: "kubernetes.io/role/internal-elb",
  public: "kubernetes.io/role/elb",
} as const;

interface TierProps {
  readonly vpcId: string;
  readonly vpcName: string;
  readonly zones: AvailabilityZones;
}

interface SubnetProps extends TierProps {
  readonly plan: SubnetPlan;
}

/** What the public subnets share: the internet gateway and the route to it. */
export class PublicTier extends Construct {
  readonly routeTableId: string;
  readonly internetGateway: InternetGateway;

  constructor(scope: Construct, id: string, { vpcId, vpcName }: TierProps) {
    super(scope, id);
    this.internetGateway = new InternetGateway(this, "internet-gateway", { vpcId, tags: { Name: vpcName } });
    const routeTable = new RouteTable(this, "route-table", { vpcId, tags: { Name: `${vpcName}-public` } });
    new Route(this, "internet", {
      routeTableId: routeTable.id,
      destinationCidrBlock: ANYWHERE,
      gatewayId: this.internetGateway.id,
    });
    this.routeTableId = routeTable.id;
  }
}

/** A public subnet of one zone, with the zone's NAT gateway when it has one. */
export class PublicSubnet extends Construct implements VpcSubnet {
  readonly zone: string;
  readonly subnetId: string;
  readonly natGatewayId: string | undefined;

  constructor(scope: Construct, id: string, props: SubnetProps & { readonly tier: PublicTier; readonly nat: boolean }) {
    super(scope, id);
    this.zone = props.plan.zone;
    this.subnetId = createSubnet(this, props).id;
    new RouteTableAssociation(this, "route-table-association", {
      subnetId: this.subnetId,
      routeTableId: props.tier.routeTableId,
    });
    this.natGatewayId = props.nat ? this.createNatGateway(props.vpcName, props.tier.internetGateway) : undefined;
  }

  private createNatGateway(vpcName: string, internetGateway: InternetGateway): string {
    const tags = { Name: names.natGateway(vpcName, this.zone) };
    const address = new Eip(this, "nat-address", { domain: "vpc", tags, dependsOn: [internetGateway] });
    return new NatGateway(this, "nat-gateway", {
      subnetId: this.subnetId,
      allocationId: address.id,
      tags,
      dependsOn: [internetGateway],
    }).id;
  }
}

/** A private subnet of one zone with a route table of its own. */
export class PrivateSubnet extends Construct implements VpcSubnet {
  readonly zone: string;
  readonly subnetId: string;
  readonly routeTableId: string;

  constructor(scope: Construct, id: string, props: SubnetProps & { readonly natGatewayId?: string }) {
    super(scope, id);
    const { vpcId, vpcName, plan, natGatewayId } = props;
    this.zone = plan.zone;
    this.subnetId = createSubnet(this, props).id;
    this.routeTableId = new RouteTable(this, "route-table", {
      vpcId,
      tags: { Name: names.subnet(vpcName, "private", plan.zone) },
    }).id;
    new RouteTableAssociation(this, "route-table-association", {
      subnetId: this.subnetId,
      routeTableId: this.routeTableId,
    });
    if (natGatewayId !== undefined) {
      new Route(this, "nat", { routeTableId: this.routeTableId, destinationCidrBlock: ANYWHERE, natGatewayId });
    }
  }
}

function createSubnet(scope: Construct, { vpcId, vpcName, zones, plan }: SubnetProps): Subnet {
  return new Subnet(scope, "subnet", {
    vpcId,
    cidrBlock: plan.cidr.toString(),
    availabilityZone: zones.zoneName(plan.zone),
    mapPublicIpOnLaunch: false,
    tags: {
      Name: names.subnet(vpcName, plan.tier, plan.zone),
      [LOAD_BALANCER_TAG[plan.tier]]: "1",
    },
    ...(zones.lookedUp ? { lifecycle: { ignoreChanges: ["availability_zone"] } } : {}),
  });
}
