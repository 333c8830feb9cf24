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
