import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { CloudMapNamespace, type CloudMapNamespaceOptions } from "../../../src/constructs/ecs/cloud-map-namespace";
import { clusterOf } from "../../support/ecs";
import { refusal, resource, resources, stackFor, synth } from "../../support/stack";

function build(options: CloudMapNamespaceOptions = {}) {
  const stack = stackFor();
  const namespace = new CloudMapNamespace(stack, "namespace", { cluster: clusterOf(), ...options });
  return { namespace, text: synth(stack) };
}

describe("CloudMapNamespace", () => {
  test("is one for Service Connect, called after the cluster", () => {
    const { namespace, text } = build();
    expect(resource(text, ServiceDiscoveryHttpNamespace)).toEqual({
      name: "shop.internal",
      description: "Services of ECS cluster shop",
    });
    expect(namespace).toMatchObject({ namespaceName: "shop.internal", kind: "http" });
  });

  test("is known to DNS of the VPC where it says so", () => {
    const { text } = build({ namespaceName: "orders.internal", kind: "private-dns" });
    expect(resource(text, ServiceDiscoveryPrivateDnsNamespace)).toMatchObject({
      name: "orders.internal",
      vpc: "vpc-1",
    });
    expect(resources(text, ServiceDiscoveryHttpNamespace)).toEqual({});
  });

  test("may be there already", () => {
    const attributes = {
      namespaceName: "shop.internal",
      namespaceId: "ns-1",
      namespaceArn: "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-1",
      kind: "private-dns",
    } as const;
    expect(CloudMapNamespace.fromAttributes(attributes)).toEqual(attributes);
  });

  test("refuses names and kinds that AWS refuses", () => {
    expect(refusal(() => build({ namespaceName: "my shop", kind: "public" as never }))).toBe(
      [
        `[test/namespace] the name of an AWS Cloud Map namespace must be 1 to 253 characters (ASCII characters without spaces), got "my shop" (7); choose another 'namespaceName'`,
        `[test/namespace] 'kind' must be "http" or "private-dns", got "public"`,
      ].join("\n"),
    );
  });
});
