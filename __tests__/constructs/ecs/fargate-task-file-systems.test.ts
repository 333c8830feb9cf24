import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { TerraformStack } from "cdktf";
import { EfsStorage } from "../../../src/constructs/storage/efs-storage";
import { build, type Options, policy } from "../../support/fargate-tasks";
import { refusal, resource } from "../../support/stack";
import { ecsClusterIn, taskContainer } from "../../support/tasks";

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
