import {
  type Ec2TaskOptions,
  ec2TaskProblems,
  type FargateTaskOptions,
  fargateTaskProblems,
  networkModeOf,
  taskStorageGib,
  taskWarnings,
} from "../../src/model/task-definition";
import { FARGATE_OPERATING_SYSTEMS } from "../../src/model/task-platform";
import { KEY_ARN, SECRET_ARN, taskContainer, told } from "../support/tasks";

const problems = (options: Partial<FargateTaskOptions> = {}) =>
  told(fargateTaskProblems({ containers: [taskContainer()], ...options }));
const onInstances = (options: Partial<Ec2TaskOptions> = {}) =>
  told(ec2TaskProblems({ containers: [taskContainer()], ...options }));
const warnings = (options: Partial<FargateTaskOptions> = {}) =>
  taskWarnings({ containers: [taskContainer()], ...options }, "FARGATE");

const named = (count: number) =>
  Array.from({ length: count }, (_, index) => taskContainer({ name: `c${index}`, cpu: "10m", memory: "16Mi" }));

describe("the containers of a task", () => {
  test("are 1 to 10", () => {
    expect(problems({ containers: named(1) })).toEqual([]);
    expect(problems({ containers: named(10) })).toEqual([]);
    expect(problems({ containers: [] })).toEqual([
      ["containers", "'containers' of a task definition must hold 1 to 10 containers, got 0; add one"],
    ]);
    expect(problems({ containers: named(11) })).toEqual([
      ["containers", "'containers' of a task definition must hold 1 to 10 containers, got 11; split the task"],
    ]);
  });

  test("count the log router as one", () => {
    const fireLens = { outputs: { c0: { options: { Name: "null" } } } };
    expect(problems({ containers: named(9), fireLens })).toEqual([]);
    expect(problems({ containers: named(10), fireLens })).toEqual([
      [
        "containers",
        "'containers' of a task definition must hold 1 to 10 containers, the log router of 'fireLens' among them, got 11; split the task",
      ],
    ]);
    expect(
      problems({
        containers: [taskContainer({ name: "log-router" })],
        fireLens: { outputs: { "log-router": { options: { Name: "a" } } } },
      }),
    ).toEqual([
      [
        "containers.0.name",
        `'name' of a container must not be "log-router", which is the log router of 'fireLens'; choose another`,
      ],
    ]);
  });

  test("have names of their own", () => {
    expect(problems({ containers: [taskContainer(), taskContainer()] })).toEqual([
      ["containers.1.name", `two containers of the task are called "web"; give each a name of its own`],
    ]);
  });

  test("are essential, one of them at least", () => {
    const essential = (...each: boolean[]) =>
      problems({ containers: each.map((it, index) => taskContainer({ name: `c${index}`, essential: it })) });
    expect(essential(false, true)).toEqual([]);
    expect(essential(false, false)).toEqual([
      [
        "containers",
        `at least one of the 'containers' must be essential, got essential: false of "c0", "c1"; leave it out where the task is of no use without the container`,
      ],
    ]);
  });

  test("are each told what is wrong with it, and where", () => {
    expect(
      problems({ containers: [taskContainer(), taskContainer({ name: "b", preStop: ["a"] })] }).map(([at]) => at),
    ).toEqual(["containers.1.preStop"]);
  });

  test("share one address, unless Docker gives each its own", () => {
    const containers = [taskContainer({ ports: { http: 8080 } }), taskContainer({ name: "b", ports: { http: 8080 } })];
    const message = `containers "web" and "b" both listen on port 8080, and the containers of a task share one address; change one`;
    expect(problems({ containers })).toEqual([["containers.1.ports.http", message]]);
    expect(onInstances({ containers, networkMode: "host" }).map(([, told]) => told)).toEqual([message]);
    expect(onInstances({ containers, networkMode: "bridge" })).toEqual([]);
  });

  test("mount volumes that are there, and all of them", () => {
    const containers = [taskContainer({ mounts: { "/a": { volume: "a" } } })];
    expect(problems({ containers, volumes: { a: { bind: {} } } })).toEqual([]);
    expect(problems({ containers, volumes: { b: { bind: {} } } })).toEqual([
      [
        "containers.0.mounts./a.volume",
        `container "web" mounts volume "a" on "/a", which is not among 'volumes' ("b"); add it there`,
      ],
      ["volumes.b", `no container mounts volume "b"; mount it, or remove it`],
    ]);
  });
});

