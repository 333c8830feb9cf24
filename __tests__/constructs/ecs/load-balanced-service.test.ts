import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { ApplicationLoadBalancer } from "../../../src/constructs/ecs/application-load-balancer";
import { ServiceScaling } from "../../../src/constructs/ecs/service-scaling";
import { Vpc } from "../../../src/constructs/network/vpc";
import { HostedZone } from "../../../src/constructs/traffic/hosted-zone";
import { clusterOf } from "../../support/ecs";
import { add, BLUE_GREEN, build, CERTIFICATE, type Options, ZONE } from "../../support/load-balanced";
import {
  addresses,
  refusal,
  resolved,
  resource,
  resources,
  stackFor,
  statements,
  synth,
  warnings,
} from "../../support/stack";

describe("LoadBalancedService", () => {
  test("is a load balancer, a target group, a rule for every request, and a service behind it", () => {
    const { text, service } = build();
    expect(addresses(text)).toEqual([
      "aws_ecs_service.web_service_service",
      "aws_lb.web_load-balancer_load-balancer",
      "aws_lb_listener.web_load-balancer_https-listener",
      "aws_lb_listener.web_load-balancer_redirect-listener",
      "aws_lb_listener_rule.web_rule-web",
      "aws_lb_target_group.web_target-web_target-group",
      "aws_security_group.web_load-balancer_network_security-group",
      "aws_security_group.web_service_security-group",
      "aws_vpc_security_group_egress_rule.web_service_egress",
      "aws_vpc_security_group_egress_rule.web_to-tasks-tcp-8080",
      "aws_vpc_security_group_ingress_rule.web_load-balancer_network_tcp-443-from-vpc",
      "aws_vpc_security_group_ingress_rule.web_load-balancer_network_tcp-80-from-vpc",
      "aws_vpc_security_group_ingress_rule.web_service_from-load-balancer-tcp-8080",
    ]);
    expect(resource(text, LbListenerRule)).toMatchObject({
      condition: [{ path_pattern: { values: ["/*"] } }],
      action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.web_target-web_target-group.arn}" }],
    });
    expect(resource(text, LbListenerRule)).not.toHaveProperty("lifecycle");
    expect(resource(text, EcsService)).toMatchObject({
      name: "shop-web",
      load_balancer: [{ container_name: "web", container_port: 8080 }],
    });
    expect(resource(text, EcsService).depends_on).toContain("aws_lb_listener_rule.web_rule-web");
    expect(service.url).toMatch(/^https:\/\//);
  });

  test("tells the name of its main target, though another target's comes first in the alphabet", () => {
    const { service } = build({
      loadBalancer: {
        certificateArn: CERTIFICATE,
        accessLogs: false,
        domainNames: { "shop.example.com": ZONE, "api.shop.example.com": ZONE },
      },
      targets: { api: { port: "admin", conditions: { hosts: ["api.shop.example.com"] } }, web: { port: "http" } },
    });
    expect(service.url).toBe("https://shop.example.com");
  });

  test("has target groups of addresses, which stand before those that they replace go", () => {
    const group = resource(build().text, LbTargetGroup);
    expect(group).toMatchObject({
      target_type: "ip",
      port: 8080,
      protocol: "HTTP",
      protocol_version: "HTTP1",
      deregistration_delay: "60",
      load_balancing_algorithm_type: "round_robin",
      stickiness: { enabled: false },
      health_check: { protocol: "HTTP", path: "/", matcher: "200", port: "traffic-port" },
      lifecycle: { create_before_destroy: true },
    });
    expect(group.name).toMatch(/^shop-web-web-[0-9a-f]{8}$/);
    const changed = resource(build({ targets: { web: { port: "http", protocol: "HTTPS" } } }).text, LbTargetGroup);
    expect(changed.name).not.toBe(group.name);
  });

  test("lets the load balancer connect to the ports of its targets and of their health checks, each once", () => {
    const { text } = build({
      targets: {
        a: { port: "http", conditions: { paths: ["/a"] }, healthCheck: { port: "admin" } },
        b: { port: "http" },
      },
    });
    const rules = Object.values(resources(text, VpcSecurityGroupEgressRule)).filter((rule) => "from_port" in rule);
    expect(rules.map(({ from_port }) => from_port)).toEqual([8080, 9090]);
    expect(rules[0]).toMatchObject({
      security_group_id: "${aws_security_group.web_load-balancer_network_security-group.id}",
      referenced_security_group_id: "${aws_security_group.web_service_security-group.id}",
    });
    expect(
      Object.keys(resources(text, VpcSecurityGroupIngressRule)).filter((name) => name.includes("service")),
    ).toEqual(["web_service_from-load-balancer-tcp-8080", "web_service_from-load-balancer-tcp-9090"]);
  });

  test("renders every kind of condition, and cookies, and slow start", () => {
    const { text } = build({
      targets: {
        web: {
          port: "http",
          priority: 7,
          conditions: {
            hosts: ["a.example.com"],
            methods: ["GET"],
            headers: { "X-Kind": ["a"] },
            queryStrings: { q: ["1"] },
            sourceIps: ["10.0.0.0/8"],
          },
          stickiness: { cookieName: "basket", durationInSeconds: 60 },
          slowStartInSeconds: 30,
        },
      },
    });
    expect(resource(text, LbListenerRule)).toMatchObject({
      priority: 7,
      condition: [
        { http_header: { http_header_name: "X-Kind", values: ["a"] } },
        { host_header: { values: ["a.example.com"] } },
        { http_request_method: { values: ["GET"] } },
        { query_string: [{ key: "q", value: "1" }] },
        { source_ip: { values: ["10.0.0.0/8"] } },
      ],
    });
    expect(resource(text, LbTargetGroup)).toMatchObject({
      stickiness: { enabled: true, type: "app_cookie", cookie_name: "basket", cookie_duration: 60 },
      slow_start: 30,
    });
  });

  test("counts requests for the target that takes what no other takes", () => {
    const { service, stack } = build({
      targets: { a: { port: "admin", conditions: { paths: ["/a"] } }, web: { port: "http" } },
    });
    expect(service.requestCounter).toEqual({
      loadBalancerArnSuffix: expect.any(String),
      targetGroupArnSuffix: expect.any(String),
    });
    expect(resolved(stack, service.requestCounter?.targetGroupArnSuffix)).toBe(
      "${aws_lb_target_group.web_target-web_target-group.arn_suffix}",
    );
    expect(service.ready).toHaveLength(1);
  });

  test("warns of conditions about which AWS's pages disagree", () => {
    const { stack } = build({ targets: { web: { port: "http", conditions: { methods: ["A", "B", "C", "D"] } } } });
    expect(warnings(stack)).toEqual([
      expect.stringMatching(/rule "shop-web\/web": 'conditions' hold 4 values for methods,/),
    ]);
  });

  test("leaves the number of its tasks to scaling, which there may be one of", () => {
    const stack = stackFor();
    const service = add(stack, "web");
    const scaling = {
      service,
      minimum: 1,
      maximum: 9,
      targetTracking: { cpu: { metric: "cpu", target: 60 } },
    } as const;
    new ServiceScaling(stack, "scaling", scaling);
    expect(resource(synth(stack), EcsService).lifecycle).toEqual({ ignore_changes: ["desired_count"] });
    expect(refusal(() => new ServiceScaling(stack, "second", { ...scaling, service: service.service }))).toContain(
      'service "shop-web" is scaled by "test/scaling" already',
    );
  });
});

