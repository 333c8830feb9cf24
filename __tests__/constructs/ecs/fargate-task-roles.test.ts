import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { build, policy } from "../../support/fargate-tasks";
import { ACCOUNT, resources as all, PARTITIONS, refusal, resolved, resource, statements } from "../../support/stack";
import { KEY_ARN, PARAMETER_ARN, SECRET_ARN, taskContainer } from "../../support/tasks";

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

  test("are not granted what IAM would call malformed", () => {
    const statement = { sid: "my sid", actions: ["s3.GetObject"], resources: ["shop/*"] };
    const refused = (grant: "grant" | "grantExecution") =>
      refusal(() => build({}, (task) => task[grant]("bucket", [statement])));
    for (const message of [refused("grant"), refused("grantExecution")]) {
      expect(message.split("\n")).toEqual([
        expect.stringContaining("'sid' of a statement must hold letters and digits alone"),
        expect.stringContaining(`got "s3.GetObject"`),
        expect.stringContaining(`got "shop/*"`),
      ]);
    }
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
