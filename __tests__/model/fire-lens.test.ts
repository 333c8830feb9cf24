import { type FireLens, fireLensProblems, logRouterOf } from "../../src/model/fire-lens";
import type { TaskContainer } from "../../src/model/task-container";
import type { TaskLaunch, TaskPlatform } from "../../src/model/task-platform";
import { SECRET_ARN, taskContainer, told } from "../support/tasks";

const OUTPUTS: FireLens["outputs"] = { web: { options: { Name: "cloudwatch_logs" } } };

function problems(
  fireLens: Partial<FireLens>,
  launch: TaskLaunch = "FARGATE",
  platform: TaskPlatform = {},
  container: Partial<TaskContainer> = {},
) {
  return told(fireLensProblems({ outputs: OUTPUTS, ...fireLens }, [taskContainer(container)], launch, platform));
}

describe("FireLens", () => {
  test("needs an output, and may say all", () => {
    expect(problems({})).toEqual([]);
    expect(
      problems({
        outputs: {
          web: { options: { name: "http", Host: "logs" }, secrets: { http_Passwd: { secretArn: SECRET_ARN } } },
        },
        image: "registry.example.com/fluent-bit:1",
        configuration: { file: "/more.conf" },
        metadata: false,
        cpu: "100m",
        memory: "256Mi",
      }),
    ).toEqual([]);
    expect(problems({ configuration: { s3Arn: "arn:aws:s3:::bucket/more.conf" } }, "EC2")).toEqual([]);
  });

  test("runs a container of its own", () => {
    expect(logRouterOf({ outputs: {} })).toEqual({
      name: "log-router",
      image: "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.12",
      cpu: "50m",
      memory: "128Mi",
      user: 0,
      readOnlyRootFilesystem: false,
    });
  });

  test.each<TaskLaunch>(["FARGATE", "EC2", "EXTERNAL"])("is not there with Windows on %s", (launch) => {
    expect(problems({}, launch, { operatingSystem: "WINDOWS_SERVER_2022_FULL" })).toEqual([
      ["", "'fireLens' is not there for tasks with Windows; leave it out, and the logs go to the task's log group"],
    ]);
    expect(problems({}, launch, { operatingSystem: "LINUX" })).toEqual([]);
  });

  test("takes the logs of one container at least, which is there", () => {
    expect(problems({ outputs: {} })).toEqual([
      [
        "outputs",
        `'outputs' of 'fireLens' must hold an output of at least one container ("web"), got none; add one, or leave 'fireLens' out`,
      ],
    ]);
    expect(problems({ outputs: { api: { options: { Name: "null" } } } })).toEqual([
      ["outputs.api", `'outputs' of 'fireLens' must hold names of containers of the task ("web"), got "api"`],
    ]);
  });

  test("knows the plugin, unless a configuration routes the logs", () => {
    expect(problems({ outputs: { web: {} } })).toEqual([
      [
        "outputs.web.options",
        `the output of container "web" must have an option "Name" with the plugin of Fluent Bit, like "cloudwatch_logs" or "kinesis_firehose"; add it, or route the logs in 'configuration'`,
      ],
    ]);
    expect(problems({ outputs: { web: {} }, configuration: { file: "/a" } })).toEqual([]);
  });

  test.each([
    ["apikey", "abcdef"],
    ["URI", "https://user:pa55word@logs.example.com"],
  ])("has no secret in option %j", (option, value) => {
    expect(problems({ outputs: { web: { options: { Name: "http", [option]: value } } } })).toEqual([
      [
        `outputs.web.options.${option}`,
        `option "${option}" of the output of container "web" looks like a secret, and everybody who may describe the task definition reads it; keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets'`,
      ],
    ]);
  });

  test("reads secrets that AWS keeps", () => {
    const output = { options: { Name: "http" }, secrets: { key: { secretName: "a", key: "b" } } };
    expect(problems({ outputs: { web: output } }).map(([at]) => at)).toEqual(["outputs.web.secrets.key.secretName"]);
  });

  test("takes no file from S3 on Fargate", () => {
    expect(problems({ configuration: { s3Arn: "arn:aws:s3:::bucket/more.conf" } })).toEqual([
      [
        "configuration.s3Arn",
        "'s3Arn' of 'configuration' of 'fireLens' is for tasks on instances, as Fargate takes a file of the image alone; build the file into an image, and give 'image' and 'file'",
      ],
    ]);
    expect(problems({ configuration: { s3Arn: "s3://bucket/a" } }, "EC2")).toEqual([
      [
        "configuration.s3Arn",
        `'s3Arn' of 'configuration' of 'fireLens' must be the ARN of an object, like "arn:aws:s3:::configuration/fluent-bit.conf", got "s3://bucket/a"`,
      ],
    ]);
  });

  test.each<[string, Partial<FireLens>]>([
    ["configuration.file", { configuration: { file: "more.conf" } }],
    ["configuration", { configuration: {} as { file: string } }],
    ["image", { image: "https://fluent" }],
    ["cpu", { cpu: "0" }],
    ["memory", { memory: "1Mi" }],
  ])("has a '%s' that can be", (at, fireLens) => {
    expect(problems(fireLens).map(([place]) => place)).toEqual([at]);
  });

  test("takes no logs that go elsewhere by a driver", () => {
    expect(problems({}, "FARGATE", {}, { logging: { driver: "splunk" } })).toEqual([
      ["outputs.web", `container "web" has 'logging' and an output of 'fireLens'; keep one`],
    ]);
  });

  test("has its port for itself", () => {
    expect(problems({}, "FARGATE", {}, { ports: { logs: 24_224 } })).toEqual([
      [
        "",
        `port "logs" of container "web" must not be 24224, on which the log router of 'fireLens' listens; use another, such as 24225`,
      ],
    ]);
  });
});
