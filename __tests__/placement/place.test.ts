import type { NamedFargateProfile } from "../../src/model/fargate-profile";
import type { FargateSelector } from "../../src/model/fargate-selector";
import { describeSize } from "../../src/model/fargate-sizes";
import type { Workload } from "../../src/model/workload";
import { place } from "../../src/placement/place";
import { barePod, container, inventory, resources, service, workload, workloadWith } from "../support/workloads";

const LABEL = "eks.amazonaws.com/fargate-profile";

const profile = (key: string, ...selectors: FargateSelector[]): NamedFargateProfile => ({
  key,
  name: `shop-fargate-${key}`,
  hashed: false,
  selectors,
});
const WEB = profile("web", { namespace: "web" });
const API = profile("api", { namespace: "w*", labels: { app: "api" } });

/** Where the pods of one workload land. */
function placed(each: Workload, profiles: readonly NamedFargateProfile[] = [WEB], nodes = false) {
  const [placement] = place(inventory({ workloads: [each] }), { profiles, nodes });
  if (placement === undefined) {
    throw new Error("the workload has no placement");
  }
  const found = (rule: string) => placement.findings.filter((finding) => finding.rule === rule);
  return { ...placement, found };
}

test("a pod that one profile takes runs there, by the selector that took it", () => {
  expect(placed(workload()).outcome).toEqual({
    kind: "fargate",
    chosen: { profile: WEB, selector: { namespace: "web" } },
  });
});

test("a placement has the pod's requests and its size", () => {
  const { requests, size } = placed(workloadWith({ resources: resources({ cpu: "500m", memory: "1Gi" }) }));
  expect([requests.cpu.millis, requests.memory.mib, size && describeSize(size)]).toEqual([500, 1024, "0.5vCPU 2GB"]);
});

describe("a pod that several profiles take", () => {
  test("is ambiguous, with all candidates in the order of their names", () => {
    const { outcome, found } = placed(workload(), [WEB, API]);
    expect(outcome).toMatchObject({
      kind: "ambiguous",
      candidates: [{ profile: { key: "api" } }, { profile: { key: "web" } }],
    });
    expect(found("ambiguous-profile")).toMatchObject([
      {
        severity: "warning",
        message:
          'the Fargate profiles "api", "web" all take its pods and no label of the pods decides; EKS picks the first by the name of the profile',
        fix: `make the selectors exclude each other, or give the pods the label ${LABEL} with the name of one profile`,
        at: ["spec", "template", "metadata", "labels"],
      },
    ]);
  });

  test("runs on the one that its label names", () => {
    const labelled = workload({ podLabels: { app: "api", [LABEL]: "shop-fargate-web" } });
    const { outcome, findings } = placed(labelled, [WEB, API]);
    expect(outcome).toMatchObject({ kind: "fargate", chosen: { profile: { key: "web" } } });
    expect(findings).toEqual([]);
  });
});

describe("a label that names a profile", () => {
  test("that there is not decides nothing, and says so", () => {
    const { outcome, found } = placed(workload({ podLabels: { [LABEL]: "web" } }));
    expect(outcome.kind).toBe("fargate");
    expect(found("profile-label")).toMatchObject([
      {
        severity: "warning",
        message: `the label ${LABEL} names "web", which is no profile of the cluster, so that it decides nothing; the profiles are "shop-fargate-web"`,
        fix: "name a profile that there is, or remove the label",
        at: ["spec", "template", "metadata", "labels", LABEL],
      },
    ]);
  });

  test("that does not match the pod decides nothing, and says so", () => {
    const { found } = placed(workload({ podLabels: { [LABEL]: "shop-fargate-api" } }), [WEB, API]);
    expect(found("profile-label")).toMatchObject([
      {
        message: `the label ${LABEL} names "shop-fargate-api", whose selectors do not match the pods, so that it decides nothing`,
        fix: "add a selector to that profile, or remove the label",
      },
    ]);
  });
});

