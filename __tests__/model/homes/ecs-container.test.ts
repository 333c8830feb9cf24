import { ecsContainerProblems, ecsContainerWarnings } from "../../../src/model/homes/ecs-container";
import type { TaskContainer } from "../../../src/model/task-container";
import type { OperatingSystem, TaskLaunch } from "../../../src/model/task-platform";
import { PARAMETER_ARN, SECRET_ARN, taskContainer, told } from "../../support/tasks";

const problems = (container: Partial<TaskContainer>, launch: TaskLaunch = "FARGATE") =>
  told(ecsContainerProblems(taskContainer(container), launch));

const onWindows = (container: Partial<TaskContainer>) =>
  told(ecsContainerProblems(taskContainer(container), "FARGATE", { operatingSystem: "WINDOWS_SERVER_2022_CORE" }));

/** All that a container can say on Fargate. */
const FULL: Partial<TaskContainer> = {
  command: ["serve"],
  args: ["--port", "8080"],
  workingDir: "/srv",
  environment: { MODE: "fast", PATTERN: "$$(NAME) $(date +%s)" },
  plainText: [],
  secrets: { A: { secretArn: SECRET_ARN, jsonKey: "a" }, B: { parameterArn: PARAMETER_ARN } },
  ports: { http: { port: 8080, appProtocol: "http" }, dns: { port: 5353, protocol: "UDP" } },
  ephemeralStorage: "30Gi",
  liveness: { exec: ["true"], initialDelaySeconds: 60, periodSeconds: 30, timeoutSeconds: 2, failureThreshold: 10 },
  readiness: { http: { port: "http" } },
  startup: { tcp: { port: 8080 }, periodSeconds: 10, failureThreshold: 24 },
  mounts: { "/tmp": { volume: "scratch", readOnly: true } },
  user: 1000,
  group: 1000,
  readOnlyRootFilesystem: false,
  addCapabilities: ["SYS_PTRACE", "NET_BIND_SERVICE"],
  essential: true,
  dependsOn: {},
  startTimeoutInSeconds: 120,
  stopTimeoutInSeconds: 2,
  repositoryCredentials: SECRET_ARN,
  openFiles: { soft: 1, hard: 1 },
  restartPolicy: { ignoredExitCodes: [0], attemptPeriodInSeconds: 60 },
  initProcess: false,
};

