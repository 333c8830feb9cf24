import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { TerraformStack } from "cdktf";
import { Ec2Service, type Ec2ServiceOptions } from "../../../src/constructs/ecs/ec2-service";
import { Ec2TaskDefinition } from "../../../src/constructs/ecs/ec2-task-definition";
import { EcsCluster } from "../../../src/constructs/ecs/ecs-cluster";
import { FargateTaskDefinition } from "../../../src/constructs/ecs/fargate-task-definition";
import type { IEcsCluster } from "../../../src/constructs/ecs/iecs-cluster";
import type { EcsClusterAttributes } from "../../../src/constructs/ecs/imported-ecs-cluster";
import { EventTask } from "../../../src/constructs/serverless/event-task";
import { ScheduledTask } from "../../../src/constructs/serverless/scheduled-task";
import { TaskWorkflow } from "../../../src/constructs/serverless/task-workflow";
import { EfsStorage } from "../../../src/constructs/storage/efs-storage";
import { vpcOf } from "../../support/constructs";
import { refusal, resource, resources, stackFor, synth } from "../../support/stack";
import { taskContainer } from "../../support/tasks";

const TYPES = { instanceTypes: ["m7i.large"], maxSize: 2 } as const;

const ours = (stack: TerraformStack) =>
  new EcsCluster(stack, "cluster", {
    clusterName: "shop",
    vpc: vpcOf(),
    autoScalingGroups: { general: TYPES, memory: TYPES, windows: { ...TYPES, os: "windows-core-2022" } },
  });

const theirs = (attributes: Partial<EcsClusterAttributes>) => (stack: TerraformStack) =>
  EcsCluster.fromAttributes(stack, "cluster", { clusterName: "theirs", vpc: vpcOf(), ...attributes });

type Use = (stack: TerraformStack, cluster: IEcsCluster, tasks: ReturnType<typeof tasksIn>) => void;

function tasksIn(stack: TerraformStack, cluster: IEcsCluster, networkMode: "awsvpc" | "bridge" | "host" = "bridge") {
  const fileSystem = new EfsStorage(stack, "efs", { cluster, accessPoints: { data: {} } });
  const mounting = {
    cluster,
    containers: [taskContainer({ mounts: { "/data": { volume: "data" } } })],
    volumes: { data: { efs: { fileSystem, accessPoint: "data" } } },
  };
  return {
    onInstances: new Ec2TaskDefinition(stack, "task", { ...mounting, networkMode }),
    onFargate: () => new FargateTaskDefinition(stack, "fargate-task", mounting),
  };
}

function build(use: Use, cluster: (stack: TerraformStack) => IEcsCluster = ours, networkMode?: "bridge" | "host") {
  const stack = stackFor();
  const made = cluster(stack);
  use(stack, made, tasksIn(stack, made, networkMode));
  const text = synth(stack);
  const rules = Object.entries(resources(text, VpcSecurityGroupIngressRule)).map(
    ([name, { referenced_security_group_id: from }]) => [name, from],
  );
  return { text, rules };
}

const serving =
  (options: Ec2ServiceOptions = {}, ids: readonly string[] = ["web"]): Use =>
  (stack, cluster, { onInstances }) => {
    for (const id of ids) {
      new Ec2Service(stack, id, { cluster, taskDefinition: onInstances, ...options });
    }
  };

const rule = (group: string) => [
  `efs_nfs-instances-shop-${group}`,
  `\${aws_security_group.cluster_instances-${group}_security-group.id}`,
];