describe("a pod that no profile takes", () => {
  const data = workload({ namespace: "data" });

  test("stays Pending, with the fix, when there are no nodes", () => {
    const { outcome, found } = placed(data, [WEB, API]);
    const reason = 'no selector of the Fargate profiles "api", "web" takes pods in namespace "data"';
    expect(outcome).toEqual({ kind: "pending", reasons: [reason] });
    expect(found("no-profile")).toMatchObject([
      {
        severity: "error",
        message: `${reason}, and the cluster has no nodes, so its pods stay Pending`,
        fix: 'add a selector { namespace: "data" } to a profile',
      },
    ]);
  });

  test("is told which labels a selector of its namespace asks for", () => {
    const labelled = profile("front", { namespace: "web", labels: { tier: "front", stage: "live" } });
    const [finding] = placed(workload(), [labelled]).found("no-profile");
    expect(finding?.message).toBe(
      'no selector of the Fargate profiles "front" takes pods in namespace "web" with its labels (profile "front" asks for tier=front,stage=live), and the cluster has no nodes, so its pods stay Pending',
    );
    expect(finding?.fix).toBe(
      'add a selector { namespace: "web" } to a profile, or give the pods the labels that a selector asks for',
    );
  });

  test("runs on nodes when there are some, and what Fargate would say is no finding there", () => {
    const privileged = workload({ namespace: "data", pod: { containers: [container({ privileged: true })] } });
    const { outcome, findings, fargateFindings } = placed(privileged, [WEB], true);
    expect(outcome.kind).toBe("nodes");
    expect(findings).toEqual([]);
    expect(fargateFindings.map(({ rule }) => rule)).toContain("privileged");
  });

  test("stays Pending on a cluster without profiles and nodes", () => {
    expect(placed(data, []).outcome).toEqual({ kind: "pending", reasons: ["there is no Fargate profile"] });
  });
});

describe("a pod that a profile takes and Fargate refuses", () => {
  const privileged = workloadWith({ privileged: true });

  test("stays Pending, with the reasons and the profile", () => {
    const { outcome, fargateFindings } = placed(privileged);
    expect(outcome).toMatchObject({
      kind: "pending",
      chosen: { profile: { key: "web" } },
      reasons: fargateFindings.filter(({ severity }) => severity === "error").map(({ message }) => message),
    });
    expect(fargateFindings.map(({ rule }) => rule)).toContain("privileged");
  });

  test("stays Pending even where there are nodes, because a profile that takes a pod keeps it", () => {
    expect(placed(privileged, [WEB], true).outcome.kind).toBe("pending");
  });
});

test("a pod that starts on Fargate and is of no use there is placed, with the error", () => {
  const cluster = inventory({
    workloads: [workload()],
    services: [service({ type: "LoadBalancer" })],
  });
  const [placement] = place(cluster, { profiles: [WEB], nodes: false });
  expect(placement?.outcome.kind).toBe("fargate");
  expect(placement?.findings.map(({ rule, severity }) => [rule, severity])).toContainEqual([
    "instance-target-load-balancer",
    "error",
  ]);
});

test("a finding stands at the labels of a pod by itself", () => {
  const [finding] = placed(barePod({ namespace: "data" })).found("no-profile");
  expect(finding?.at).toEqual(["metadata", "labels"]);
});

test("a pod that is too large for Fargate has no size, and stays Pending", () => {
  const { size, outcome } = placed(workloadWith({ resources: resources({ cpu: "17", memory: "1Gi" }) }));
  expect(size).toBeUndefined();
  expect(outcome.kind).toBe("pending");
});

test("each workload has one placement, in the order of the inventory", () => {
  const workloads = [workload({ name: "b" }), workload({ name: "a" }), workload({ namespace: "data" })];
  const placements = place(inventory({ workloads }), { profiles: [WEB], nodes: false });
  expect(placements.map((each) => each.workload)).toEqual(workloads);
});