describe("a container of ECS", () => {
  test("may say little or all", () => {
    expect(problems({})).toEqual([]);
    expect(problems(FULL)).toEqual([]);
  });

  test("is held to what is true in every home", () => {
    expect(problems({ image: "https://nginx" }).map(([at]) => at)).toEqual(["image"]);
  });

  test("is not asked for what Terraform alone knows", () => {
    const container = taskContainer({
      image: "${image}",
      environment: { A: "${value}" },
      secrets: { B: { secretArn: "${arn}" } },
      repositoryCredentials: "${arn}",
    });
    expect(ecsContainerProblems(container, "FARGATE", {}, (value) => !value.startsWith("${"))).toEqual([]);
  });

  test("has no fields of a pod", () => {
    expect(problems({ podFields: { IP: "status.podIP" } })).toEqual([
      [
        "podFields",
        `'podFields' of container "web" are fields of a Kubernetes pod, and ECS has none; leave them out, and let the program ask the task metadata endpoint, at the address in the variable "ECS_CONTAINER_METADATA_URI_V4"`,
      ],
    ]);
  });

  test("reads no Kubernetes Secret", () => {
    expect(problems({ secrets: { A: { secretName: "a", key: "b" } } })).toEqual([
      [
        "secrets.A.secretName",
        `secret "A" of container "web" is a Kubernetes Secret, which is in a cluster of Kubernetes, where ECS does not look; copy it to AWS Secrets Manager and give its 'secretArn'`,
      ],
    ]);
  });

  test("has no references in its variables, whose values the message does not repeat", () => {
    expect(problems({ environment: { URL: "http://$(HOST):80/confidential" } })).toEqual([
      [
        "environment.URL",
        `variable "URL" of container "web" refers to "$(HOST)", which Kubernetes replaces and ECS does not; write the value itself, let the program put it together, or write "$$(HOST)" where it stands for itself`,
      ],
    ]);
  });

  test("has no secrets in plain variables", () => {
    expect(problems({ environment: { DB_PASSWORD: "hunter2" } })).toEqual([
      [
        "environment.DB_PASSWORD",
        `variable "DB_PASSWORD" of container "web" is called like a secret, and everybody who may describe the task definition reads it; keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets', or put "DB_PASSWORD" into 'plainText' if it is none`,
      ],
    ]);
  });

  test("has no hook before it stops", () => {
    expect(problems({ preStop: ["sleep", "15"] })).toEqual([
      [
        "preStop",
        `'preStop' of container "web" is a hook of Kubernetes, and ECS sends SIGTERM at once; let the program finish what it does on SIGTERM, within 'stopTimeoutInSeconds'`,
      ],
    ]);
  });

  test("mounts volumes on a drive where it runs Windows, and there alone", () => {
    const on = (path: string, operatingSystem?: OperatingSystem) =>
      told(
        ecsContainerProblems(
          taskContainer({ mounts: { [path]: { volume: "v" } } }),
          "EC2",
          operatingSystem === undefined ? {} : { operatingSystem },
        ),
      );
    for (const path of ["C:\\data", "c:/data", "D:\\", "/data"]) {
      expect(on(path, "WINDOWS_SERVER_2022_CORE")).toEqual([]);
    }
    for (const path of ["data", "C:data", "\\\\share", "C:\\data:ro", "/data:ro", ""]) {
      expect(on(path, "WINDOWS_SERVER_2022_CORE")).toEqual([
        [
          `mounts.${path}`,
          `'mounts' of container "web" must have absolute paths without ":" behind the drive, like "C:\\\\data", got ${JSON.stringify(path)}`,
        ],
      ]);
    }
    for (const operatingSystem of [undefined, "LINUX"] as const) {
      expect(on("C:\\data", operatingSystem)).toEqual([
        [
          "mounts.C:\\data",
          `'mounts' of container "web" must have absolute paths without ":", like "/var/cache", got "C:\\\\data"`,
        ],
      ]);
    }
  });

  test("mounts whole volumes", () => {
    expect(problems({ mounts: { "/a": { volume: "v", subPath: "b" } } })).toEqual([
      [
        "mounts./a.subPath",
        `mount "/a" of container "web" has 'subPath', and ECS mounts whole volumes; give each directory a volume of its own, in EFS by an access point`,
      ],
    ]);
  });

  test("asks for disk on Fargate alone", () => {
    expect(problems({ ephemeralStorage: "30Gi" }, "EC2")).toEqual([
      [
        "ephemeralStorage",
        `'ephemeralStorage' of container "web" cannot be kept free on instances, whose tasks share the instance's disk; leave it out, and make the disk of the capacity large enough`,
      ],
    ]);
  });

  test("has at least 6 MiB of memory", () => {
    expect(problems({ memory: "6Mi" })).toEqual([]);
    expect(problems({ memory: "512" }).map(([at]) => at)).toEqual(["memory"]);
    expect(problems({ memory: "5Mi" })).toEqual([
      ["memory", `'memory' of container "web" must be at least 6Mi in ECS, got "5Mi"`],
    ]);
  });

  test("has a group only with a user", () => {
    expect(problems({ group: 1000 })).toEqual([
      [
        "group",
        `'group' of container "web" needs 'user' in ECS, which names both in one; give 'user' too, or leave 'group' out`,
      ],
    ]);
  });

  test("says what is spoken on TCP ports alone", () => {
    expect(problems({ ports: { dns: { port: 53, protocol: "UDP", appProtocol: "http" } } })).toEqual([
      [
        "ports.dns.appProtocol",
        `'appProtocol' of port "dns" of container "web" is for TCP, got 'protocol' "UDP"; leave it out`,
      ],
    ]);
  });
});

