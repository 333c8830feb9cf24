import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { CloudMapNamespace } from "../../../src/constructs/ecs/cloud-map-namespace";
import { FargateService } from "../../../src/constructs/ecs/fargate-service";
import { vpcOf } from "../../support/constructs";
import { clusterOf, taskOf } from "../../support/ecs";
import { build, target } from "../../support/fargate-services";
import { refusal, resource, resources, stackFor, statements, synth, warnings } from "../../support/stack";

describe("FargateService", () => {
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
    expect(statements(resource(text, IamRole).assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs.amazonaws.com" },
        // Where ECS sends them: AWS documents the trust without conditions.
        Condition: {
          StringEqualsIfExists: { "aws:SourceAccount": "111122223333" },
          ArnLikeIfExists: { "aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:*" },
        },
      },
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
      {
        task: {
          grantExecution: (key, given) => {
            granted[key] = given;
            return { fqn: "aws_iam_role_policy.logs" };
          },
        },
      },
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

  test("warns where nothing manages the proxies of Service Connect", () => {
    const warned = (endpointServices: readonly string[]) => {
      const stack = stackFor();
      const vpc = vpcOf("eu-west-1", { egress: "endpoints", endpointServices });
      new FargateService(stack, "web", {
        cluster: clusterOf({
          vpc,
          serviceConnectNamespaceArn: "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-1",
        }),
        taskDefinition: taskOf(),
        serviceConnect: { logRetentionInDays: false },
      });
      return warnings(stack).filter((warning) => warning.includes("Service Connect"));
    };
    expect(warned(["logs"])).toEqual([
      expect.stringContaining(
        `[test/web] Service Connect manages its proxies through an interface endpoint for "ecs-agent"`,
      ),
    ]);
    expect(warned(["logs", "ecs-agent"])).toEqual([]);
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
});
