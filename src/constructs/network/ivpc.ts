import type { ITerraformDependable } from "cdktf";
import type { Egress } from "../../model/egress";

/** A subnet and the zone it lies in. */
export interface VpcSubnet {
  /** Name of the zone, or the number of a looked-up one. */
  readonly zone: string;
  readonly subnetId: string;
}

/** A VPC that a cluster can be put into: one of ours, or an imported one. */
export interface IVpc {
  readonly vpcId: string;
  /** IPv4 CIDR block; a token for an imported VPC. */
  readonly cidr: string;
  /** Subnets without a route to an internet gateway, by zone in alphabetical order. Fargate takes only these. */
  readonly privateSubnets: readonly VpcSubnet[];
  readonly publicSubnets: readonly VpcSubnet[];
  readonly egress: Egress;
  /** Services with an interface endpoint, by the end of the endpoint service's name. @default - not known */
  readonly endpointServices?: readonly string[];
  /** What Terraform has to find in order before anything is put into the VPC. */
  readonly proofs: readonly ITerraformDependable[];
}
