import {
  egressRules,
  fargateEgressProblems,
  reachesGroup,
  type TaskNetworkOptions,
  type TaskVpc,
  taskNetworkProblems,
} from "../../src/model/ecs-service-network";

const VPC: TaskVpc = { egress: "nat", privateSubnets: ["a", "b"], publicSubnets: ["a"] };
const groups = (count: number) => Array.from({ length: count }, (_, index) => `sg-${index}`);
const subnets = (count: number) => Array.from({ length: count }, (_, index) => `subnet-${index}`);

const said = (options: TaskNetworkOptions, vpc: Partial<TaskVpc> = {}) =>
  taskNetworkProblems(options, { ...VPC, ...vpc }).map(({ message }) => message);
const reach = (options: TaskNetworkOptions, assignPublicIp: boolean, egress: TaskVpc["egress"]) =>
  fargateEgressProblems(options, assignPublicIp, { egress }).map(({ message }) => message);

describe("the network of tasks", () => {
  test("is at most 16 subnets and 5 security groups", () => {
    expect(said({ subnets: subnets(16), additionalSecurityGroupIds: groups(4) })).toEqual([]);
    expect(said({ subnets: subnets(17), additionalSecurityGroupIds: groups(5) })).toEqual([
      "'subnets' must hold at most 16 subnets, got 17; name some of them by their ids",
      "a task must have at most 5 security groups, the service's own among them, got 6; put the rules of some into one",
    ]);
    expect(said({}, { privateSubnets: subnets(17) })).toEqual([
      "'subnets' must hold at most 16 subnets, got 17; name some of them by their ids",
    ]);
  });

  test("is made of subnets that there are", () => {
    expect(said({ subnets: [] })).toEqual(["'subnets' must hold at least one id of a subnet, got none"]);
    expect(said({ subnets: "public" }, { publicSubnets: [] })).toEqual([
      `'subnets' must be subnets that the VPC has, got "public", of which it has none; have some, or leave 'subnets' out`,
    ]);
    expect(said({ subnets: ["vpc-1"] })).toEqual([
      `'subnets' must be "private", "public" or ids of subnets, like "subnet-0a1b2c3d4e5f60718", got "vpc-1"`,
    ]);
    expect(taskNetworkProblems({ subnets: "public" }, undefined)).toEqual([]);
    expect(taskNetworkProblems({ subnets: ["${TOKEN}"] }, VPC, () => false)).toEqual([]);
  });

  test("lets tasks reach what is named, where something is", () => {
    expect(said({ egress: { Db: { port: 0 } } })).toEqual([
      expect.stringContaining(`the name of a rule must be`),
      expect.stringContaining(`must have exactly one of 'securityGroupId', 'cidr' and 'self', got 0`),
      expect.stringContaining(`'port' of rule "Db" of 'egress' must be 1 to 65535, got 0`),
    ]);
    expect(egressRules(undefined)).toEqual([
      { name: "egress", key: "egress", description: "Everything", ipProtocol: "-1", cidr: "0.0.0.0/0" },
    ]);
    expect(
      egressRules({
        tasks: { self: true, protocol: "all" },
        database: { securityGroupId: "sg-1", port: 5432 },
        all: { cidr: "10.0.0.0/8" },
      }),
    ).toEqual([
      {
        name: "all",
        key: "egress-all",
        description: "all",
        ipProtocol: "tcp",
        fromPort: 0,
        toPort: 65_535,
        cidr: "10.0.0.0/8",
      },
      {
        name: "database",
        key: "egress-database",
        description: "database",
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        securityGroupId: "sg-1",
      },
      { name: "tasks", key: "egress-tasks", description: "tasks", ipProtocol: "-1", self: true },
    ]);
    expect(egressRules({})).toEqual([]);
  });

  test.each<[NonNullable<TaskNetworkOptions["egress"]>, boolean]>([
    [{}, false],
    [{ files: { securityGroupId: "sg-1", port: 2049 } }, true],
    [{ files: { securityGroupId: "sg-1", port: { from: 2000, to: 3000 } } }, true],
    [{ files: { securityGroupId: "sg-1" } }, true],
    [{ files: { securityGroupId: "sg-1", protocol: "all" } }, true],
    [{ files: { securityGroupId: "sg-1", port: 2049, protocol: "udp" } }, false],
    [{ files: { securityGroupId: "sg-1", port: 2048 } }, false],
    [{ files: { securityGroupId: "sg-2", port: 2049 } }, false],
    [{ files: { cidr: "10.0.0.0/8", port: 2049 } }, false],
  ])("%j names port 2049 of security group sg-1: %s", (egress, named) => {
    expect(reachesGroup(egress, "sg-1", 2049)).toBe(named);
  });
});

describe("tasks on Fargate", () => {
  test("reach their images by NAT, endpoints or public addresses", () => {
    expect(reach({}, false, "nat")).toEqual([]);
    expect(reach({}, false, "endpoints")).toEqual([]);
    expect(reach({}, false, "unknown")).toEqual([]);
    expect(reach({ subnets: "public" }, true, "none")).toEqual([]);
    expect(reach({ subnets: "public" }, false, "endpoints")).toEqual([]);
    expect(reach({ subnets: ["subnet-1"] }, false, "none")).toEqual([]);
    expect(fargateEgressProblems({}, false, undefined)).toEqual([]);
  });

  test("are refused where they could not", () => {
    expect(reach({}, false, "none")).toEqual([
      "the VPC has neither a NAT gateway nor interface endpoints, so no task on Fargate could pull its image; set 'nat' of the VPC to \"single\" or \"per-zone\", or 'interfaceEndpoints' to true",
    ]);
    expect(reach({ subnets: "public" }, false, "nat")).toEqual([
      `'subnets' "public" without 'assignPublicIp' leaves tasks on Fargate no way to pull their images, as a public subnet leads out by public addresses alone; set 'assignPublicIp' to true, or leave 'subnets' out`,
    ]);
    expect(reach({}, true, "nat")).toEqual([
      `'assignPublicIp' is for subnets with a route to an internet gateway, got true with 'subnets' "private", where the address would lead nowhere; leave it out, or choose "public"`,
    ]);
  });
});