describe("EFS without a network interface of the task's own", () => {
  test.each(["bridge", "host"] as const)("lets in the instances that a service runs on, in mode %s", (networkMode) => {
    const { text, rules } = build(serving({ capacity: { "shop-general": {} } }), ours, networkMode);
    expect(rules).toEqual([rule("general")]);
    const { depends_on: waits } = resource(text, EcsService);
    expect(waits).toContain("aws_vpc_security_group_ingress_rule.efs_nfs-instances-shop-general");
    expect(waits).toEqual(
      expect.arrayContaining([
        "aws_efs_mount_target.efs_mount-target-eu-west-1a",
        "aws_efs_file_system_policy.efs_policy",
      ]),
    );
  });

  test("lets them in once, for all services on them", () => {
    const { rules } = build(serving({ capacity: { "shop-general": {} } }, ["web", "api"]));
    expect(rules).toEqual([rule("general")]);
  });

  test("lets in all of the cluster's that can run it, where one task runs on each", () => {
    expect(build(serving({ scheduling: "DAEMON" })).rules).toEqual([rule("general"), rule("memory")]);
  });

  test("lets in instances of somebody else's cluster whose security group is told", () => {
    const cluster = { capacityProviders: ["general"], instanceSecurityGroupIds: { general: "sg-theirs" } };
    expect(build(serving(), theirs(cluster)).rules).toEqual([["efs_nfs-instances-general", "sg-theirs"]]);
    expect(refusal(() => build(serving(), theirs({ capacityProviders: ["general"] })))).toBe(
      `[test/web] task definition "theirs-task" mounts EFS by the network of its instances, whose security groups the file system has to let in, and those of "general" are not known; give them in 'instanceSecurityGroupIds' of the cluster, or choose 'networkMode' "awsvpc" of the task definition`,
    );
    expect(refusal(() => build(serving({ capacity: { general: {} } }), theirs({})))).toContain(
      `those of "general" are not known`,
    );
  });

  test("lets in the instances that a schedule runs tasks on", () => {
    const { rules } = build((stack, cluster, { onInstances: taskDefinition }) => {
      const capacity = { "shop-memory": {} };
      new ScheduledTask(stack, "nightly", { cluster, taskDefinition, capacity, schedule: "rate(1 day)" });
    });
    expect(rules).toEqual([rule("memory")]);
  });

  test("lets in both the instances and the tasks of their own network that an event starts", () => {
    const { rules } = build((stack, cluster, { onInstances, onFargate }) => {
      new EventTask(stack, "uploaded", {
        cluster,
        pattern: { source: ["aws.s3"] },
        tasks: {
          heavy: { taskDefinition: onInstances, capacity: { "shop-general": {} } },
          light: { taskDefinition: onFargate() },
        },
      });
    });
    expect(rules).toEqual([
      rule("general"),
      ["efs_nfs-uploaded", "${aws_security_group.uploaded_network_security-group.id}"],
    ]);
  });

  test("lets in no task of an own network that mounts nothing", () => {
    const { rules } = build((stack, cluster, { onInstances }) => {
      const light = new FargateTaskDefinition(stack, "light", { cluster, containers: [taskContainer()] });
      new EventTask(stack, "uploaded", {
        cluster,
        pattern: { source: ["aws.s3"] },
        tasks: {
          heavy: { taskDefinition: onInstances, capacity: { "shop-general": {} } },
          light: { taskDefinition: light },
        },
      });
    });
    expect(rules).toEqual([rule("general")]);
  });

  test("lets in the instances of each step of a workflow", () => {
    const { rules } = build((stack, cluster, { onInstances }) => {
      new TaskWorkflow(stack, "closing", {
        cluster,
        tasks: { books: onInstances },
        steps: [
          { name: "Collect", task: "books", capacity: { "shop-memory": {} } },
          { parallel: { one: [{ name: "Close", task: "books", capacity: { "shop-general": {} } }] }, name: "Both" },
        ],
      });
    });
    expect(rules).toEqual([rule("general"), rule("memory")]);
  });

  test("is refused of what a schedule, an event or a workflow runs on instances that are not known", () => {
    const cluster = theirs({ capacityProviders: ["general"] });
    const words = `those of "general" are not known`;
    const schedule: Use = (stack, it, { onInstances: taskDefinition }) => {
      new ScheduledTask(stack, "nightly", { cluster: it, taskDefinition, schedule: "rate(1 day)" });
    };
    const event: Use = (stack, it, { onInstances: taskDefinition }) => {
      const pattern = { source: ["aws.s3"] };
      new EventTask(stack, "uploaded", { cluster: it, pattern, tasks: { books: { taskDefinition } } });
    };
    const workflow: Use = (stack, it, { onInstances: books }) => {
      new TaskWorkflow(stack, "closing", { cluster: it, tasks: { books }, steps: [{ name: "Close", task: "books" }] });
    };
    for (const use of [schedule, event, workflow]) {
      expect(refusal(() => build(use, cluster))).toContain(words);
    }
  });
});
