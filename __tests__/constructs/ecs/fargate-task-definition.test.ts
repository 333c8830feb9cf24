import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { TerraformStack } from "cdktf";
import {
  FargateTaskDefinition,
  type FargateTaskDefinitionProps,
} from "../../../src/constructs/ecs/fargate-task-definition";
import { EfsStorage } from "../../../src/constructs/storage/efs-storage";
import {
  ACCOUNT,
  addresses,
  resources as all,
  PARTITIONS,
  refusal,
  resolved,
  resource,
  type Statement,
  stackFor,
  statements,
  synth,
  warnings,
} from "../../support/stack";
import { ecsClusterIn, KEY_ARN, PARAMETER_ARN, SECRET_ARN, taskContainer } from "../../support/tasks";

type Options = Partial<FargateTaskDefinitionProps>;

function build(
  options: Options | ((stack: TerraformStack) => Options) = {},
  use: (task: FargateTaskDefinition) => void = () => undefined,
  region?: string,
) {
  const stack = stackFor(region);
  const given = typeof options === "function" ? options(stack) : options;
  const task = new FargateTaskDefinition(stack, "web", {
    cluster: ecsClusterIn(stack),
    containers: [taskContainer()],
    ...given,
  });
  use(task);
  return { stack, task, text: synth(stack) };
}

/** The containers as ECS registers them. */
function definitions(text: string): Readonly<Record<string, unknown>>[] {
  const { container_definitions: json } = resource(text, EcsTaskDefinition);
  return JSON.parse(String(json).replaceAll(/\$\{[^}]*\}/g, (it) => JSON.stringify(it).slice(1, -1)));
}

function policy(text: string, name: string): Statement[] {
  return statements(resource(text, IamRolePolicy, name).policy);
}

const LOGS = {
  logDriver: "awslogs",
  options: {
    "awslogs-group": "${aws_cloudwatch_log_group.web_logs.name}",
    "awslogs-region": "eu-west-1",
    "awslogs-stream-prefix": "ecs",
    "max-buffer-size": "25m",
    mode: "non-blocking",
  },
};

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

