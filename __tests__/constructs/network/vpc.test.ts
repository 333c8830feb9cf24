import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Fn } from "cdktf";
import { Vpc, type VpcProps } from "../../../src/constructs/network/vpc";
import { refusal, resolved, resources, stackFor, synthIn } from "../../support/stack";

const minimal: VpcProps = { name: "platform", zones: ["eu-west-1a", "eu-west-1b"] };

/** Terraform JSON of a VPC "vpc" with these properties. */
function synthVpc(props: Partial<VpcProps> = {}, region = "eu-west-1"): string {
  return synthIn(region, (stack) => new Vpc(stack, "vpc", { ...minimal, ...props }));
}

function refused(props: Partial<VpcProps>): string {
  return refusal(() => new Vpc(stackFor(), "vpc", { ...minimal, ...props }));
}

function cidrs(text: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resources(text, Subnet)).map(([name, { cidr_block }]) => [name, cidr_block]),
  );
}

describe("VPC", () => {
  test("has network 10.0.0.0/16 and DNS for private endpoints when nothing else is said", () => {
    expect(synthVpc()).toHaveResourceWithProperties(AwsVpc, {
      cidr_block: "10.0.0.0/16",
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: "platform" },
    });
  });

  test("closes its default security group, which keeps no rule in either direction", () => {
    expect(resources(synthVpc(), DefaultSecurityGroup)).toEqual({
      "vpc_default-security-group": {
        vpc_id: "${aws_vpc.vpc_vpc.id}",
        tags: { Name: "platform-default-closed" },
      },
    });
  });

  test("exposes id, network, subnets by zone, and how pods reach out", () => {
    const stack = stackFor();
    const vpc = new Vpc(stack, "vpc", { ...minimal, cidr: "10.8.0.0/20" });
    expect(resolved(stack, vpc.vpcId)).toBe("${aws_vpc.vpc_vpc.id}");
    expect(vpc.cidr).toBe("10.8.0.0/20");
    const subnets = (tier: string) =>
      ["a", "b"].map((letter) => ({
        zone: `eu-west-1${letter}`,
        subnetId: `\${aws_subnet.vpc_${tier}-eu-west-1${letter}_subnet.id}`,
      }));
    const exposed = ({ zone, subnetId }: { zone: string; subnetId: string }) => ({
      zone,
      subnetId: resolved(stack, subnetId),
    });
    expect(vpc.privateSubnets.map(exposed)).toEqual(subnets("private"));
    expect(vpc.publicSubnets.map(exposed)).toEqual(subnets("public"));
    expect(vpc.egress).toBe("nat");
  });

  test.each([
    ["nat", { nat: "single" }],
    ["endpoints", { nat: "none", interfaceEndpoints: true }],
    ["none", { nat: "none" }],
    ["none", { nat: "none", interfaceEndpoints: [] }],
  ] as const)("says that pods reach out by %s with %j", (egress, props) => {
    expect(new Vpc(stackFor(), "vpc", { ...minimal, ...props }).egress).toBe(egress);
  });

  test("tells which services have an interface endpoint", () => {
    const services = (props: Partial<VpcProps>) =>
      new Vpc(stackFor(), "vpc", { ...minimal, ...props }).endpointServices;
    expect(services({ nat: "none", interfaceEndpoints: ["logs", "ecs"] })).toEqual(["logs", "ecs"]);
    expect(services({ interfaceEndpoints: true })).toContain("ecr.api");
    expect(services({})).toEqual([]);
  });

  test("accepts every option at once", () => {
    const text = synthVpc({
      cidr: "10.4.0.0/16",
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      nat: "single",
      natZone: "eu-west-1b",
      publicSubnets: true,
      subnetCidrs: { "eu-west-1c": { private: "10.4.192.0/24", public: "10.4.193.0/24" } },
      interfaceEndpoints: ["sts"],
      flowLogs: { retentionInDays: 30, trafficType: "REJECT" },
    });
    expect(text).toHaveResourceWithProperties(Subnet, { cidr_block: "10.4.193.0/24" });
    expect(text).toHaveResourceWithProperties(FlowLog, { traffic_type: "REJECT", vpc_id: "${aws_vpc.vpc_vpc.id}" });
    expect(text).toHaveResourceWithProperties(VpcEndpoint, { service_name: "com.amazonaws.eu-west-1.sts" });
  });
});