describe("deployments that move requests", () => {
  test("have a second target group, a role of ECS's, and rules that Terraform leaves alone", () => {
    const { text, service } = build({
      ...BLUE_GREEN,
      loadBalancer: { certificateArn: CERTIFICATE, accessLogs: false, testPort: 8443 },
    });
    expect(Object.keys(resources(text, LbTargetGroup))).toEqual([
      "web_target-web-alternate_target-group",
      "web_target-web_target-group",
    ]);
    for (const name of ["web_rule-web", "web_test-rule-web"]) {
      expect(resource(text, LbListenerRule, name)).toMatchObject({
        action: [
          {
            type: "forward",
            forward: {
              target_group: [
                { arn: "${aws_lb_target_group.web_target-web_target-group.arn}", weight: 100 },
                { arn: "${aws_lb_target_group.web_target-web-alternate_target-group.arn}", weight: 0 },
              ],
            },
          },
        ],
        lifecycle: {
          ignore_changes: ["action"],
          replace_triggered_by: [
            "aws_lb_target_group.web_target-web_target-group.id",
            "aws_lb_target_group.web_target-web-alternate_target-group.id",
          ],
        },
      });
    }
    expect(resource(text, EcsService)).toMatchObject({
      load_balancer: [
        {
          advanced_configuration: {
            alternate_target_group_arn: "${aws_lb_target_group.web_target-web-alternate_target-group.arn}",
            production_listener_rule: "${aws_lb_listener_rule.web_rule-web.arn}",
            test_listener_rule: "${aws_lb_listener_rule.web_test-rule-web.arn}",
            role_arn: "${aws_iam_role.web_role.arn}",
          },
        },
      ],
    });
    expect(service.requestCounter).toBeUndefined();
  });

  test("let ECS of this account alone take the role, which has AWS's policy and no more", () => {
    const { text } = build(BLUE_GREEN);
    const role = resource(text, IamRole);
    expect(role.name).toBe("shop-web-load-balancer");
    expect(statements(role.assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "ecs.amazonaws.com" },
        Condition: {
          StringEqualsIfExists: { "aws:SourceAccount": "111122223333" },
          ArnLikeIfExists: { "aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:*" },
        },
      },
    ]);
    expect(text).toContain("arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers");
  });
});

