import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsRouteTables } from "@cdktf/provider-aws/lib/data-aws-route-tables";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { quote } from "../../model/problem";
import { zoneProblem } from "../../model/regions";
import { AwsEnvironment } from "../aws-environment";
import { refuse } from "../errors";
import type { IVpc, VpcSubnet } from "./ivpc";

/** What has to be known of a VPC that is there already. */
export interface VpcAttributes {
  readonly vpcId: string;
  /** Private subnets by the name of their zone, in two zones or more for EKS. @default - none */
  readonly privateSubnetIds?: Readonly<Record<string, string>>;
  /** Public subnets by the name of their zone. @default - none */
  readonly publicSubnetIds?: Readonly<Record<string, string>>;
}

/**
 * A VPC that somebody else created. What AWS says about the routes of its private subnets is checked at plan time: EKS
 * refuses a Fargate profile with a public subnet only when it is applied, and ECS starts tasks there that reach nothing.
 */
export class ImportedVpc extends Construct implements IVpc {
  readonly vpcId: string;
  readonly cidr: string;
  readonly privateSubnets: readonly VpcSubnet[];
  readonly publicSubnets: readonly VpcSubnet[];
  readonly egress = "unknown";
  readonly proofs: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, attributes: VpcAttributes) {
    super(scope, id);
    const { privateSubnetIds = {}, publicSubnetIds = {} } = attributes;
    const region = AwsEnvironment.of(this).region;
    refuse(
      this,
      [...Object.keys(privateSubnetIds), ...Object.keys(publicSubnetIds)].map((zone) => zoneProblem(region, zone)),
    );
    this.vpcId = attributes.vpcId;
    this.privateSubnets = byZone(privateSubnetIds);
    this.publicSubnets = byZone(publicSubnetIds);
    const vpc = this.lookUp();
    this.cidr = vpc.cidrBlock;
    this.proofs = [vpc, ...this.privateSubnets.map((subnet) => this.provePrivate(subnet, vpc))];
  }

  private lookUp(): DataAwsVpc {
    return new DataAwsVpc(this, "vpc", {
      id: this.vpcId,
      lifecycle: {
        postcondition: [
          {
            condition: "${self.enable_dns_support && self.enable_dns_hostnames}",
            errorMessage:
              "the VPC must have DNS support and DNS hostnames enabled, without which nothing in it finds private endpoints, such as an EKS cluster's or those of AWS's services; enable both on the VPC",
          },
        ],
      },
    });
  }

  /** A subnet without a route table of its own follows the VPC's main one. */
  private provePrivate({ zone, subnetId }: VpcSubnet, vpc: DataAwsVpc): DataAwsRouteTable {
    const own = new DataAwsRouteTables(this, `associated-${zone}`, {
      vpcId: this.vpcId,
      filter: [{ name: "association.subnet-id", values: [subnetId] }],
    });
    return new DataAwsRouteTable(this, `routes-${zone}`, {
      routeTableId: Fn.coalesce([Fn.one(own.ids), vpc.mainRouteTableId]),
      lifecycle: {
        postcondition: [
          {
            condition: '${alltrue([for route in self.routes : !startswith(route.gateway_id, "igw-")])}',
            errorMessage: `the subnet given in 'privateSubnetIds' for zone ${quote(zone)} is public: its route table has a route to an internet gateway, by which containers without public addresses reach nothing, and which EKS refuses for Fargate; give one that reaches out through a NAT gateway or endpoints, or name it in 'publicSubnetIds'`,
          },
        ],
      },
    });
  }
}

function byZone(subnetIds: Readonly<Record<string, string>>): VpcSubnet[] {
  return Object.entries(subnetIds)
    .map(([zone, subnetId]) => ({ zone, subnetId }))
    .sort((a, b) => (a.zone < b.zone ? -1 : 1));
}