describe("subnets", () => {
  test("are one private and one public for each zone, at the zone's place in the network", () => {
    expect(cidrs(synthVpc())).toEqual({
      "vpc_private-eu-west-1a_subnet": "10.0.0.0/20",
      "vpc_private-eu-west-1b_subnet": "10.0.16.0/20",
      "vpc_public-eu-west-1a_subnet": "10.0.128.0/21",
      "vpc_public-eu-west-1b_subnet": "10.0.136.0/21",
    });
  });

  test("never give public addresses by themselves, and carry the load balancers' tag of their tier", () => {
    const subnets = resources(synthVpc(), Subnet);
    expect(subnets["vpc_private-eu-west-1a_subnet"]).toEqual({
      vpc_id: "${aws_vpc.vpc_vpc.id}",
      cidr_block: "10.0.0.0/20",
      availability_zone: "eu-west-1a",
      map_public_ip_on_launch: false,
      tags: { Name: "platform-private-eu-west-1a", "kubernetes.io/role/internal-elb": "1" },
    });
    expect(subnets["vpc_public-eu-west-1a_subnet"]).toMatchObject({
      map_public_ip_on_launch: false,
      tags: { Name: "platform-public-eu-west-1a", "kubernetes.io/role/elb": "1" },
    });
    expect(Object.values(subnets).filter((subnet) => subnet.map_public_ip_on_launch !== false)).toEqual([]);
  });

  test("take the networks given for their zone and tier, and derive the others", () => {
    expect(cidrs(synthVpc({ subnetCidrs: { "eu-west-1b": { private: "10.0.200.0/24" } } }))).toEqual({
      "vpc_private-eu-west-1a_subnet": "10.0.0.0/20",
      "vpc_private-eu-west-1b_subnet": "10.0.200.0/24",
      "vpc_public-eu-west-1a_subnet": "10.0.128.0/21",
      "vpc_public-eu-west-1b_subnet": "10.0.136.0/21",
    });
  });

  test("stay as they are, with their routes, when a zone is added between them", () => {
    const own = (text: string) =>
      Object.fromEntries(
        [Subnet, RouteTable, RouteTableAssociation, Route, NatGateway, Eip].flatMap((type) =>
          Object.entries(resources(text, type)).map(([name, properties]) => [
            `${type.tfResourceType}.${name}`,
            properties,
          ]),
        ),
      );
    const options = { nat: "per-zone" } as const;
    const before = own(synthVpc({ ...options, zones: ["eu-west-1a", "eu-west-1c"] }));
    const after = own(synthVpc({ ...options, zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }));
    expect(after).toMatchObject(before);
    expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
  });

  test("do not depend on the order of the zones: the Terraform JSON is the same to the byte", () => {
    const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
    const options = { nat: "per-zone", interfaceEndpoints: ["sts", "logs"] } as const;
    expect(synthVpc({ ...options, zones: zones.toReversed(), interfaceEndpoints: ["logs", "sts"] })).toBe(
      synthVpc({ ...options, zones }),
    );
  });

  test("of looked-up zones keep the zone in which they were created", () => {
    expect(synthVpc({ zones: { count: 2 } })).toHaveResourceWithProperties(Subnet, {
      cidr_block: "10.0.16.0/20",
      availability_zone: "${element(data.aws_availability_zones.vpc_zones_available.names, 1)}",
      lifecycle: { ignore_changes: ["availability_zone"] },
    });
  });

  test("of named zones follow the name", () => {
    expect(Object.values(resources(synthVpc(), Subnet)).filter(({ lifecycle }) => lifecycle !== undefined)).toEqual([]);
  });

  test("are private ones alone when there are to be no public ones: no gateway and no route to the internet", () => {
    const text = synthVpc({ publicSubnets: false });
    expect(Object.keys(cidrs(text))).toEqual(["vpc_private-eu-west-1a_subnet", "vpc_private-eu-west-1b_subnet"]);
    for (const type of [InternetGateway, NatGateway, Eip, Route]) {
      expect(text).not.toHaveResource(type);
    }
  });
});

