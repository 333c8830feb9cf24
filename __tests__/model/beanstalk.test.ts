import fc from "fast-check";
import {
  type BeanstalkOptions,
  beanstalkNameProblems,
  beanstalkSecrets,
  beanstalkTarget,
} from "../../src/model/beanstalk";
import { dockerrunJson } from "../../src/model/beanstalk-bundle";
import { beanstalkProblems, beanstalkVpcProblems, beanstalkWarnings } from "../../src/model/beanstalk-rules";
import { beanstalkSettings } from "../../src/model/beanstalk-settings";
import type { ContainerSpec } from "../../src/model/container-spec";

const WEB: ContainerSpec = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};
const WORKER: ContainerSpec = { name: "worker", image: "worker:1", cpu: "1", memory: "1Gi" };
const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web/password-AbCdEf";
const MINIMAL: BeanstalkOptions = { containers: [WEB], certificateArn: CERTIFICATE };

const problems = (options: Partial<BeanstalkOptions>) => beanstalkProblems({ ...MINIMAL, ...options });
const messages = (options: Partial<BeanstalkOptions>) => problems(options).map(({ message }) => message);

const PLACE = {
  vpcId: "vpc-1",
  instanceSubnetIds: ["subnet-a", "subnet-b"],
  loadBalancerSubnetIds: ["subnet-c", "subnet-d"],
  instanceProfile: "profile",
  serviceRole: "role",
};

/** Values by namespace and name. */
function settings(options: Partial<BeanstalkOptions> = {}): Record<string, Record<string, string>> {
  const all: Record<string, Record<string, string>> = {};
  for (const { namespace, name, value } of beanstalkSettings({ ...MINIMAL, ...options }, PLACE)) {
    all[namespace] = { ...all[namespace], [name]: value };
  }
  return all;
}

