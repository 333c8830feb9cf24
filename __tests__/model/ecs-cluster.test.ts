import {
  capacityProvidersOf,
  type EcsClusterOptions,
  ecsClusterProblems,
  ecsClusterWarnings,
  instanceGroupsOf,
} from "../../src/model/ecs-cluster";
import { externalInstancesProblems } from "../../src/model/ecs-external";

const GROUP = { instanceTypes: ["m7g.large"], maxSize: 3 };
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const problems = (options: EcsClusterOptions, name = "shop") =>
  ecsClusterProblems(name, options).map(({ at, message }) => `${at.join(".")}: ${message}`);

describe("a cluster of ECS", () => {
  test("needs nothing said", () => {
    expect(problems({})).toEqual([]);
    expect(ecsClusterWarnings({})).toEqual([]);
    expect(capacityProvidersOf("shop", {})).toEqual([
      { name: "FARGATE", kind: "fargate" },
      { name: "FARGATE_SPOT", kind: "fargate-spot" },
    ]);
  });

  test("has its Auto Scaling groups in the order of their names", () => {
    const options: EcsClusterOptions = {
      autoScalingGroups: { web: GROUP, gpu: GROUP, api: { ...GROUP, capacityProviderName: "zone" } },
    };
    expect(instanceGroupsOf(options).map(([key]) => key)).toEqual(["api", "gpu", "web"]);
    const machine = { architecture: "ARM64", operatingSystem: "linux" };
    expect(capacityProvidersOf("shop", options).slice(2)).toEqual([
      { name: "shop-gpu", kind: "ec2", machine },
      { name: "shop-web", kind: "ec2", machine },
      { name: "zone", kind: "ec2", machine },
    ]);
  });

  test("says all that may be said", () => {
    expect(
      problems({
        containerInsights: false,
        exec: { kmsKeyArn: KEY, retentionInDays: 30 },
        serviceConnectNamespace: "shop.local",
        managedStorage: { fargateKmsKeyArn: KEY, ebsKmsKeyArn: KEY },
        autoScalingGroups: { web: GROUP },
        defaultCapacity: { "shop-web": {} },
        externalInstances: { registrationLimit: 1000, expiresAt: "2026-12-01T00:00:00Z" },
      }),
    ).toEqual([]);
    expect(problems({ exec: false, containerInsights: "enabled" })).toEqual([]);
  });

  test("is told apart from what ECS does not know", () => {
    expect(problems({ containerInsights: "on" as "enabled" })).toEqual([
      `containerInsights: 'containerInsights' must be "enabled", "enhanced" or false, got "on"`,
    ]);
  });

  test("encrypts and keeps shells as KMS and CloudWatch allow", () => {
    expect(problems({ exec: { kmsKeyArn: "alias/shop", retentionInDays: 31 } })).toEqual([
      expect.stringContaining("exec.kmsKeyArn: 'kmsKeyArn' must be the ARN of a KMS key"),
      expect.stringContaining("exec.retentionInDays: 'retentionInDays' must be one of"),
    ]);
    expect(problems({ managedStorage: { fargateKmsKeyArn: "mine", ebsKmsKeyArn: "mine" } })).toEqual([
      expect.stringContaining("managedStorage.fargateKmsKeyArn: 'fargateKmsKeyArn' must be the ARN"),
      expect.stringContaining("managedStorage.ebsKmsKeyArn: 'ebsKmsKeyArn' must be the ARN"),
    ]);
  });

  test("has a namespace that is there, or a name for a new one", () => {
    const arn = "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-abcdefghijklmnop";
    expect(problems({ serviceConnectNamespace: arn })).toEqual([]);
    expect(problems({ serviceConnectNamespace: "arn:aws:servicediscovery:namespace" })).toEqual([
      expect.stringContaining("serviceConnectNamespace: 'serviceConnectNamespace' must be the ARN of a namespace"),
    ]);
    for (const name of ["two words", "a/b", "<a>"]) {
      expect(problems({ serviceConnectNamespace: name })).toEqual([
        expect.stringContaining("the name of an AWS Cloud Map namespace must be"),
      ]);
    }
  });

  test("runs tasks on what it has", () => {
    expect(problems({ autoScalingGroups: { web: GROUP }, defaultCapacity: { web: {} } })).toEqual([
      `defaultCapacity.web: 'defaultCapacity' must name capacity providers of the cluster, got "web"; it has "FARGATE", "FARGATE_SPOT", "shop-web"`,
    ]);
  });

  test("says which group is wrong", () => {
    expect(problems({ autoScalingGroups: { web: { ...GROUP, maxSize: 0 } } })).toEqual([
      expect.stringContaining(`autoScalingGroups.web.maxSize: 'maxSize' of Auto Scaling group "web"`),
    ]);
    expect(
      problems({ autoScalingGroups: { web: GROUP, api: { ...GROUP, capacityProviderName: "shop-web" } } }),
    ).toEqual([
      `autoScalingGroups.web: Auto Scaling group "api" and Auto Scaling group "web" would both be the ECS capacity provider "shop-web"; give one of them another 'capacityProviderName'`,
    ]);
  });

  test("warns of more providers than AWS once allowed, and does not refuse them", () => {
    const groups = (count: number): EcsClusterOptions => ({
      autoScalingGroups: Object.fromEntries(Array.from({ length: count }, (_, index) => [`g${index}`, GROUP])),
    });
    expect(ecsClusterWarnings(groups(8))).toEqual([]);
    expect(ecsClusterWarnings(groups(9))).toEqual([
      "the cluster has 11 capacity providers with the two of Fargate, and AWS allowed 10 when we last knew; ask AWS for your quota before you apply it",
    ]);
    expect(problems(groups(9))).toEqual([]);
  });

  test("leaves what is not known yet to AWS", () => {
    const unknown = (value: string) => !value.includes("$");
    expect(
      ecsClusterProblems(
        "${name}",
        {
          exec: { kmsKeyArn: "${key}" },
          serviceConnectNamespace: "${namespace}",
          managedStorage: { fargateKmsKeyArn: "${key}" },
          autoScalingGroups: { web: GROUP },
          externalInstances: {},
        },
        unknown,
      ),
    ).toEqual([]);
  });
});

describe("external instances", () => {
  test("register once, for a day, where nothing is said", () => {
    expect(externalInstancesProblems({})).toEqual([]);
  });

  test("have a limit and a time that Systems Manager takes", () => {
    expect(externalInstancesProblems({ registrationLimit: 1001, expiresAt: "tomorrow" })).toEqual([
      {
        at: ["registrationLimit"],
        message: "'registrationLimit' of 'externalInstances' must be a whole number from 1 to 1000, got 1001",
      },
      {
        at: ["expiresAt"],
        message: `'expiresAt' of 'externalInstances' must be a time in UTC, like "2026-12-01T00:00:00Z", got "tomorrow"`,
      },
    ]);
    expect(externalInstancesProblems({ registrationLimit: 0 })).toHaveLength(1);
    expect(externalInstancesProblems({ expiresAt: "2026-13-01T00:00:00Z" })).toHaveLength(1);
  });

  test("have a role whose name IAM takes", () => {
    expect(problems({ externalInstances: {} }, "s".repeat(60))).toEqual([
      expect.stringContaining("externalInstances: the name of an IAM role must be 1 to 64 characters"),
    ]);
  });
});
