import { Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { KubeDownscaler, type KubeDownscalerOptions } from "../../../src/constructs/addons/kube-downscaler";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resource, stackFor, synth } from "../../support/stack";

function build(options: KubeDownscalerOptions = {}, namespace = "py-kube-downscaler") {
  const stack = stackFor();
  Mirrors.set(stack, { images: "mirror.example.com" });
  const profile = { key: "tools", name: "tools", hashed: false, selectors: [{ namespace }] };
  const cluster = importedClusterIn(stack, { fargateProfiles: [profile] });
  new KubeDownscaler(stack, "downscaler", { cluster, ...options });
  return synth(stack);
}

interface Values {
  readonly arguments: readonly string[];
  readonly [key: string]: unknown;
}

const valuesOf = (options: KubeDownscalerOptions = {}) =>
  JSON.parse((resource(build(options), Release).values as string[])[0] ?? "") as Values;

describe("KubeDownscaler", () => {
  test("is the chart in the version of the project, in a namespace of its own", () => {
    const text = build();
    expect(resource(text, Release)).toMatchObject({
      chart: "py-kube-downscaler",
      repository: "oci://ghcr.io/caas-team/charts",
      version: "0.3.12",
      name: "py-kube-downscaler",
      namespace: "${kubernetes_namespace_v1.downscaler_namespace.metadata[0].name}",
    });
    expect(resource(text, NamespaceV1)).toEqual({ metadata: { name: "py-kube-downscaler" } });
  });

  test("does nothing by itself until it is told a schedule, and leaves kinds out that no chart has brought", () => {
    expect(valuesOf().arguments).toEqual([
      "--interval=60",
      "--grace-period=900",
      "--include-resources=deployments,statefulsets",
      "--exclude-deployments=py-kube-downscaler",
    ]);
  });

  test("takes every option", () => {
    const values = valuesOf({
      defaultUptime: "Mon-Fri 08:00-19:00 Europe/Berlin",
      defaultDowntime: "2026-12-24T00:00:00+01:00-2026-12-27T00:00:00+01:00",
      gracePeriodInSeconds: 60,
      intervalInSeconds: 30,
      includeResources: ["statefulsets", "cronjobs"],
      excludeNamespaces: ["live-*"],
      excludeDeployments: ["web", "api"],
      dryRun: true,
    });
    expect(values.arguments).toEqual([
      "--interval=30",
      "--grace-period=60",
      "--include-resources=cronjobs,statefulsets",
      "--exclude-deployments=api,py-kube-downscaler,web",
      "--default-uptime=Mon-Fri 08:00-19:00 Europe/Berlin",
      "--default-downtime=2026-12-24T00:00:00+01:00-2026-12-27T00:00:00+01:00",
      "--dry-run",
    ]);
    expect(values.excludedNamespaces).toEqual(expect.arrayContaining(["live-.*", "kube-.*", "py-kube-downscaler"]));
  });

  test("gets what is left of the Fargate size that the chart's request reaches, with limits equal to requests", () => {
    const size = { cpu: "250m", memory: "768Mi" };
    expect(valuesOf().resources).toEqual({ requests: size, limits: size });
  });

  test("may touch every namespace, or those that are named alone", () => {
    expect(valuesOf()).not.toHaveProperty("constrainedDownscaler");
    expect(valuesOf({ namespaces: ["b", "a", "b"] })).toMatchObject({
      constrainedDownscaler: true,
      constrainedNamespaces: ["a", "b"],
    });
  });

  test("takes its image from the mirror, or from where it is told to", () => {
    expect(valuesOf().image).toEqual({ repository: "mirror.example.com/caas-team/py-kube-downscaler", tag: "26.4.0" });
    expect(valuesOf({ image: { registry: "a.example.com", tag: "26.5.0" } }).image).toEqual({
      repository: "a.example.com/caas-team/py-kube-downscaler",
      tag: "26.5.0",
    });
  });

  test("without a schedule that can be read is refused", () => {
    expect(refusal(() => build({ defaultUptime: "office hours" }))).toMatch(
      /^\[test\/downscaler\] 'defaultUptime' must be "always", .*, got "office hours"$/,
    );
  });

  test("that no profile takes is refused", () => {
    expect(refusal(() => build({}, "default"))).toBe(
      `[test/downscaler] no Fargate profile takes the pods of py-kube-downscaler in namespace "py-kube-downscaler", and there are no nodes, so they would stay Pending; add a selector { namespace: "py-kube-downscaler" } to a profile`,
    );
  });
});
