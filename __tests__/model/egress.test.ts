import {
  connectEndpointWarning,
  ecsEndpointServices,
  execEndpointsWarning,
  natProblems,
  natZones,
  queueEndpointProblem,
} from "../../src/model/egress";

const ZONES = ["eu-west-1a", "eu-west-1b"];
const messages = (options: Parameters<typeof natProblems>[0]) =>
  natProblems(options, ZONES).map(({ message }) => message);

describe("natZones", () => {
  test("a single NAT gateway, the default, stands in the first zone", () => {
    expect([...natZones({}, ZONES)]).toEqual(["eu-west-1a"]);
  });

  test("a single NAT gateway stands in the zone that is named", () => {
    expect([...natZones({ nat: "single", natZone: "eu-west-1b" }, ZONES)]).toEqual(["eu-west-1b"]);
  });

  test("one NAT gateway in each zone", () => {
    expect([...natZones({ nat: "per-zone" }, ZONES)]).toEqual(ZONES);
  });

  test("none when none is asked for", () => {
    expect(natZones({ nat: "none" }, ZONES).size).toBe(0);
  });

  test("none without public subnets, where none could stand", () => {
    expect(natZones({ publicSubnets: false }, ZONES).size).toBe(0);
  });
});

describe("natProblems", () => {
  test.each([
    {},
    { nat: "none" },
    { nat: "per-zone" },
    { natZone: "eu-west-1b" },
    { publicSubnets: false },
    { publicSubnets: false, nat: "none" },
  ] as const)("%j is accepted", (options) => {
    expect(natProblems(options, ZONES)).toEqual([]);
  });

  test.each(["single", "per-zone"] as const)("%j without public subnets is refused", (nat) => {
    expect(natProblems({ nat, publicSubnets: false }, ZONES)).toEqual([
      {
        at: ["nat"],
        message: `'nat' must be "none" when 'publicSubnets' is false, got "${nat}": a NAT gateway stands in a public subnet; leave 'publicSubnets' out, or use 'interfaceEndpoints' instead of NAT`,
      },
    ]);
  });

  test.each(["none", "per-zone"] as const)("a zone for 'nat' %j is refused", (nat) => {
    expect(messages({ nat, natZone: "eu-west-1a" })).toEqual([
      `'natZone' is for 'nat' "single", got "${nat}"; remove it`,
    ]);
  });

  test("a zone that the VPC does not have is refused with those that it has", () => {
    expect(natProblems({ natZone: "eu-west-1c" }, ZONES)).toEqual([
      {
        at: ["natZone"],
        message: `'natZone' must be one of the VPC's zones "eu-west-1a", "eu-west-1b", got "eu-west-1c"`,
      },
    ]);
  });
});

describe("the interface endpoints of tasks", () => {
  const NONE = { queueWorkers: false, serviceConnect: false };

  test("are more where tasks work queues off or find each other by Service Connect", () => {
    const all = ecsEndpointServices(true, NONE);
    expect(ecsEndpointServices(true, { ...NONE, queueWorkers: true })).toEqual([...all, "sqs"]);
    expect(ecsEndpointServices(true, { ...NONE, serviceConnect: true })).toEqual([...all, "ecs-agent"]);
    expect(ecsEndpointServices(["sts"], { queueWorkers: true, serviceConnect: true })).toEqual(["sts"]);
  });

  test("are refused without that of queues, and warned of without that of Service Connect", () => {
    const vpc = { egress: "endpoints", endpointServices: ["logs"] } as const;
    expect(queueEndpointProblem(vpc)).toBe(
      `tasks in private subnets of a VPC without NAT reach their queue through an interface endpoint, and 'interfaceEndpoints' has none for "sqs"; add it there, or a NAT gateway`,
    );
    expect(connectEndpointWarning(vpc)).toContain(`through an interface endpoint for "ecs-agent" where there is one`);
    for (const egress of ["nat", "none", "unknown"] as const) {
      expect([queueEndpointProblem({ ...vpc, egress }), connectEndpointWarning({ ...vpc, egress })]).toEqual([
        undefined,
        undefined,
      ]);
    }
    expect(queueEndpointProblem({ egress: "endpoints" })).toBeUndefined();
    expect(queueEndpointProblem({ egress: "endpoints", endpointServices: ["sqs"] })).toBeUndefined();
    expect(connectEndpointWarning({ egress: "endpoints", endpointServices: ["ecs-agent"] })).toBeUndefined();
  });
  test("are those that images, logs, secrets and encrypted shells need", () => {
    expect([...ecsEndpointServices(true, NONE)].sort()).toEqual([
      "ecr.api",
      "ecr.dkr",
      "kms",
      "logs",
      "secretsmanager",
      "ssm",
      "ssmmessages",
    ]);
    expect(ecsEndpointServices(["sts"], NONE)).toEqual(["sts"]);
    expect(ecsEndpointServices(false, NONE)).toEqual([]);
  });

  test("warn where one is missing through which a shell is opened or encrypted", () => {
    const warning = (services: readonly string[]) =>
      execEndpointsWarning({ egress: "endpoints", endpointServices: services });
    expect(warning(ecsEndpointServices(true, NONE))).toBeUndefined();
    expect(warning(["ecr.api", "ssmmessages"])).toBe(
      `ECS Exec opens no shell in a VPC without NAT that has no interface endpoint for "kms"; add it to 'interfaceEndpoints' of the network`,
    );
    expect(warning([])).toContain(`no interface endpoint for "kms", "ssmmessages"; add them to`);
  });

  test("are of no matter to shells where there is another way, or nothing is known", () => {
    expect(execEndpointsWarning({ egress: "nat", endpointServices: [] })).toBeUndefined();
    expect(execEndpointsWarning({ egress: "unknown" })).toBeUndefined();
    expect(execEndpointsWarning({ egress: "endpoints" })).toBeUndefined();
  });
});