describe("a capability", () => {
  test("is added on Fargate only if it is SYS_PTRACE, or one that Docker gives and that is kept", () => {
    expect(problems({ addCapabilities: ["SYS_PTRACE", "CHOWN", "NET_RAW"] })).toEqual([]);
    expect(problems({ addCapabilities: ["NET_ADMIN"] })).toEqual([
      [
        "addCapabilities",
        `'addCapabilities' of container "web" must be on Fargate "SYS_PTRACE", which it adds, or one of those that Docker gives and that can be kept ("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"), got "NET_ADMIN"; drop it, or run the task on EC2`,
      ],
    ]);
  });

  test("may be any of Linux on instances", () => {
    expect(problems({ addCapabilities: ["NET_ADMIN", "SYS_TIME"] }, "EC2")).toEqual([]);
    expect(problems({ addCapabilities: ["FLY" as "CHOWN"] }, "EC2")[0]?.[1]).toMatch(
      /must hold Linux capabilities.*got "FLY"/,
    );
  });
});

describe("logging", () => {
  test("is by a driver of its own, where the home has it", () => {
    const logging = {
      driver: "splunk",
      options: { "splunk-url": "https://splunk.example.com:8088" },
      secrets: { "splunk-token": { secretArn: SECRET_ARN } },
    } as const;
    expect(problems({ logging })).toEqual([]);
    expect(problems({ logging: { driver: "json-file", options: { "max-size": "10m" } } }, "EC2")).toEqual([]);
    expect(problems({ logging: { driver: "syslog" } })).toEqual([
      [
        "logging.driver",
        `'driver' of 'logging' of container "web" must be one that Fargate has ("awslogs", "splunk"), got "syslog"; take one of them, or send the logs elsewhere by 'fireLens'`,
      ],
    ]);
  });

  test("to CloudWatch leaves alone what the task definition gives", () => {
    const options = { "awslogs-datetime-format": "%Y" };
    expect(problems({ logging: { driver: "awslogs", options } })).toEqual([]);
    expect(problems({ logging: { driver: "awslogs", options: { "awslogs-group": "mine" } } })).toEqual([
      [
        "logging.options.awslogs-group",
        `option "awslogs-group" of 'logging' of container "web" is given by the task definition; leave it out, and choose what there is to choose in 'logs'`,
      ],
    ]);
  });

  test("by Splunk says where it is and how it lets in", () => {
    expect(problems({ logging: { driver: "splunk" } })).toEqual([
      [
        "logging",
        `'logging' of container "web" by "splunk" needs the option "splunk-url", got none; give it in 'options', like "https://splunk.example.com:8088"`,
      ],
      [
        "logging",
        `'logging' of container "web" by "splunk" needs the option "splunk-token", got none; keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets'`,
      ],
    ]);
    const secrets = { "splunk-url": { secretArn: SECRET_ARN }, "splunk-token": { secretArn: SECRET_ARN } };
    expect(problems({ logging: { driver: "splunk", secrets } })).toEqual([]);
  });

  test("has no secrets among its options", () => {
    const options = { "splunk-url": "https://splunk.example.com:8088", "splunk-token": "abc" };
    expect(problems({ logging: { driver: "splunk", options } })).toEqual([
      [
        "logging.options.splunk-token",
        `option "splunk-token" of 'logging' of container "web" looks like a secret, and everybody who may describe the task definition reads it; keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets'`,
      ],
    ]);
  });
});

describe("timeouts", () => {
  test.each([1, 121, 2.5])("of %d seconds are not for Fargate", (seconds) => {
    expect(problems({ startTimeoutInSeconds: seconds, stopTimeoutInSeconds: seconds })).toEqual(
      ["startTimeoutInSeconds", "stopTimeoutInSeconds"].map((property) => [
        property,
        `'${property}' of container "web" must be a whole number from 2 to 120 on Fargate, got ${seconds}`,
      ]),
    );
  });

  test("may be longer on instances", () => {
    expect(problems({ stopTimeoutInSeconds: 600 }, "EC2")).toEqual([]);
    expect(problems({ stopTimeoutInSeconds: 1 }, "EXTERNAL")).toEqual([
      ["stopTimeoutInSeconds", `'stopTimeoutInSeconds' of container "web" must be a whole number of at least 2, got 1`],
    ]);
  });
});

