import { ClusterRoleBindingV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import {
  KubeResourceReport,
  type KubeResourceReportOptions,
} from "../../../src/constructs/addons/kube-resource-report";
import { MetricsServer } from "../../../src/constructs/addons/metrics-server";
import { Deployment } from "../../../src/constructs/kubernetes/deployment";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { importedClusterIn } from "../../support/constructs";
import { addresses, type Properties, refusal, resource, stackFor, synth } from "../../support/stack";

function build(options: KubeResourceReportOptions = {}, namespaces = ["kube-resource-report", "kube-system"]) {
  const stack = stackFor();
  Mirrors.set(stack, { images: "mirror.example.com" });
  const selectors = namespaces.map((namespace) => ({ namespace }));
  const cluster = importedClusterIn(stack, {
    fargateProfiles: [{ key: "tools", name: "tools", hashed: false, selectors }],
  });
  const { ready } = new MetricsServer(stack, "metrics-server", { cluster });
  const report = new KubeResourceReport(stack, "report", { cluster, dependsOn: [ready], ...options });
  return { report, text: synth(stack) };
}

type Block = Readonly<Record<string, readonly Properties[]>>;
const podOf = (text: string): Block => {
  const [spec] = resource(text, Deployment).spec as Block[];
  const [template] = (spec?.template ?? []) as unknown as Block[];
  return (template?.spec?.[0] ?? {}) as unknown as Block;
};
const containerOf = (text: string, name: string) => podOf(text).container?.find((container) => container.name === name);

describe("KubeResourceReport", () => {
  test("is objects of our own, and no chart", () => {
    expect(addresses(build().text).filter((address) => address.includes(".report"))).toEqual([
      "kubernetes_cluster_role_binding_v1.report_cluster-role-binding",
      "kubernetes_cluster_role_v1.report_cluster-role",
      "kubernetes_deployment_v1.report_deployment",
      "kubernetes_namespace_v1.report_namespace",
      "kubernetes_service_account_v1.report_service-account",
      "kubernetes_service_v1.report_service",
    ]);
  });

  test("is one pinned image, from the mirror or from where it is told to", () => {
    const images = (options: KubeResourceReportOptions = {}) =>
      podOf(build(options).text).container?.map(({ image }) => image);
    const published = "mirror.example.com/hjacobs/kube-resource-report:22.11.0";
    expect(images()).toEqual([published, published]);
    const own = "a.example.com/report:1";
    expect(images({ image: { registry: "a.example.com", repository: "report", tag: "1" } })).toEqual([own, own]);
  });

  test("may read what it shows, and change nothing", () => {
    const { rule } = resource(build().text, ClusterRoleV1) as { rule: { verbs: string[]; resources: string[] }[] };
    expect(new Set(rule.flatMap(({ verbs }) => verbs))).toEqual(new Set(["get", "list"]));
    expect(rule.flatMap(({ resources }) => resources)).not.toContain("secrets");
    expect(resource(build().text, ClusterRoleBindingV1)).toMatchObject({
      subject: [{ kind: "ServiceAccount", name: "kube-resource-report" }],
    });
  });

  test("lets the container that asks the Kubernetes API do so, and not the one that serves the pages", () => {
    const { text } = build();
    expect(resource(text, ServiceAccountV1)).toMatchObject({ automount_service_account_token: false });
    expect(podOf(text)).toMatchObject({ automount_service_account_token: false });
    const mounts = (name: string) =>
      ((containerOf(text, name)?.volume_mount ?? []) as Properties[]).map(({ mount_path }) => mount_path);
    expect(mounts("writer")).toContain("/var/run/secrets/kubernetes.io/serviceaccount");
    expect(mounts("reader")).toEqual(["/output"]);
  });

  test("fills Fargate's smallest size, with limits equal to requests", () => {
    const sizes = podOf(build().text).container?.map(({ resources }) => resources);
    const size = (cpu: string, memory: string) => [{ limits: { cpu, memory }, requests: { cpu, memory } }];
    expect(sizes).toEqual([size("150m", "192Mi"), size("100m", "64Mi")]);
  });

  test("is held to the restricted Pod Security Standard", () => {
    expect(resource(build().text, NamespaceV1)).toMatchObject({
      metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
  });

  test("is reached inside of the cluster, or through kubectl", () => {
    const { text, report } = build();
    expect(resource(text, ServiceV1)).toMatchObject({
      spec: {
        type: "ClusterIP",
        selector: { "app.kubernetes.io/name": "kube-resource-report" },
        port: [{ name: "http", port: 80, target_port: "http" }],
      },
    });
    expect(report.portForwardCommand).toBe(
      "kubectl port-forward -n kube-resource-report service/kube-resource-report 8080:80",
    );
  });

  test("reads labels of nodes that EKS writes today, and asks no Ingress for its page", () => {
    const writer = containerOf(build({ updateIntervalInMinutes: 1, additionalCostPerCluster: 73 }).text, "writer");
    expect(writer?.args).toEqual([
      "--update-interval-minutes=1",
      "--additional-cost-per-cluster=73",
      "--no-ingress-status",
      "/output",
    ]);
    expect(writer?.env).toContainEqual({ name: "NODE_LABEL_REGION", value: "topology.kubernetes.io/region" });
  });

  test("waits for the Metrics Server and for its rights", () => {
    expect(resource(build().text, Deployment).depends_on).toEqual([
      "kubernetes_namespace_v1.report_namespace",
      "kubernetes_cluster_role_binding_v1.report_cluster-role-binding",
      "helm_release.metrics-server_chart_release",
    ]);
  });

  test("without an interval, or with a price below 0, is refused", () => {
    expect(refusal(() => build({ updateIntervalInMinutes: 0, additionalCostPerCluster: -1 }))).toBe(
      "[test/report] 'updateIntervalInMinutes' must be a number above 0, got 0\n[test/report] 'additionalCostPerCluster' must be US dollars, 0 or more, got -1",
    );
  });

  test("that no profile takes is refused", () => {
    expect(refusal(() => build({}, ["kube-system"]))).toContain(
      'no Fargate profile takes the pods of Deployment kube-resource-report in namespace "kube-resource-report"',
    );
  });
});
