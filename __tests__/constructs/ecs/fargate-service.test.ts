import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { TerraformStack } from "cdktf";
import { CloudMapNamespace } from "../../../src/constructs/ecs/cloud-map-namespace";
import { FargateService, type FargateServiceOptions } from "../../../src/constructs/ecs/fargate-service";
import type { IEcsCluster } from "../../../src/constructs/ecs/iecs-cluster";
import type { ServiceTarget } from "../../../src/constructs/ecs/iecs-service";
import type { ITaskDefinition } from "../../../src/constructs/ecs/itask-definition";
import { FARGATE, FARGATE_SPOT } from "../../../src/model/ecs-capacity";
import { clusterOf, taskOf } from "../../support/ecs";
import { addresses, refusal, resource, resources, stackFor, statements, synth } from "../../support/stack";

interface Given {
  readonly cluster?: Partial<IEcsCluster>;
  readonly task?: Partial<ITaskDefinition>;
  readonly targets?: readonly ServiceTarget[];
}

function build(
  options: FargateServiceOptions | ((stack: TerraformStack) => FargateServiceOptions) = {},
  { cluster, task, targets }: Given = {},
) {
  const stack = stackFor();
  const service = new FargateService(stack, "web", {
    cluster: clusterOf(cluster),
    taskDefinition: taskOf(task),
    ...(targets === undefined ? {} : { targets }),
    ...(typeof options === "function" ? options(stack) : options),
  });
  const text = synth(stack);
  return { stack, service, text, made: resource(text, EcsService) };
}