describe("routes", () => {
  test("of public subnets lead to the internet gateway by one shared table", () => {
    const text = synthVpc();
    expect(resources(text, Route).vpc_public_internet).toEqual({
      route_table_id: "${aws_route_table.vpc_public_route-table.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.vpc_public_internet-gateway.id}",
    });
    expect(resources(text, RouteTableAssociation)["vpc_public-eu-west-1b_route-table-association"]).toEqual({
      subnet_id: "${aws_subnet.vpc_public-eu-west-1b_subnet.id}",
      route_table_id: "${aws_route_table.vpc_public_route-table.id}",
    });
  });

  test("of private subnets are in a table of their own and never lead to the internet gateway", () => {
    const text = synthVpc();
    expect(resources(text, RouteTableAssociation)["vpc_private-eu-west-1b_route-table-association"]).toEqual({
      subnet_id: "${aws_subnet.vpc_private-eu-west-1b_subnet.id}",
      route_table_id: "${aws_route_table.vpc_private-eu-west-1b_route-table.id}",
    });
    const routes = Object.entries(resources(text, Route)).filter(([, { gateway_id }]) => gateway_id !== undefined);
    expect(routes.map(([name]) => name)).toEqual(["vpc_public_internet"]);
  });

  test("to S3 stay within AWS, by a gateway endpoint on every private table", () => {
    expect(synthVpc()).toHaveResourceWithProperties(VpcEndpoint, {
      vpc_endpoint_type: "Gateway",
      service_name: "com.amazonaws.eu-west-1.s3",
      route_table_ids: [
        "${aws_route_table.vpc_private-eu-west-1a_route-table.id}",
        "${aws_route_table.vpc_private-eu-west-1b_route-table.id}",
      ],
    });
  });

  test.each([
    ["cn-north-1", "com.amazonaws.cn-north-1.s3"],
    ["us-gov-west-1", "com.amazonaws.us-gov-west-1.s3"],
  ])("to S3 in %s go to %s", (region, service_name) => {
    const text = synthVpc({ zones: [`${region}a`, `${region}b`] }, region);
    expect(text).toHaveResourceWithProperties(VpcEndpoint, { vpc_endpoint_type: "Gateway", service_name });
  });
});

describe("NAT", () => {
  const gateway = (zone: string) => `\${aws_nat_gateway.vpc_public-${zone}_nat-gateway.id}`;
  const natRoutes = (text: string) =>
    Object.fromEntries(
      Object.entries(resources(text, Route))
        .filter(([, { nat_gateway_id }]) => nat_gateway_id !== undefined)
        .map(([name, { nat_gateway_id }]) => [name, nat_gateway_id]),
    );

  test("is one gateway in the first zone, for all private subnets, when nothing else is said", () => {
    const text = synthVpc();
    expect(Object.keys(resources(text, NatGateway))).toEqual(["vpc_public-eu-west-1a_nat-gateway"]);
    expect(natRoutes(text)).toEqual({
      "vpc_private-eu-west-1a_nat": gateway("eu-west-1a"),
      "vpc_private-eu-west-1b_nat": gateway("eu-west-1a"),
    });
  });

  test("stands in the zone that is named", () => {
    const text = synthVpc({ natZone: "eu-west-1b" });
    expect(Object.values(natRoutes(text))).toEqual([gateway("eu-west-1b"), gateway("eu-west-1b")]);
  });

  test("is one gateway for each zone's private subnet when it is per zone", () => {
    expect(natRoutes(synthVpc({ nat: "per-zone" }))).toEqual({
      "vpc_private-eu-west-1a_nat": gateway("eu-west-1a"),
      "vpc_private-eu-west-1b_nat": gateway("eu-west-1b"),
    });
  });

  test("is no gateway, no address and no route when there is to be none", () => {
    const text = synthVpc({ nat: "none" });
    expect(text).not.toHaveResource(NatGateway);
    expect(text).not.toHaveResource(Eip);
    expect(natRoutes(text)).toEqual({});
    expect(text).toHaveResource(InternetGateway);
  });

  test("stands in the public subnet with a fixed address, after the internet gateway", () => {
    const text = synthVpc();
    const depends_on = ["aws_internet_gateway.vpc_public_internet-gateway"];
    expect(text).toHaveResourceWithProperties(NatGateway, {
      subnet_id: "${aws_subnet.vpc_public-eu-west-1a_subnet.id}",
      allocation_id: "${aws_eip.vpc_public-eu-west-1a_nat-address.id}",
      tags: { Name: "platform-nat-eu-west-1a" },
      depends_on,
    });
    expect(text).toHaveResourceWithProperties(Eip, { domain: "vpc", depends_on });
  });
});

