import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { PodSecurityGroup, type PodSecurityGroupProps } from "../../../src/constructs/security/pod-security-group";
import { importedClusterIn } from "../../support/constructs";
import { addresses, refusal, resolved, resource, resources, stackFor, synth } from "../../support/stack";

type Options = Partial<Omit<PodSecurityGroupProps, "cluster">>;

function build(options: Options = {}) {
  const stack = stackFor();
  const group = new PodSecurityGroup(stack, "sg", { cluster: importedClusterIn(stack), key: "orders", ...options });
  return { stack, group, text: synth(stack) };
}

const OWN = "${aws_security_group.sg_security-group.id}";

describe("PodSecurityGroup", () => {
  test("is a group in the cluster's VPC, with what a pod on Fargate needs on both sides", () => {
    const { text } = build({ ports: [8080] });
    expect(resource(text, SecurityGroup)).toEqual({
      name: "platform-pods-orders",
      description: "Pods of EKS cluster platform",
      vpc_id: "vpc-1",
      tags: { Name: "platform-pods-orders" },
    });
    const fromCluster = (description: string, port: number) => ({
      security_group_id: OWN,
      description,
      referenced_security_group_id: "sg-1",
      ip_protocol: "tcp",
      from_port: port,
      to_port: port,
    });
    const toCluster = (description: string, ip_protocol: string, port: number) => ({
      security_group_id: "sg-1",
      description: `${description}, platform-pods-orders`,
      referenced_security_group_id: OWN,
      ip_protocol,
      from_port: port,
      to_port: port,
    });
    expect(resources(text, VpcSecurityGroupIngressRule)).toEqual({
      sg_kubelet: fromCluster("Logs, commands and metrics by the kubelet", 10250),
      "sg_port-8080": fromCluster("Probes and pods of the cluster, port 8080", 8080),
      "sg_from-pods-dns-udp": toCluster("Names from CoreDNS", "udp", 53),
      "sg_from-pods-dns-tcp": toCluster("Long answers from CoreDNS", "tcp", 53),
      "sg_from-pods-api": toCluster("Kubernetes API", "tcp", 443),
    });
    expect(resources(text, VpcSecurityGroupEgressRule)).toEqual({
      sg_everywhere: {
        security_group_id: OWN,
        description: "Everything",
        ip_protocol: "-1",
        cidr_ipv4: "0.0.0.0/0",
      },
    });
  });

  test("reaches what is named, and the cluster", () => {
    const { text } = build({
      ingress: { peers: { self: true, port: { from: 7946, to: 7947 }, protocol: "udp" } },
      egress: { database: { securityGroupId: "sg-2", port: 5432 } },
    });
    expect(resource(text, VpcSecurityGroupIngressRule, "sg_ingress-peers")).toEqual({
      security_group_id: OWN,
      description: "peers",
      referenced_security_group_id: OWN,
      ip_protocol: "udp",
      from_port: 7946,
      to_port: 7947,
    });
    expect(resources(text, VpcSecurityGroupEgressRule)).toMatchObject({
      "sg_egress-database": { referenced_security_group_id: "sg-2", from_port: 5432, to_port: 5432 },
      "sg_cluster-dns-udp": { security_group_id: OWN, referenced_security_group_id: "sg-1", ip_protocol: "udp" },
      "sg_cluster-dns-tcp": { ip_protocol: "tcp", from_port: 53 },
      "sg_cluster-api": { ip_protocol: "tcp", from_port: 443 },
    });
  });

  test("tells all groups of the pods, their own first", () => {
    const { stack, group } = build({ additionalSecurityGroupIds: ["sg-9", "sg-3"] });
    expect(resolved(stack, group.securityGroupIds)).toEqual([OWN, "sg-3", "sg-9"]);
  });

  test("is ready once all of its rules are there", () => {
    const { stack, group, text } = build({ ports: [80] });
    const rules = addresses(text).filter((address) => address.includes("_rule."));
    expect(group.ready.map(({ fqn }) => resolved(stack, fqn)).sort()).toEqual(rules.map((rule) => `\${${rule}}`));
  });

  test("is the same to the byte in whatever order ports and rules are given", () => {
    const rules = { a: { self: true }, b: { cidr: "10.0.0.0/8" } };
    const turned = Object.fromEntries(Object.entries(rules).reverse());
    expect(build({ ports: [80, 443], ingress: rules, egress: rules }).text).toBe(
      build({ ports: [443, 80], ingress: turned, egress: turned }).text,
    );
  });

  test("is refused with all that is wrong with it, at once", () => {
    const message = refusal(() => build({ key: "Orders", ports: [0], egress: { db: { port: 5432 } } }));
    expect(message.split("\n").map((line) => line.slice(0, 40))).toEqual([
      "[test/sg] the name of a pod security gro",
      "[test/sg] 'ports' must be 1 to 65535, go",
      `[test/sg] rule "db" of 'egress' must hav`,
    ]);
  });

  test("takes values that only Terraform knows", () => {
    const { stack, group } = build();
    const id = group.securityGroupId;
    const cluster = importedClusterIn(stackFor());
    expect(
      () =>
        new PodSecurityGroup(stack, "other", {
          cluster: { ...cluster, vpc: cluster.vpc, clusterSecurityGroupId: id } as typeof cluster,
          key: "other",
          ingress: { orders: { securityGroupId: id } },
          additionalSecurityGroupIds: [id],
        }),
    ).not.toThrow();
  });
});