const target = (key: string, options: Partial<ServiceTarget> = {}): ServiceTarget => ({
  key,
  containerName: "web",
  containerPort: 8080,
  targetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${key}/1`,
  loadBalancerSecurityGroupId: "sg-balancer",
  ready: [],
  ...options,
});

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

  test("enters its tasks into target groups in the order of their keys, and opens exactly their ports", () => {
    const { made, text } = build(
      { healthCheckGracePeriodInSeconds: 60 },
      {
        targets: [
          target("web"),
          target("admin", { containerPort: 9000 }),
          target("lone", { loadBalancerSecurityGroupId: undefined }),
        ],
      },
    );
    expect(made.load_balancer).toEqual(
      [
        ["admin", 9000],
        ["lone", 8080],
        ["web", 8080],
      ].map(([key, port]) => ({
        container_name: "web",
        container_port: port,
        target_group_arn: `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${key}/1`,
      })),
    );
    expect(made.health_check_grace_period_seconds).toBe(60);
    expect(
      Object.entries(resources(text, VpcSecurityGroupIngressRule)).map(([name, rule]) => [
        name,
        rule.from_port,
        rule.to_port,
        rule.referenced_security_group_id,
      ]),
    ).toEqual([
      ["web_from-load-balancer-admin", 9000, 9000, "sg-balancer"],
      ["web_from-load-balancer-web", 8080, 8080, "sg-balancer"],
    ]);
  });

  test("lets ECS move the requests between two target groups", () => {
    const blueGreen = {
      alternateTargetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/green/1",
      productionListenerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/shop/1/2/3",
      testListenerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/shop/1/2/4",
      roleArn: "arn:aws:iam::111122223333:role/shop",
    };
    const { made, text } = build(
      {
        deployment: {
          strategy: "CANARY",
          canary: { percent: 10 },
          bakeTimeInMinutes: 0,
          alarms: { names: ["slow", "errors"], rollback: false },
          hooks: {
            smoke: { lambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:smoke", stages: ["PRE_SCALE_UP"] },
            given: {
              lambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:given",
              stages: ["POST_SCALE_UP"],
              roleArn: "arn:aws:iam::111122223333:role/given",
            },
          },
        },
      },
      { targets: [target("web", { blueGreen })] },
    );
    expect(made).toMatchObject({
      load_balancer: [
        {
          advanced_configuration: {
            alternate_target_group_arn: blueGreen.alternateTargetGroupArn,
            production_listener_rule: blueGreen.productionListenerArn,
            test_listener_rule: blueGreen.testListenerArn,
            role_arn: blueGreen.roleArn,
          },
        },
      ],
      deployment_circuit_breaker: { enable: false, rollback: false },
      deployment_configuration: {
        strategy: "CANARY",
        bake_time_in_minutes: "0",
        canary_configuration: { canary_percent: 10, canary_bake_time_in_minutes: "10" },
        lifecycle_hook: [
          { lifecycle_stages: ["POST_SCALE_UP"], role_arn: "arn:aws:iam::111122223333:role/given" },
          { lifecycle_stages: ["PRE_SCALE_UP"], role_arn: "${aws_iam_role.web_hook-role-smoke.arn}" },
        ],
      },
      alarms: { alarm_names: ["errors", "slow"], enable: true, rollback: false },
    });
    expect(statements(resource(text, IamRole).assume_role_policy)).toMatchObject([
      { Action: "sts:AssumeRole", Principal: { Service: "ecs.amazonaws.com" } },
    ]);
    expect(statements(resource(text, IamRolePolicy).policy)).toMatchObject([
      { Action: "lambda:InvokeFunction", Resource: "arn:aws:lambda:eu-west-1:111122223333:function:smoke" },
    ]);
  });

  test("moves requests in equal steps, or all at once", () => {
    const endpoints = { web: { portName: "http" } };
    const serviceConnect = { endpoints, logRetentionInDays: false } as const;
    const cluster = { serviceConnectNamespaceArn: "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-1" };
    expect(
      build({ deployment: { strategy: "LINEAR", linear: { stepBakeTimeInMinutes: 0 } }, serviceConnect }, { cluster })
        .made.deployment_configuration,
    ).toEqual({
      strategy: "LINEAR",
      bake_time_in_minutes: "5",
      linear_configuration: { step_percent: 10, step_bake_time_in_minutes: "0" },
    });
    expect(
      build({ deployment: { strategy: "BLUE_GREEN" }, serviceConnect }, { cluster }).made.deployment_configuration,
    ).toEqual({ strategy: "BLUE_GREEN", bake_time_in_minutes: "5" });
  });

  test("is called by others by name, through a proxy whose logs the execution role writes", () => {
    const granted: Record<string, unknown> = {};
    const { made, text } = build(
      (stack) => ({
        serviceConnect: {
          namespace: new CloudMapNamespace(stack, "mesh", { cluster: clusterOf() }),
          endpoints: {
            web: {
              portName: "http",
              port: 80,
              dnsName: "web.shop",
              idleTimeoutInSeconds: 60,
              requestTimeoutInSeconds: 5,
            },
            admin: { portName: "admin" },
          },
        },
      }),
      { task: { grantExecution: (key, given) => Object.assign(granted, { [key]: given }) } },
    );
    expect(made.service_connect_configuration).toEqual({
      enabled: true,
      namespace: "${aws_service_discovery_http_namespace.mesh_http.arn}",
      service: [
        { port_name: "admin", discovery_name: "admin", client_alias: { port: 9000, dns_name: "admin" } },
        {
          port_name: "http",
          discovery_name: "web",
          client_alias: { port: 80, dns_name: "web.shop" },
          timeout: { idle_timeout_seconds: 60, per_request_timeout_seconds: 5 },
        },
      ],
      log_configuration: {
        log_driver: "awslogs",
        options: {
          "awslogs-group": "${aws_cloudwatch_log_group.web_service-connect-logs.name}",
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "service-connect",
        },
      },
    });
    expect(resource(text, CloudwatchLogGroup)).toMatchObject({
      name: "/aws/ecs/shop/shop-web/service-connect",
      retention_in_days: 30,
    });
    expect(granted).toEqual({
      "service-connect-logs-shop-web": [
        { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [expect.stringMatching(/:\*$/)] },
      ],
    });
  });

  test("calls others without being called, in the cluster's own namespace, without logs where none are wanted", () => {
    const cluster = { serviceConnectNamespaceArn: "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-1" };
    const { made, text } = build({ serviceConnect: { logRetentionInDays: false } }, { cluster });
    expect(made.service_connect_configuration).toEqual({
      enabled: true,
      namespace: cluster.serviceConnectNamespaceArn,
    });
    expect(resources(text, CloudwatchLogGroup)).toEqual({});
  });

  test("is found by a name in DNS, with the port where the record tells one", () => {
    const { made, text } = build((stack) => ({
      discovery: {
        namespace: new CloudMapNamespace(stack, "dns", { cluster: clusterOf(), kind: "private-dns" }),
        name: "web",
        record: "SRV",
        portName: "http",
      },
    }));
    expect(resource(text, ServiceDiscoveryService)).toEqual({
      name: "web",
      dns_config: {
        namespace_id: "${aws_service_discovery_private_dns_namespace.dns_private-dns.id}",
        dns_records: [{ type: "SRV", ttl: 10 }],
        routing_policy: "MULTIVALUE",
      },
      health_check_custom_config: { failure_threshold: 1 },
      force_destroy: true,
    });
    expect(made.service_registries).toEqual({
      registry_arn: "${aws_service_discovery_service.web_discovery_service.arn}",
      container_name: "web",
      container_port: 8080,
    });
  });

  test("lets people in only where it says so, by the task's role", () => {
    const asked: IEcsCluster[] = [];
    const task = { allowExec: (cluster: IEcsCluster) => void asked.push(cluster) };
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

  test("lets its tasks into the file systems that their containers mount", () => {
    const opened: string[][] = [];
    const fileSystem = { allowFrom: (...given: string[]) => void opened.push(given), ready: [] };
    build({}, { task: { fileSystems: [fileSystem as never] } });
    expect(opened).toEqual([["shop-web", expect.stringContaining("TfToken")]]);
  });

  test("leaves the number of tasks to scaling", () => {
    const { made } = build({
      scaling: { minimum: 3, maximum: 9, targetTracking: { cpu: { metric: "cpu", target: 50 } } },
    });
    expect(made).toMatchObject({ desired_count: 3, lifecycle: { ignore_changes: ["desired_count"] } });
  });

  test("opens ports to other services, and itself the way to them", () => {
    const stack = stackFor();
    const service = new FargateService(stack, "web", { cluster: clusterOf(), taskDefinition: taskOf(), egress: {} });
    service.allowFrom("orders", "sg-orders", 8080);
    service.allowTo("database", "sg-database", 53, "udp");
    const text = synth(stack);
    expect(resource(text, VpcSecurityGroupIngressRule, "web_from-orders")).toMatchObject({
      referenced_security_group_id: "sg-orders",
      ip_protocol: "tcp",
      from_port: 8080,
      to_port: 8080,
    });
    expect(resource(text, VpcSecurityGroupEgressRule)).toMatchObject({
      referenced_security_group_id: "sg-database",
      ip_protocol: "udp",
      from_port: 53,
    });
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

  test("refuses the same name by both ways in one namespace, and DNS in one that has none", () => {
    const both = (name: string, kind: "http" | "private-dns" = "private-dns") =>
      build((stack) => {
        const namespace = new CloudMapNamespace(stack, "dns", { cluster: clusterOf(), kind });
        return {
          serviceConnect: { namespace, endpoints: { web: { portName: "http" } } },
          discovery: { namespace, name },
        };
      });
    expect(both("web-tasks").made).toHaveProperty("service_registries");
    expect(refusal(() => both("web"))).toContain("'discovery' the same name in the same namespace");
    expect(refusal(() => both("web-tasks", "http"))).toContain(
      `'namespace' of 'discovery' must be one of 'kind' "private-dns", got "http"`,
    );
  });

  test("takes any provider of a cluster of which nothing is known", () => {
    expect(
      build({ capacity: { [FARGATE_SPOT.name]: {}, [FARGATE.name]: {} } }, { cluster: { capacityProviders: [] } }).made,
    ).toHaveProperty("capacity_provider_strategy");
  });
});
