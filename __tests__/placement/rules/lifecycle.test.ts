import type { DisruptionBudget } from "../../../src/model/inventory";
import { imageName, imageRepository } from "../../../src/placement/rules/support/images";
import { findingsOf, foundBy } from "../../support/rules";
import {
  container,
  cronJob,
  daemonSet,
  job,
  object,
  statefulSet,
  workload,
  workloadWith,
} from "../../support/workloads";

describe("job-ttl", () => {
  const run = { kind: "runs", secondsPerRun: 600, from: "the default of 600 s" } as const;

  test("a Job that nothing deletes is a warning", () => {
    expect(foundBy("job-ttl", job({ runTime: { ...run, retained: 0 } }))).toEqual([
      "warning: nothing deletes a Job when it has finished ('ttlSecondsAfterFinished' is not set)",
    ]);
  });

  test("a CronJob is told how many it keeps, and where the Job's own settings are", () => {
    const podPath = ["spec", "jobTemplate", "spec", "template", "spec"];
    const [finding] = findingsOf("job-ttl", cronJob({ podPath, runTime: { ...run, runsPerMonth: 30, retained: 3 } }));
    expect(finding?.message).toContain(", and the CronJob keeps 3 of those that succeeded; ");
    expect(finding?.at).toEqual(["spec", "jobTemplate", "spec"]);
  });

  test("a ScaledJob is told the same", () => {
    const podPath = ["spec", "jobTargetRef", "template", "spec"];
    const [finding] = findingsOf("job-ttl", job({ kind: "ScaledJob", podPath, runTime: { ...run, retained: 100 } }));
    expect(finding?.message).toContain(", and the ScaledJob keeps 100 of those that succeeded; ");
    expect(finding?.at).toEqual(["spec", "jobTargetRef"]);
  });

  test.each([
    [300, []],
    [0, []],
    [3600, []],
    [86_400, ["advice: finished pods are kept for 86400 s ('ttlSecondsAfterFinished')"]],
  ])("with a time to live of %i s: %j", (keptSeconds, expected) => {
    expect(foundBy("job-ttl", job({ runTime: { ...run, keptSeconds, retained: 0 } }))).toEqual(expected);
  });

  test("what always runs is fine", () => {
    expect(foundBy("job-ttl", workload())).toEqual([]);
  });
});

describe("disruption-budget", () => {
  const budgetsOf = (budgets: readonly Partial<DisruptionBudget>[]) => ({
    disruptionBudgets: budgets.map((each) => ({ ...object("api"), selector: { app: "api" }, ...each })),
  });
  const replicated = (min: number, max = min + 3) => workload({ replicas: { min, max, from: "spec.replicas" } });
  const found = (replicas: number, ...budgets: Partial<DisruptionBudget>[]) =>
    foundBy("disruption-budget", replicated(replicas), budgetsOf(budgets));
  const BUDGET = 'warning: PodDisruptionBudget "api" (manifests.yaml, line 1) lets no pod go';

  test.each<[number, Partial<DisruptionBudget>, string]>([
    [3, { maxUnavailable: 0 }, "('maxUnavailable' is 0)"],
    [3, { maxUnavailable: "0%" }, "('maxUnavailable' is 0%)"],
    [3, { minAvailable: 3 }, "('minAvailable' is 3 of 3 by spec.replicas)"],
    [1, { minAvailable: 1 }, "('minAvailable' is 1 of 1 by spec.replicas)"],
    [3, { minAvailable: "100%" }, "('minAvailable' is 100% of 3 by spec.replicas)"],
    [1, { minAvailable: "50%" }, "('minAvailable' is 50% of 1 by spec.replicas)"],
    [0, { minAvailable: 1 }, "('minAvailable' is 1 of 1 by spec.replicas)"],
    [0, { maxUnavailable: 0 }, "('maxUnavailable' is 0)"],
    [3, {}, "(it has neither 'minAvailable' nor 'maxUnavailable')"],
  ])("of %i replicas, %j lets none go", (replicas, budget, expected) => {
    expect(found(replicas, budget)).toEqual([`${BUDGET} ${expected}`]);
  });

  test.each<[number, Partial<DisruptionBudget>]>([
    [3, { maxUnavailable: 1 }],
    [3, { maxUnavailable: "1%" }],
    [3, { minAvailable: 2 }],
    [3, { minAvailable: "60%" }],
    [3, { minAvailable: 0 }],
    [0, { minAvailable: 0 }],
    [3, { minAvailable: "most" }],
  ])("of %i replicas, %j is fine", (replicas, budget) => {
    expect(found(replicas, budget)).toEqual([]);
  });

  test.each([{}, { minAvailable: 1 }, { maxUnavailable: 0 }])("of no replicas ever, %j is fine", (budget) => {
    expect(foundBy("disruption-budget", replicated(0, 0), budgetsOf([budget]))).toEqual([]);
  });

  test("pods of several workloads count together", () => {
    const workloads = [replicated(1), { ...replicated(1), name: "b" }];
    const [first = replicated(1)] = workloads;
    const of = (minAvailable: number) =>
      foundBy("disruption-budget", first, { workloads, ...budgetsOf([{ minAvailable }]) });
    expect(of(1)).toEqual([]);
    expect(of(2)).toEqual([`${BUDGET} ('minAvailable' is 2 of 2 in 2 workloads)`]);
  });

  test("two budgets for the same pods are a warning", () => {
    const good = { maxUnavailable: 1 };
    expect(found(3, { ...good, name: "a" }, { ...good, name: "b" })).toEqual([
      'warning: the pods count in PodDisruptionBudget "a" (manifests.yaml, line 1) and PodDisruptionBudget "b" (manifests.yaml, line 1)',
    ]);
  });

  test("budgets of other pods do not matter", () => {
    expect(found(3, { maxUnavailable: 0, selector: { app: "web" } })).toEqual([]);
  });
});

