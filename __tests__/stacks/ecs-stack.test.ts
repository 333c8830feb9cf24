import { App, Testing } from "cdktf";
import { parseEcsSettings } from "../../src/settings/load";
import { EcsStack } from "../../src/stacks/ecs-stack";

const HEAD = "name: shop\nregion: eu-west-1\n";
const NETWORK = "network: { zones: [eu-west-1a, eu-west-1b] }\n";

function synth(text: string): Record<string, Record<string, object>> {
  const app = new App();
  const stack = new EcsStack(app, "shop-ecs", parseEcsSettings(`${HEAD}${text}`, "ecs.yaml"));
  return JSON.parse(Testing.synth(stack)).resource;
}

describe("the stack of containers without Kubernetes", () => {
  test("has a VPC and a cluster where tasks are to run", () => {
    const resources = synth(`${NETWORK}ecs: { cluster: {} }\n`);
    expect(Object.keys(resources.aws_ecs_cluster ?? {})).toEqual(["cluster"]);
    expect(Object.keys(resources.aws_vpc ?? {})).toEqual(["vpc"]);
  });

  test("has endpoints for queues and for Service Connect where they are used, instead of NAT", () => {
    const network = "network: { zones: [eu-west-1a, eu-west-1b], publicSubnets: false, interfaceEndpoints: true }\n";
    const container = "{ name: main, image: 'registry.example.com/main:1', cpu: 250m, memory: 512Mi }";
    const more = (ecs: string) =>
      Object.keys(synth(`${network}ecs:\n${ecs}`).aws_vpc_endpoint ?? {}).filter((name) => /sqs|ecs-agent/.test(name));
    expect(more("  cluster: {}\n")).toEqual([]);
    expect(
      more(
        `  queueWorkers: { orders: { task: { containers: [${container}] }, scaling: { maximum: 2, backlogPerTask: 1 } } }\n`,
      ),
    ).toEqual([expect.stringMatching(/sqs$/)]);
    expect(
      more(
        `  namespaces: { mesh: {} }\n  services: { web: { serviceConnect: { namespace: mesh } } }\n  taskDefinitions: { web: { size: { cpu: 500m, memory: 1Gi }, containers: [${container}] } }\n`,
      ),
    ).toEqual([expect.stringMatching(/ecs-agent$/)]);
  });

  test("has neither for what lies outside", () => {
    expect(Object.keys(synth("ecs: { repositories: { web: {} } }\n"))).not.toEqual(expect.arrayContaining(["aws_vpc"]));
    expect(synth("ecs: { repositories: { web: {} } }\n")).not.toHaveProperty("aws_ecs_cluster");
  });

  test("has a VPC without a cluster for a zone that only the VPC sees", () => {
    const resources = synth(`${NETWORK}ecs: { hostedZones: { main: { zoneName: shop.internal, private: true } } }\n`);
    expect(resources).toHaveProperty("aws_vpc");
    expect(resources).not.toHaveProperty("aws_ecs_cluster");
  });
});
