import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { build, definitions, LOGS, policy } from "../../support/fargate-tasks";
import { resource } from "../../support/stack";
import { KEY_ARN, PARAMETER_ARN, SECRET_ARN, taskContainer } from "../../support/tasks";

describe("its logs", () => {
  test("are kept for a year in a group of its own", () => {
    expect(resource(build().text, CloudwatchLogGroup)).toEqual({
      name: "/aws/ecs/shop/shop-web",
      retention_in_days: 365,
    });
  });

  test("are kept, encrypted and written as they shall be", () => {
    const { text } = build({ logs: { retentionInDays: 30, kmsKeyArn: KEY_ARN, mode: "blocking" } });
    expect(resource(text, CloudwatchLogGroup)).toMatchObject({ retention_in_days: 30, kms_key_id: KEY_ARN });
    const { "max-buffer-size": _, ...options } = LOGS.options;
    expect(definitions(text)[0]?.logConfiguration).toEqual({ ...LOGS, options: { ...options, mode: "blocking" } });
  });

  test("go by a driver of the container's own, whose secrets ECS may read", () => {
    const logging = {
      driver: "splunk",
      options: { "splunk-url": "https://splunk.example.com" },
      secrets: { "splunk-token": { secretArn: SECRET_ARN } },
    } as const;
    const { text } = build({ containers: [taskContainer({ logging })] });
    expect(definitions(text)[0]?.logConfiguration).toEqual({
      logDriver: "splunk",
      options: { "splunk-url": "https://splunk.example.com" },
      secretOptions: [{ name: "splunk-token", valueFrom: SECRET_ARN }],
    });
    expect(policy(text, "web_execution-policy-start")[1]).toMatchObject({ Sid: "Secrets", Resource: SECRET_ARN });
    const more = { driver: "awslogs", options: { "awslogs-datetime-format": "%Y" } } as const;
    expect(definitions(build({ containers: [taskContainer({ logging: more })] }).text)[0]?.logConfiguration).toEqual({
      ...LOGS,
      options: { ...LOGS.options, "awslogs-datetime-format": "%Y" },
    });
  });

  test("go through a log router, which is essential and starts first, where FireLens takes them", () => {
    const { text } = build({
      containers: [taskContainer(), taskContainer({ name: "side" })],
      fireLens: {
        outputs: {
          web: {
            options: { region: "eu-west-1", Name: "kinesis_firehose" },
            secrets: { key: { parameterArn: PARAMETER_ARN } },
          },
        },
        configuration: { file: "/more.conf" },
      },
    });
    const [router, web, side] = definitions(text);
    expect(router).toEqual({
      name: "log-router",
      image: "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.12",
      essential: true,
      cpu: 51,
      memory: 128,
      user: "0",
      readonlyRootFilesystem: false,
      firelensConfiguration: {
        type: "fluentbit",
        options: {
          "config-file-type": "file",
          "config-file-value": "/more.conf",
          "enable-ecs-log-metadata": "true",
        },
      },
      logConfiguration: LOGS,
    });
    expect(web).toMatchObject({
      dependsOn: [{ containerName: "log-router", condition: "START" }],
      logConfiguration: {
        logDriver: "awsfirelens",
        options: { Name: "kinesis_firehose", region: "eu-west-1" },
        secretOptions: [{ name: "key", valueFrom: PARAMETER_ARN }],
      },
    });
    expect(side).not.toHaveProperty("dependsOn");
    expect(side?.logConfiguration).toEqual(LOGS);
    expect(resource(text, EcsTaskDefinition)).toMatchObject({ cpu: "1024", memory: "2048" });
  });
});
