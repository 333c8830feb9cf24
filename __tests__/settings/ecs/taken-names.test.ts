import { stringify } from "yaml";
import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const BOX = { image: "registry.example.com/web:1", cpu: "250m", memory: "512Mi", ports: { http: 8080 } };
const box = (name: string) => ({ ...BOX, name });
const TASK = { containers: [box("web")], size: { cpu: "250m", memory: "1Gi" } };

function settings(ecs: object) {
  return parseEcsSettings(
    stringify({
      name: "shop",
      region: "eu-west-1",
      account: "111122223333",
      network: { zones: ["eu-west-1a", "eu-west-1b"] },
      ecs: { cluster: { serviceConnectNamespace: "mesh" }, taskDefinitions: { web: TASK }, ...ecs },
    }),
    "ecs.yaml",
  );
}

const problems = (ecs: object) => problemsOf(() => settings(ecs)).map((line) => line.replace(/^line \d+, ecs\./, ""));

const twice = (first: string, second: string, what: string, name: string, property: string) =>
  `'${first}' and '${second}' would both be the ${what} "${name}"; give one of them another '${property}'`;

const balanced = { plainHttp: true, scheme: "internal" };
const target = { targets: { web: {} } };
const rule = { pattern: { source: ["aws.s3"] }, tasks: { web: { taskDefinition: "web" } } };
const job = { taskDefinition: "web", schedule: "rate(1 day)" };
const steps = [{ name: "Run", task: "web" }];
const worker = { task: TASK, scaling: { maximum: 2, backlogPerTask: 10 } };
const app = { plainHttp: true, containers: [box("web")] };

describe("names that AWS has once", () => {
  test.each<[string, object, string]>([
    [
      "loadBalancers.b.name",
      { loadBalancers: { a: balanced, b: { ...balanced, name: "shop-a" } } },
      twice("loadBalancers.a", "loadBalancers.b", "load balancer", "shop-a", "name"),
    ],
    [
      "services.web.loadBalancer",
      {
        loadBalancers: { all: { ...balanced, name: "shop-web" } },
        services: { web: { loadBalancer: { ...balanced, ...target } } },
      },
      twice("loadBalancers.all", "services.web", "load balancer", "shop-web", "loadBalancer.name"),
    ],
    [
      "workflows.b.stateMachineName",
      { workflows: { a: { steps }, b: { steps, stateMachineName: "shop-a" } } },
      twice("workflows.a", "workflows.b", "Step Functions state machine", "shop-a", "stateMachineName"),
    ],
    [
      "scheduledTasks.b.scheduleName",
      { scheduledTasks: { a: job, b: { ...job, scheduleName: "shop-a" } } },
      twice("scheduledTasks.a", "scheduledTasks.b", "EventBridge schedule", "shop-a", "scheduleName"),
    ],
    [
      "workflows.a.schedules.night",
      {
        scheduledTasks: { x: { ...job, scheduleName: "shop-a-night" } },
        workflows: { a: { steps, schedules: { night: { schedule: "rate(1 day)" } } } },
      },
      twice(
        "scheduledTasks.x",
        "workflows.a.schedules.night",
        "EventBridge schedule",
        "shop-a-night",
        "stateMachineName",
      ),
    ],
    [
      "eventTasks.b.ruleName",
      { eventTasks: { a: rule, b: { ...rule, ruleName: "shop-a" } } },
      twice("eventTasks.a", "eventTasks.b", "EventBridge rule", "shop-a", "ruleName"),
    ],
    [
      "queueWorkers.b.queue.queueName",
      { queueWorkers: { a: worker, b: { ...worker, queue: { queueName: "shop-a" } } } },
      twice("queueWorkers.a", "queueWorkers.b", "SQS queue", "shop-a", "queue.queueName"),
    ],
    [
      "lightsail.b.serviceName",
      { lightsail: { a: { containers: [box("web")] }, b: { containers: [box("web")], serviceName: "shop-a" } } },
      twice("lightsail.a", "lightsail.b", "Lightsail container service", "shop-a", "serviceName"),
    ],
    [
      "beanstalk.b.applicationName",
      { beanstalk: { a: app, b: { ...app, applicationName: "shop-a", environmentName: "shop-b" } } },
      twice("beanstalk.a", "beanstalk.b", "Elastic Beanstalk application", "shop-a", "applicationName"),
    ],
    [
      "beanstalk.b.cnamePrefix",
      { beanstalk: { a: { ...app, cnamePrefix: "shop" }, b: { ...app, cnamePrefix: "shop" } } },
      twice("beanstalk.a", "beanstalk.b", "domain below elasticbeanstalk.com", "shop", "cnamePrefix"),
    ],
    [
      "taskDefinitions.b.taskRoleName",
      { taskDefinitions: { a: { ...TASK, taskRoleName: "web" }, b: { ...TASK, taskRoleName: "Web" } } },
      twice("taskDefinitions.a", "taskDefinitions.b", "IAM role", "Web", "taskRoleName"),
    ],
    [
      "taskDefinitions.a.executionRoleName",
      { taskDefinitions: { a: { ...TASK, taskRoleName: "web", executionRoleName: "web" } } },
      twice("taskDefinitions.a", "taskDefinitions.a", "IAM role", "web", "executionRoleName"),
    ],
    [
      "pullThroughCaches.ecr-public.roleName",
      { pullThroughCaches: { quay: { roleName: "cache" }, "ecr-public": { roleName: "cache" } } },
      twice("pullThroughCaches.quay", "pullThroughCaches.ecr-public", "IAM role", "cache", "roleName"),
    ],
  ])("are refused a second time at %s", (place, ecs, message) => {
    expect(problems(ecs)).toEqual([`${place}: ${message}`]);
  });

  test("follow from one another, and are told once", () => {
    expect(
      problems({
        loadBalancers: { all: balanced },
        services: {
          web: { loadBalancer: { ...balanced, ...target } },
          other: { taskDefinition: "web", serviceName: "shop-web", loadBalancer: { ...balanced, ...target } },
        },
      }),
    ).toEqual([
      `services.other.serviceName: ${twice("services.web", "services.other", "ECS service", "shop-web", "serviceName")}`,
    ]);
  });

  test("may be the same for things of different kinds", () => {
    expect(
      settings({
        loadBalancers: { a: balanced },
        workflows: { a: { steps } },
        scheduledTasks: { a: job },
        eventTasks: { a: rule },
        queueWorkers: { a: worker },
        lightsail: { a: { containers: [box("web")] } },
        services: { web: {} },
      }).ecs,
    ).toBeDefined();
  });
});

