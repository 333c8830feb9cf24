import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsRouteTables } from "@cdktf/provider-aws/lib/data-aws-route-tables";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import type { VpcAttributes } from "../../../src/constructs/network/imported-vpc";
import { Vpc } from "../../../src/constructs/network/vpc";
import { addresses, dataSources, refusal, resolved, stackFor, synth, synthIn } from "../../support/stack";

const minimal: VpcAttributes = {
  vpcId: "vpc-1",
  privateSubnetIds: { "eu-west-1b": "subnet-b", "eu-west-1a": "subnet-a" },
};

describe("Vpc.fromAttributes", () => {
  test("has the subnets given, by zone in alphabetical order, and none in public unless given", () => {
    const vpc = Vpc.fromAttributes(stackFor(), "vpc", minimal);
    expect(vpc.vpcId).toBe("vpc-1");
    expect(vpc.privateSubnets).toEqual([
      { zone: "eu-west-1a", subnetId: "subnet-a" },
      { zone: "eu-west-1b", subnetId: "subnet-b" },
    ]);
    expect(vpc.publicSubnets).toEqual([]);
    expect(vpc.egress).toBe("unknown");
  });

  test("has the public subnets given", () => {
    const publicSubnetIds = { "eu-west-1a": "subnet-c" };
    expect(Vpc.fromAttributes(stackFor(), "vpc", { ...minimal, publicSubnetIds }).publicSubnets).toEqual([
      { zone: "eu-west-1a", subnetId: "subnet-c" },
    ]);
  });

  test("may have public subnets alone, or private ones in one zone: whoever wants more says so", () => {
    const publicSubnetIds = { "eu-west-1a": "subnet-c" };
    const stack = stackFor();
    expect(Vpc.fromAttributes(stack, "vpc", { vpcId: "vpc-1", publicSubnetIds }).privateSubnets).toEqual([]);
    expect(addresses(synth(stack))).toEqual(["data.aws_vpc.vpc_vpc"]);
    const privateSubnetIds = { "eu-west-1a": "subnet-a" };
    expect(Vpc.fromAttributes(stackFor(), "vpc", { vpcId: "vpc-1", privateSubnetIds }).privateSubnets).toHaveLength(1);
  });

  test("tells what is wrong in words for EKS and for ECS", () => {
    const text = synthIn("eu-west-1", (stack) => Vpc.fromAttributes(stack, "vpc", minimal));
    expect(text).toContain(
      "without which nothing in it finds private endpoints, such as an EKS cluster's or those of AWS's services; enable both",
    );
    expect(text).toContain(
      "by which containers without public addresses reach nothing, and which EKS refuses for Fargate; give one that reaches out through a NAT gateway or endpoints, or name it in 'publicSubnetIds'",
    );
  });

  test("creates nothing, and reads the network from AWS", () => {
    const stack = stackFor();
    const vpc = Vpc.fromAttributes(stack, "vpc", minimal);
    expect(resolved(stack, vpc.cidr)).toBe("${data.aws_vpc.vpc_vpc.cidr_block}");
    expect(addresses(synth(stack))).toEqual([
      "data.aws_route_table.vpc_routes-eu-west-1a",
      "data.aws_route_table.vpc_routes-eu-west-1b",
      "data.aws_route_tables.vpc_associated-eu-west-1a",
      "data.aws_route_tables.vpc_associated-eu-west-1b",
      "data.aws_vpc.vpc_vpc",
    ]);
  });

  test("must have DNS support and host names, which Terraform proves", () => {
    const text = synthIn("eu-west-1", (stack) => Vpc.fromAttributes(stack, "vpc", minimal));
    expect(text).toHaveDataSourceWithProperties(DataAwsVpc, {
      id: "vpc-1",
      lifecycle: {
        postcondition: [
          {
            condition: "${self.enable_dns_support && self.enable_dns_hostnames}",
            error_message: expect.stringMatching(/^the VPC must have DNS support and DNS hostnames .* enable both/),
          },
        ],
      },
    });
  });

  test("must have private subnets without a route to an internet gateway, which Terraform proves for each", () => {
    const text = synthIn("eu-west-1", (stack) => Vpc.fromAttributes(stack, "vpc", minimal));
    for (const zone of ["eu-west-1a", "eu-west-1b"]) {
      expect(dataSources(text, DataAwsRouteTable)[`vpc_routes-${zone}`]).toMatchObject({
        lifecycle: {
          postcondition: [
            {
              condition: '${alltrue([for route in self.routes : !startswith(route.gateway_id, "igw-")])}',
              error_message: expect.stringContaining(`'privateSubnetIds' for zone "${zone}" is public`),
            },
          ],
        },
      });
    }
  });

  test("has subnets that follow the VPC's main route table when they have none of their own", () => {
    const text = synthIn("eu-west-1", (stack) => Vpc.fromAttributes(stack, "vpc", minimal));
    expect(text).toHaveDataSourceWithProperties(DataAwsRouteTables, {
      vpc_id: "vpc-1",
      filter: [{ name: "association.subnet-id", values: ["subnet-b"] }],
    });
    expect(text).toHaveDataSourceWithProperties(DataAwsRouteTable, {
      route_table_id:
        "${coalesce(one(data.aws_route_tables.vpc_associated-eu-west-1b.ids), data.aws_vpc.vpc_vpc.main_route_table_id)}",
    });
  });

  test("is the same to the byte in whatever order subnets are given", () => {
    const privateSubnetIds = { "eu-west-1a": "subnet-a", "eu-west-1b": "subnet-b" };
    const build = (attributes: VpcAttributes) =>
      synthIn("eu-west-1", (stack) => Vpc.fromAttributes(stack, "vpc", attributes));
    expect(build({ ...minimal, privateSubnetIds })).toBe(build(minimal));
  });

  test.each<[string, Partial<VpcAttributes>, string]>([
    [
      "a zone of another Region",
      { privateSubnetIds: { "eu-west-1a": "subnet-a", "us-east-1b": "subnet-b" } },
      `[test/vpc] "us-east-1b" is not an Availability Zone of eu-west-1; name zones like "eu-west-1a"`,
    ],
    [
      "a public subnet in a Local Zone",
      { publicSubnetIds: { "eu-west-1-lon-1a": "subnet-c" } },
      `[test/vpc] "eu-west-1-lon-1a" is a Local Zone or Wavelength Zone, where Fargate does not run; name Availability Zones like "eu-west-1a"`,
    ],
  ])("is refused with %s", (_, attributes, message) => {
    expect(refusal(() => Vpc.fromAttributes(stackFor(), "vpc", { ...minimal, ...attributes }))).toBe(message);
  });
});
