import { amiParameterOf, smallestInstanceVolumeInGib } from "../../src/model/ecs-ami";
import {
  amiParameterFor,
  type InstanceGroupOptions,
  instanceMachine,
  isProtected,
} from "../../src/model/ecs-instances";
import {
  instanceEndpointsProblem,
  instanceGroupNameProblems,
  instanceGroupProblems,
  instanceGroupWarnings,
} from "../../src/model/ecs-instances-rules";
import { instanceUserData } from "../../src/model/ecs-user-data";
import { NODE_OPERATING_SYSTEMS } from "../../src/model/node-ami";

const GROUP: InstanceGroupOptions = { instanceTypes: ["m7g.large"], maxSize: 3 };

/** Those that ECS knows, with those that its agent for Linux announces by itself. */
const DRIVERS = '["awslogs","fluentd","gelf","journald","json-file","splunk","syslog","none"]';

const problems = (options: Partial<InstanceGroupOptions>) =>
  instanceGroupProblems("web", { ...GROUP, ...options }).map(({ at, message }) => `${at.join(".")}: ${message}`);
const warnings = (options: Partial<InstanceGroupOptions>) => instanceGroupWarnings("web", { ...GROUP, ...options });
const userData = (options: Partial<InstanceGroupOptions>) =>
  instanceUserData("shop", { ...GROUP, ...options }).split("\n");

describe("the AMI of an instance", () => {
  test("is what AWS recommends for ECS, by operating system, processor and accelerator", () => {
    const linux = "/aws/service/ecs/optimized-ami/amazon-linux-2023";
    expect(amiParameterOf("al2023", "amd64", undefined)).toBe(`${linux}/recommended/image_id`);
    expect(amiParameterOf("al2023", "arm64", undefined)).toBe(`${linux}/arm64/recommended/image_id`);
    expect(amiParameterOf("al2023", "amd64", "nvidia")).toBe(`${linux}/gpu/recommended/image_id`);
    expect(amiParameterOf("al2023", "amd64", "neuron")).toBe(`${linux}/neuron/recommended/image_id`);
    const bottlerocket = "/aws/service/bottlerocket";
    expect(amiParameterOf("bottlerocket", "amd64", undefined)).toBe(`${bottlerocket}/aws-ecs-2/x86_64/latest/image_id`);
    expect(amiParameterOf("bottlerocket", "arm64", "nvidia")).toBe(
      `${bottlerocket}/aws-ecs-2-nvidia/arm64/latest/image_id`,
    );
    const windows = "/aws/service/ami-windows-latest/Windows_Server";
    expect(amiParameterOf("windows-core-2022", "amd64", undefined)).toBe(
      `${windows}-2022-English-Core-ECS_Optimized/image_id`,
    );
    expect(amiParameterOf("windows-full-2025", "amd64", undefined)).toBe(
      `${windows}-2025-English-Full-ECS_Optimized/image_id`,
    );
  });

  test("is there for x86 whatever the system, and not for what nobody builds", () => {
    for (const os of NODE_OPERATING_SYSTEMS) {
      expect(amiParameterOf(os, "amd64", undefined)).toMatch(/^\/aws\/service\/.*\/image_id$/);
    }
    expect(amiParameterOf("al2023", "arm64", "nvidia")).toBeUndefined();
    expect(amiParameterOf("bottlerocket", "amd64", "neuron")).toBeUndefined();
    expect(amiParameterOf("windows-core-2022", "arm64", undefined)).toBeUndefined();
    expect(amiParameterOf("windows-core-2022", "amd64", "nvidia")).toBeUndefined();
  });

  test("may be another one", () => {
    expect(amiParameterFor({ ...GROUP, amiParameter: "/golden/ecs:3" })).toBe("/golden/ecs:3");
  });

  test("fits on the volume", () => {
    expect(smallestInstanceVolumeInGib("al2023")).toBe(30);
    expect(smallestInstanceVolumeInGib("bottlerocket")).toBe(20);
    expect(smallestInstanceVolumeInGib("windows-full-2022")).toBe(50);
  });
});

