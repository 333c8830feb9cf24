import { Release } from "@cdktf/provider-helm/lib/release";
import { MetricsServer, type MetricsServerOptions } from "../../../src/constructs/addons/metrics-server";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import type { NamedFargateProfile } from "../../../src/model/fargate-profile";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resource, stackFor, synth } from "../../support/stack";

const profile = (namespace: string): NamedFargateProfile => ({
  key: namespace,
  name: namespace,
  hashed: false,
  selectors: [{ namespace }],
});

function build(options: MetricsServerOptions = {}, namespace = "kube-system") {
  const stack = stackFor();
  Mirrors.set(stack, { images: "mirror.example.com" });
  const cluster = importedClusterIn(stack, { fargateProfiles: [profile(namespace)] });
  new MetricsServer(stack, "metrics-server", { cluster, ...options });
  return resource(synth(stack), Release);
}

const values = (release: Readonly<Record<string, unknown>>): unknown =>
  JSON.parse((release.values as string[])[0] ?? "");

describe("MetricsServer", () => {
  test("is the chart in the version of the project, in kube-system", () => {
    expect(build()).toMatchObject({ chart: "metrics-server", version: "3.13.1", namespace: "kube-system" });
  });

  test("listens on a port that the kubelet of Fargate leaves free", () => {
    expect(values(build())).toMatchObject({ containerPort: 10251 });
  });

  test("fills Fargate's smallest size, with limits equal to requests", () => {
    const size = { cpu: "250m", memory: "256Mi" };
    expect(values(build())).toMatchObject({ resources: { requests: size, limits: size } });
  });

  test("runs two pods, of which one stays while Fargate patches the other", () => {
    expect(values(build())).toMatchObject({ replicas: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } });
    expect(values(build({ replicas: 1 }))).toMatchObject({ replicas: 1, podDisruptionBudget: { enabled: false } });
  });

  test("takes its image from the mirror, or from where it is told to", () => {
    expect(values(build())).toMatchObject({
      image: { repository: "mirror.example.com/metrics-server/metrics-server", tag: "v0.8.1" },
    });
    expect(values(build({ image: { registry: "other.example.com", tag: "v0.8.2" } }))).toMatchObject({
      image: { repository: "other.example.com/metrics-server/metrics-server", tag: "v0.8.2" },
    });
  });

  test("waits for the profile of its own stack that takes its pods", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    new FargateProfile(stack, "system", { cluster, key: "system", selectors: [{ namespace: "kube-system" }] });
    new FargateProfile(stack, "web", { cluster, key: "web", selectors: [{ namespace: "web" }] });
    new MetricsServer(stack, "metrics-server", { cluster });
    expect(resource(synth(stack), Release).depends_on).toEqual(["aws_eks_fargate_profile.system_profile"]);
  });

  test("is refused where no profile takes its pods and there are no nodes", () => {
    expect(refusal(() => build({}, "web"))).toBe(
      `[test/metrics-server] no Fargate profile takes the pods of the Metrics Server in namespace "kube-system", and there are no nodes, so they would stay Pending; add a selector { namespace: "kube-system" } to a profile`,
    );
  });

  test.each([
    ["with nodes", { fargateProfiles: [profile("web")], nodes: true }],
    ["whose profiles are not known", {}],
  ])("is accepted on a cluster %s", (_, attributes) => {
    const stack = stackFor();
    new MetricsServer(stack, "metrics-server", { cluster: importedClusterIn(stack, attributes) });
    expect(resource(synth(stack), Release)).toMatchObject({ name: "metrics-server" });
  });

  test("is refused without a pod", () => {
    expect(refusal(() => build({ replicas: 0 }))).toBe(
      "[test/metrics-server] 'replicas' must be a whole number of at least 1, got 0",
    );
  });
});
