import { type BeanstalkOptions, beanstalkNameProblems } from "../../src/model/beanstalk";
import { beanstalkVpcProblems, beanstalkWarnings } from "../../src/model/beanstalk-rules";
import { MINIMAL, messages, problems, WEB, WORKER } from "../support/beanstalk";

describe("what Elastic Beanstalk refuses", () => {
  test.each<[string, Partial<BeanstalkOptions>, (string | number)[], string]>([
    ["no container", { containers: [] }, ["containers"], "'containers' must hold 1 to 10 containers, got 0"],
    [
      "one name twice",
      { containers: [WEB, { ...WORKER, name: "web" }] },
      ["containers", 1, "name"],
      `two containers are called "web"; rename one`,
    ],
    [
      "no certificate",
      { certificateArn: undefined as never },
      ["certificateArn"],
      "'certificateArn' is needed for HTTPS, got none",
    ],
    [
      "both HTTP and HTTPS",
      { plainHttp: true },
      ["certificateArn"],
      "'plainHttp' is HTTP without encryption, and there is a 'certificateArn'",
    ],
    ["no ARN of a certificate", { certificateArn: "shop" }, ["certificateArn"], "certificateArn"],
    ["no TLS policy", { sslPolicy: "TLS 1" }, ["sslPolicy"], "'sslPolicy' must be the name of a security policy"],
    [
      "a bucket with a scheme",
      { accessLogBucket: "s3://shop" },
      ["accessLogBucket"],
      "the name of an S3 bucket must be",
    ],
    ["another scheme", { scheme: "public" as "internal" }, ["scheme"], "'scheme' must be"],
    [
      "no instance type",
      { instanceTypes: [] },
      ["instanceTypes"],
      "'instanceTypes' must hold at least one instance type",
    ],
    [
      "two architectures",
      { instanceTypes: ["t3.small", "t4g.small"] },
      ["instanceTypes"],
      "'instanceTypes' must be of one architecture",
    ],
    [
      "a type that is none",
      { instanceTypes: ["small"] },
      ["instanceTypes", 0],
      "'instanceTypes' must hold names of EC2 instance types",
    ],
    ["no instance", { minSize: 0 }, ["minSize"], "'minSize' must be a whole number from 1 to 10000, got 0"],
    [
      "a maximum below the minimum",
      { minSize: 5 },
      ["maxSize"],
      "'maxSize' must be a whole number from 'minSize' (5) to 10000, got 4",
    ],
    [
      "a small disk",
      { rootVolumeInGib: 8 },
      ["rootVolumeInGib"],
      "'rootVolumeInGib' must be a whole number from 10 to 16384, got 8",
    ],
    [
      "thresholds that fight",
      { scaling: { cpuBelow: 70 } },
      ["scaling", "cpuBelow"],
      "'cpuBelow' must be less than 'cpuAbove' (70), got 70",
    ],
    ["other updates", { updates: "blue" as "rolling" }, ["updates"], "'updates' must be one of"],
    [
      "batches of nothing",
      { batchPercentage: 50 },
      ["batchPercentage"],
      `'batchPercentage' is for 'updates' that are rolling, got "immutable"`,
    ],
    [
      "no window",
      { managedUpdates: { start: "Sunday" } },
      ["managedUpdates", "start"],
      `'start' of 'managedUpdates' must be a day and a time in UTC, like "Sun:03:00", got "Sunday"`,
    ],
    [
      "another level",
      { managedUpdates: { level: "major" as "minor" } },
      ["managedUpdates", "level"],
      "'level' of 'managedUpdates' must be",
    ],
    ["other days", { logRetentionInDays: 10 }, ["logRetentionInDays"], "'logRetentionInDays' must be one of 1, 3, 5"],
    [
      "too many versions",
      { maxVersions: 1001 },
      ["maxVersions"],
      "'maxVersions' must be a whole number from 1 to 1000",
    ],
    ["a short domain", { cnamePrefix: "abc" }, ["cnamePrefix"], "'cnamePrefix' must be 4 to 63"],
    [
      "a volume that is not there",
      { containers: [{ ...WEB, mounts: { "/a": { volume: "a" } } }] },
      ["containers", 0, "mounts", "/a", "volume"],
      `'volume' of mount "/a" of container "web" must be one of 'volumes' (there are none), got "a"`,
    ],
    [
      "a relative directory",
      { volumes: { a: { hostPath: "a" } } },
      ["volumes", "a", "hostPath"],
      "'hostPath' of volume",
    ],
    ["plain text of nothing", { plainText: ["A"] }, ["plainText", 0], "'plainText' must hold names of variables"],
  ])("%s", (_, options, at, message) => {
    expect(problems(options)).toContainEqual({ at, message: expect.stringContaining(message) });
  });

  test("more than ten containers", () => {
    const containers = Array.from({ length: 11 }, (_, index) => ({ ...WORKER, name: `worker-${index}` }));
    expect(messages({ containers: [WEB, ...containers.slice(1)] })).toContain(
      "'containers' must hold 1 to 10 containers, got 11",
    );
    expect(problems({ containers: [WEB, ...containers.slice(2)], instanceTypes: ["m5.4xlarge"] })).toEqual([]);
  });

  test("containers that have no room on an instance, as far as its type is known", () => {
    const two = { containers: [WEB, { ...WORKER, memory: "1536Mi" }] };
    expect(problems({ ...two, instanceTypes: ["t3.small"] })).toEqual([]);
    const three = { containers: [WEB, { ...WORKER, memory: "1537Mi" }] };
    const message = (type: string, size: string) =>
      `'instanceTypes' must have room for all containers together, 1250m of CPU and 2049Mi of memory, got "${type}" with ${size}; choose a larger one, or lower 'cpu' and 'memory' of the containers`;
    expect(problems(three)).toEqual([{ at: ["instanceTypes"], message: message("t3.small", "2 and 2Gi") }]);
    expect(problems({ ...three, instanceTypes: ["t3.medium", "t3.small", "x9.small"] })).toEqual([
      { at: ["instanceTypes", 1], message: message("t3.small", "2 and 2Gi") },
    ]);
    expect(problems({ containers: [WEB, { ...WORKER, cpu: "1750m" }] })).toEqual([]);
    expect(problems({ containers: [WEB, { ...WORKER, cpu: "1751m" }] })).toHaveLength(1);
  });

  test("names out of bounds, or from which others cannot be made", () => {
    const names = (application: string, environment: string) =>
      beanstalkNameProblems(application, environment, "eu-west-1").map(({ at, message }) => `${at}: ${message}`);
    expect(names("The shop", "shop-prod")).toEqual([]);
    expect(names("a/b", "abc")).toEqual([
      expect.stringContaining("applicationName: the name of an Elastic Beanstalk application must be 1 to 100"),
      expect.stringContaining("environmentName: the name of an Elastic Beanstalk environment must be 4 to 40"),
    ]);
    expect(names("shop", "x".repeat(40))).toEqual([expect.stringContaining("give a shorter 'environmentName'")]);
  });

  test("a VPC in which it could not run", () => {
    const vpc = { egress: "nat", publicSubnets: 2, privateSubnets: 2 } as const;
    expect(beanstalkVpcProblems(MINIMAL, vpc)).toEqual([]);
    expect(beanstalkVpcProblems(MINIMAL, { ...vpc, egress: "endpoints" })).toEqual([]);
    const endpointServices = ["ecr.api", "ecs", "ecs-agent", "ecs-telemetry", "elasticbeanstalk", "logs"];
    expect(beanstalkVpcProblems(MINIMAL, { ...vpc, egress: "endpoints", endpointServices })).toEqual([
      {
        at: [],
        message: `instances reach Elastic Beanstalk and ECS through interface endpoints in a VPC without NAT, and 'interfaceEndpoints' has none for "elasticbeanstalk-health", so that every environment would fail; add them there, or a NAT gateway`,
      },
    ]);
    const enough = [...endpointServices, "elasticbeanstalk-health"];
    expect(beanstalkVpcProblems(MINIMAL, { ...vpc, egress: "endpoints", endpointServices: enough })).toEqual([]);
    expect(beanstalkVpcProblems(MINIMAL, { ...vpc, egress: "none" })).toMatchObject([
      { message: expect.stringContaining("no instance could reach Elastic Beanstalk") },
    ]);
    expect(beanstalkVpcProblems({ ...MINIMAL, scheme: "internet-facing" }, { ...vpc, publicSubnets: 0 })).toEqual([
      {
        at: ["scheme"],
        message: `'scheme' "internet-facing" needs public subnets in two zones for the load balancer, and the VPC has 0; give the VPC another zone, or 'scheme' "internal"`,
      },
    ]);
  });

  test("and what to know about the rest", () => {
    expect(beanstalkWarnings({ ...MINIMAL, minSize: 1, updates: "rolling" })).toEqual([
      expect.stringContaining(`'updates' "rolling" takes the only instance out of service`),
    ]);
    expect(beanstalkWarnings({ ...MINIMAL, containers: [{ ...WEB, image: "nginx" }] })).toEqual([
      expect.stringContaining("instances which start later may run another version"),
    ]);
  });
});

test("a size of instances that EC2 does not have is doubted", () => {
  expect(beanstalkWarnings({ ...MINIMAL, instanceTypes: ["t4g.smal"] })).toEqual([
    expect.stringContaining('instance type "t4g.smal" ends in no size'),
  ]);
});