describe("what an instance reads when it starts", () => {
  test("joins Amazon Linux to the cluster and keeps tasks from its metadata", () => {
    expect(userData({})).toEqual([
      "#!/bin/bash",
      "cat <<'EOF' >> /etc/ecs/ecs.config",
      "ECS_CLUSTER=shop",
      "ECS_AWSVPC_BLOCK_IMDS=true",
      "ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance",
      `ECS_AVAILABLE_LOGGING_DRIVERS=${DRIVERS}`,
      "EOF",
      "",
    ]);
  });

  test("has the agent drain a Spot Instance, and see graphics processors", () => {
    expect(userData({ onDemandPercentage: 50, accelerator: "nvidia" })).toEqual(
      expect.arrayContaining(["ECS_ENABLE_GPU_SUPPORT=true", "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true"]),
    );
  });

  test("is TOML for Bottlerocket", () => {
    expect(userData({ os: "bottlerocket", onDemandPercentage: 0 })).toEqual([
      "[settings.ecs]",
      'cluster = "shop"',
      "awsvpc-block-imds = true",
      `logging-drivers = ${DRIVERS}`,
      "enable-spot-instance-draining = true",
      "",
    ]);
    expect(userData({ os: "bottlerocket" })).not.toContain("enable-spot-instance-draining = true");
  });

  test("is PowerShell for Windows", () => {
    expect(userData({ os: "windows-core-2022", onDemandPercentage: 99 })).toEqual([
      "<powershell>",
      '[Environment]::SetEnvironmentVariable("ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE", "true", "Machine")',
      '[Environment]::SetEnvironmentVariable("ECS_ENABLE_SPOT_INSTANCE_DRAINING", "true", "Machine")',
      "Import-Module ECSTools",
      `Initialize-ECSAgent -Cluster 'shop' -EnableTaskIAMRole -EnableTaskENI -AwsvpcBlockIMDS -LoggingDrivers '["json-file","awslogs"]'`,
      "</powershell>",
      "",
    ]);
  });
});

