import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { Testing } from "cdktf";
import { CoreDns, type CoreDnsOptions } from "../../../src/constructs/addons/core-dns";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import type { FargateSelector } from "../../../src/model/fargate-selector";
import { clusterIn, importedClusterIn } from "../../support/constructs";
import { groupIn, networkingIn } from "../../support/nodes";
import { refusal, resource, stackFor, synth } from "../../support/stack";

function build(options: CoreDnsOptions = {}, selectors: readonly FargateSelector[] = [{ namespace: "kube-system" }]) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack);
  new FargateProfile(stack, "web", { cluster, key: "web", selectors: [{ namespace: "web" }] });
  new FargateProfile(stack, "system", { cluster, key: "system", selectors });
  new CoreDns(stack, "coredns", { cluster, ...options });
  return synth(stack);
}

const configuration = (text: string): unknown => JSON.parse(String(resource(text, EksAddon).configuration_values));

describe("CoreDns", () => {
  test("is AWS's add-on in the version that AWS chooses, which takes over what is there", () => {
    const addon = resource(build(), EksAddon);
    expect(addon).toMatchObject({
      cluster_name: "platform",
      addon_name: "coredns",
      resolve_conflicts_on_create: "OVERWRITE",
      resolve_conflicts_on_update: "OVERWRITE",
    });
    expect(addon.addon_version).toBeUndefined();
  });

  test("runs two pods on Fargate, in the smallest size that Fargate has, with limits equal to requests", () => {
    const size = { cpu: "0.25", memory: "256M" };
    expect(configuration(build())).toEqual({
      computeType: "Fargate",
      replicaCount: 2,
      resources: { limits: size, requests: size },
    });
  });

  test("runs as many pods in the version that is asked for", () => {
    const text = build({ replicas: 3, addonVersion: "v1.12.1-eksbuild.2" });
    expect(configuration(text)).toMatchObject({ replicaCount: 3 });
    expect(text).toHaveResourceWithProperties(EksAddon, { addon_version: "v1.12.1-eksbuild.2" });
  });

  test.each<[string, FargateSelector]>([
    ["namespace", { namespace: "kube-system" }],
    ["label", { namespace: "kube-*", labels: { "k8s-app": "kube-dns" } }],
  ])("waits for the profile that takes its pods by %s, and for no other", (_, selector) => {
    expect(resource(build({}, [selector]), EksAddon).depends_on).toEqual(["aws_eks_fargate_profile.system_profile"]);
  });

  test.each<[string, FargateSelector]>([
    ["another namespace", { namespace: "default" }],
    ["other labels", { namespace: "kube-system", labels: { app: "metrics" } }],
  ])("is refused where the only profiles take %s", (_, selector) => {
    expect(refusal(() => build({}, [selector]))).toBe(
      `[test/coredns] no Fargate profile defined so far takes the pods of CoreDNS, which would stay Pending; add a selector { namespace: "kube-system" } (or with labels k8s-app=kube-dns) to a profile, and define it before CoreDNS`,
    );
  });

  test.each([0, 1.5])("is refused with %d pods", (replicas) => {
    expect(refusal(() => build({ replicas }))).toBe(
      `[test/coredns] 'replicas' must be a whole number of at least 1, got ${replicas}`,
    );
  });
});

describe("CoreDns on a cluster with nodes", () => {
  function onNodes(groups: Parameters<typeof groupIn>[2][], selectors: readonly FargateSelector[] = []) {
    const stack = stackFor();
    const cluster = importedClusterIn(stack, { roleName: "platform-cluster" });
    networkingIn(stack, cluster, { windows: true });
    for (const props of groups) {
      groupIn(stack, cluster, props);
    }
    if (selectors.length > 0) {
      new FargateProfile(stack, "system", { cluster, key: "system", selectors });
    }
    new CoreDns(stack, "coredns", { cluster });
    return synth(stack);
  }
  const coreDns = (text: string) => resource(text, EksAddon, "coredns_addon");

  test("runs there as AWS has it when no profile takes its pods, and waits for them", () => {
    const addon = coreDns(onNodes([{}, { key: "tainted", taints: [{ key: "a", effect: "NO_SCHEDULE" }] }]));
    expect(JSON.parse(String(addon.configuration_values))).toEqual({ replicaCount: 2 });
    expect(addon.depends_on).toEqual(["aws_eks_node_group.nodes-general_node-group"]);
  });

  test("runs on Fargate when a profile takes its pods", () => {
    const addon = coreDns(onNodes([{}], [{ namespace: "kube-system" }]));
    expect(JSON.parse(String(addon.configuration_values))).toMatchObject({ computeType: "Fargate" });
    expect(addon.depends_on).toEqual(["aws_eks_fargate_profile.system_profile"]);
  });

  test("runs on nodes that this app does not define", () => {
    const stack = stackFor();
    new CoreDns(stack, "coredns", { cluster: importedClusterIn(stack, { nodes: true }) });
    const addon = coreDns(synth(stack));
    expect(JSON.parse(String(addon.configuration_values))).toEqual({ replicaCount: 2 });
    expect(addon.depends_on).toBeUndefined();
  });

  test.each<[string, Parameters<typeof groupIn>[2]]>([
    ["are Windows nodes", { os: "windows-core-2022" }],
    ["have a taint that its pods do not tolerate", { taints: [{ key: "a", effect: "NO_SCHEDULE" }] }],
    ["are none in the beginning", { minSize: 0 }],
  ])("is refused where the only nodes %s", (_, props) => {
    expect(refusal(() => onNodes([props]))).toBe(
      `[test/coredns] no Fargate profile defined so far takes the pods of CoreDNS, which would stay Pending, and no node group has room for them (a 'desiredSize' of Linux nodes of at least 1, and no taint that they do not tolerate); add a selector { namespace: "kube-system" } (or with labels k8s-app=kube-dns) to a profile, or a node group that has room for them, and define it before CoreDNS`,
    );
  });

  test("makes a cluster whole that has no profile for it", () => {
    const stack = stackFor();
    const cluster = clusterIn(stack);
    networkingIn(stack, cluster);
    expect(() => Testing.synth(stack, true)).toThrow("takes the pods of CoreDNS, and there are no nodes");
    groupIn(stack, cluster);
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });
});