describe("endpoints and flow logs", () => {
  const interfaces = (text: string) =>
    Object.values(resources(text, VpcEndpoint))
      .filter(({ vpc_endpoint_type }) => vpc_endpoint_type === "Interface")
      .map(({ service_name }) => String(service_name).replace("com.amazonaws.eu-west-1.", ""));

  test.each([
    ["none", undefined, []],
    ["none", false, []],
    [
      "those that a cluster without NAT needs",
      true,
      ["ec2", "ecr.api", "ecr.dkr", "elasticloadbalancing", "logs", "sts"],
    ],
    ["those named", ["sqs", "sts"], ["sqs", "sts"]],
  ])("interface endpoints are %s with %j", (_, interfaceEndpoints, services) => {
    expect(interfaces(synthVpc(interfaceEndpoints === undefined ? {} : { interfaceEndpoints }))).toEqual(services);
  });

  test("interface endpoints stand in the private subnets", () => {
    expect(synthVpc({ interfaceEndpoints: ["sts"] })).toHaveResourceWithProperties(VpcEndpoint, {
      vpc_endpoint_type: "Interface",
      subnet_ids: ["${aws_subnet.vpc_private-eu-west-1a_subnet.id}", "${aws_subnet.vpc_private-eu-west-1b_subnet.id}"],
    });
  });

  test("flow logs are on unless they are switched off", () => {
    expect(synthVpc()).toHaveResourceWithProperties(FlowLog, { vpc_id: "${aws_vpc.vpc_vpc.id}", traffic_type: "ALL" });
    expect(synthVpc({ flowLogs: false })).not.toHaveResource(FlowLog);
  });
});

describe("refused", () => {
  test.each<[string, Partial<VpcProps>, string]>([
    [
      "a network that is none",
      { cidr: "10.0.0.0" },
      `[test/vpc] 'cidr' "10.0.0.0" is not an IPv4 network; write it as four decimals and a prefix length, like "10.0.0.0/16"`,
    ],
    [
      "a network that AWS takes for no VPC",
      { cidr: "10.0.0.0/8" },
      `[test/vpc] 'cidr' must be a network from /16 to /28, as AWS has it for a VPC, got "10.0.0.0/8"`,
    ],
    [
      "a network too small to be split",
      { cidr: "10.0.0.0/24" },
      `[test/vpc] 'cidr' "10.0.0.0/24" is too small to be split: its smallest subnets would be /29, and load balancers need /27; use /22 or larger, or give every zone its 'subnetCidrs'`,
    ],
    [
      "a network that only Terraform knows",
      { cidr: Fn.cidrsubnet("10.0.0.0/8", 8, 1) },
      `[test/vpc] 'cidr' must be known when the app runs, because it is split into subnets; give it as text, like "10.0.0.0/16"`,
    ],
    [
      "one zone alone",
      { zones: ["eu-west-1a"] },
      `[test/vpc/zones] 'zones' must hold at least 2 zones, as EKS wants it, got ["eu-west-1a"]; add one`,
    ],
    [
      "networks for a zone that the VPC has not",
      { subnetCidrs: { "eu-west-1c": { private: "10.0.200.0/24" } } },
      `[test/vpc] 'subnetCidrs' names zone "eu-west-1c", which is not in 'zones'; add it there or remove it here`,
    ],
    [
      "a subnet outside the VPC",
      { subnetCidrs: { "eu-west-1b": { private: "10.1.0.0/24" } } },
      `[test/vpc] private subnet "10.1.0.0/24" of zone "eu-west-1b" lies outside the VPC's 'cidr' "10.0.0.0/16"; choose a part of it`,
    ],
    [
      "a subnet that overlaps another",
      { subnetCidrs: { "eu-west-1b": { private: "10.0.1.0/24" } } },
      `[test/vpc] private subnet "10.0.1.0/24" of zone "eu-west-1b" overlaps private subnet "10.0.0.0/20" of zone "eu-west-1a"; give one of them another 'subnetCidrs'`,
    ],
    [
      "NAT without public subnets",
      { publicSubnets: false, nat: "single" },
      `[test/vpc] 'nat' must be "none" when 'publicSubnets' is false, got "single": a NAT gateway stands in a public subnet; leave 'publicSubnets' out, or use 'interfaceEndpoints' instead of NAT`,
    ],
    [
      "a NAT zone that the VPC has not",
      { natZone: "eu-west-1c" },
      `[test/vpc] 'natZone' must be one of the VPC's zones "eu-west-1a", "eu-west-1b", got "eu-west-1c"`,
    ],
    [
      "a NAT zone where every zone has NAT",
      { nat: "per-zone", natZone: "eu-west-1a" },
      `[test/vpc] 'natZone' is for 'nat' "single", got "per-zone"; remove it`,
    ],
  ])("is %s", (_, props, message) => {
    expect(refused(props)).toBe(message);
  });

  test("are all problems at once", () => {
    const message = refused({ natZone: "eu-west-1c", nat: "per-zone", subnetCidrs: { "eu-west-1d": {} } });
    expect(message.split("\n")).toHaveLength(3);
  });
});
