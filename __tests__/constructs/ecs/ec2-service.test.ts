import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Ec2Service, type Ec2ServiceOptions } from "../../../src/constructs/ecs/ec2-service";
import type { IEcsCluster } from "../../../src/constructs/ecs/iecs-cluster";
import type { ServiceTarget } from "../../../src/constructs/ecs/iecs-service";
import type { ITaskDefinition } from "../../../src/constructs/ecs/itask-definition";
import { type CapacityProvider, FARGATE } from "../../../src/model/ecs-capacity";
import { clusterOf, taskOf } from "../../support/ecs";
import { refusal, resource, resources, stackFor, synth } from "../../support/stack";

const GENERAL: CapacityProvider = { name: "shop-general", kind: "ec2" };
const MEMORY: CapacityProvider = { name: "shop-memory", kind: "ec2" };

function build(
  options: Ec2ServiceOptions = {},
  task: Partial<ITaskDefinition> = {},
  cluster: Partial<IEcsCluster> = {},
  targets: readonly ServiceTarget[] = [],
) {
  const stack = stackFor();
  const service = new Ec2Service(stack, "web", {
    cluster: clusterOf({ capacityProviders: [FARGATE, GENERAL], ...cluster }),
    taskDefinition: taskOf({ launch: "EC2", ...task }),
    targets,
    ...options,
  });
  const text = synth(stack);
  return { service, text, made: resource(text, EcsService) };
}

const bridge = { ownNetworkInterface: false } as const;
const external = { launch: "EXTERNAL", ownNetworkInterface: false } as const;
const target: ServiceTarget = {
  key: "web",
  containerName: "web",
  containerPort: 8080,
  targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1",
  loadBalancerSecurityGroupId: "sg-balancer",
  ready: [],
};

