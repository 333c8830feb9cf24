import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { CoreDns, type CoreDnsOptions } from "../../../src/constructs/addons/core-dns";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import type { FargateSelector } from "../../../src/model/fargate-selector";
import { importedClusterIn } from "../../support/constructs";
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