describe("other limits", () => {
  test.each([[{ soft: 2, hard: 1 }], [{ soft: 0, hard: 1 }], [{ soft: 1.5, hard: 2 }]])(
    "of open files are not %j",
    (openFiles) => {
      expect(problems({ openFiles })).toEqual([
        [
          "openFiles",
          `'openFiles' of container "web" must have 'soft' and 'hard' of whole numbers above 0, 'soft' no more than 'hard', got ${JSON.stringify(openFiles)}`,
        ],
      ]);
    },
  );

  test.each([59, 1801])("of restarts are not %d seconds", (attemptPeriodInSeconds) => {
    expect(problems({ restartPolicy: { attemptPeriodInSeconds } })).toEqual([
      [
        "restartPolicy.attemptPeriodInSeconds",
        `'attemptPeriodInSeconds' of container "web" must be a whole number from 60 to 1800, got ${attemptPeriodInSeconds}`,
      ],
    ]);
  });

  test("ignore at most 50 statuses", () => {
    const codes = Array.from({ length: 51 }, (_, index) => index);
    expect(problems({ restartPolicy: { ignoredExitCodes: codes.slice(1) } })).toEqual([]);
    expect(problems({ restartPolicy: { ignoredExitCodes: codes } }).map(([at]) => at)).toEqual([
      "restartPolicy.ignoredExitCodes",
    ]);
  });

  test("of GPUs are for EC2", () => {
    expect(problems({ gpus: 1 }, "EC2")).toEqual([]);
    expect(problems({ gpus: 1 })).toEqual([
      ["gpus", `'gpus' of container "web" are not there on Fargate; run the task on EC2 instances that have some`],
    ]);
    expect(problems({ gpus: 0.5 }, "EC2")).toEqual([
      ["gpus", `'gpus' of container "web" must be a whole number above 0, got 0.5`],
    ]);
  });

  test("of a registry outside AWS are in a secret", () => {
    expect(problems({ repositoryCredentials: "user:password" }).map(([at]) => at)).toEqual(["repositoryCredentials"]);
  });
});

describe("with Windows", () => {
  test("a container needs nothing that is of Linux", () => {
    expect(onWindows({ readOnlyRootFilesystem: false, initProcess: false })).toEqual([]);
  });

  test.each<Partial<TaskContainer>>([
    { readOnlyRootFilesystem: true },
    { addCapabilities: ["CHOWN"] },
    { user: 1000 },
    { openFiles: { soft: 1, hard: 1 } },
    { initProcess: true },
    { restartPolicy: {} },
  ])("a container does not say %j", (container) => {
    const [property] = Object.keys(container);
    expect(onWindows(container)).toEqual([
      [
        property,
        `'${property}' of container "web" is not there for Windows, got 'operatingSystem' "WINDOWS_SERVER_2022_CORE"; leave it out`,
      ],
    ]);
  });
});

describe("a container is warned of", () => {
  test("when its image may be another one tomorrow", () => {
    expect(ecsContainerWarnings(taskContainer({ image: "nginx:latest" }))).toEqual([
      `'image' of container "web" "nginx:latest" has the tag "latest", so that tasks which start later may run another version; name one exact tag or a digest`,
    ]);
  });

  test("when a secret is among its arguments, which is not repeated", () => {
    expect(ecsContainerWarnings(taskContainer({ args: ["--database=postgres://shop:pa55word@db"] }))).toEqual([
      `'args' of container "web" holds a URL with a password in it, and everybody who may describe the task definition reads it; keep it in AWS Secrets Manager or Parameter Store, name it in 'secrets', and let the program read the variable`,
    ]);
    expect(ecsContainerWarnings(taskContainer({ command: ["serve"], args: ["--fast"] }))).toEqual([]);
  });
});