describe("its roles", () => {
  test.each(PARTITIONS)("are for this account's tasks in $region alone", ({ region, partition }) => {
    const { text } = build({}, undefined, region);
    for (const name of ["web_task-role", "web_execution-role"]) {
      expect(statements(resource(text, IamRole, name).assume_role_policy)).toEqual([
        {
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${ACCOUNT}:*` },
            StringEquals: { "aws:SourceAccount": ACCOUNT },
          },
        },
      ]);
    }
    expect(all(text, IamRole)).toMatchObject({
      "web_task-role": { name: "shop-web-task" },
      "web_execution-role": { name: "shop-web-execution" },
    });
  });

  test("let ECS write to the task's own log group, and no more where there is no more", () => {
    expect(policy(build().text, "web_execution-policy-start")).toEqual([
      {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.web_logs.arn}:*",
      },
    ]);
  });

  test("let ECS pull from the images' repositories alone", () => {
    const ecr = (name: string) => `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com/${name}`;
    const { text } = build({
      containers: [
        taskContainer({ name: "a", image: ecr("team/web:1") }),
        taskContainer({ name: "b", image: ecr("team/web:2") }),
        taskContainer({ name: "c", image: ecr(`api@sha256:${"0".repeat(64)}`) }),
        taskContainer({ name: "d", image: "public.ecr.aws/nginx/nginx:1.29" }),
      ],
    });
    expect(policy(text, "web_execution-policy-start").slice(1)).toEqual([
      {
        Sid: "Pull",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: [
          `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/api`,
          `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/team/web`,
        ],
      },
      { Sid: "LogIn", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    ]);
  });

  test("let ECS pull from a repository that Terraform alone knows", () => {
    const { text } = build((stack) => {
      const { repositoryUrl } = new EcrRepository(stack, "repository", { name: "web" });
      return {
        containers: [
          taskContainer({ name: "a", image: `${repositoryUrl}:1` }),
          taskContainer({ name: "b", image: `${repositoryUrl}:2` }),
        ],
      };
    });
    expect(resource(text, IamRolePolicy, "web_execution-policy-start").policy).toContain(
      '"Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/${replace(replace(aws_ecr_repository.repository.repository_url, "/^[^/]+//", ""), "/[:@].*$/", "")}"',
    );
  });

  test("let ECS read the secrets that containers name, and decrypt with keys that are named, by way of their stores", () => {
    const { text } = build({
      containers: [
        taskContainer({
          repositoryCredentials: SECRET_ARN.replace("password", "registry"),
          secrets: { A: { secretArn: SECRET_ARN, jsonKey: "a" }, B: { secretArn: SECRET_ARN, jsonKey: "b" } },
        }),
      ],
      secretKeyArns: [KEY_ARN],
      fireLens: {
        outputs: { web: { options: { Name: "http" }, secrets: { key: { parameterArn: PARAMETER_ARN } } } },
      },
    });
    expect(policy(text, "web_execution-policy-start").slice(1)).toEqual([
      {
        Sid: "Secrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: [SECRET_ARN, SECRET_ARN.replace("password", "registry")],
      },
      { Sid: "Parameters", Effect: "Allow", Action: "ssm:GetParameters", Resource: PARAMETER_ARN },
      {
        Sid: "SecretKeys",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: KEY_ARN,
        Condition: {
          StringEquals: {
            "kms:ViaService": ["secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"],
          },
        },
      },
    ]);
  });

  test("let the programs do what they are granted, and ECS too", () => {
    const statement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] };
    const { text } = build({}, (task) => {
      task.grant("bucket", [statement]);
      task.grantExecution("more", [statement]);
    });
    expect(resource(text, IamRolePolicy, "web_task-policy-bucket")).toMatchObject({
      role: "${aws_iam_role.web_task-role.name}",
      name: "bucket",
    });
    expect(resource(text, IamRolePolicy, "web_execution-policy-more")).toMatchObject({
      role: "${aws_iam_role.web_execution-role.name}",
      name: "more",
    });
  });

  test("are called as they shall be", () => {
    const { text } = build({ taskRoleName: "a", executionRoleName: "b" });
    expect(all(text, IamRole)).toMatchObject({ "web_task-role": { name: "a" }, "web_execution-role": { name: "b" } });
  });

  test("may be there already, and get what they need", () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/team/shared`;
    const { text, task } = build({ taskRoleArn: role, executionRoleArn: role }, (it) => it.grant("bucket", []));
    expect(all(text, IamRole)).toEqual({});
    expect([task.taskRoleArn, task.executionRoleArn, task.taskRoleName]).toEqual([role, role, "shared"]);
    expect(resource(text, IamRolePolicy, "web_execution-policy-start")).toMatchObject({
      role: "shared",
      name: "shop-web-start",
    });
    expect(resource(text, IamRolePolicy, "web_task-policy-bucket")).toMatchObject({ name: "shop-web-bucket" });
  });

  test("may be known to Terraform alone", () => {
    const { stack, task } = build((it) => {
      const { arn } = new IamRole(it, "role", { name: "a", assumeRolePolicy: "{}" });
      return { taskRoleArn: arn };
    });
    expect(resolved(stack, task.taskRoleName)).toBe('${element(reverse(split("/", aws_iam_role.role.arn)), 0)}');
  });
});

describe("its file systems", () => {
  const mounting = (stack: TerraformStack, readOnly = false): Options => {
    const fileSystem = new EfsStorage(stack, "efs", {
      cluster: ecsClusterIn(stack),
      accessPoints: { uploads: {}, root: { uid: 0, gid: 0 } },
    });
    return {
      containers: [taskContainer({ mounts: { "/a": { volume: "a", readOnly }, "/b": { volume: "b", readOnly } } })],
      volumes: {
        a: { efs: { fileSystem, accessPoint: "uploads" } },
        b: { efs: { fileSystem, accessPoint: "root" } },
      },
    };
  };

  test("are mounted by their access points, encrypted, as the task role", () => {
    const { text, task } = build((stack) => mounting(stack));
    expect(resource(text, EcsTaskDefinition).volume).toEqual(
      [
        ["a", "uploads"],
        ["b", "root"],
      ].map(([name, accessPoint]) => ({
        name,
        efs_volume_configuration: {
          file_system_id: "${aws_efs_file_system.efs_file-system.id}",
          transit_encryption: "ENABLED",
          authorization_config: {
            access_point_id: `\${aws_efs_access_point.efs_access-point-${accessPoint}.id}`,
            iam: "ENABLED",
          },
        },
      })),
    );
    expect(task.fileSystems.map(({ key }) => key)).toEqual(["default"]);
    expect(task.oldestPlatformVersion).toBe("1.4.0");
  });

  test("let the task role use these access points, root's as root, before anything runs", () => {
    const { text } = build((stack) => mounting(stack));
    const resourceArn = "${aws_efs_file_system.efs_file-system.arn}";
    expect(policy(text, "web_task-policy-file-systems")).toEqual([
      {
        Effect: "Allow",
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Resource: resourceArn,
        Condition: {
          StringEquals: {
            "elasticfilesystem:AccessPointArn": "${aws_efs_access_point.efs_access-point-uploads.arn}",
          },
        },
      },
      {
        Effect: "Allow",
        Action: [
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientRootAccess",
          "elasticfilesystem:ClientWrite",
        ],
        Resource: resourceArn,
        Condition: {
          StringEquals: { "elasticfilesystem:AccessPointArn": "${aws_efs_access_point.efs_access-point-root.arn}" },
        },
      },
    ]);
    expect(resource(text, EcsTaskDefinition).depends_on).toContain("aws_iam_role_policy.web_task-policy-file-systems");
  });

  test("are not written to where all containers only read", () => {
    const { text } = build((stack) => mounting(stack, true));
    expect(policy(text, "web_task-policy-file-systems").map(({ Action }) => Action)).toEqual([
      "elasticfilesystem:ClientMount",
      ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess"],
    ]);
  });

  test("have the access points that volumes name", () => {
    expect(
      refusal(() =>
        build((stack) => ({
          containers: [taskContainer({ mounts: { "/a": { volume: "a" } } })],
          volumes: {
            a: {
              efs: {
                fileSystem: new EfsStorage(stack, "efs", { cluster: ecsClusterIn(stack), accessPoints: { data: {} } }),
                accessPoint: "uploads",
              },
            },
          },
        })),
      ),
    ).toBe('[test/efs] there is no access point "uploads"; the file system has "data"');
  });
});

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
