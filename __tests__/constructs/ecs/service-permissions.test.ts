import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { TerraformStack } from "cdktf";
import { Ec2Service } from "../../../src/constructs/ecs/ec2-service";
import { Ec2TaskDefinition } from "../../../src/constructs/ecs/ec2-task-definition";
import { EcsCluster } from "../../../src/constructs/ecs/ecs-cluster";
import { FargateService, type FargateServiceOptions } from "../../../src/constructs/ecs/fargate-service";
import {
  FargateTaskDefinition,
  type FargateTaskDefinitionProps,
} from "../../../src/constructs/ecs/fargate-task-definition";
import { EfsStorage } from "../../../src/constructs/storage/efs-storage";
import { vpcOf } from "../../support/constructs";
import { refusal, resource, stackFor, synth } from "../../support/stack";
import { taskContainer } from "../../support/tasks";

function build(
  options: FargateServiceOptions = {},
  task: (stack: TerraformStack, cluster: EcsCluster) => Partial<FargateTaskDefinitionProps> = () => ({}),
  ids: readonly string[] = ["web"],
) {
  const stack = stackFor();
  const cluster = new EcsCluster(stack, "cluster", {
    clusterName: "shop",
    vpc: vpcOf(),
    serviceConnectNamespace: "shop.local",
  });
  const taskDefinition = new FargateTaskDefinition(stack, "task", {
    cluster,
    size: { cpu: "500m", memory: "1Gi" },
    containers: [taskContainer()],
    ...task(stack, cluster),
  });
  for (const id of ids) {
    new FargateService(stack, id, { cluster, taskDefinition, ...options });
  }
  const text = synth(stack);
  return (id = "web") => resource(text, EcsService, `${id}_service`).depends_on;
}

describe("a service waits for what its tasks need when they start", () => {
  test("the permission to write the logs of its proxy", () => {
    const policy = "aws_iam_role_policy.task_execution-policy-service-connect-logs-shop-web";
    expect(build({ serviceConnect: {} })()).toContain(policy);
    expect(build({ serviceConnect: { logRetentionInDays: false } })()).not.toContain(policy);
  });

  test("the permission of people to open a shell, also of the second service", () => {
    const policy = "aws_iam_role_policy.task_task-policy-exec";
    const waits = build({ exec: true }, undefined, ["web", "api"]);
    expect([waits("web"), waits("api")]).toEqual([expect.arrayContaining([policy]), expect.arrayContaining([policy])]);
    expect(build()()).not.toContain(policy);
  });

  test("what its task definition was granted before", () => {
    const stack = stackFor();
    const cluster = new EcsCluster(stack, "cluster", { clusterName: "shop", vpc: vpcOf() });
    const taskDefinition = new FargateTaskDefinition(stack, "task", { cluster, containers: [taskContainer()] });
    const statements = [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] }];
    taskDefinition.grant("files", statements);
    taskDefinition.grantExecution("start-files", statements);
    new FargateService(stack, "web", { cluster, taskDefinition });
    expect(resource(synth(stack), EcsService, "web_service").depends_on).toEqual(
      expect.arrayContaining([
        "aws_iam_role_policy.task_task-policy-files",
        "aws_iam_role_policy.task_execution-policy-start-files",
      ]),
    );
  });

  test("its way to the file systems", () => {
    const waits = build({}, (stack, cluster) => ({
      containers: [taskContainer({ mounts: { "/data": { volume: "data" } } })],
      volumes: {
        data: {
          efs: {
            fileSystem: new EfsStorage(stack, "efs", { cluster, accessPoints: { data: {} } }),
            accessPoint: "data",
          },
        },
      },
    }));
    expect(waits()).toContain("aws_vpc_security_group_ingress_rule.efs_nfs-shop-web");
  });
});

describe("Service Connect", () => {
  test("needs memory that the containers leave, the log router among them", () => {
    const fireLens = { outputs: { web: { options: { Name: "null" } } }, memory: "512Mi" };
    expect(refusal(() => build({ serviceConnect: {} }, () => ({ fireLens })))).toBe(
      `[test/web] 'size' of task definition "shop-task" must have more memory than its containers together, 1Gi, for the proxy that 'serviceConnect' puts into each task, got 0.5vCPU 1GB; give it { cpu: "500m", memory: "2Gi" }`,
    );
    expect(build({}, () => ({ fireLens }))()).toBeDefined();
  });

  test("needs a size of the task on instances", () => {
    const onInstances = (size?: { cpu: string; memory: string }) => {
      const stack = stackFor();
      const cluster = new EcsCluster(stack, "cluster", {
        clusterName: "shop",
        vpc: vpcOf(),
        autoScalingGroups: { general: { instanceTypes: ["m7i.large"], maxSize: 2 } },
        serviceConnectNamespace: "shop.local",
      });
      const taskDefinition = new Ec2TaskDefinition(stack, "task", {
        cluster,
        containers: [taskContainer()],
        ...(size === undefined ? {} : { size }),
      });
      new Ec2Service(stack, "web", { cluster, taskDefinition, serviceConnect: {} });
      return resource(synth(stack), EcsService).service_connect_configuration;
    };
    expect(refusal(() => onInstances())).toContain(`together, 512Mi, for the proxy that 'serviceConnect' puts`);
    expect(onInstances({ cpu: "500m", memory: "576Mi" })).toMatchObject({ enabled: true });
  });

  test("is not there with Windows", () => {
    expect(
      refusal(() =>
        build({ serviceConnect: {} }, () => ({
          operatingSystem: "WINDOWS_SERVER_2022_CORE",
          size: { cpu: "1", memory: "4Gi" },
        })),
      ),
    ).toBe(
      `[test/web] 'serviceConnect' is not there for tasks with Windows, for which task definition "shop-task" is; use 'discovery' or a load balancer`,
    );
  });
});