describe("stateful", () => {
  test.each([
    ["postgres:17", "use Amazon RDS or Aurora, or run the pods on nodes with EBS volumes"],
    ["docker.io/bitnami/kafka@sha256:0a", "use Amazon MSK, or run the pods on nodes with EBS volumes"],
    [
      "registry.example.com:5000/mirror/redis",
      "use Amazon ElastiCache or MemoryDB, or run the pods on nodes with EBS volumes",
    ],
  ])("the image %s is an advice, with the service that replaces it", (image, fix) => {
    const [finding] = findingsOf("stateful", workloadWith({ image }));
    expect(finding).toMatchObject({ severity: "advice", fix });
    expect(finding?.message).toContain(`container "app" runs a database or broker (image "${image}"); `);
  });

  test("a StatefulSet whose pods keep data is an advice", () => {
    expect(foundBy("stateful", statefulSet({ claimTemplates: [{ name: "data" }] }))).toEqual([
      'advice: each pod keeps data of its own (claim templates "data")',
    ]);
  });

  test("a database with a claim template is told once", () => {
    const pod = { containers: [container({ image: "mysql:8" })] };
    expect(foundBy("stateful", statefulSet({ claimTemplates: [{ name: "data" }], pod }))).toHaveLength(1);
  });

  test.each(["prometheuscommunity/postgres-exporter:v0.18", "edoburu/pgbouncer", "app-redis", "constructor"])(
    "the image %s is fine",
    (image) => {
      expect(foundBy("stateful", workloadWith({ image }))).toEqual([]);
    },
  );

  test("clients are fine: a Job, and an init container that waits for the database", () => {
    const client = container({ image: "postgres:17" });
    expect(foundBy("stateful", job({ pod: { containers: [client] } }))).toEqual([]);
    expect(foundBy("stateful", workload({ pod: { initContainers: [client] } }))).toEqual([]);
  });

  test("a StatefulSet without claims is fine", () => {
    expect(foundBy("stateful", statefulSet())).toEqual([]);
  });
});