describe("an application of Elastic Beanstalk", () => {
  test("needs a container with a port and a certificate", () => {
    expect(beanstalkProblems(MINIMAL)).toEqual([]);
    expect(beanstalkWarnings(MINIMAL)).toEqual([]);
  });

  test("has everything on when nothing is said", () => {
    expect(settings()).toEqual({
      "aws:autoscaling:asg": { MinSize: "2", MaxSize: "4" },
      "aws:autoscaling:launchconfiguration": {
        DisableIMDSv1: "true",
        IamInstanceProfile: "profile",
        RootVolumeSize: "30",
        RootVolumeType: "gp3",
      },
      "aws:autoscaling:trigger": {
        LowerThreshold: "30",
        MeasureName: "CPUUtilization",
        Statistic: "Average",
        Unit: "Percent",
        UpperThreshold: "70",
      },
      "aws:autoscaling:updatepolicy:rollingupdate": { RollingUpdateEnabled: "true", RollingUpdateType: "Immutable" },
      "aws:ec2:instances": { InstanceTypes: "t3.small", SupportedArchitectures: "x86_64" },
      "aws:ec2:vpc": {
        AssociatePublicIpAddress: "false",
        ELBScheme: "internal",
        ELBSubnets: "subnet-c,subnet-d",
        Subnets: "subnet-a,subnet-b",
        VPCId: "vpc-1",
      },
      "aws:elasticbeanstalk:cloudwatch:logs": {
        DeleteOnTerminate: "false",
        RetentionInDays: "365",
        StreamLogs: "true",
      },
      "aws:elasticbeanstalk:cloudwatch:logs:health": {
        DeleteOnTerminate: "false",
        HealthStreamingEnabled: "true",
        RetentionInDays: "365",
      },
      "aws:elasticbeanstalk:command": { DeploymentPolicy: "Immutable" },
      "aws:elasticbeanstalk:environment": {
        EnvironmentType: "LoadBalanced",
        LoadBalancerType: "application",
        ServiceRole: "role",
      },
      "aws:elasticbeanstalk:environment:process:default": { Port: "80", Protocol: "HTTP" },
      "aws:elasticbeanstalk:healthreporting:system": { EnhancedHealthAuthEnabled: "true", SystemType: "enhanced" },
      "aws:elasticbeanstalk:managedactions": {
        ManagedActionsEnabled: "true",
        PreferredStartTime: "Sun:03:00",
        ServiceRoleForManagedUpdates: "role",
      },
      "aws:elasticbeanstalk:managedactions:platformupdate": { InstanceRefreshEnabled: "false", UpdateLevel: "minor" },
      "aws:elbv2:listener:443": {
        ListenerEnabled: "true",
        Protocol: "HTTPS",
        SSLCertificateArns: CERTIFICATE,
        SSLPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      },
      "aws:elbv2:listener:default": { ListenerEnabled: "false" },
    });
  });

  test("has its options in order, whatever the order of what is said", () => {
    const named = beanstalkSettings(MINIMAL, PLACE).map(({ namespace, name }) => `${namespace} ${name}`);
    expect(named).toEqual([...named].sort());
  });

  test("updates in batches, or leaves the platform to Terraform, when it is told to", () => {
    const { "aws:elasticbeanstalk:command": command, ...all } = settings({
      updates: "rolling-with-additional-batch",
      batchPercentage: 50,
      managedUpdates: false,
    });
    expect(command).toEqual({
      DeploymentPolicy: "RollingWithAdditionalBatch",
      BatchSizeType: "Percentage",
      BatchSize: "50",
    });
    expect(all["aws:autoscaling:updatepolicy:rollingupdate"]?.RollingUpdateType).toBe("Health");
    expect(all["aws:elasticbeanstalk:managedactions"]).toEqual({ ManagedActionsEnabled: "false" });
    expect(all).not.toHaveProperty("aws:elasticbeanstalk:managedactions:platformupdate");
  });

  test("asks the target's readiness probe, within what a load balancer can", () => {
    const asked = (readiness: ContainerSpec["readiness"]) =>
      settings({ containers: [{ ...WEB, readiness: readiness as NonNullable<typeof readiness> }] })[
        "aws:elasticbeanstalk:environment:process:default"
      ];
    expect(asked({ http: { port: "http", path: "/healthz" } })).toEqual({
      Port: "80",
      Protocol: "HTTP",
      HealthCheckPath: "/healthz",
      HealthCheckInterval: "10",
      HealthCheckTimeout: "1",
      HealthyThresholdCount: "2",
      UnhealthyThresholdCount: "3",
      MatcherHTTPCode: "200-399",
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (periodSeconds, timeoutSeconds) => {
          const probe = asked({ http: { port: "http" }, periodSeconds, timeoutSeconds });
          expect(Number(probe?.HealthCheckTimeout)).toBeLessThan(Number(probe?.HealthCheckInterval));
        },
      ),
    );
  });

  test("answers HTTP alone when it is told to, and keeps records where it is told to", () => {
    const { certificateArn: _, ...plain } = MINIMAL;
    expect(beanstalkProblems({ ...plain, plainHttp: true })).toEqual([]);
    const all = beanstalkSettings({ ...plain, plainHttp: true, accessLogBucket: "records" }, PLACE);
    expect(all).toContainEqual({ namespace: "aws:elbv2:listener:default", name: "ListenerEnabled", value: "true" });
    expect(all).toContainEqual({ namespace: "aws:elbv2:loadbalancer", name: "AccessLogsS3Bucket", value: "records" });
    expect(all.map(({ namespace }) => namespace)).not.toContain("aws:elbv2:listener:443");
  });

  test("has the first types of instances it can get, on the architecture of all", () => {
    expect(settings({ instanceTypes: ["t4g.small", "m7g.large"] })["aws:ec2:instances"]).toEqual({
      InstanceTypes: "t4g.small,m7g.large",
      SupportedArchitectures: "arm64",
    });
  });
});

describe("the bundle of a version", () => {
  const bundle = (options: Partial<BeanstalkOptions>, executionRoleArn?: string) =>
    JSON.parse(
      dockerrunJson({ ...MINIMAL, ...options }, { logGroupName: "/logs", region: "eu-west-1", executionRoleArn }),
    ) as { containerDefinitions: object[] };

  test("says which containers run, in ECS's words, hardened", () => {
    expect(bundle({})).toEqual({
      AWSEBDockerrunVersion: 2,
      containerDefinitions: [
        {
          name: "web",
          image: "public.ecr.aws/nginx/nginx:1.29",
          essential: true,
          cpu: 256,
          memory: 512,
          environment: [],
          portMappings: [{ hostPort: 80, containerPort: 8080, protocol: "tcp" }],
          mountPoints: [],
          readonlyRootFilesystem: true,
          linuxParameters: { capabilities: { drop: ["ALL"] }, initProcessEnabled: true },
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/logs", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web" },
          },
        },
      ],
    });
  });

  test("has everything that a container can say", () => {
    const web: ContainerSpec = {
      ...WEB,
      command: ["/bin/web"],
      args: ["serve"],
      workingDir: "/srv",
      user: 1000,
      group: 2000,
      addCapabilities: ["NET_BIND_SERVICE", "CHOWN"],
      environment: { B: "2", A: "1" },
      mounts: { "/tmp": { volume: "scratch" }, "/data": { volume: "data", readOnly: true } },
      readOnlyRootFilesystem: false,
      liveness: { exec: ["true"], timeoutSeconds: 5 },
    };
    const all = bundle(
      { containers: [web, WORKER], volumes: { scratch: {}, data: { hostPath: "/srv/data" } } },
      "role",
    );
    expect(all).toMatchObject({
      executionRoleArn: "role",
      volumes: [{ name: "data", host: { sourcePath: "/srv/data" } }, { name: "scratch" }],
    });
    expect(all.containerDefinitions[0]).toMatchObject({
      entryPoint: ["/bin/web"],
      command: ["serve"],
      workingDirectory: "/srv",
      user: "1000:2000",
      environment: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      links: ["worker"],
      mountPoints: [
        { sourceVolume: "data", containerPath: "/data", readOnly: true },
        { sourceVolume: "scratch", containerPath: "/tmp", readOnly: false },
      ],
      readonlyRootFilesystem: false,
      linuxParameters: { capabilities: { drop: ["ALL"], add: ["CHOWN", "NET_BIND_SERVICE"] } },
      healthCheck: { command: ["CMD", "true"], timeout: 5 },
    });
    expect(all.containerDefinitions[1]).not.toHaveProperty("portMappings");
    expect(all.containerDefinitions[1]).not.toHaveProperty("links");
  });
});