describe("names by which services find each other", () => {
  const connected = (endpoints: object, namespace?: string) => ({
    taskDefinition: "web",
    serviceConnect: { endpoints, ...(namespace === undefined ? {} : { namespace }) },
  });
  const api = { api: { portName: "http" } };

  test("are of one service in a namespace", () => {
    expect(problems({ services: { a: connected(api), b: connected(api) } })).toEqual([
      `services.b.serviceConnect.endpoints.api: ${twice("services.a", "services.b", 'name in namespace "mesh"', "api", "serviceConnect.endpoints")}`,
    ]);
    const namespaces = { other: {} };
    expect(settings({ namespaces, services: { a: connected(api), b: connected(api, "other") } })).toBeDefined();
  });

  test("lead to one service by host and port", () => {
    const named = { other: { portName: "http", dnsName: "api" } };
    expect(problems({ services: { a: connected(api), b: connected(named) } })).toEqual([
      `services.b.serviceConnect.endpoints.other: ${twice("services.a", "services.b", 'address in namespace "mesh"', "api:8080", "dnsName")}`,
    ]);
    const ported = { other: { portName: "http", dnsName: "api", port: 80 } };
    expect(settings({ services: { a: connected(api), b: connected(ported) } })).toBeDefined();
  });

  test("are in DNS of one service too", () => {
    const namespaces = { dns: { kind: "private-dns" } };
    const found = (name: string) => ({ taskDefinition: "web", discovery: { namespace: "dns", name } });
    expect(problems({ namespaces, services: { a: found("api"), b: found("api") } })).toEqual([
      `services.b.discovery.name: ${twice("services.a", "services.b", 'name in namespace "dns"', "api", "discovery.name")}`,
    ]);
    expect(settings({ namespaces, services: { a: found("api"), b: found("web") } })).toBeDefined();
  });

  test("have namespaces, of which AWS has a name and kind once", () => {
    expect(problems({ namespaces: { a: { namespaceName: "x" }, b: { namespaceName: "x" } } })).toEqual([
      `namespaces.b.namespaceName: ${twice("namespaces.a", "namespaces.b", 'namespace of kind "http"', "x", "namespaceName")}`,
    ]);
    expect(problems({ namespaces: { a: { namespaceName: "mesh" } } })).toHaveLength(1);
    const kinds = { a: { namespaceName: "x.internal" }, b: { namespaceName: "x.internal", kind: "private-dns" } };
    expect(settings({ namespaces: kinds })).toBeDefined();
  });
});
