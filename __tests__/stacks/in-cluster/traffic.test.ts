import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Release } from "@cdktf/provider-helm/lib/release";
import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { DataResource, TerraformResource, Testing } from "cdktf";
import { parseSettings } from "../../../src/settings/load";
import { ClusterStack } from "../../../src/stacks/cluster-stack";
import { InClusterStack } from "../../../src/stacks/in-cluster-stack";
import { withoutStackTraces } from "../../../src/stacks/stack-traces";
import { addresses, appInMemory, resource, resources } from "../../support/stack";

const BASE = `
name: platform
region: eu-west-1
access:
  admins:
    principal: arn:aws:iam::111122223333:role/admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
`;
const PROFILES =
  "fargate: { profiles: { all: { selectors: [{ namespace: kube-system }, { namespace: ingress-nginx }] } } }\n";
const NEW = `${BASE}${PROFILES}network: { zones: [eu-west-1a, eu-west-1b] }\n`;
const EXISTING = `${BASE}${PROFILES}
network: { existing: { vpcId: vpc-1, privateSubnetIds: { eu-west-1a: subnet-a, eu-west-1b: subnet-b } } }
cluster:
  existing:
    endpoint: https://ABC.gr7.eu-west-1.eks.amazonaws.com
    certificateAuthority: Y2VydGlmaWNhdGU=
    oidcIssuer: https://oidc.eks.eu-west-1.amazonaws.com/id/ABC
    oidcProviderArn: arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC
    clusterSecurityGroupId: sg-1
`;

const SHOP = "shop: { namespace: shop, hosts: { '*': { /: { service: front, port: 80 } } } }";
const API = "api: { namespace: shop, hosts: { '*': { /: { service: api, port: 80 } } } }";
const MQTT = "mqtt: { namespace: iot, selector: { app: mqtt }, ports: { mqtt: { port: 1883 } } }";

const inCluster = (features: string) => `inCluster:\n${features}\n`;

function synth(yaml: string): string {
  return withoutStackTraces(() =>
    Testing.synth(new InClusterStack(appInMemory(), "platform-in-cluster", parseSettings(yaml, "test.yaml"))),
  );
}

function clusterStack(yaml: string): { stack: ClusterStack; text: string } {
  return withoutStackTraces(() => {
    const stack = new ClusterStack(appInMemory(), "platform-cluster", parseSettings(yaml, "test.yaml"));
    return { stack, text: Testing.synth(stack) };
  });
}

const values = (text: string, release: string) => String(resource(text, Release, release).values);

