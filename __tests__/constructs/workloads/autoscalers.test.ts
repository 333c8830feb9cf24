import { Release } from "@cdktf/provider-helm/lib/release";
import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type { TerraformStack } from "cdktf";
import type { IEksCluster } from "../../../src/constructs/cluster/ieks-cluster";
import { Deployment } from "../../../src/constructs/kubernetes/deployment";
import { StatefulSet } from "../../../src/constructs/kubernetes/stateful-set";
import {
  HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerProps,
} from "../../../src/constructs/workloads/horizontal-pod-autoscaler";
import {
  VerticalPodAutoscaler,
  type VerticalPodAutoscalerProps,
} from "../../../src/constructs/workloads/vertical-pod-autoscaler";
import { importedClusterIn } from "../../support/constructs";
import { podTemplate } from "../../support/pod-templates";
import { refusal, resource, stackFor, synth, warnings } from "../../support/stack";

const WEB = { kind: "Deployment", name: "web" };

function start() {
  const stack = stackFor();
  return { stack, cluster: importedClusterIn(stack) };
}

function deploymentIn(stack: TerraformStack, cluster: IEksCluster, replicas?: number): Deployment {
  const common = { cluster, namespace: "shop", name: "web", template: podTemplate() };
  return new Deployment(stack, "web", { ...common, ...(replicas === undefined ? {} : { replicas }) });
}

function horizontal(stack: TerraformStack, cluster: IEksCluster, props: Partial<HorizontalPodAutoscalerProps> = {}) {
  const { name = "horizontal" } = props;
  return new HorizontalPodAutoscaler(stack, name, {
    cluster,
    namespace: "shop",
    target: WEB,
    maxReplicas: 10,
    cpuUtilization: 60,
    ...props,
  });
}

function vertical(stack: TerraformStack, cluster: IEksCluster, props: Partial<VerticalPodAutoscalerProps> = {}) {
  const { name = "vertical" } = props;
  return new VerticalPodAutoscaler(stack, name, {
    cluster,
    namespace: "shop",
    target: WEB,
    updateMode: "Recreate",
    ...props,
  });
}

function refused(build: (stack: TerraformStack, cluster: IEksCluster) => unknown): string {
  const { stack, cluster } = start();
  return refusal(() => build(stack, cluster));
}

describe("HorizontalPodAutoscaler", () => {
  function built(props: Partial<HorizontalPodAutoscalerProps> = {}) {
    const { stack, cluster } = start();
    horizontal(stack, cluster, props);
    return { autoscaler: resource(synth(stack), HorizontalPodAutoscalerV2), stack };
  }

  test("scales a workload by name between one pod and the most", () => {
    expect(built().autoscaler).toEqual({
      metadata: { name: "web", namespace: "shop" },
      spec: {
        scale_target_ref: { api_version: "apps/v1", kind: "Deployment", name: "web" },
        min_replicas: 1,
        max_replicas: 10,
        metric: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", average_utilization: 60 } },
          },
        ],
      },
    });
  });

  test("takes every option at once, and fills in what Terraform wants to be told", () => {
    const options = {
      name: "scaling",
      minReplicas: 2,
      cpuUtilization: 50,
      memoryUtilization: 70,
      behavior: {
        scaleUp: {
          policies: [
            { type: "Pods", value: 2, periodSeconds: 60 },
            { type: "Percent", value: 50, periodSeconds: 60 },
          ],
          selectPolicy: "Min",
        },
        scaleDown: { stabilizationWindowSeconds: 600 },
      },
    } as const;
    expect(built(options).autoscaler).toMatchObject({
      metadata: { name: "scaling" },
      spec: {
        min_replicas: 2,
        metric: [{ resource: { name: "cpu" } }, { resource: { name: "memory", target: { average_utilization: 70 } } }],
        behavior: {
          scale_up: [
            {
              stabilization_window_seconds: 0,
              select_policy: "Min",
              policy: [
                { type: "Percent", value: 50, period_seconds: 60 },
                { type: "Pods", value: 2, period_seconds: 60 },
              ],
            },
          ],
          scale_down: [
            {
              stabilization_window_seconds: 600,
              select_policy: "Max",
              policy: [{ type: "Percent", value: 100, period_seconds: 15 }],
            },
          ],
        },
      },
    });
  });

  test("scales a workload of ours, and waits for the metrics server", () => {
    const { stack, cluster } = start();
    const target = deploymentIn(stack, cluster);
    const common = { cluster, namespace: "shop", name: "db", serviceName: "db", template: podTemplate() };
    const ready = new StatefulSet(stack, "metrics", common);
    horizontal(stack, cluster, { target, metricsServer: { ready } });
    horizontal(stack, cluster, { target: ready, name: "db", metricsServer: { ready } });
    const text = synth(stack);
    expect(resource(text, HorizontalPodAutoscalerV2, "horizontal_autoscaler")).toMatchObject({
      spec: { scale_target_ref: { api_version: "apps/v1", kind: "Deployment", name: "web" } },
      depends_on: ["kubernetes_stateful_set_v1.metrics"],
    });
    expect(resource(text, HorizontalPodAutoscalerV2, "db_autoscaler")).toMatchObject({
      spec: { scale_target_ref: { kind: "StatefulSet", name: "db" } },
    });
    expect(warnings(stack)).toEqual([]);
  });

  test("warns when nothing here measures what pods use", () => {
    expect(warnings(built().stack)).toEqual([
      "[test/horizontal] 'metricsServer' is not given; unless the cluster has a metrics server already, nothing says how much the pods use, and their number stays as it is",
    ]);
  });

  test("is refused with every problem at once", () => {
    const props = { name: "Web", namespace: "a.b", target: { kind: "Pod", name: "web" }, maxReplicas: 0 };
    expect(refused((stack, cluster) => horizontal(stack, cluster, props)).split("\n")).toEqual([
      expect.stringMatching(/'name' of a HorizontalPodAutoscaler must be a Kubernetes name/),
      expect.stringMatching(/'namespace' must be a Kubernetes name/),
      `[test/Web] 'kind' of 'target' must be one of "Deployment", "StatefulSet", got "Pod"`,
      "[test/Web] 'maxReplicas' must be a whole number of at least 1, got 0",
    ]);
  });

  test("is refused for a workload that says itself how many pods it has", () => {
    expect(refused((stack, cluster) => horizontal(stack, cluster, { target: deploymentIn(stack, cluster, 2) }))).toBe(
      "[test/horizontal] 'replicas' of Deployment web must be left out, got 2, which each apply would go back to; say it as 'minReplicas'",
    );
  });

  test("is refused in another namespace than its workload", () => {
    const build = (stack: TerraformStack, cluster: IEksCluster) =>
      horizontal(stack, cluster, { namespace: "other", target: deploymentIn(stack, cluster) });
    expect(refused(build)).toBe(`[test/horizontal] 'namespace' must be that of Deployment web, "shop", got "other"`);
  });
});

