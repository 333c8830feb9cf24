import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Testing } from "cdktf";
import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { withoutStackTraces } from "../../../src/stacks/stack-traces";
import { appInMemory, resource, resources } from "../../support/stack";

const synth = (ecs: string) =>
  withoutStackTraces(() => {
    const text = `name: shop\nregion: eu-west-1\naccount: "111122223333"\nnetwork: { zones: [eu-west-1a, eu-west-1b] }\necs:\n${ecs}`;
    return Testing.synth(new EcsStack(appInMemory(), "shop", parseEcsSettings(text, "ecs.yaml")));
  });

const WEB = `  taskDefinitions:
    web:
      containers:
        - { name: web, image: "registry.example.com/web:1", cpu: 250m, memory: 512Mi }
`;

describe("addTaskDefinitions", () => {
  test("makes a task definition on Fargate, and tells its ARN", () => {
    const text = synth(WEB);
    expect(resource(text, EcsTaskDefinition, "task-web_task-definition")).toMatchObject({
      family: "shop-web",
      requires_compatibilities: ["FARGATE"],
    });
    expect(JSON.parse(text).output.task_definition_arns.value).toEqual({
      web: "${aws_ecs_task_definition.task-web_task-definition.arn}",
    });
    expect(JSON.parse(text).output.log_group_names.value).toEqual({ web: "/aws/ecs/shop/shop-web" });
  });

  test("makes one on EC2, with what its programs may do", () => {
    const text = synth(`${WEB}      launch: EC2
      networkMode: bridge
      taskPolicy: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] }]
`);
    expect(resource(text, EcsTaskDefinition)).toMatchObject({
      requires_compatibilities: ["EC2"],
      network_mode: "bridge",
    });
    expect(resource(text, IamRolePolicy, "task-web_task-policy-settings").policy).toContain("s3:GetObject");
  });

  test("takes images from repositories of the settings", () => {
    const image = '"registry.example.com/web:1"';
    const text = synth(`  repositories: { web: {} }\n${WEB.replace(image, "{ repository: web, tag: '1.2' }")}`);
    expect(resource(text, EcsTaskDefinition).container_definitions).toContain(
      '"image":"${aws_ecr_repository.repository-web_repository.repository_url}:1.2"',
    );
  });

  test("mounts file systems of the settings", () => {
    const text = synth(`  efs:
    shared:
      accessPoints: { uploads: {} }
      deletionProtection: false
${WEB.replace("512Mi }", "512Mi, mounts: { /data: { volume: data } } }")}      volumes:
        data: { efs: { fileSystem: shared, accessPoint: uploads } }
`);
    expect(resources(text, EfsFileSystem)).toHaveProperty("efs-shared_file-system");
    expect(resource(text, EcsTaskDefinition).volume).toMatchObject([
      {
        name: "data",
        efs_volume_configuration: { file_system_id: "${aws_efs_file_system.efs-shared_file-system.id}" },
      },
    ]);
    expect(JSON.parse(text).output.efs_file_system_ids.value).toEqual({
      shared: "${aws_efs_file_system.efs-shared_file-system.id}",
    });
  });
});
