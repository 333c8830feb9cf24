import { Release } from "@cdktf/provider-helm/lib/release";
import { PodSecurityGroup } from "../../../src/constructs/security/pod-security-group";
import {
  SecurityGroupPolicy,
  type SecurityGroupPolicyProps,
} from "../../../src/constructs/security/security-group-policy";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resource, stackFor, synth } from "../../support/stack";

type Options = Omit<SecurityGroupPolicyProps, "group" | "namespace">;

function build(options: Options, namespace = "shop") {
  const stack = stackFor();
  const group = new PodSecurityGroup(stack, "group", {
    cluster: importedClusterIn(stack),
    key: "orders",
    additionalSecurityGroupIds: ["sg-9"],
  });
  new SecurityGroupPolicy(stack, "policy", { group, namespace, ...options });
  return resource(synth(stack), Release);
}

const objects = (options: Options) => {
  const [values = ""] = build(options).values as string[];
  return (JSON.parse(values) as { objects: unknown[] }).objects;
};

describe("SecurityGroupPolicy", () => {
  test("gives the group and its companions to the pods with the labels, once all rules are there", () => {
    expect(objects({ podLabels: { tier: "back", app: "orders" } })).toEqual([
      {
        apiVersion: "vpcresources.k8s.aws/v1beta1",
        kind: "SecurityGroupPolicy",
        metadata: { name: "orders", namespace: "shop" },
        spec: {
          podSelector: { matchLabels: { app: "orders", tier: "back" } },
          securityGroups: { groupIds: ["${aws_security_group.group_security-group.id}", "sg-9"] },
        },
      },
    ]);
    expect(build({ podLabels: {} })).toMatchObject({
      name: "orders-pods",
      namespace: "shop",
      depends_on: expect.arrayContaining([
        "aws_vpc_security_group_ingress_rule.group_from-pods-dns-udp",
        "aws_vpc_security_group_egress_rule.group_everywhere",
      ]),
    });
  });

  test("may choose by service accounts, and all of the namespace", () => {
    expect(objects({ serviceAccountLabels: { team: "orders" } })).toMatchObject([
      { spec: { serviceAccountSelector: { matchLabels: { team: "orders" } } } },
    ]);
    const [all] = objects({ podLabels: {} }) as { spec: Record<string, unknown> }[];
    expect(all?.spec.podSelector).toEqual({});
  });

  test("is refused without a choice, or with two", () => {
    const message = (got: string) =>
      `[test/policy] a security group policy must choose pods by either 'podLabels' or 'serviceAccountLabels', got ${got}; {} chooses all of the namespace`;
    expect(refusal(() => build({}))).toBe(message("neither"));
    expect(refusal(() => build({ podLabels: {}, serviceAccountLabels: {} }))).toBe(message("both"));
  });

  test("is refused with names that Kubernetes does not take", () => {
    expect(refusal(() => build({ podLabels: { "my app": "a b" } }, "Shop")).split("\n")).toEqual([
      expect.stringContaining(`'namespace' must be a Kubernetes name`),
      expect.stringContaining(`label key "my app"`),
      expect.stringContaining(`label "my app" must have a value`),
    ]);
  });
});