describe("an Auto Scaling group", () => {
  test("needs its instance types and a maximum, and protects instances with tasks", () => {
    expect(problems({})).toEqual([]);
    expect(warnings({})).toEqual([]);
    expect(isProtected(GROUP)).toBe(true);
    expect(isProtected({ ...GROUP, managedScaling: false })).toBe(false);
    expect(isProtected({ ...GROUP, terminationProtection: false })).toBe(false);
  });

  test("takes every number at its bounds", () => {
    for (const edge of [
      { minSize: 0, maxSize: 1, onDemandBase: 0, onDemandPercentage: 0, volumeSizeInGib: 30, minHealthyPercentage: 0 },
      { minSize: 9, maxSize: 9, onDemandBase: 9, onDemandPercentage: 99, minHealthyPercentage: 100 },
      { maxInstanceLifetimeInDays: 1 },
      { maxInstanceLifetimeInDays: 365 },
      { managedScaling: { targetCapacity: 1, minStepSize: 1, maxStepSize: 1, warmupInSeconds: 0 } },
      { managedScaling: { targetCapacity: 100, minStepSize: 9, maxStepSize: 10_000, warmupInSeconds: 10_000 } },
    ]) {
      expect(problems(edge)).toEqual([]);
    }
  });

  test("has 1 to 40 instance types, each once, as EC2 writes them", () => {
    expect(problems({ instanceTypes: [] })).toEqual([
      `instanceTypes: 'instanceTypes' of Auto Scaling group "web" must hold 1 to 40 entries, got 0; name one, like "m7g.large"`,
    ]);
    const many = Array.from({ length: 41 }, (_, index) => `m7g.${index}xlarge`);
    expect(problems({ instanceTypes: many })).toEqual([expect.stringContaining("got 41; leave some out")]);
    expect(problems({ instanceTypes: ["m7g.large", "m7g.large", "big one"] })).toEqual([
      `instanceTypes.1: 'instanceTypes' holds "m7g.large" twice; name each type once`,
      expect.stringContaining("instanceTypes.2: "),
    ]);
  });

  test("is of one architecture", () => {
    expect(problems({ instanceTypes: ["m7g.large", "m7i.large"] })).toEqual([
      `instanceTypes: 'instanceTypes' of Auto Scaling group "web" must be of one architecture, as a group has one AMI, got "m7g.large" of arm64 and "m7i.large" of amd64; make a group of each`,
    ]);
  });

  test("has an AMI", () => {
    expect(problems({ os: "windows-core-2022" })).toEqual([
      `instanceTypes: ECS has no AMI of "windows-core-2022" for arm64, which Auto Scaling group "web" asks for; choose another 'os', other 'instanceTypes', or your own AMI with 'amiParameter'`,
    ]);
    expect(problems({ accelerator: "neuron" })).toEqual([
      expect.stringContaining(`accelerator: ECS has no AMI of "al2023" for arm64 with accelerator "neuron"`),
    ]);
    expect(problems({ accelerator: "neuron", amiParameter: "/golden/neuron" })).toEqual([]);
    expect(problems({ amiParameter: "resolve ssm" })).toEqual([
      expect.stringContaining(`'amiParameter' of Auto Scaling group "web" must be the name of a parameter`),
    ]);
  });

  test("leaves types that are not known yet to AWS", () => {
    const unknown = (value: string) => !value.startsWith("$");
    expect(instanceGroupProblems("web", { ...GROUP, instanceTypes: ["${x}", "m7i.large"] }, unknown)).toEqual([]);
    expect(instanceGroupProblems("web", { ...GROUP, instanceTypes: ["${x}"], amiParameter: "${y}" }, unknown)).toEqual(
      [],
    );
  });

  test.each([
    [{ minSize: -1 }, `minSize: 'minSize' of Auto Scaling group "web" must be a whole number of at least 0, got -1`],
    [
      { maxSize: 0 },
      `maxSize: 'maxSize' of Auto Scaling group "web" must be a whole number of at least 1, got 0; leave the group out to have no instances`,
    ],
    [{ minSize: 4 }, `minSize: 'minSize' of Auto Scaling group "web" must be at most 'maxSize' 3, got 4`],
    [
      { onDemandPercentage: 101 },
      `onDemandPercentage: 'onDemandPercentage' of Auto Scaling group "web" must be a whole number from 0 to 100, got 101`,
    ],
    [
      { onDemandBase: 4, onDemandPercentage: 0 },
      `onDemandBase: 'onDemandBase' of Auto Scaling group "web" must be a whole number from 0 to 'maxSize' 3, got 4`,
    ],
    [
      { onDemandBase: 1 },
      `onDemandBase: 'onDemandBase' of Auto Scaling group "web" is for a group with Spot Instances, and all of its instances are On-Demand; set 'onDemandPercentage' below 100, or remove it`,
    ],
    [
      { volumeSizeInGib: 29 },
      `volumeSizeInGib: 'volumeSizeInGib' of Auto Scaling group "web" must be a whole number of at least 30, which the AMI of "al2023" needs, got 29`,
    ],
    [
      { managedScaling: { targetCapacity: 0, maxStepSize: 10_001, minStepSize: 0, warmupInSeconds: 10_001 } },
      `managedScaling.targetCapacity: 'targetCapacity' of Auto Scaling group "web" must be a whole number from 1 to 100, got 0`,
    ],
    [
      { managedScaling: { minStepSize: 5, maxStepSize: 4 } },
      `managedScaling.minStepSize: 'minStepSize' of Auto Scaling group "web" must be at most 'maxStepSize' 4, got 5`,
    ],
    [
      { managedScaling: false as const, terminationProtection: true },
      `terminationProtection: 'terminationProtection' of Auto Scaling group "web" works with managed scaling alone, and 'managedScaling' is false; remove one of the two`,
    ],
    [
      { minHealthyPercentage: 101 },
      `minHealthyPercentage: 'minHealthyPercentage' of Auto Scaling group "web" must be a whole number from 0 to 100, got 101`,
    ],
    [
      { maxInstanceLifetimeInDays: 366 },
      `maxInstanceLifetimeInDays: 'maxInstanceLifetimeInDays' of Auto Scaling group "web" must be a whole number from 1 to 365, got 366`,
    ],
    [
      { tags: { AmazonECSManaged: "no" } },
      `tags.AmazonECSManaged: 'tags' of Auto Scaling group "web" must leave "Name", "AmazonECSManaged" and what begins with "aws:" alone, got "AmazonECSManaged"; remove it`,
    ],
  ])("refuses %j", (options, message) => {
    expect(problems(options)[0]).toBe(message);
  });

  test("tells each number of managed scaling that is wrong", () => {
    expect(
      problems({ managedScaling: { targetCapacity: 101, maxStepSize: 0, minStepSize: 1.5, warmupInSeconds: -1 } }),
    ).toHaveLength(4);
  });

  test("has at most 48 tags of its own", () => {
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, ""]));
    expect(problems({ tags: tags(48) })).toEqual([]);
    expect(problems({ tags: tags(49) })).toEqual([
      `tags: 'tags' of Auto Scaling group "web" must hold at most 48 entries, got 49; leave some out`,
    ]);
  });

  test("warns of Spot Instances of one type, of several sizes, and of drivers that are not there", () => {
    expect(warnings({ onDemandPercentage: 0 })).toEqual([expect.stringContaining("Spot Instances of one type")]);
    expect(warnings({ instanceTypes: ["m7g.large", "m7g.xlarge"] })).toEqual([
      expect.stringContaining("managed scaling reckons with the smallest"),
    ]);
    expect(warnings({ instanceTypes: ["m7g.large", "m7g.xlarge"], managedScaling: false })).toEqual([]);
    expect(warnings({ instanceTypes: ["g6.xlarge"] })).toEqual([
      expect.stringContaining(`set 'accelerator' to "nvidia"`),
    ]);
    expect(warnings({ instanceTypes: ["g6.xlarge"], amiParameter: "/golden/gpu" })).toEqual([]);
    expect(warnings({ instanceTypes: ["m7i.large"], accelerator: "nvidia" })).toEqual([
      expect.stringContaining("is not known to have such an accelerator"),
    ]);
  });

  test("has a name that ECS, EC2 and IAM take", () => {
    const names = (cluster: string, key: string, options: Partial<InstanceGroupOptions> = {}) =>
      instanceGroupNameProblems(cluster, key, { ...GROUP, ...options });
    expect(names("shop", "web")).toEqual([]);
    expect(names("ecs-shop", "web")).toEqual([
      {
        at: [],
        message: `the name of an ECS capacity provider must be 1 to 255 characters (letters, digits, "-" and "_", not beginning with "aws", "ecs" or "fargate"), got "ecs-shop-web" (12); set another 'capacityProviderName'`,
      },
    ]);
    for (const taken of ["aws1", "Fargate", "ECS"]) {
      expect(names("shop", "web", { capacityProviderName: taken })).toEqual([
        { at: ["capacityProviderName"], message: expect.stringContaining("not beginning with") },
      ]);
    }
    expect(names("ecs", "web", { capacityProviderName: "mine" })).toEqual([]);
    expect(names("s".repeat(60), "web")).toEqual([{ at: [], message: expect.stringContaining("IAM role") }]);
  });

  test("reaches ECS by endpoints where there is no NAT gateway", () => {
    const bottlerocket = [{ os: "bottlerocket" }] as const;
    expect(instanceEndpointsProblem(["ecs", "ecs-agent", "ecs-telemetry", "logs"], bottlerocket)).toBeUndefined();
    expect(instanceEndpointsProblem(["logs", "ecs"], bottlerocket)).toBe(
      `EC2 instances reach ECS through interface endpoints in a VPC without NAT, and 'interfaceEndpoints' has none for "ecs-agent", "ecs-telemetry"; set it to ["ecs","ecs-agent","ecs-telemetry","logs"], or add a NAT gateway`,
    );
  });

  test("reads the tags of Amazon Linux from EC2 by an endpoint, without which the agent would not join", () => {
    const agent = ["ecs", "ecs-agent", "ecs-telemetry"];
    expect(userData({})).toContain("ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance");
    expect(instanceEndpointsProblem(["ec2", ...agent], [GROUP])).toBeUndefined();
    for (const groups of [[GROUP], [{ os: "windows-core-2022" }, { os: "al2023" }]] as const) {
      expect(instanceEndpointsProblem(agent, groups)).toBe(
        `EC2 instances reach ECS, and EC2 for their tags, through interface endpoints in a VPC without NAT, and 'interfaceEndpoints' has none for "ec2"; set it to ["ec2","ecs","ecs-agent","ecs-telemetry"], or add a NAT gateway`,
      );
    }
    expect(instanceEndpointsProblem(agent, [{ os: "windows-core-2022" }, { os: "bottlerocket" }])).toBeUndefined();
  });

  test("is to tasks a processor and a system, as far as they are known", () => {
    const machine = (options: Partial<InstanceGroupOptions>) => instanceMachine({ ...GROUP, ...options });
    expect(machine({})).toEqual({ architecture: "ARM64", operatingSystem: "linux" });
    expect(machine({ instanceTypes: ["m7i.large"], os: "bottlerocket" })).toEqual({
      architecture: "X86_64",
      operatingSystem: "linux",
    });
    expect(machine({ instanceTypes: ["m7i.large"], os: "windows-full-2025" })).toEqual({
      architecture: "X86_64",
      operatingSystem: "windows",
    });
    for (const instanceTypes of [["#{Token[TOKEN.1]}"], ["m7i.large", "m7g.large"], []]) {
      expect(machine({ instanceTypes })).toEqual({ architecture: undefined, operatingSystem: "linux" });
    }
  });
});