describe("the platform of a task", () => {
  test.each(FARGATE_OPERATING_SYSTEMS)("may be %s on Fargate", (operatingSystem) => {
    const containers = [taskContainer({ cpu: "1", memory: "2Gi" })];
    expect(problems({ containers, operatingSystem })).toEqual([]);
    const unverified = operatingSystem.includes("2025");
    expect(warnings({ containers, operatingSystem })).toEqual(
      unverified
        ? [expect.stringContaining(`'operatingSystem' is "${operatingSystem}", which the API of ECS knows`)]
        : [],
    );
  });

  test("may be older on instances", () => {
    expect(onInstances({ operatingSystem: "WINDOWS_SERVER_2016_FULL" })).toEqual([]);
    expect(problems({ operatingSystem: "WINDOWS_SERVER_2016_FULL" })[0]?.[1]).toMatch(
      /^'operatingSystem' must be one that Fargate runs \("LINUX", .*\), got "WINDOWS_SERVER_2016_FULL"; take one of them, or run the tasks on EC2$/,
    );
  });

  test("is ARM64 with Linux alone", () => {
    expect(problems({ architecture: "ARM64" })).toEqual([]);
    const operatingSystem = "WINDOWS_SERVER_2022_CORE";
    expect(problems({ architecture: "ARM64", operatingSystem })).toEqual([
      [
        "architecture",
        `'architecture' must be "X86_64" where 'operatingSystem' is "WINDOWS_SERVER_2022_CORE", got "ARM64", which ECS has for Linux alone; leave it out`,
      ],
    ]);
  });
});

describe("the disk of a task", () => {
  test.each(["21Gi", "200Gi", "50Gi"])("may be %s", (ephemeralStorage) => {
    expect(problems({ ephemeralStorage })).toEqual([]);
  });

  test("of 20 GiB is there without a word", () => {
    expect(problems({ ephemeralStorage: "20Gi" })).toEqual([
      [
        "ephemeralStorage",
        `'ephemeralStorage' must be from 21Gi to 200Gi, got "20Gi", which every task has; leave it out`,
      ],
    ]);
  });

  test.each(["19Gi", "201Gi", "30.5Gi", "30G", "30"])("may not be %s", (ephemeralStorage) => {
    expect(problems({ ephemeralStorage })).toEqual([
      [
        "ephemeralStorage",
        `'ephemeralStorage' must be a Kubernetes quantity in whole GiB from 21Gi to 200Gi, like "50Gi", got "${ephemeralStorage}"`,
      ],
    ]);
  });

  test("is what the containers ask for together, where that is more than 20 GiB", () => {
    const asked = (...each: string[]) => ({
      containers: each.map((ephemeralStorage, index) => taskContainer({ name: `c${index}`, ephemeralStorage })),
    });
    expect(taskStorageGib(asked("10Gi", "10Gi"))).toBeUndefined();
    expect(taskStorageGib(asked("10Gi", "10.5Gi"))).toBe(21);
    expect(taskStorageGib({ ...asked("10Gi"), ephemeralStorage: "30Gi" })).toBe(30);
    expect(problems({ ...asked("40Gi"), ephemeralStorage: "30Gi" })).toEqual([
      [
        "ephemeralStorage",
        `'ephemeralStorage' must hold what the containers ask for together, 40Gi, got "30Gi"; leave it out to give them that`,
      ],
    ]);
    expect(problems(asked("200Gi", "1Gi"))).toEqual([
      [
        "containers",
        "a task on Fargate has at most 200Gi of ephemeral storage, got 201Gi of its containers together; ask for less, and keep large data in EFS or S3",
      ],
    ]);
  });

  test("is not certain with Windows", () => {
    const containers = [taskContainer({ cpu: "1", memory: "2Gi" })];
    const operatingSystem = "WINDOWS_SERVER_2022_CORE";
    expect(problems({ containers, operatingSystem, ephemeralStorage: "30Gi" })).toEqual([]);
    expect(warnings({ containers, operatingSystem, ephemeralStorage: "30Gi" })).toEqual([
      expect.stringContaining("'ephemeralStorage' is given for Windows on Fargate"),
    ]);
  });
});

