import type { NamedFargateProfile } from "../../src/model/fargate-profile";
import type { FargateSelector } from "../../src/model/fargate-selector";
import type { Finding, Severity } from "../../src/model/finding";
import type { Workload } from "../../src/model/workload";
import type { Outcome, Placement } from "../../src/placement/placement";
import { podSize } from "../../src/placement/pod-size";
import { podRequests } from "../../src/placement/requests";
import {
  type Amounts,
  container,
  cronJob,
  daemonSet,
  job,
  resources,
  source,
  statefulSet,
  type WorkloadOverrides,
  workload,
} from "../support/workloads";

/*
 * What placement answers for the platform of a shop, written by hand: reports are tested against values that do
 * not move when a rule or a price does.
 */

function profile(key: string, ...selectors: FargateSelector[]): NamedFargateProfile {
  return { key, name: `shop-fargate-${key}`, hashed: false, selectors };
}

export const DEFAULT = profile(
  "default",
  { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  { namespace: "pay*" },
);
export const PAYMENTS = profile("payments", { namespace: "payments" });
export const SHOP = profile(
  "shop",
  { namespace: "shop", labels: { "shop.example.com/compute": "fargate" } },
  { namespace: "shop-*" },
);
export const UNUSED = profile("batch", { namespace: "batch" });

/** A line of its own for each depth of a path, so that locations differ. */
function lines(file: string, line: number) {
  return source({
    file,
    line,
    lineOf: (at) =>
      line + at.length + at.reduce<number>((sum, key) => sum + (typeof key === "number" ? 10 * key : 0), 0),
  });
}

function shopWorkload(name: string, requests: Amounts, overrides: WorkloadOverrides = {}): Workload {
  return workload({
    namespace: "shop",
    name,
    podLabels: { app: name },
    pod: { containers: [container({ resources: resources(requests) })] },
    ...overrides,
  });
}

const replicas = (min: number, max = min, from = "spec.replicas") => ({ min, max, from });

export const WORKLOADS = {
  coredns: shopWorkload(
    "coredns",
    { cpu: "100m", memory: "70Mi" },
    { namespace: "kube-system", replicas: replicas(2), source: lines("platform/coredns.yaml", 1) },
  ),
  fluentBit: daemonSet({
    namespace: "monitoring",
    name: "fluent-bit",
    source: lines("platform/logging.yaml", 12),
    pod: { containers: [container({ resources: resources({ cpu: "50m", memory: "64Mi" }) })] },
  }),
  trainer: shopWorkload(
    "trainer",
    { cpu: "24", memory: "200Gi" },
    { namespace: "ml", source: lines("ml/trainer.yaml", 3) },
  ),
  api: shopWorkload(
    "api",
    { cpu: "1", memory: "1536Mi" },
    {
      namespace: "payments",
      replicas: replicas(2, 10, "HorizontalPodAutoscaler api"),
      source: lines("payments/api.yaml", 1),
    },
  ),
  ledger: statefulSet({
    namespace: "payments",
    name: "ledger",
    replicas: replicas(3),
    source: lines("payments/ledger.yaml", 40),
    pod: { containers: [container({ resources: resources({ cpu: "2", memory: "8Gi" }) })] },
  }),
  settle: cronJob({ namespace: "payments", name: "settle", source: lines("payments/settle.yaml", 1) }),
  cart: shopWorkload(
    "cart",
    { cpu: "250m", memory: "300Mi" },
    { replicas: replicas(3), source: lines("shop/all.yaml", 1) },
  ),
  catalog: shopWorkload(
    "catalog",
    { cpu: "500m", memory: "700Mi" },
    { replicas: replicas(0, 6, "ScaledObject catalog"), source: lines("shop/all.yaml", 101) },
  ),
  frontend: shopWorkload("frontend", {}, { replicas: replicas(4), source: lines("shop/all.yaml", 201) }),
  migrate: job({ namespace: "shop", name: "migrate", source: lines("shop/all.yaml", 301) }),
  pricing: shopWorkload(
    "pricing-recommendations-experiment-b",
    { cpu: "4", memory: "28Gi" },
    { replicas: replicas(12), source: lines("shop/all.yaml", 401) },
  ),
  search: shopWorkload(
    "search",
    { cpu: "1", memory: "3Gi" },
    {
      kind: "Rollout",
      apiVersion: "argoproj.io/v1alpha1",
      replicas: replicas(2),
      source: lines("shop/search.yaml", 5),
      pod: {
        nodeSelector: { "kubernetes.io/arch": "arm64" },
        containers: [container({ resources: resources({ cpu: "1", memory: "3Gi" }) })],
      },
    },
  ),
};

function finding(
  workload: Workload,
  rule: string,
  severity: Severity,
  message: string,
  fix: string,
  at: Finding["at"] = workload.podPath,
): Finding {
  return { rule, severity, workload, at, message, fix };
}

const container0 = ["spec", "template", "spec", "containers", 0];
const container1 = ["spec", "template", "spec", "containers", 1];

export const FINDINGS = {
  ambiguous: finding(
    WORKLOADS.api,
    "ambiguous-profile",
    "warning",
    'the Fargate profiles "default", "payments" all take its pods and no label of the pods decides; EKS picks the first by the name of the profile',
    "make the selectors exclude each other, or give the pods the label eks.amazonaws.com/fargate-profile with the name of one profile",
  ),
  daemonSet: finding(
    WORKLOADS.fluentBit,
    "daemonset",
    "error",
    "a DaemonSet has no pod on Fargate; each pod there is alone on its node",
    "run it as a sidecar, or use the log router that Fargate has",
  ),
  ebs: finding(
    WORKLOADS.ledger,
    "ebs-claim",
    "error",
    'claim "data" is of storage class "gp3", an EBS volume; Fargate mounts EFS only',
    "use EFS with a static volume, or run it on nodes",
  ),
  stateful: finding(
    WORKLOADS.ledger,
    "stateful",
    "advice",
    "a StatefulSet keeps its data on volumes, and Fargate replaces a pod's node for each patch",
    "run it on nodes, or use a managed database",
  ),
  burst0: finding(
    WORKLOADS.frontend,
    "burstable",
    "warning",
    "limits are above requests; a pod on Fargate has what it requests and cannot burst",
    "set requests to what the pod needs at its peak",
    [...container0, "resources"],
  ),
  burst1: finding(
    WORKLOADS.frontend,
    "burstable",
    "warning",
    "limits are above requests; a pod on Fargate has what it requests and cannot burst",
    "set requests to what the pod needs at its peak",
    [...container1, "resources"],
  ),
  jump: finding(
    WORKLOADS.cart,
    "size-jump",
    "advice",
    "300Mi and the 256 MiB that Fargate adds are 44 MiB over 512 MiB, so that a pod becomes 0.25vCPU 1GB",
    "request 256Mi of memory, and pay for 0.25vCPU 0.5GB",
    [...container0, "resources", "requests", "memory"],
  ),
  arm: finding(
    WORKLOADS.search,
    "arm64",
    "error",
    "node selector kubernetes.io/arch=arm64; pods on Fargate run on x86",
    "build the image for amd64",
    ["spec", "template", "spec", "nodeSelector"],
  ),
  cheaper: finding(
    WORKLOADS.pricing,
    "cheaper-on-nodes",
    "advice",
    "its pods cost $2,106.33 a month on Fargate and $1,530.00 on m6i.2xlarge",
    "run it on nodes",
  ),
};

function fargate(chosen: NamedFargateProfile, selector = 0): Outcome {
  return { kind: "fargate", chosen: { profile: chosen, selector: chosen.selectors[selector] ?? { namespace: "*" } } };
}

function placement(
  each: Workload,
  outcome: Outcome,
  findings: readonly Finding[] = [],
  fargateFindings = findings,
): Placement {
  const requests = podRequests(each.pod);
  const size = podSize(requests);
  return { workload: each, outcome, requests, ...(size === undefined ? {} : { size }), findings, fargateFindings };
}

const NO_PROFILE = (namespace: string) =>
  `no selector of the Fargate profiles "batch", "default", "payments", "shop" takes pods in namespace "${namespace}"`;

export const PLACEMENTS: readonly Placement[] = [
  placement(WORKLOADS.coredns, fargate(DEFAULT)),
  placement(WORKLOADS.trainer, { kind: "nodes", reason: NO_PROFILE("ml") }),
  placement(WORKLOADS.fluentBit, { kind: "nodes", reason: NO_PROFILE("monitoring") }, [], [FINDINGS.daemonSet]),
  placement(
    WORKLOADS.api,
    {
      kind: "ambiguous",
      candidates: [
        { profile: DEFAULT, selector: { namespace: "pay*" } },
        { profile: PAYMENTS, selector: { namespace: "payments" } },
      ],
    },
    [FINDINGS.ambiguous],
  ),
  placement(
    WORKLOADS.ledger,
    {
      kind: "pending",
      reasons: [FINDINGS.ebs.message],
      chosen: { profile: PAYMENTS, selector: { namespace: "payments" } },
    },
    [FINDINGS.ebs, FINDINGS.stateful],
  ),
  placement(WORKLOADS.settle, fargate(PAYMENTS)),
  placement(WORKLOADS.cart, fargate(SHOP), [FINDINGS.jump]),
  placement(WORKLOADS.catalog, fargate(SHOP)),
  placement(WORKLOADS.frontend, fargate(SHOP), [FINDINGS.burst0, FINDINGS.burst1]),
  placement(WORKLOADS.migrate, fargate(SHOP)),
  placement(WORKLOADS.pricing, fargate(SHOP)),
  placement(WORKLOADS.search, { kind: "pending", reasons: [FINDINGS.arm.message] }, [FINDINGS.arm]),
];
