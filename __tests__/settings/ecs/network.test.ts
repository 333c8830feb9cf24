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

  describe("of a VPC that is there", () => {
    const existing = (subnets: string) => `${HEAD}network: { existing: { vpcId: vpc-1, ${subnets} } }\n`;
    const ONE = "privateSubnetIds: { eu-west-1a: subnet-0a }";
    const PUBLIC = "publicSubnetIds: { eu-west-1a: subnet-0a, eu-west-1b: subnet-0b }";
    const TASK =
      "taskDefinitions: { web: { containers: [{ name: web, image: 'registry.example.com/web:1', cpu: 250m, memory: 512Mi, ports: { http: 80 } }] } }";
    const web = (service: string) => `ecs: { services: { web: { ${service} } }, ${TASK} }\n`;

    test("need one zone where there is no Application Load Balancer, and two where there is one", () => {
      expect(refusal(`${existing(ONE)}ecs: { cluster: {} }\n`)).toBe("accepted");
      expect(refusal(`${existing(ONE)}${web("")}`)).toBe("accepted");
      expect(refusal(`${existing(ONE)}${web("loadBalancer: { plainHttp: true, targets: { web: {} } }")}`)).toContain(
        "an Application Load Balancer needs private subnets in at least two zones",
      );
    });

    test("need no private subnets where nothing uses them", () => {
      expect(refusal(`${existing(PUBLIC)}ecs: { cluster: {} }\n`)).toBe("accepted");
      expect(refusal(`${existing(PUBLIC)}${web("subnets: public, assignPublicIp: true")}`)).toBe("accepted");
      expect(refusal(`${existing(PUBLIC)}${web("")}`)).toContain(
        `'subnets' must be subnets that the VPC has, got "private", of which it has none; name some in its 'privateSubnetIds', or choose "public" with 'assignPublicIp'`,
      );
      const schedule = "nightly: { taskDefinition: web, schedule: rate(1 day) }";
      expect(refusal(`${existing(PUBLIC)}ecs: { scheduledTasks: { ${schedule} }, ${TASK} }\n`)).toContain(
        `ecs.scheduledTasks.nightly.subnets: 'subnets' must be subnets that the VPC has, got "private"`,
      );
    });

    test("need them where something lies there in any case", () => {
      expect(
        refusal(
          `${existing(PUBLIC)}ecs: { efs: { data: { accessPoints: { data: {} } } }, cluster: { autoScalingGroups: { web: { instanceTypes: [m7i.large], maxSize: 2 } } } }\n`,
        ),
      ).toContain(
        `line 3, network.existing: 'privateSubnetIds' must hold the private subnets in which "cluster.autoScalingGroups", "efs" of 'ecs' lie, got none; add them`,
      );
    });

    test("name zones of the Region", () => {
      expect(refusal(`${existing("publicSubnetIds: { us-east-1a: subnet-0a }")}ecs: { cluster: {} }\n`)).toContain(
        `network.existing.publicSubnetIds.us-east-1a: "us-east-1a" is not an Availability Zone of eu-west-1`,
      );
    });
  });

  test("are refused where the VPC has no way out", () => {
    expect(refusal(`${HEAD}network: { zones: [eu-west-1a, eu-west-1b], nat: none }\necs: { cluster: {} }\n`)).toContain(
      "so no task on Fargate could pull its image",
    );
  });
});