describe("daemonset", () => {
  const running = (image: string, name = "agent") => daemonSet({ pod: { containers: [container({ image, name })] } });

  test("a DaemonSet is refused", () => {
    expect(findingsOf("daemonset", daemonSet())).toMatchObject([
      { severity: "error", at: ["kind"], fix: "run it as a sidecar of the pods that need it, or on nodes only" },
    ]);
  });

  test.each([
    ["gcr.io/datadoghq/agent:7", "the Datadog Agent", "as a sidecar"],
    ["public.ecr.aws/aws-observability/aws-for-fluent-bit:3", "Fluent Bit", "log router"],
    ["otel/opentelemetry-collector-contrib:0.140.0", "the OpenTelemetry collector", "one ADOT collector"],
    ["quay.io/prometheus/node-exporter:v1.10", "the Prometheus node exporter", "cAdvisor"],
    ["602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.20", "the VPC CNI plugin", "brings its own"],
    ["grafana/promtail:3", "Promtail", "log router"],
  ])("that of %s is told what replaces %s", (image, agent, fix) => {
    const [finding] = findingsOf("daemonset", running(image));
    expect(finding?.message).toContain(`it is a DaemonSet that runs ${agent}; `);
    expect(finding?.fix).toContain(fix);
  });

  test("an agent under another image's name is known by its container", () => {
    expect(foundBy("daemonset", running("registry.example.com/logs:1", "fluent-bit"))).toEqual([
      "error: it is a DaemonSet that runs Fluent Bit",
    ]);
  });

  test("a pod of a DaemonSet that is not there is refused too, and is not told of the node that Kubernetes chose", () => {
    const affinity = {
      requiredNodeTerms: [[{ key: "metadata.name", operator: "In", values: ["ip-10-0-1-2"] }]],
      preferredNodeTerms: [],
      requiredPodAffinity: [],
      requiredPodAntiAffinity: [],
    };
    const pod = (controller: string) =>
      workload({ kind: "Pod", controller: { kind: controller, name: "agent" }, pod: { affinity } });
    expect(foundBy("daemonset", pod("DaemonSet"))).toEqual([
      `error: it is a pod of the DaemonSet "agent" ('ownerReferences')`,
    ]);
    expect(foundBy("node-selector", pod("DaemonSet"))).toEqual([]);
    expect(foundBy("daemonset", pod("ReplicaSet"))).toEqual([]);
    expect(foundBy("node-selector", pod("ReplicaSet"))).toHaveLength(1);
  });

  test("other kinds are fine", () => {
    expect(foundBy("daemonset", statefulSet())).toEqual([]);
  });
});

describe("node-agent", () => {
  const beside = (image: string, name = "agent") =>
    workload({ pod: { containers: [container(), container({ image, name })] } });

  test("a sidecar that does what Fargate does is an advice", () => {
    const [finding] = findingsOf("node-agent", beside("fluent/fluent-bit:4"));
    expect(finding).toMatchObject({ severity: "advice", at: ["spec", "template", "spec", "containers", 1] });
    expect(finding?.fix).toContain("aws-observability");
  });

  test.each(["datadog/agent:7", "otel/opentelemetry-collector:0.140.0", "example/fluent-bits"])(
    "%s beside the application is fine",
    (image) => {
      expect(foundBy("node-agent", beside(image))).toEqual([]);
    },
  );

  test("a pod of its own is fine, such as an aggregator", () => {
    expect(foundBy("node-agent", workloadWith({ image: "fluent/fluentd:v1" }))).toEqual([]);
  });

  test("of a DaemonSet the rule for DaemonSets speaks", () => {
    const containers = [container({ image: "fluent/fluent-bit:4" }), container()];
    expect(foundBy("node-agent", daemonSet({ pod: { containers } }))).toEqual([]);
  });
});

describe("names of images", () => {
  test.each([
    ["nginx", "nginx", "nginx"],
    ["nginx:1.29", "nginx", "nginx"],
    ["bitnami/redis:8", "bitnami/redis", "redis"],
    ["docker.io/bitnami/redis", "bitnami/redis", "redis"],
    ["localhost:5000/redis:8@sha256:0a", "redis", "redis"],
    ["registry.example.com/a/b/c:v1", "a/b/c", "c"],
    ["", "", ""],
  ])("%j is %s and %s", (image, repository, name) => {
    expect([imageRepository(image), imageName(image)]).toEqual([repository, name]);
  });
});
