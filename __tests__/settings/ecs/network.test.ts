import { parseEcsSettings } from "../../../src/settings/load";

const HEAD = "name: shop\nregion: eu-west-1\n";
const NETWORK = "network: { zones: [eu-west-1a, eu-west-1b] }\n";

function refusal(text: string): string {
  try {
    parseEcsSettings(text, "ecs.yaml");
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
}

describe("the settings of containers without Kubernetes", () => {
  test("name something that shall run", () => {
    expect(refusal(`${HEAD}${NETWORK}ecs: {}\n`)).toContain(
      "line 4, ecs: 'ecs' names nothing that shall run, so that the stack would be empty; add a feature, like cluster: {}",
    );
  });

  test("need a network where something lies in a VPC", () => {
    expect(refusal(`${HEAD}ecs: { cluster: {} }\n`)).toContain(
      "line 3, ecs.cluster: 'cluster' needs a VPC, and there is no 'network'; say where it shall lie, like network: { zones: [eu-west-1a, eu-west-1b] }",
    );
  });

  test.each(["repositories: { web: {} }", "hostedZones: { main: { zoneName: example.com } }", "webAcl: {}"])(
    "need none for %s",
    (feature) => {
      expect(refusal(`${HEAD}ecs: { ${feature} }\n`)).toBe("accepted");
    },
  );

  test("need one for a hosted zone that only a VPC sees", () => {
    expect(refusal(`${HEAD}ecs: { hostedZones: { main: { zoneName: shop.internal, private: true } } }\n`)).toContain(
      "'hostedZones' needs a VPC",
    );
  });

  test("are refused where they describe an EKS cluster too, with the way to have both", () => {
    expect(refusal(`${HEAD}${NETWORK}ecs: { cluster: {} }\nfargate: { profiles: {} }\n`)).toContain(
      "line 5, fargate: 'fargate' describes an EKS cluster, and 'ecs' containers without Kubernetes; give each a settings file of its own, the second with the VPC of the first in 'network.existing'",
    );
  });

  test("are refused where the VPC has no way out", () => {
    expect(refusal(`${HEAD}network: { zones: [eu-west-1a, eu-west-1b], nat: none }\necs: { cluster: {} }\n`)).toContain(
      "so no task on Fargate could pull its image",
    );
  });
});
