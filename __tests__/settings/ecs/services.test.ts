import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const TASKS = `  taskDefinitions:
    web:
      size: { cpu: 500m, memory: 1Gi }
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

/** The settings with other task definitions, when they are read. */
const settingsOf = (ecs: string, taskDefinitions: string) => () =>
  parseEcsSettings(
    `name: shop\nregion: eu-west-1\nnetwork: { zones: [eu-west-1a, eu-west-1b] }\necs:\n${ecs}${taskDefinitions}`,
    "ecs.yaml",
  );

const problems = (ecs: string, network?: string) => problemsOf(() => settings(ecs, network));

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
      expect.stringContaining(`'taskDefinition' must name one of 'ecs.taskDefinitions' ("agent", "web"), got "shop"`),
      expect.stringContaining(`'taskDefinition' must name one of 'ecs.taskDefinitions' ("agent", "web"), got "webb"`),
      expect.stringContaining(
        `'namespace' of 'serviceConnect' must name one of 'ecs.namespaces' (there are none), got "mesh"`,
      ),
      expect.stringContaining(
        `'namespace' of 'discovery' must name one of 'ecs.namespaces' (there are none), got "dns"`,
      ),
      expect.stringContaining(
        `'allowFrom' must name something of 'services', 'queueWorkers', 'scheduledTasks', 'eventTasks', 'workflows' ("shop", "web"), got "orders"`,
      ),
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
      expect.stringContaining(
        `'services.web' and 'services.other' would both be the ECS service "shop-web"; give one of them another 'serviceName'`,
      ),
    ]);
  });

  test("open ports to services whose tasks have security groups of their own", () => {
    expect(problems("  services: { agent: { scheduling: DAEMON }, web: { allowFrom: { agent: [8080] } } }\n")).toEqual([
      expect.stringContaining(`and those of "agent" have their instance's`),
    ]);
    expect(problems("  services: { agent: { scheduling: DAEMON, allowFrom: { web: [80] } }, web: {} }\n")).toEqual([
      expect.stringContaining(`and those of "agent" have their instance's`),
    ]);
    expect(problems("  services: { web: { allowFrom: { web: [0, 80, 80] } } }\n")).toHaveLength(2);
    expect(
      problems("  services: { web: { egress: { own: { self: true, port: 80 } }, allowFrom: { web: [80, 81] } } }\n"),
    ).toEqual([
      expect.stringContaining(
        `ecs.services.web.allowFrom.web.0: 'allowFrom' lets tasks of "web" call each other at port 80, as 'egress' with 'self' does already`,
      ),
    ]);
  });

  test("open ports to whatever else runs tasks, if its key is its own", () => {
    const nightly = (task: string, key = "nightly") =>
      `  scheduledTasks: { ${key}: { taskDefinition: ${task}, schedule: rate(1 day) } }\n`;
    const calledBy = (key: string) => `  services: { web: { allowFrom: { ${key}: [80] } } }\n`;
    expect(() => settings(nightly("web") + calledBy("nightly"))).not.toThrow();
    expect(problems(nightly("agent") + calledBy("nightly"))).toEqual([
      expect.stringContaining(`and those of "nightly" have their instance's`),
    ]);
    expect(problems(nightly("web", "web") + calledBy("web"))).toEqual([
      expect.stringContaining(
        `ecs.services.web.allowFrom.web: 'allowFrom' must name one thing alone, and "web" is a key of 'services' and 'scheduledTasks'; rename one of them`,
      ),
    ]);
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

  test("run on groups of their task's architecture, system and log drivers", () => {
    const on = (group: string, service = "agent: {}") =>
      `  cluster: { autoScalingGroups: { web: { maxSize: 2, ${group} } } }\n  services: { ${service} }\n`;
    expect(settings(on("instanceTypes: [m7i.large]"))).toBeDefined();
    for (const service of ["agent: {}", "agent: { scheduling: DAEMON }"]) {
      expect(problems(on("instanceTypes: [m7g.large]", service))).toEqual([
        expect.stringMatching(/line \d+, ecs\.services\.agent.*for an instance of "shop-web", which is "ARM64"/),
      ]);
    }
    expect(problems(on("instanceTypes: [m7i.large], os: windows-core-2022"))).toEqual([
      expect.stringMatching(/line \d+, ecs\.services\.agent.*for an instance of "shop-web", which runs Windows/),
    ]);
  });

  test("are not told what their task lacks when it has no containers", () => {
    const given = settingsOf(
      "  services: { web: { loadBalancer: { plainHttp: true, targets: { web: { container: web } } } } }\n",
      "  taskDefinitions: { web: { containers: [] } }\n",
    );
    expect(given).toThrow(/^1 problem/);
    expect(given).toThrow("'containers' of a task definition must hold 1 to 10 containers, got 0; add one");
  });

  test("have a load balancer also when a target of it leads nowhere yet", () => {
    const behind = (port: string, more: string) =>
      `  services: { web: { loadBalancer: { plainHttp: true, targets: { web: { port: ${port} } } }, ${more} } }\n`;
    const ready = TASKS.replace("{ http: 8080 }", "{ http: 8080 }\n          readiness: { http: { port: http } }");
    const wrong = expect.stringContaining("ecs.services.web.loadBalancer.targets.web.port: ");
    expect(problems(behind("htp", "healthCheckGracePeriodInSeconds: 30"))).toEqual([wrong]);
    expect(problems(behind("htp", "deployment: { strategy: BLUE_GREEN }"))).toEqual([wrong]);
    expect(settingsOf(behind("htp", ""), ready)).not.toThrow("no target of the service leads to it");
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