describe("VerticalPodAutoscaler", () => {
  function built(props: Partial<VerticalPodAutoscalerProps> = {}) {
    const { stack, cluster } = start();
    vertical(stack, cluster, props);
    const release = resource(synth(stack), Release);
    const values = JSON.parse((release.values as string[])[0] ?? "") as { objects: unknown[] };
    return { release, objects: values.objects, stack };
  }

  test("sizes all containers of a workload by name, and keeps requests and limits equal", () => {
    const { release, objects } = built();
    expect(release).toMatchObject({ name: "web-vpa", namespace: "shop" });
    expect(objects).toEqual([
      {
        apiVersion: "autoscaling.k8s.io/v1",
        kind: "VerticalPodAutoscaler",
        metadata: { name: "web", namespace: "shop" },
        spec: {
          targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
          updatePolicy: { updateMode: "Recreate" },
          resourcePolicy: {
            containerPolicies: [
              {
                containerName: "*",
                controlledResources: ["cpu", "memory"],
                controlledValues: "RequestsAndLimits",
              },
            ],
          },
        },
      },
    ]);
  });

  test("takes every option at once", () => {
    const { release, objects } = built({
      name: "sizing",
      target: { kind: "CronJob", name: "report" },
      updateMode: "Initial",
      controlledResources: ["memory"],
      minAllowed: { memory: "256Mi" },
      maxAllowed: { memory: "8Gi" },
      minReplicas: 1,
    });
    expect(release.name).toBe("sizing-vpa");
    expect(objects).toMatchObject([
      {
        metadata: { name: "sizing" },
        spec: {
          targetRef: { apiVersion: "batch/v1", kind: "CronJob", name: "report" },
          updatePolicy: { updateMode: "Initial", minReplicas: 1 },
          resourcePolicy: {
            containerPolicies: [
              { controlledResources: ["memory"], minAllowed: { memory: "256Mi" }, maxAllowed: { memory: "8Gi" } },
            ],
          },
        },
      },
    ]);
  });

  test("waits for the programs that bring its kind", () => {
    const { stack, cluster } = start();
    const ready = deploymentIn(stack, cluster);
    vertical(stack, cluster, { controller: { ready } });
    expect(resource(synth(stack), Release).depends_on).toEqual(["kubernetes_deployment_v1.web"]);
    expect(warnings(stack)).toEqual([]);
  });

  test("warns when nothing here brings its kind", () => {
    expect(warnings(built().stack)).toEqual([
      "[test/vertical] 'controller' is not given; unless the cluster has the programs of the Vertical Pod Autoscaler already, the API does not know the kind",
    ]);
  });

  test("is refused with every problem at once", () => {
    const props = { namespace: "a.b", target: { kind: "Pod", name: "web" }, updateMode: "Auto" as "Off" };
    expect(refused((stack, cluster) => vertical(stack, cluster, props)).split("\n")).toEqual([
      expect.stringMatching(/'namespace' must be a Kubernetes name/),
      `[test/vertical] 'kind' of 'target' must be one of "CronJob", "Deployment", "StatefulSet", got "Pod"`,
      expect.stringMatching(/'updateMode' must be "Off", "Initial" or "Recreate", got "Auto"/),
    ]);
  });
});

describe("autoscalers of one workload", () => {
  test("are refused when both act on a resource, whichever comes second", () => {
    const fight = /both act on cpu of Deployment shop\/web: one changes how many pods there are/;
    expect(
      refused((stack, cluster) => {
        horizontal(stack, cluster);
        vertical(stack, cluster);
      }),
    ).toMatch(fight);
    expect(
      refused((stack, cluster) => {
        vertical(stack, cluster, { target: deploymentIn(stack, cluster) });
        horizontal(stack, cluster);
      }),
    ).toMatch(fight);
  });

  test("are accepted by different resources, and on different clusters", () => {
    const { stack, cluster } = start();
    horizontal(stack, cluster);
    vertical(stack, cluster, { controlledResources: ["memory"] });
    const other = start();
    expect(() => vertical(other.stack, other.cluster)).not.toThrow();
  });

  test("are refused when they are of one kind", () => {
    expect(
      refused((stack, cluster) => {
        horizontal(stack, cluster);
        horizontal(stack, cluster, { name: "other", cpuUtilization: 70 });
      }),
    ).toBe(
      `[test/other] HorizontalPodAutoscalers "web" and "other" both care for Deployment shop/web, and would overrule each other; keep one`,
    );
  });
});
