import { build, type Options, policy } from "../../support/fargate-tasks";
import { ACCOUNT, addresses, refusal, stackFor, warnings } from "../../support/stack";
import { ecsClusterIn, KEY_ARN, taskContainer } from "../../support/tasks";

describe("ECS Exec", () => {
  const execLogging = {
    kmsKeyArn: KEY_ARN,
    logGroupArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/ecs-exec/shop`,
  };

  test("has what it needs once it is asked for, once", () => {
    const { text } = build({ containers: [taskContainer({ readOnlyRootFilesystem: false })] }, (task) => {
      task.allowExec(ecsClusterIn(stackFor(), { execLogging }));
      task.allowExec(ecsClusterIn(stackFor(), { execLogging }));
    });
    expect(addresses(text).filter((address) => address.includes("exec-"))).toEqual([]);
    expect(policy(text, "web_task-policy-exec")).toEqual([
      {
        Sid: "Channels",
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
      { Sid: "LogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      {
        Sid: "SessionLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [execLogging.logGroupArn, `${execLogging.logGroupArn}:*`],
      },
      { Sid: "SessionKey", Effect: "Allow", Action: "kms:Decrypt", Resource: KEY_ARN },
    ]);
  });

  test("is not there otherwise", () => {
    expect(build().text).not.toContain("ssmmessages");
  });

  test("needs a cluster that records it", () => {
    expect(refusal(() => build({}, (task) => task.allowExec(ecsClusterIn(stackFor()))))).toBe(
      '[test/web] ECS Exec needs a cluster that records its sessions, and cluster "shop" lets nobody open a shell; allow it there',
    );
  });

  test("warns of containers into which it cannot open", () => {
    const asked = (container: Parameters<typeof taskContainer>[0], volumes: Options["volumes"] = {}) =>
      warnings(
        build({ containers: [taskContainer(container)], volumes }, (task) =>
          task.allowExec(ecsClusterIn(stackFor(), { execLogging })),
        ).stack,
      );
    expect(asked({})).toEqual([
      `[test/web] ECS Exec opens no shell in containers with a read-only root file system ("web"), as its agent writes to "/var/lib/amazon/ssm", "/var/log/amazon/ssm"; mount a 'bind' volume on each of the two, or give readOnlyRootFilesystem: false`,
    ]);
    const mounts = { "/var/lib/amazon": { volume: "lib" }, "/var/log/amazon/ssm": { volume: "log" } };
    expect(asked({ mounts }, { lib: { bind: {} }, log: { bind: {} } })).toEqual([]);
  });
});