describe("traffic in the in-cluster stack", () => {
  test("has a controller with a role of its own", () => {
    const text = synth(`${NEW}${inCluster("  albController: {}")}`);
    expect(resource(text, IamRole).name).toBe("platform-irsa");
    expect(values(text, "alb-controller_chart_release")).toContain("aws_iam_role.alb-controller_role_irsa_role.arn");
  });

  test("has a controller with the role of the cluster's stack, where the settings make one there", () => {
    const text = synth(`${NEW}albController: { serviceAccount: alb }\n${inCluster("  albController: {}")}`);
    expect(resources(text, IamRole)).toEqual({});
    const release = values(text, "alb-controller_chart_release");
    expect(release).toContain("outputs.alb_controller_role_arn");
    expect(release).toContain('"name":"alb"');
  });

  test("has AWS WAF off where the VPC has endpoints alone", () => {
    const waf = (yaml: string) => values(synth(yaml), "alb-controller_chart_release");
    const features = inCluster("  albController: {}");
    const alone = NEW.replace("network: {", "network: { nat: none, interfaceEndpoints: true,");
    expect(waf(`${NEW}${features}`)).toContain('"enableWafv2":true');
    expect(waf(`${alone}${features}`)).toContain('"enableWafv2":false');
    expect(waf(`${EXISTING}${features}`)).toContain('"enableWafv2":true');
  });

  test("destroys what has load balancers before the guard, and the guard before the controller", () => {
    const text = synth(
      `${NEW}${inCluster(`  albController: {}\n  ingressNginx: {}\n  ingresses: { ${SHOP} }\n  networkLoadBalancers: { ${MQTT} }`)}`,
    );
    const guard = ["terraform_data.alb-controller_guard"];
    expect(resource(text, IngressV1).depends_on).toEqual(guard);
    expect(resource(text, ServiceV1).depends_on).toEqual(guard);
    expect(resource(text, Release, "ingress-nginx_chart_release").depends_on).toEqual(guard);
    expect(resource(text, DataResource).depends_on).toEqual(["helm_release.alb-controller_chart_release"]);
  });

  test("has Ingresses on a cluster whose controller is somebody else's", () => {
    const text = synth(`${EXISTING}${inCluster(`  ingresses: { ${SHOP} }`)}`);
    expect(addresses(text).filter((address) => !address.startsWith("data."))).toEqual([
      "kubernetes_ingress_v1.ingress-shop_ingress",
    ]);
    expect(resource(text, IngressV1).depends_on).toBeUndefined();
  });

  test("tells the names of load balancers", () => {
    const text = synth(
      `${NEW}${inCluster(`  albController: {}\n  ingresses: { ${SHOP} }\n  networkLoadBalancers: { ${MQTT} }`)}`,
    );
    const { output } = JSON.parse(text) as { output: Record<string, { value: unknown }> };
    expect(output.ingress_hostnames?.value).toEqual({
      shop: expect.stringContaining("ingress-shop_ingress.status[0]"),
    });
    expect(output.nlb_hostnames?.value).toEqual({ mqtt: expect.stringContaining("nlb-mqtt_service.status[0]") });
  });

  test("is the same in whatever order the settings name things", () => {
    const one = synth(`${NEW}${inCluster(`  albController: {}\n  ingresses: { ${SHOP}, ${API} }`)}`);
    expect(synth(`${NEW}${inCluster(`  ingresses: { ${API}, ${SHOP} }\n  albController: {}`)}`)).toBe(one);
  });

  test("hands a $ { of nginx on as it is written", () => {
    const config = "config: { log-format-upstream: '${remote_addr}' }";
    const text = synth(`${NEW}${inCluster(`  albController: {}\n  ingressNginx: { ${config} }`)}`);
    expect(values(text, "ingress-nginx_chart_release")).toContain("$${remote_addr}");
  });

  test("chooses the autoscaler's release by the version of the cluster", () => {
    const nodes = "nodeGroups: { groups: { main: { instanceTypes: [m7g.large], minSize: 1, maxSize: 3 } } }\n";
    const text = synth(`${NEW}${nodes}cluster: { version: "1.35" }\n${inCluster("  clusterAutoscaler: {}")}`);
    expect(values(text, "cluster-autoscaler_chart_release")).toContain('"tag":"v1.35.2"');
  });

  test("writes into the zones that ExternalDNS is told, all unless it is told some", () => {
    const zones = "  hostedZones: { a: { zoneName: a.com, zoneId: Z0A }, b: { zoneName: b.com, zoneId: Z0B } }";
    const dns = (more: string) =>
      values(
        synth(`${NEW}${inCluster(`${zones}\n  externalDns: { policy: upsert-only, ownerId: platform${more} }`)}`),
        "external-dns_chart_release",
      );
    expect(dns("")).toContain('"zone-id-filter":["Z0A","Z0B"]');
    expect(dns(", zones: [b]")).toContain('"zone-id-filter":["Z0B"]');
  });
});

describe("the cluster's stack", () => {
  test("refuses to be destroyed while load balancers are left, before anything of it goes", () => {
    const { stack, text } = clusterStack(`${NEW}${inCluster("  albController: {}")}`);
    const all = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
    expect(resource(text, DataResource).depends_on).toHaveLength(all.length - 1);
    expect(resource(text, DataResource).depends_on).toEqual(
      expect.arrayContaining(["aws_eks_fargate_profile.fargate-all_profile", "aws_eks_addon.coredns_addon"]),
    );
  });

  test.each([
    ["where nothing makes load balancers", "  metricsServer: {}"],
    ["where it is told not to", "  albController: { guard: false }"],
  ])("has no guard %s", (_, features) => {
    expect(resources(clusterStack(`${NEW}${inCluster(features)}`).text, DataResource)).toEqual({});
  });
});
