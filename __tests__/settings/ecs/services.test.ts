import { SettingsError } from "../../../src/settings/errors";
import { parseEcsSettings } from "../../../src/settings/load";

const TASKS = `  taskDefinitions:
    web:
      containers:
        - name: web
          image: registry.example.com/web:1
          cpu: 250m
          memory: 512Mi
          ports: { http: 8080 }
    agent:
      launch: EC2
      networkMode: bridge
      containers: [{ name: agent, image: "registry.example.com/agent:1", cpu: 250m, memory: 512Mi }]
`;

const settings = (ecs: string, network = "{ zones: [eu-west-1a, eu-west-1b] }") =>
  parseEcsSettings(`name: shop\nregion: eu-west-1\nnetwork: ${network}\necs:\n${ecs}${TASKS}`, "ecs.yaml");

function problems(ecs: string, network?: string): string[] {
  try {
    settings(ecs, network);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message.split("\n").slice(1);
  }
  throw new Error("the settings were accepted");
}

describe("services in the settings", () => {
  test("need nothing said but their name, which is that of their task definition too", () => {
    expect(settings("  services: { web: {} }\n").ecs.services).toEqual({ web: {} });
    expect(settings("  services: { web: {}, agent: { scheduling: DAEMON } }\n")).toBeDefined();
  });

  test("name task definitions, namespaces and services that there are", () => {
    expect(
      problems(`  services:
    shop: {}
    web:
      taskDefinition: webb
      serviceConnect: { namespace: mesh }
      discovery: { namespace: dns }
      allowFrom: { orders: [8080] }
`),
    ).toEqual([
      expect.stringContaining(`'taskDefinition' must name one of 'taskDefinitions' ("agent", "web"), got "shop"`),
      expect.stringContaining(`'taskDefinition' must name one of 'taskDefinitions' ("agent", "web"), got "webb"`),
      expect.stringContaining(
        `'namespace' of 'serviceConnect' must name one of 'namespaces' (there are none), got "mesh"`,
      ),
      expect.stringContaining(`'namespace' of 'discovery' must name one of 'namespaces' (there are none), got "dns"`),
      expect.stringContaining(`'allowFrom' must name one of 'services' ("shop", "web"), got "orders"`),
    ]);
  });

  test("are refused with the words of the model and the line of what is wrong", () => {
    const found = problems(`  namespaces: { mesh: {}, "bad name": {} }
  services:
    web:
      desiredCount: 1
      platformVersion: "1.3.0"
      capacity: { FARGATE_SPOTTY: {} }
      deployment: { minimumHealthyPercent: 100, maximumPercent: 100 }
      serviceConnect: { namespace: mesh, endpoints: { web: { portName: https } } }
      healthCheckGracePeriodInSeconds: 10
`);
    expect(found).toHaveLength(6);
    for (const [place, words] of [
      ["ecs.namespaces.bad name", "the name of an AWS Cloud Map namespace must be"],
      ["ecs.services.web.platformVersion", 'got "1.3.0"; AWS has retired older ones'],
      ["ecs.services.web.capacity", `must name capacity providers of the cluster, got "FARGATE_SPOTTY"`],
      ["ecs.services.web.deployment.maximumPercent", "let a deployment of 1 task neither start"],
      [
        "ecs.services.web.serviceConnect.endpoints.web.portName",
        `the name of a port of the task's containers ("http"), got "https"`,
      ],
      ["ecs.services.web.healthCheckGracePeriodInSeconds", "and the service has none, got 10"],
    ] as const) {
      expect(
        found.filter((line) => /line \d+/.test(line) && line.includes(place) && line.includes(words)),
      ).toHaveLength(1);
    }
  });

  test("say nothing of instances on Fargate, nor of Fargate on instances", () => {
    expect(
      problems(`  services:
    agent: { scheduling: DAEMON, platformVersion: LATEST, assignPublicIp: true }
    web: { scheduling: REPLICA, placementStrategies: [random], memberOf: [a], distinctInstances: true }
`).map((line) => /'(\w+)' is for tasks on (\w+)/.exec(line)?.slice(1)),
    ).toEqual(
      expect.arrayContaining([
        ["platformVersion", "Fargate"],
        ["assignPublicIp", "Fargate"],
        ["scheduling", "instances"],
        ["placementStrategies", "instances"],
        ["memberOf", "instances"],
        ["distinctInstances", "instances"],
      ]),
    );
  });

  test("have names of their own in the cluster", () => {
    expect(problems("  services: { web: {}, other: { taskDefinition: web, serviceName: shop-web } }\n")).toEqual([
      expect.stringContaining(`services "web" and "other" are both called "shop-web"; give one another 'serviceName'`),
    ]);
  });

  test("open ports to services whose tasks have security groups of their own", () => {
    expect(problems("  services: { agent: { scheduling: DAEMON }, web: { allowFrom: { agent: [8080] } } }\n")).toEqual([
      expect.stringContaining(`and those of "agent" have their instance's`),
    ]);
    expect(problems("  services: { web: { allowFrom: { web: [0, 80, 80] } } }\n")).toHaveLength(2);
  });

  test("know which subnets the VPC has", () => {
    expect(
      problems(
        "  services: { web: { subnets: public, assignPublicIp: true } }\n",
        "{ zones: [eu-west-1a, eu-west-1b], publicSubnets: false, interfaceEndpoints: true }",
      ),
    ).toEqual([
      expect.stringContaining(`'subnets' must be subnets that the VPC has, got "public", of which it has none`),
    ]);
    expect(problems("  services: { web: { subnets: public } }\n")).toEqual([
      expect.stringContaining(`'subnets' "public" without 'assignPublicIp'`),
    ]);
  });

  test("are called by both ways under names that differ", () => {
    const both = (name: string) => `  namespaces: { dns: { kind: private-dns } }
  services:
    web:
      serviceConnect: { namespace: dns, endpoints: { web: { portName: http } } }
      discovery: { namespace: dns${name} }
`;
    expect(settings(both(", name: web-tasks"))).toBeDefined();
    expect(problems(both(""))).toEqual([expect.stringContaining("'discovery' the same name in the same namespace")]);
  });
});
