import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { addresses, appInMemory, resource, resources, synth } from "../../support/stack";

const TASK =
  "size: { cpu: 500m, memory: 1Gi }, containers: [{ name: main, image: 'registry.example.com/main:1', cpu: 250m, memory: 512Mi, ports: { http: 8080 } }]";

function stackOf(services: string): string {
  const settings = parseEcsSettings(
    `name: shop
region: eu-west-1
account: "111122223333"
network: { zones: [eu-west-1a, eu-west-1b] }
ecs:
  cluster: { exec: false, defaultCapacity: { FARGATE: {}, FARGATE_SPOT: { weight: 3 } } }
  namespaces: { mesh: {}, dns: { kind: private-dns, namespaceName: shop.internal } }
  services:
${services}
  taskDefinitions: { api: { ${TASK} }, web: { ${TASK} }, agent: { launch: EC2, ${TASK} } }
`,
    "ecs.yaml",
  );
  return synth(new EcsStack(appInMemory(), "shop-ecs", settings));
}

const ofServices = (text: string) => addresses(text).filter((address) => /\.(service|namespace)-/.test(address));

describe("services of the stack", () => {
  test("are called by their keys, and added in the middle they move nothing", () => {
    const two = stackOf("    api: {}\n    web: { serviceConnect: { namespace: mesh } }");
    const three = stackOf(
      "    api: {}\n    orders: { taskDefinition: api }\n    web: { serviceConnect: { namespace: mesh } }",
    );
    expect(ofServices(three)).toEqual(expect.arrayContaining(ofServices(two)));
    expect(Object.keys(resources(three, EcsService))).toHaveLength(3);
    expect(JSON.parse(three).output.service_names.value).toEqual({
      api: "shop-api",
      orders: "shop-orders",
      web: "shop-web",
    });
  });

  test("tell their security groups, where they have one", () => {
    const { output } = JSON.parse(stackOf("    agent: { scheduling: DAEMON, subnets: private }\n    web: {}"));
    expect(output.service_security_group_ids.value).toEqual({
      agent: "${aws_security_group.service-agent_security-group.id}",
      web: "${aws_security_group.service-web_security-group.id}",
    });
  });

  test("run on the cluster's default mix", () => {
    expect(resource(stackOf("    web: {}"), EcsService)).toMatchObject({
      capacity_provider_strategy: [
        { capacity_provider: "FARGATE", base: 0, weight: 1 },
        { capacity_provider: "FARGATE_SPOT", base: 0, weight: 3 },
      ],
    });
  });

  test("use the namespaces that they name", () => {
    const text = stackOf(`    web:
      serviceConnect: { namespace: mesh, endpoints: { web: { portName: http } }, logRetentionInDays: false }
      discovery: { namespace: dns }`);
    expect(resource(text, EcsService)).toMatchObject({
      service_connect_configuration: { service: [{ discovery_name: "web" }] },
      service_registries: { registry_arn: expect.stringContaining("aws_service_discovery_service") },
    });
    expect(text).toContain('"shop-mesh.internal"');
    expect(text).toContain('"shop.internal"');
  });

  test("open their ports to those who may call them", () => {
    const text = stackOf("    api: { allowFrom: { web: [8080] } }\n    web: {}");
    expect(Object.values(resources(text, VpcSecurityGroupIngressRule))).toEqual([
      expect.objectContaining({ description: "From web-8080", from_port: 8080, ip_protocol: "tcp" }),
    ]);
  });

  test("may be reached by callers whose settings name what they reach, and by others anyway", () => {
    const egressTo = (text: string) =>
      Object.entries(resources(text, VpcSecurityGroupEgressRule)).filter(([name]) => name.includes("_to-"));
    const https = "egress: { https: { cidr: 0.0.0.0/0, port: 443 } }";
    expect(egressTo(stackOf("    api: { allowFrom: { web: [8080] } }\n    web: {}"))).toEqual([]);
    expect(egressTo(stackOf(`    api: { allowFrom: { web: [8080] } }\n    web: { ${https} }`))).toEqual([
      [
        "service-web_to-api-8080",
        expect.objectContaining({
          from_port: 8080,
          to_port: 8080,
          ip_protocol: "tcp",
          security_group_id: "${aws_security_group.service-web_security-group.id}",
          referenced_security_group_id: "${aws_security_group.service-api_security-group.id}",
        }),
      ],
    ]);
  });

  test("let in all that may call them, of whatever feature", () => {
    const https = "egress: { https: { cidr: 0.0.0.0/0, port: 443 } }";
    const text = stackOf(`    api: { allowFrom: { closed: [8080], month-end: [8080], nightly: [8080], orders: [8080] } }
  scheduledTasks: { nightly: { taskDefinition: web, schedule: rate(1 day), ${https} } }
  eventTasks: { closed: { pattern: { source: [books] }, tasks: { count: { taskDefinition: web } }, ${https} } }
  workflows: { month-end: { steps: [{ name: Count, task: web }], ${https} } }
  queueWorkers:
    orders:
      task: { containers: [{ name: main, image: "registry.example.com/main:1", cpu: 250m, memory: 512Mi }] }
      scaling: { maximum: 2, backlogPerTask: 10 }
      service: { ${https} }`);
    const groups = {
      closed: "event-task-closed_network",
      "month-end": "workflow-month-end_network",
      nightly: "scheduled-task-nightly_network",
      orders: "queue-worker-orders_service",
    };
    for (const [key, path] of Object.entries(groups)) {
      const caller = `\${aws_security_group.${path}_security-group.id}`;
      const api = "${aws_security_group.service-api_security-group.id}";
      expect(resource(text, VpcSecurityGroupIngressRule, `service-api_from-${key}-8080`)).toMatchObject({
        security_group_id: api,
        referenced_security_group_id: caller,
      });
      expect(resource(text, VpcSecurityGroupEgressRule, `${path}_to-api-8080`)).toMatchObject({
        security_group_id: caller,
        referenced_security_group_id: api,
      });
    }
  });

  test("run on what their task definition is for", () => {
    const text = stackOf("    agent: { scheduling: DAEMON }");
    expect(resource(text, EcsService)).toMatchObject({ launch_type: "EC2", scheduling_strategy: "DAEMON" });
  });

  test("do not show the order in which the settings were written", () => {
    expect(stackOf("    api: {}\n    web: { allowFrom: { web: [80], api: [81] } }")).toBe(
      stackOf("    web: { allowFrom: { api: [81], web: [80] } }\n    api: {}"),
    );
  });
});
