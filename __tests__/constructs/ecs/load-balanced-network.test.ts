import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { CapacityProvider } from "../../../src/model/ecs-capacity";
import { clusterOf } from "../../support/ecs";
import { add, BLUE_GREEN, build, CERTIFICATE, type Options } from "../../support/load-balanced";
import { addresses, refusal, resource, resources, stackFor, synth } from "../../support/stack";

describe("a service behind a Network Load Balancer", () => {
  test("has a port for each target, over TCP, UDP and TLS", () => {
    const { text, service } = build({
      loadBalancer: { type: "network", certificateArn: CERTIFICATE, furtherCertificateArns: { other: CERTIFICATE } },
      targets: {
        dns: { port: "dns", healthCheck: { port: "http" } },
        web: { port: "http", protocol: "TLS", listenerPort: 443 },
      },
    });
    expect(resource(text, LbListener, "web_listener-dns")).toMatchObject({ port: 5353, protocol: "UDP" });
    expect(resource(text, LbListener, "web_listener-web")).toMatchObject({
      port: 443,
      protocol: "TLS",
      certificate_arn: CERTIFICATE,
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    });
    expect(addresses(text)).toEqual(
      expect.arrayContaining([
        "aws_lb_listener_certificate.web_listener-web-certificate-other",
        "aws_vpc_security_group_egress_rule.web_to-tasks-tcp-8080",
        "aws_vpc_security_group_egress_rule.web_to-tasks-udp-5353",
        "aws_vpc_security_group_ingress_rule.web_load-balancer_network_udp-5353-from-vpc",
        "aws_vpc_security_group_ingress_rule.web_service_from-load-balancer-udp-5353",
      ]),
    );
    expect(resource(text, LbTargetGroup, "web_target-web_target-group")).toMatchObject({ protocol: "TCP" });
    expect(service.requestCounter).toBeUndefined();
    expect(service.url).toMatch(/^udp:\/\/.*:5353$/);
  });

  test("leaves a port's target group to ECS when it moves connections, and tries new tasks on another", () => {
    const { text } = build({
      ...BLUE_GREEN,
      loadBalancer: { type: "network" },
      targets: { web: { port: "http", testListenerPort: 8081 } },
    });
    expect(resource(text, LbListener, "web_listener-web").lifecycle).toMatchObject({
      ignore_changes: ["default_action"],
    });
    expect(resource(text, LbListener, "web_test-listener-web")).toMatchObject({ port: 8081, protocol: "TCP" });
  });

  test("is refused on a port that another service has", () => {
    const stack = stackFor();
    const { loadBalancer } = add(stack, "web", { loadBalancer: { type: "network" } });
    expect(refusal(() => add(stack, "api", { loadBalancer }))).toBe(
      `[test/api] load balancer "shop-web" already listens on port 8080 for "shop-web/web"; give "shop-api/web" another 'listenerPort'`,
    );
  });
});

describe("tasks that share the network of their instances", () => {
  const provider = (name: string, unknown = false): CapacityProvider => ({
    name,
    kind: "ec2",
    ...(unknown ? { securityGroupUnknown: true } : {}),
  });
  const clusterWith = (...groups: string[]) =>
    clusterOf({
      capacityProviders: groups.map((name) => provider(name)),
      instances: groups.map((name) => ({ key: name, provider: provider(name), securityGroupId: `sg-${name}` })),
    });
  const task = { launch: "EC2", ownNetworkInterface: false } as const;
  const opened = (text: string, of: typeof VpcSecurityGroupEgressRule | typeof VpcSecurityGroupIngressRule) =>
    Object.entries(resources(text, of))
      .filter(([name]) => name.includes("instances"))
      .map(([name, rule]) => [
        name,
        rule.security_group_id,
        rule.referenced_security_group_id,
        rule.from_port,
        rule.to_port,
      ]);

  test("are entered by their instance, which lets the load balancer in, also on ports that Docker chooses", () => {
    const { text } = build({ task, cluster: clusterWith("general") });
    expect(resource(text, LbTargetGroup)).toMatchObject({ target_type: "instance" });
    const group = "${aws_security_group.web_load-balancer_network_security-group.id}";
    const id = (way: string) => `web_load-balancer_network_${way}-instances-general-tcp`;
    expect(opened(text, VpcSecurityGroupEgressRule)).toEqual([
      [`${id("to")}-32768-65535`, group, "sg-general", 32_768, 65_535],
      [`${id("to")}-8080`, group, "sg-general", 8080, 8080],
    ]);
    expect(opened(text, VpcSecurityGroupIngressRule)).toEqual([
      [`${id("into")}-32768-65535`, "sg-general", group, 32_768, 65_535],
      [`${id("into")}-8080`, "sg-general", group, 8080, 8080],
    ]);
  });

  test("are reached on the Auto Scaling groups that they may run on, and on no other", () => {
    const cluster = clusterWith("gpu", "general");
    const groups = (options: Options) =>
      new Set(opened(build({ task, cluster, ...options }).text, VpcSecurityGroupIngressRule).map(([, group]) => group));
    expect(groups({ capacity: { general: {} } })).toEqual(new Set(["sg-general"]));
    expect(groups({ capacity: { general: {}, gpu: {} } })).toEqual(new Set(["sg-general", "sg-gpu"]));
    expect(groups({ scheduling: "DAEMON" })).toEqual(new Set(["sg-general", "sg-gpu"]));
  });

  test("share the rules of their load balancer, as AWS takes each once", () => {
    const stack = stackFor();
    const cluster = clusterWith("general");
    const { loadBalancer } = add(stack, "web", { task, cluster });
    add(stack, "api", {
      task,
      cluster,
      loadBalancer,
      targets: { api: { port: "admin", conditions: { paths: ["/a"] } } },
    });
    const ports = opened(synth(stack), VpcSecurityGroupIngressRule).map(([, , , from, to]) => [from, to]);
    expect(ports).toEqual([
      [32_768, 65_535],
      [8080, 8080],
      [9090, 9090],
    ]);
  });

  test("are refused where nobody has told the security groups of the instances", () => {
    const cluster = clusterOf({ capacityProviders: [provider("theirs", true)] });
    expect(refusal(() => build({ task, cluster, capacity: { theirs: {} } }))).toBe(
      `[test/web/service] 'targets' are reached by the network of the instances, whose security groups have to let the load balancer in, and those of "theirs" are not known; give them in 'instanceSecurityGroupIds' of the cluster, or choose 'networkMode' "awsvpc" of the task definition`,
    );
    expect(refusal(() => build({ task, cluster: clusterOf({ capacityProviders: [] }) }))).toContain(
      "'targets' are reached by the network of the instances, and the cluster has none that are known; add an Auto Scaling group to it, or",
    );
  });
});