describe("Ec2Service", () => {
  test("runs two tasks on the cluster's only Auto Scaling group, evenly over zones and instances", () => {
    const { made, service, text } = build();
    expect(made).toMatchObject({
      desired_count: 2,
      capacity_provider_strategy: [{ capacity_provider: "shop-general", base: 0, weight: 1 }],
      force_new_deployment: true,
      scheduling_strategy: "REPLICA",
      ordered_placement_strategy: [
        { type: "spread", field: "attribute:ecs.availability-zone" },
        { type: "spread", field: "instanceId" },
      ],
      availability_zone_rebalancing: "ENABLED",
      network_configuration: { security_groups: ["${aws_security_group.web_security-group.id}"] },
    });
    expect(made).not.toHaveProperty("launch_type");
    expect(made).not.toHaveProperty("platform_version");
    expect(made.network_configuration).not.toHaveProperty("assign_public_ip");
    expect(service.securityGroupId).toBeDefined();
    expect(Object.keys(resources(text, SecurityGroup))).toHaveLength(1);
  });

  test("runs on the cluster's default groups, which another default of Fargate leaves alone", () => {
    const cluster = { capacityProviders: [FARGATE, GENERAL, MEMORY] };
    const mix = { "shop-general": { base: 1 }, "shop-memory": {} };
    const strategy = [
      { capacity_provider: "shop-general", base: 1, weight: 1 },
      { capacity_provider: "shop-memory", base: 0, weight: 1 },
    ];
    expect(build({}, {}, { ...cluster, defaultCapacity: mix }).made).toMatchObject({
      capacity_provider_strategy: strategy,
      force_new_deployment: true,
    });
    expect(build({}, {}, { defaultCapacity: { FARGATE: {} } }).made).toMatchObject({
      capacity_provider_strategy: [{ capacity_provider: "shop-general", base: 0, weight: 1 }],
    });
    expect(build({ scheduling: "DAEMON" }, {}, { ...cluster, defaultCapacity: mix }).made).toMatchObject({
      launch_type: "EC2",
    });
    expect(refusal(() => build({}, {}, { ...cluster, defaultCapacity: { FARGATE: {} } }))).toContain(
      "'capacity' must say on which of the cluster's Auto Scaling groups tasks run",
    );
  });

  test("has no network of its own without a network interface of its own", () => {
    const { made, service, text } = build({}, bridge, {}, [target]);
    expect(made).not.toHaveProperty("network_configuration");
    expect(made.load_balancer).toHaveLength(1);
    expect(service.securityGroupId).toBeUndefined();
    expect(resources(text, SecurityGroup)).toEqual({});
    expect(refusal(() => service.allowFrom("orders", "sg-1", 80))).toContain(
      "tasks without a network interface of their own have the security groups of their instances",
    );
    expect(refusal(() => build({ subnets: "public", egress: {} }, bridge))).toContain(
      `'subnets' is for tasks with a network interface of their own, and these have their instance's; leave it out, or choose 'networkMode' "awsvpc" of the task definition`,
    );
  });

  test("chooses instances as it is told", () => {
    const { made } = build(
      {
        capacity: { "shop-memory": { base: 1 }, "shop-general": { weight: 2 } },
        placementStrategies: [{ binpack: "memory" }, "random"],
        memberOf: ["attribute:ecs.instance-type =~ m7g.*", "attribute:ecs.ami-id != ami-1"],
        distinctInstances: true,
      },
      {},
      { capacityProviders: [GENERAL, MEMORY] },
    );
    expect(made).toMatchObject({
      capacity_provider_strategy: [
        { capacity_provider: "shop-general", base: 0, weight: 2 },
        { capacity_provider: "shop-memory", base: 1, weight: 1 },
      ],
      ordered_placement_strategy: [{ type: "binpack", field: "memory" }, { type: "random" }],
      placement_constraints: [
        { type: "distinctInstance" },
        { type: "memberOf", expression: "attribute:ecs.ami-id != ami-1" },
        { type: "memberOf", expression: "attribute:ecs.instance-type =~ m7g.*" },
      ],
      availability_zone_rebalancing: "DISABLED",
    });
  });

  test("runs a task on each instance as a daemon, for which ECS takes neither a number nor a mix", () => {
    const { made } = build({ scheduling: "DAEMON", deployment: { minimumHealthyPercent: 50 } });
    expect(made).toMatchObject({
      launch_type: "EC2",
      scheduling_strategy: "DAEMON",
      deployment_minimum_healthy_percent: 50,
      availability_zone_rebalancing: "DISABLED",
    });
    for (const absent of [
      "desired_count",
      "deployment_maximum_percent",
      "capacity_provider_strategy",
      "ordered_placement_strategy",
      "force_new_deployment",
    ]) {
      expect(made).not.toHaveProperty(absent);
    }
    expect(build({ scheduling: "DAEMON" }).made).not.toHaveProperty("deployment_minimum_healthy_percent");
  });

  test("runs on instances of its task's architecture, as far as they are known", () => {
    const arm: CapacityProvider = { ...MEMORY, machine: { architecture: "ARM64", operatingSystem: "linux" } };
    const waits = `[test/web] tasks would wait for ever for an instance of "shop-memory", which is "ARM64"`;
    expect(refusal(() => build({}, {}, { capacityProviders: [FARGATE, arm] }))).toContain(waits);
    expect(refusal(() => build({ scheduling: "DAEMON" }, {}, { capacityProviders: [arm] }))).toContain(waits);
    expect(build({ scheduling: "DAEMON" }, {}, { capacityProviders: [GENERAL, arm] }).made).toBeDefined();
    expect(build({}, { architecture: "ARM64" }, { capacityProviders: [arm] }).made).toBeDefined();
  });

  test("runs tasks outside AWS when the task definition is for that", () => {
    const { made } = build({ desiredCount: 1 }, external, { capacityProviders: [] });
    expect(made).toMatchObject({
      launch_type: "EXTERNAL",
      desired_count: 1,
      availability_zone_rebalancing: "DISABLED",
    });
    expect(made).not.toHaveProperty("ordered_placement_strategy");
    expect(made).not.toHaveProperty("network_configuration");
  });

  test.each<[string, Ec2ServiceOptions, Partial<ITaskDefinition>, Partial<IEcsCluster>, string]>([
    [
      "a task definition for Fargate",
      {},
      { launch: "FARGATE" },
      {},
      `'taskDefinition' must be one for EC2 or for external instances, got "shop-web", which is for Fargate; use FargateService`,
    ],
    [
      "several groups and none chosen",
      {},
      {},
      { capacityProviders: [GENERAL, MEMORY] },
      `'capacity' must say on which of the cluster's Auto Scaling groups tasks run, as it has several: "shop-general", "shop-memory"`,
    ],
    [
      "no group that is known",
      {},
      {},
      { capacityProviders: [] },
      "'capacity' must name the Auto Scaling groups on which tasks run",
    ],
    [
      "Fargate",
      { capacity: { FARGATE: {} } },
      {},
      {},
      `'capacity' of a service on instances must name Auto Scaling groups, got "FARGATE"`,
    ],
    [
      "a mix for a daemon",
      { scheduling: "DAEMON", capacity: { "shop-general": {} } },
      {},
      {},
      "ECS takes no 'capacity' for it",
    ],
    ["a mix outside AWS", { capacity: { "shop-general": {} } }, external, {}, "'capacity' is for tasks in AWS"],
    ["zones outside AWS", { availabilityZoneRebalancing: true }, external, {}, "external ones lie in no zone"],
    [
      "too many strategies",
      { placementStrategies: Array(6).fill("random") },
      {},
      {},
      "'placementStrategies' must hold at most 5 strategies, got 6",
    ],
  ])("refuses %s", (_, options, task, cluster, message) => {
    expect(refusal(() => build(options, task, cluster))).toContain(message);
  });
});