describe("the target of requests", () => {
  const both = [WEB, { ...WORKER, ports: { http: 9000, metrics: 9090 } }];

  test("is the one port there is, or the one that is named", () => {
    expect(beanstalkTarget(MINIMAL)).toEqual({ container: WEB, port: 8080 });
    expect(beanstalkTarget({ containers: both, target: "worker", targetPort: "metrics" })?.port).toBe(9090);
    expect(problems({ containers: both, target: "web" })).toEqual([]);
  });

  test("must be clear", () => {
    expect(problems({ containers: both })).toEqual([
      {
        at: ["target"],
        message: `'target' must name the container that gets the requests, as several have ports ("web", "worker")`,
      },
    ]);
    expect(messages({ containers: both, target: "api" })).toEqual([
      `'target' must name a container with a TCP port ("web", "worker"), got "api"`,
    ]);
    expect(problems({ containers: both, target: "worker" })).toEqual([
      {
        at: ["targetPort"],
        message: `'targetPort' must name the port of container "worker" that gets the requests ("http", "metrics"), got none`,
      },
    ]);
    expect(messages({ targetPort: "https" })).toEqual([
      `'targetPort' must name the port of container "web" that gets the requests ("http"), got "https"`,
    ]);
    expect(messages({ containers: [WORKER] })).toEqual([
      "no container has a TCP port, to which requests could go; give one its 'ports'",
    ]);
  });
});

describe("variables with secrets", () => {
  test("are the same for all containers", () => {
    const secrets = { B: { secretArn, jsonKey: "b" }, A: { secretArn } };
    expect(
      problems({
        containers: [
          { ...WEB, secrets },
          { ...WORKER, secrets },
        ],
      }),
    ).toEqual([]);
    expect(
      beanstalkSecrets({
        containers: [
          { ...WEB, secrets },
          { ...WORKER, secrets },
        ],
      }),
    ).toEqual([
      ["A", secretArn],
      ["B", `${secretArn}:b::`],
    ]);
    expect(
      settings({ containers: [{ ...WEB, secrets }] })["aws:elasticbeanstalk:application:environmentsecrets"],
    ).toEqual({
      A: secretArn,
      B: `${secretArn}:b::`,
    });
  });

  test("must not differ from container to container, because each gets all", () => {
    const containers = [
      { ...WEB, secrets: { PASSWORD: { secretArn } } },
      { ...WORKER, secrets: { PASSWORD: { secretArn, jsonKey: "other" } } },
    ];
    expect(problems({ containers })).toEqual([
      {
        at: ["containers", 1, "secrets", "PASSWORD"],
        message: `secret "PASSWORD" of container "worker" is another one than in container "web", and Elastic Beanstalk gives every container all secrets; rename one`,
      },
    ]);
    const plain = [
      { ...WEB, secrets: { MODE: { secretArn } } },
      { ...WORKER, environment: { MODE: "fast" } },
    ];
    expect(messages({ containers: plain })).toEqual([
      `secret "MODE" of container "web" is a plain variable of container "worker", and Elastic Beanstalk gives every container all secrets; rename one`,
    ]);
  });

  test("have keys where there are secrets alone", () => {
    const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    expect(messages({ secretKeyArns: [key] })).toEqual([
      "'secretKeyArns' are keys of 'secrets', of which no container has any; remove them",
    ]);
    expect(problems({ containers: [{ ...WEB, secrets: { A: { secretArn } } }], secretKeyArns: ["key"] })).toMatchObject(
      [{ at: ["secretKeyArns", 0] }],
    );
  });
});

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
    expect(problems({ containers: [WEB, ...containers.slice(2)] })).toEqual([]);
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
