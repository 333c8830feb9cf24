import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { CloudMapNamespace } from "../../../src/constructs/ecs/cloud-map-namespace";
import type { FargateServiceOptions } from "../../../src/constructs/ecs/fargate-service";
import type { IEcsCluster } from "../../../src/constructs/ecs/iecs-cluster";
import { FARGATE, FARGATE_SPOT } from "../../../src/model/ecs-capacity";
import { vpcOf } from "../../support/constructs";
import { clusterOf, taskOf } from "../../support/ecs";
import { build, type Given, target } from "../../support/fargate-services";
import { addresses, refusal, resource, resources, warnings } from "../../support/stack";

describe("FargateService", () => {
  test("runs two tasks in private subnets, with a security group of their own, and rolls back what fails", () => {
    const { made, text } = build();
    expect(made).toEqual({
      name: "shop-web",
      cluster: "arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
      task_definition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-web:1",
      desired_count: 2,
      capacity_provider_strategy: [{ capacity_provider: "FARGATE", base: 0, weight: 1 }],
      force_new_deployment: true,
      platform_version: "LATEST",
      network_configuration: {
        subnets: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
        security_groups: ["${aws_security_group.web_security-group.id}"],
        assign_public_ip: false,
      },
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: { enable: true, rollback: true },
      deployment_configuration: { strategy: "ROLLING" },
      availability_zone_rebalancing: "ENABLED",
      enable_execute_command: false,
      enable_ecs_managed_tags: true,
      propagate_tags: "SERVICE",
      wait_for_steady_state: false,
      depends_on: ["aws_vpc_security_group_egress_rule.web_egress"],
    });
    expect(resource(text, SecurityGroup)).toMatchObject({ name: "shop-web-tasks", vpc_id: "vpc-1" });
    expect(resource(text, VpcSecurityGroupEgressRule)).toMatchObject({ ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" });
    expect(resources(text, VpcSecurityGroupIngressRule)).toEqual({});
  });

  test("runs on the cluster's default mix where its tasks can run on all of it, and on Fargate otherwise", () => {
    const defaultCapacity = { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 3 } };
    const fargate = [{ capacity_provider: "FARGATE", base: 0, weight: 1 }];
    expect(build({}, { cluster: { defaultCapacity } }).made).toMatchObject({
      capacity_provider_strategy: [
        { capacity_provider: "FARGATE", base: 1, weight: 1 },
        { capacity_provider: "FARGATE_SPOT", base: 0, weight: 3 },
      ],
      force_new_deployment: true,
    });
    expect(build({ capacity: { FARGATE: {} } }, { cluster: { defaultCapacity } }).made).toMatchObject({
      capacity_provider_strategy: fargate,
    });
    for (const given of [
      { cluster: { defaultCapacity: { "shop-general": {} } } },
      { cluster: { defaultCapacity }, task: { operatingSystem: "windows" } },
    ] as const) {
      expect(build({}, given).made).toMatchObject({ capacity_provider_strategy: fargate });
    }
  });

  test("has addresses that come from names", () => {
    const { text } = build((stack) => ({
      deployment: {
        strategy: "BLUE_GREEN",
        hooks: {
          smoke: { lambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:smoke", stages: ["PRE_SCALE_UP"] },
        },
      },
      serviceConnect: {
        namespace: new CloudMapNamespace(stack, "mesh", { cluster: clusterOf() }),
        endpoints: { web: { portName: "http" } },
      },
      discovery: {
        namespace: new CloudMapNamespace(stack, "dns", { cluster: clusterOf(), kind: "private-dns" }),
        name: "web-tasks",
      },
      egress: { https: { cidr: "0.0.0.0/0", port: 443 } },
      scaling: { minimum: 1, maximum: 4, targetTracking: { cpu: { metric: "cpu", target: 60 } } },
    }));
    expect(addresses(text)).toEqual([
      "aws_appautoscaling_policy.web_scaling_target-tracking-cpu",
      "aws_appautoscaling_target.web_scaling_target",
      "aws_cloudwatch_log_group.web_service-connect-logs",
      "aws_ecs_service.web_service",
      "aws_iam_role.web_hook-role-smoke",
      "aws_iam_role_policy.web_hook-policy-smoke",
      "aws_security_group.web_security-group",
      "aws_service_discovery_http_namespace.mesh_http",
      "aws_service_discovery_private_dns_namespace.dns_private-dns",
      "aws_service_discovery_service.web_discovery_service",
      "aws_vpc_security_group_egress_rule.web_egress-https",
    ]);
  });

  test("lets people in only where it says so, by the task's role", () => {
    const asked: IEcsCluster[] = [];
    const allowExec = (cluster: IEcsCluster) => {
      asked.push(cluster);
      return { fqn: "aws_iam_role_policy.exec" };
    };
    const task = { allowExec };
    expect(build({}, { task }).made.enable_execute_command).toBe(false);
    expect(asked).toEqual([]);
    const cluster = {
      execLogging: {
        kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
        logGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:exec",
      },
    };
    expect(build({ exec: true }, { task, cluster }).made.enable_execute_command).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test("warns where a VPC without NAT opens no shell", () => {
    const vpc = vpcOf("eu-west-1", { egress: "endpoints", endpointServices: ["ecr.api", "ssmmessages"] });
    const execLogging = { kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1", logGroupArn: "arn:aws:logs:::exec" };
    const warned = (options: FargateServiceOptions, cluster: Partial<IEcsCluster> = { vpc }) =>
      warnings(build(options, { cluster: { execLogging, ...cluster } }).stack);
    expect(warned({ exec: true })).toEqual([
      `[test/web] ECS Exec opens no shell in a VPC without NAT that has no interface endpoint for "kms"; add it to 'interfaceEndpoints' of the network`,
    ]);
    expect(warned({})).toEqual([]);
    expect(warned({ exec: true, subnets: "public", assignPublicIp: true })).toEqual([]);
    expect(warned({ exec: true }, {})).toEqual([]);
  });

  test("lets its tasks into the file systems that their containers mount", () => {
    const opened: string[][] = [];
    const allowFrom = (...given: string[]) => {
      opened.push(given);
      return { fqn: "aws_vpc_security_group_ingress_rule.nfs" };
    };
    const fileSystem = { allowFrom, ready: [] };
    build({}, { task: { fileSystems: [fileSystem as never] } });
    expect(opened).toEqual([["shop-web", expect.stringContaining("TfToken")]]);
  });

  test("leaves the number of tasks to scaling", () => {
    const { made } = build({
      scaling: { minimum: 3, maximum: 9, targetTracking: { cpu: { metric: "cpu", target: 50 } } },
    });
    expect(made).toMatchObject({ desired_count: 3, lifecycle: { ignore_changes: ["desired_count"] } });
  });

  test("does what it is told, whatever the order in which it is told", () => {
    const told = (turned: boolean) => {
      const inOrder = <T>(items: T[]) => (turned ? [...items].reverse() : items);
      return build({
        serviceName: "front",
        desiredCount: 4,
        capacity: Object.fromEntries(
          inOrder([
            ["FARGATE", { base: 1, weight: 1 }],
            ["FARGATE_SPOT", { weight: 3 }],
          ]),
        ),
        platformVersion: "1.4.0",
        subnets: inOrder(["subnet-1", "subnet-2"]),
        additionalSecurityGroupIds: inOrder(["sg-1", "sg-2"]),
        egress: Object.fromEntries(
          inOrder([
            ["a", { self: true }],
            ["b", { securityGroupId: "sg-3", port: 1 }],
          ]),
        ),
        deployment: { minimumHealthyPercent: 50, maximumPercent: 150, circuitBreaker: "stop" },
        propagateTags: "NONE",
        managedTags: false,
        availabilityZoneRebalancing: false,
        waitForSteadyState: true,
      });
    };
    const { made, text } = told(false);
    expect(text).toBe(told(true).text);
    expect(made).toMatchObject({
      name: "front",
      desired_count: 4,
      capacity_provider_strategy: [
        { capacity_provider: "FARGATE", base: 1, weight: 1 },
        { capacity_provider: "FARGATE_SPOT", base: 0, weight: 3 },
      ],
      platform_version: "1.4.0",
      network_configuration: {
        subnets: ["subnet-1", "subnet-2"],
        security_groups: ["${aws_security_group.web_security-group.id}", "sg-1", "sg-2"],
      },
      deployment_minimum_healthy_percent: 50,
      deployment_maximum_percent: 150,
      deployment_circuit_breaker: { enable: true, rollback: false },
      propagate_tags: "NONE",
      enable_ecs_managed_tags: false,
      availability_zone_rebalancing: "DISABLED",
      wait_for_steady_state: true,
    });
  });

  test("moves no tasks between zones where it may not start one more", () => {
    const deployment = { minimumHealthyPercent: 50, maximumPercent: 100 };
    expect(build({ deployment }).made.availability_zone_rebalancing).toBe("DISABLED");
    expect(refusal(() => build({ deployment, availabilityZoneRebalancing: true }))).toContain(
      "needs a 'maximumPercent' above 100, got 100",
    );
  });

  test.each<[string, FargateServiceOptions, Given, string]>([
    ["a name", { serviceName: "a b" }, {}, `the name of an ECS service must be 1 to 255 characters`],
    [
      "a long name",
      { serviceName: "a".repeat(250) },
      {},
      "the name of an EC2 security group must be 1 to 255 characters",
    ],
    ["a number", { desiredCount: -1 }, {}, "'desiredCount' must be a whole number of at least 0, got -1"],
    ["a mix", { capacity: {} }, {}, "'capacity' must name at least one capacity provider"],
    [
      "a provider",
      { capacity: { general: {} } },
      {},
      `'capacity' must name capacity providers of the cluster, got "general"`,
    ],
    ["a platform", { platformVersion: "1.3.0" }, {}, `'platformVersion' of tasks on Linux must be one of`],
    [
      "a VPC without a way out",
      {},
      { cluster: { vpc: { ...clusterOf().vpc, egress: "none" } } },
      "no task on Fargate could pull its image",
    ],
    [
      "a task definition",
      {},
      { task: { launch: "EC2" } },
      `'taskDefinition' must be one for Fargate, got "shop-web", which is for "EC2"; use Ec2Service`,
    ],
    [
      "Windows on Spot",
      { capacity: { FARGATE_SPOT: {} } },
      { task: { operatingSystem: "windows" } },
      `'capacity' of tasks on Windows must be "FARGATE" alone`,
    ],
    [
      "a shell nobody records",
      { exec: true },
      {},
      "'exec' opens shells in containers, and the cluster records none of them",
    ],
    [
      "a namespace that is not there",
      { serviceConnect: {} },
      {},
      "'serviceConnect' needs a namespace, and the cluster has none",
    ],
    [
      "a target elsewhere",
      {},
      { targets: [target("web", { containerPort: 80 })] },
      `target "web" must lead to a port of container "web"`,
    ],
    [
      "a container nobody asks",
      {},
      { task: { containers: [{ ...taskOf().containers[0], readiness: { exec: ["true"] } } as never] } },
      "has a 'readiness', and no target of the service leads to it",
    ],
    [
      "a hook's long name",
      {
        serviceName: "a".repeat(60),
        deployment: {
          strategy: "BLUE_GREEN",
          hooks: {
            smoke: { lambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:smoke", stages: ["PRE_SCALE_UP"] },
          },
        },
      },
      {},
      "shorten the hook's name, or give its 'roleArn'",
    ],
    [
      "days of logs",
      { serviceConnect: { logRetentionInDays: 2 } },
      { cluster: { serviceConnectNamespaceArn: "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-1" } },
      "'logRetentionInDays'",
    ],
  ])("refuses %s", (_, options, given, message) => {
    expect(refusal(() => build(options, given))).toContain(`[test/web] `);
    expect(refusal(() => build(options, given))).toContain(message);
  });

  test("takes any provider of a cluster of which nothing is known", () => {
    expect(
      build({ capacity: { [FARGATE_SPOT.name]: {}, [FARGATE.name]: {} } }, { cluster: { capacityProviders: [] } }).made,
    ).toHaveProperty("capacity_provider_strategy");
  });
});
