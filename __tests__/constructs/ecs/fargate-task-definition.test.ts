import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { build, definitions, LOGS } from "../../support/fargate-tasks";
import { addresses, refusal, resource, warnings } from "../../support/stack";
import { PARAMETER_ARN, SECRET_ARN, taskContainer } from "../../support/tasks";

describe("FargateTaskDefinition", () => {
  test("is of the smallest size, keeps its old revisions and waits for its permissions", () => {
    const { container_definitions: _, ...rest } = resource(build().text, EcsTaskDefinition);
    expect(rest).toEqual({
      family: "shop-web",
      requires_compatibilities: ["FARGATE"],
      network_mode: "awsvpc",
      cpu: "256",
      memory: "512",
      runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "X86_64" },
      placement_constraints: [],
      volume: [],
      execution_role_arn: "${aws_iam_role.web_execution-role.arn}",
      task_role_arn: "${aws_iam_role.web_task-role.arn}",
      skip_destroy: true,
      depends_on: ["aws_iam_role_policy.web_execution-policy-start"],
    });
  });

  test("gives containers no capabilities and a read-only root file system", () => {
    expect(definitions(build().text)).toEqual([
      {
        name: "web",
        image: "registry.example.com/web:1.2.3",
        essential: true,
        cpu: 256,
        memory: 512,
        readonlyRootFilesystem: true,
        linuxParameters: { capabilities: { drop: ["ALL"] }, initProcessEnabled: true },
        logConfiguration: LOGS,
      },
    ]);
  });

  test("keeps its addresses, which are a contract", () => {
    expect(addresses(build().text)).toEqual([
      "aws_cloudwatch_log_group.web_logs",
      "aws_ecs_task_definition.web_task-definition",
      "aws_iam_role.web_execution-role",
      "aws_iam_role.web_task-role",
      "aws_iam_role_policy.web_execution-policy-start",
    ]);
  });

  test("tells services what they have to know", () => {
    const { task } = build();
    expect(task).toMatchObject({
      family: "shop-web",
      launch: "FARGATE",
      operatingSystem: "linux",
      architecture: "X86_64",
      ownNetworkInterface: true,
      fileSystems: [],
      oldestPlatformVersion: undefined,
      logGroupName: "/aws/ecs/shop/shop-web",
    });
  });

  test("renders all that a container can say, in one order", () => {
    const { text } = build({
      containers: [
        taskContainer({ name: "migrate", essential: false }),
        taskContainer({
          command: ["serve"],
          args: ["--fast"],
          workingDir: "/srv",
          environment: { Z: "1", A: "$$(HOST)" },
          secrets: { S: { parameterArn: PARAMETER_ARN }, D: { secretArn: SECRET_ARN, jsonKey: "url" } },
          ports: { metrics: 9090, http: { port: 8080, appProtocol: "http" }, dns: { port: 53, protocol: "UDP" } },
          liveness: { exec: ["true"] },
          dependsOn: { migrate: "SUCCESS" },
          startTimeoutInSeconds: 60,
          stopTimeoutInSeconds: 90,
          repositoryCredentials: SECRET_ARN,
          openFiles: { soft: 1024, hard: 2048 },
          restartPolicy: { ignoredExitCodes: [143, 0] },
          initProcess: false,
          mounts: { "/tmp": { volume: "scratch" }, "/a": { volume: "scratch", readOnly: true } },
          user: 1000,
          group: 1001,
          readOnlyRootFilesystem: false,
          addCapabilities: ["SYS_PTRACE", "NET_RAW", "CHOWN"],
        }),
      ],
      volumes: { scratch: { bind: {} } },
    });
    expect(definitions(text)[1]).toEqual({
      name: "web",
      image: "registry.example.com/web:1.2.3",
      essential: true,
      entryPoint: ["serve"],
      command: ["--fast"],
      workingDirectory: "/srv",
      cpu: 256,
      memory: 512,
      user: "1000:1001",
      environment: [
        { name: "A", value: "$(HOST)" },
        { name: "Z", value: "1" },
      ],
      secrets: [
        { name: "D", valueFrom: `${SECRET_ARN}:url::` },
        { name: "S", valueFrom: PARAMETER_ARN },
      ],
      portMappings: [
        { name: "dns", containerPort: 53, hostPort: 53, protocol: "udp" },
        { name: "http", containerPort: 8080, hostPort: 8080, protocol: "tcp", appProtocol: "http" },
        { name: "metrics", containerPort: 9090, hostPort: 9090, protocol: "tcp" },
      ],
      mountPoints: [
        { sourceVolume: "scratch", containerPath: "/a", readOnly: true },
        { sourceVolume: "scratch", containerPath: "/tmp", readOnly: false },
      ],
      healthCheck: { command: ["CMD", "true"], interval: 10, timeout: 5, retries: 3, startPeriod: 0 },
      dependsOn: [{ containerName: "migrate", condition: "SUCCESS" }],
      startTimeout: 60,
      stopTimeout: 90,
      repositoryCredentials: { credentialsParameter: SECRET_ARN },
      restartPolicy: { enabled: true, ignoredExitCodes: [0, 143], restartAttemptPeriod: 300 },
      ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 2048 }],
      readonlyRootFilesystem: false,
      linuxParameters: {
        capabilities: {
          add: ["SYS_PTRACE"],
          drop: [
            "AUDIT_WRITE",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT",
          ],
        },
        initProcessEnabled: false,
      },
      logConfiguration: LOGS,
    });
  });

  test("is the same to the byte in whatever order its parts are given", () => {
    const volumes = { b: { bind: {} }, a: { bind: {} } } as const;
    const mounts = { "/b": { volume: "b" }, "/a": { volume: "a" } };
    const environment = { B: "2", A: "1" };
    const one = build({ volumes, containers: [taskContainer({ mounts, environment })] }).text;
    const other = build({
      volumes: { a: { bind: {} }, b: { bind: {} } },
      containers: [
        taskContainer({
          mounts: { "/a": { volume: "a" }, "/b": { volume: "b" } },
          environment: { A: "1", B: "2" },
        }),
      ],
    }).text;
    expect(other).toBe(one);
  });

  test("has the size, the disk and the platform that it is given", () => {
    const { text, task } = build({
      size: { cpu: "8", memory: "16Gi" },
      ephemeralStorage: "50Gi",
      architecture: "ARM64",
    });
    expect(resource(text, EcsTaskDefinition)).toMatchObject({
      cpu: "8192",
      memory: "16384",
      ephemeral_storage: { size_in_gib: 50 },
      runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "ARM64" },
    });
    expect([task.architecture, task.oldestPlatformVersion]).toEqual(["ARM64", "1.4.0"]);
  });

  test("with Windows has nothing of Linux", () => {
    const { text, task } = build({ operatingSystem: "WINDOWS_SERVER_2022_CORE", size: { cpu: "1", memory: "2Gi" } });
    const [container] = definitions(text);
    expect(container).not.toHaveProperty("linuxParameters");
    expect(container).not.toHaveProperty("readonlyRootFilesystem");
    expect([task.operatingSystem, task.oldestPlatformVersion]).toEqual(["windows", undefined]);
  });

  test("refuses what Fargate would, all at once, with its path", () => {
    const message = refusal(() =>
      build({ size: { cpu: "250m", memory: "4Gi" }, family: "a b", containers: [taskContainer({ gpus: 1 })] }),
    );
    expect(message.split("\n")).toEqual([
      "[test/web] 'gpus' of container \"web\" are not there on Fargate; run the task on EC2 instances that have some",
      "[test/web] 'size' must be a pair of CPU and memory that Fargate has, got 0.25vCPU 4GB; the nearest are 0.25vCPU 2GB and 0.5vCPU 4GB",
      expect.stringContaining("the name of an ECS task definition must be 1 to 255 characters"),
    ]);
  });

  test("refuses more than ECS registers", () => {
    const environment = { TEXT: "x".repeat(65_536) };
    expect(refusal(() => build({ containers: [taskContainer({ environment })] }))).toMatch(
      /^\[test\/web\] a task definition must have at most 65536 bytes, got \d+; keep long values of 'environment' in Parameter Store, or in a file of the image$/,
    );
  });

  test("warns of an image that may be another one tomorrow", () => {
    const { stack } = build({ containers: [taskContainer({ image: "nginx" })] });
    expect(warnings(stack)).toEqual([
      expect.stringContaining(`[test/web] 'image' of container "web" "nginx" has no tag`),
    ]);
  });
});