describe("a volume", () => {
  const mounting = (volumes: FargateTaskOptions["volumes"]) => ({
    volumes: volumes ?? {},
    containers: [
      taskContainer({
        mounts: Object.fromEntries(Object.keys(volumes ?? {}).map((volume) => [`/${volume}`, { volume }])),
      }),
    ],
  });

  test("is scratch space or in EFS on Fargate", () => {
    expect(problems(mounting({ a: { bind: {} }, b: { efs: { fileSystem: "x", accessPoint: "y" } } }))).toEqual([]);
    expect(problems(mounting({ a: { hostPath: "/a" } }))).toEqual([
      [
        "volumes.a.hostPath",
        `volume "a" must be 'bind' or 'efs' on Fargate, which has no instance to mount from, got 'hostPath'; use 'bind' for scratch space, or run the task on EC2`,
      ],
    ]);
    expect(problems(mounting({ a: { docker: {} } })).map(([at]) => at)).toEqual(["volumes.a.docker"]);
  });

  test("may be the instance's or Docker's on EC2", () => {
    expect(
      onInstances(
        mounting({
          a: { hostPath: "/a" },
          b: { hostPath: "C:\\b" },
          c: { docker: { scope: "shared", autoprovision: false } },
          d: { efs: { fileSystem: "x", accessPoint: "y" } },
        }),
      ),
    ).toEqual([]);
    expect(onInstances(mounting({ a: { hostPath: "a" } }))).toEqual([
      ["volumes.a.hostPath", `'hostPath' of volume "a" must be an absolute path, like "/var/lib/data", got "a"`],
    ]);
    expect(onInstances(mounting({ a: { docker: { autoprovision: true } } }))).toEqual([
      [
        "volumes.a.docker.autoprovision",
        `'autoprovision' of volume "a" is for 'scope' "shared"; leave it out, as one of the task is always made`,
      ],
    ]);
  });

  test("is not in EFS on external instances", () => {
    const volumes = { a: { efs: { fileSystem: "x", accessPoint: "y" } } };
    expect(onInstances({ launch: "EXTERNAL", ...mounting(volumes) }).map(([at]) => at)).toEqual(["volumes.a.efs"]);
  });

  test("is of one type", () => {
    expect(problems(mounting({ a: {} as { hostPath: string } }))).toEqual([
      [
        "volumes.a",
        `volume "a" must be of one type ("bind", "docker", "efs", "hostPath"), got none; use 'bind' for scratch space, and 'efs' for data that outlives the task`,
      ],
    ]);
    expect(problems(mounting({ a: { bind: {}, hostPath: "/a" } })).map(([, message]) => message)).toEqual([
      expect.stringContaining(`got "bind", "hostPath"`),
    ]);
  });

  test("has a name that ECS takes", () => {
    expect(problems(mounting({ "a b": { bind: {} } })).map(([at]) => at)).toEqual(["volumes.a b"]);
  });

  test.each(["FARGATE", "EC2"] as const)("in EFS is not certain with Windows on %s", (launch) => {
    const options = {
      ...mounting({ a: { efs: { fileSystem: "x", accessPoint: "y" } } }),
      operatingSystem: "WINDOWS_SERVER_2022_CORE",
    } as const;
    expect(taskWarnings(options, launch)).toEqual([
      `volumes "a" are in EFS, which AWS's guide says tasks with Windows cannot mount (not tried here); run Linux, or keep the data in S3, or in FSx on EC2`,
    ]);
    expect(taskWarnings({ ...options, operatingSystem: "LINUX" }, launch)).toEqual([]);
  });
});

