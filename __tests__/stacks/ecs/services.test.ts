import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { addresses, appInMemory, resource, resources, synth } from "../../support/stack";

const TASK =
  "containers: [{ name: main, image: 'registry.example.com/main:1', cpu: 250m, memory: 512Mi, ports: { http: 8080 } }]";

function stackOf(services: string): string {
  const settings = parseEcsSettings(
    `name: shop
region: eu-west-1
account: "111122223333"
network: { zones: [eu-west-1a, eu-west-1b] }
ecs:
  cluster: { exec: false }
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
