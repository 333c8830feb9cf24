import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { AlbController } from "../../../src/constructs/addons/alb-controller";
import { AlbIngress, type AlbIngressProps } from "../../../src/constructs/traffic/alb-ingress";
import { importedClusterIn } from "../../support/constructs";
import { ACCOUNT, refusal, resolved, resource, stackFor, synth, warnings } from "../../support/stack";

const PREFIX = "alb.ingress.kubernetes.io";

function build(options: Partial<AlbIngressProps> = {}) {
  const stack = stackFor();
  const ingress = new AlbIngress(stack, "shop", {
    controller: AlbController.fromAttributes(),
    namespace: "shop",
    name: "shop",
    hosts: { "shop.example.com": { "/": { service: "front", port: 80 } } },
    ...options,
  });
  return { stack, ingress, text: synth(stack) };
}

describe("AlbIngress", () => {
  test("is an Ingress of the controller's class, with IP targets", () => {
    expect(resource(build().text, IngressV1)).toEqual({
      metadata: {
        name: "shop",
        namespace: "shop",
        annotations: expect.objectContaining({ [`${PREFIX}/target-type`]: "ip", [`${PREFIX}/scheme`]: "internal" }),
      },
      spec: {
        ingress_class_name: "alb",
        rule: [
          {
            host: "shop.example.com",
            http: {
              path: [{ path: "/", path_type: "Prefix", backend: { service: { name: "front", port: { number: 80 } } } }],
            },
          },
        ],
      },
      wait_for_load_balancer: true,
    });
  });

  test("puts hosts in the order in which they are asked, and * for any host without a name", () => {
    const hosts: AlbIngressProps["hosts"] = {
      "*": { "/": { service: "any", port: "http" } },
      "a.example.com": { "/b": { service: "b", port: 80, pathType: "Exact" }, "/a": { service: "a", port: 80 } },
    };
    const { rule } = resource(build({ hosts }).text, IngressV1).spec as { rule: unknown };
    expect(rule).toEqual([
      {
        host: "a.example.com",
        http: {
          path: [
            { path: "/a", path_type: "Prefix", backend: { service: { name: "a", port: { number: 80 } } } },
            { path: "/b", path_type: "Exact", backend: { service: { name: "b", port: { number: 80 } } } },
          ],
        },
      },
      {
        http: {
          path: [{ path: "/", path_type: "Prefix", backend: { service: { name: "any", port: { name: "http" } } } }],
        },
      },
    ]);
  });

  test("waits for the controller's guard, and so is destroyed while the controller runs", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    const controller = new AlbController(stack, "alb", { cluster, roleArn: `arn:aws:iam::${ACCOUNT}:role/controller` });
    new AlbIngress(stack, "shop", {
      controller,
      namespace: "shop",
      name: "shop",
      hosts: { "*": { "/": { service: "front", port: 80 } } },
    });
    expect(resource(synth(stack), IngressV1).depends_on).toEqual(["terraform_data.alb_guard_guard"]);
  });

  test("tells the name of its load balancer", () => {
    const { stack, ingress } = build();
    expect(resolved(stack, ingress.hostname)).toBe(
      "${kubernetes_ingress_v1.shop_ingress.status[0].load_balancer[0].ingress[0].hostname}",
    );
  });

  test("of the internet over HTTP is warned of", () => {
    expect(warnings(build({ scheme: "internet-facing" }).stack)).toEqual([
      `[test/shop] Ingress "shop" is reached from the internet over HTTP, which everybody on the way can read; give it 'certificateArns'`,
    ]);
  });

  test("is refused with what the controller would not do, in one message", () => {
    expect(refusal(() => build({ hosts: {}, group: "Team" }))).toBe(
      [
        `[test/shop] 'hosts' must hold at least one host, like "shop.example.com" or "*" for any, got none`,
        `[test/shop] 'group' must be 1 to 63 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, got "Team"`,
      ].join("\n"),
    );
  });
});