describe("logs", () => {
  test("are kept as long as CloudWatch can, encrypted, and block only if they shall", () => {
    expect(problems({ logs: { retentionInDays: 30, kmsKeyArn: KEY_ARN, mode: "blocking" } })).toEqual([]);
    expect(problems({ logs: { mode: "non-blocking", bufferInMib: 1 } })).toEqual([]);
  });

  test.each<[string, FargateTaskOptions["logs"]]>([
    ["logs.retentionInDays", { retentionInDays: 2 }],
    ["logs.kmsKeyArn", { kmsKeyArn: "alias/a" }],
    ["logs.bufferInMib", { bufferInMib: 0 }],
    ["logs.bufferInMib", { mode: "blocking", bufferInMib: 25 }],
  ])("have a '%s' that can be", (at, logs) => {
    expect(problems({ logs: logs ?? {} }).map(([place]) => place)).toEqual([at]);
  });
});

describe("keys of secrets", () => {
  test("are named by ARN, where there are secrets", () => {
    const containers = [taskContainer({ secrets: { A: { secretArn: SECRET_ARN } } })];
    expect(problems({ containers, secretKeyArns: [KEY_ARN] })).toEqual([]);
    expect(
      problems({ containers: [taskContainer({ repositoryCredentials: SECRET_ARN })], secretKeyArns: [KEY_ARN] }),
    ).toEqual([]);
    expect(problems({ containers, secretKeyArns: ["alias/a"] }).map(([at]) => at)).toEqual(["secretKeyArns.0"]);
    expect(problems({ secretKeyArns: [KEY_ARN] })).toEqual([
      ["secretKeyArns", "'secretKeyArns' names keys of secrets, and no container has a secret; leave it out"],
    ]);
  });
});

describe("a task definition for instances", () => {
  test("has a network interface for each task, and Docker's bridge on external instances", () => {
    expect(networkModeOf({ containers: [] })).toBe("awsvpc");
    expect(networkModeOf({ containers: [], launch: "EXTERNAL" })).toBe("bridge");
    expect(networkModeOf({ containers: [], launch: "EXTERNAL", networkMode: "host" })).toBe("host");
    expect(onInstances({ launch: "EXTERNAL", networkMode: "awsvpc" })).toEqual([
      [
        "networkMode",
        `'networkMode' must be "bridge" or "host" on external instances, which are in no VPC, got "awsvpc"; leave it out`,
      ],
    ]);
  });

  test("has up to ten constraints", () => {
    expect(onInstances({ placementConstraints: Array(10).fill("attribute:a == b") })).toEqual([]);
    expect(onInstances({ placementConstraints: Array(11).fill("attribute:a == b") }).map(([at]) => at)).toEqual([
      "placementConstraints",
    ]);
    expect(onInstances({ placementConstraints: [" "] }).map(([at]) => at)).toEqual(["placementConstraints.0"]);
  });
});

test("is warned of images that may be others tomorrow, the log router's among them", () => {
  expect(
    warnings({
      containers: [taskContainer({ image: "web" })],
      fireLens: { image: "fluent-bit:latest", outputs: { web: { options: { Name: "null" } } } },
    }).map((warning) => warning.split(",")[0]),
  ).toEqual([
    `'image' of container "log-router" "fluent-bit:latest" has the tag "latest"`,
    `'image' of container "web" "web" has no tag`,
  ]);
});