describe("services that share a load balancer", () => {
  const shared = () => {
    const stack = stackFor();
    const loadBalancer = new ApplicationLoadBalancer(stack, "edge", {
      name: "edge",
      vpc: clusterOf().vpc,
      certificateArn: CERTIFICATE,
      accessLogs: false,
    });
    return { stack, loadBalancer };
  };

  test("have a rule each, whose priority no other service moves", () => {
    const alone = shared();
    add(alone.stack, "web", { loadBalancer: alone.loadBalancer });
    const { stack, loadBalancer } = shared();
    add(stack, "api", {
      loadBalancer,
      targets: { api: { port: "admin", conditions: { hosts: ["api.example.com"] } } },
    });
    add(stack, "web", { loadBalancer });
    const rules = resources(synth(stack), LbListenerRule);
    expect(Object.keys(rules)).toEqual(["api_rule-api", "web_rule-web"]);
    expect(rules["web_rule-web"]).toEqual(resource(synth(alone.stack), LbListenerRule));
    expect(Object.keys(resources(synth(stack), Lb))).toHaveLength(1);
  });

  test("are refused with the same conditions, and beyond the quota of rules", () => {
    const { stack, loadBalancer } = shared();
    add(stack, "web", { loadBalancer });
    expect(refusal(() => add(stack, "api", { loadBalancer }))).toMatch(
      /^\[test\/api\] rules "shop-(api|web)\/web" and "shop-(api|web)\/web" have the same conditions/,
    );
    const small = new ApplicationLoadBalancer(stack, "small", {
      name: "small",
      vpc: clusterOf().vpc,
      plainHttp: true,
      accessLogs: false,
      limits: { rules: 0 },
    });
    expect(refusal(() => add(stack, "other", { loadBalancer: small }))).toBe(
      `[test/other] load balancer "small" takes at most 0 rules; use another load balancer, or have the quota raised and say so in 'limits.rules'`,
    );
  });
});

describe("a load balanced service is refused", () => {
  test.each<[string, Options, string]>([
    ["without targets", { targets: {} }, "'targets' must hold at least one target, like web: {}, got none"],
    [
      "with a port that is not there",
      { targets: { web: { port: 80 } } },
      `'port' must be a port of container "web", got 80; it has "admin" (9090), "dns" (5353), "http" (8080)`,
    ],
    [
      "with what the other kind of tasks has",
      { scheduling: "DAEMON" },
      `'scheduling' is not for tasks of launch type "FARGATE"; leave it out`,
    ],
    [
      "with a role's name that is too long",
      { ...BLUE_GREEN, serviceName: "s".repeat(60) },
      `the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "${"s".repeat(60)}-load-balancer" (74); give a shorter 'serviceName'`,
    ],
  ])("%s", (_, options, message) => {
    expect(refusal(() => build(options))).toBe(`[test/web] ${message}`);
  });

  test("with a domain name that leads to another one already", () => {
    const stack = stackFor();
    const zone = HostedZone.fromAttributes({ zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" });
    const inside = HostedZone.fromAttributes({ zoneId: "Z0123456789ABCDEFGHIK", zoneName: "example.com" });
    const loadBalancer = {
      certificateArn: CERTIFICATE,
      accessLogs: false,
      domainNames: { "a.example.com": zone },
    } as const;
    add(stack, "web", { loadBalancer });
    add(stack, "intern", { loadBalancer: { ...loadBalancer, domainNames: { "a.example.com": inside } } });
    expect(refusal(() => add(stack, "api", { loadBalancer }))).toBe(
      '[test/api/load-balancer] "a.example.com" leads to "test/web/load-balancer" already, and a zone has its records once; leave it out of one of the two, or let services share one load balancer',
    );
    expect(() => add(stackFor(), "api", { loadBalancer })).not.toThrow();
  });

  test("with a load balancer whose name would be too long", () => {
    expect(refusal(() => build({ serviceName: "s".repeat(33) }))).toContain(
      "[test/web/load-balancer] the name of an Elastic Load Balancing load balancer must be 1 to 32 characters",
    );
  });
});

test("a shared load balancer lies in the cluster's VPC, of two that are made by the app too", () => {
  const stack = stackFor();
  const vpcs = ["one", "two"].map(
    (id) => new Vpc(stack, id, { name: id, zones: ["eu-west-1a", "eu-west-1b"], flowLogs: false }),
  ) as [Vpc, Vpc];
  const at = (vpc: Vpc, name: string) =>
    new ApplicationLoadBalancer(stack, name, { name, vpc, certificateArn: CERTIFICATE, accessLogs: false });
  const cluster = clusterOf({ vpc: vpcs[0] });
  expect(refusal(() => add(stack, "web", { cluster, loadBalancer: at(vpcs[1], "there") }))).toContain(
    "'loadBalancer' must lie in the VPC of the cluster, [test/one], got one in [test/two]; make one there",
  );
  expect(add(stack, "api", { cluster, loadBalancer: at(vpcs[0], "here") })).toBeDefined();
});
