import fc from "fast-check";
import type { NodeRequirement } from "../../../src/model/pod";
import { type Answer, answerTo, answerToTerms } from "../../../src/placement/rules/support/fargate-node";
import { findingsOf, foundBy } from "../../support/rules";
import { barePod, workload, workloadWith } from "../../support/workloads";

fc.configureGlobal({ seed: 20261121, numRuns: 500 });

const need = (key: string, operator: string, ...values: string[]): NodeRequirement => ({ key, operator, values });
const selecting = (nodeSelector: Record<string, string>) => workload({ pod: { nodeSelector } });
const requiring = (...requiredNodeTerms: NodeRequirement[][]) =>
  workload({
    pod: {
      affinity: { requiredNodeTerms, preferredNodeTerms: [], requiredPodAffinity: [], requiredPodAntiAffinity: [] },
    },
  });

/** Which of the rules about nodes speak, with their severity. */
function nodeFindings(of: ReturnType<typeof workload>): string[] {
  return ["arm64", "windows", "spot", "node-selector"].flatMap((rule) =>
    findingsOf(rule, of).map(({ severity }) => `${rule}: ${severity}`),
  );
}

describe("node selectors", () => {
  test.each<[string, Record<string, string>, string[]]>([
    ["what every node of Fargate has is fine", { "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64" }, []],
    ["Fargate itself is fine", { "eks.amazonaws.com/compute-type": "fargate" }, []],
    ["Arm is refused", { "kubernetes.io/arch": "arm64" }, ["arm64: error"]],
    ["Arm by the old label is refused", { "beta.kubernetes.io/arch": "arm64" }, ["arm64: error"]],
    ["Windows is refused", { "kubernetes.io/os": "windows" }, ["windows: error"]],
    ["Spot of node groups is refused", { "eks.amazonaws.com/capacityType": "SPOT" }, ["spot: error"]],
    ["Spot of Karpenter is refused", { "karpenter.sh/capacity-type": "spot" }, ["spot: error"]],
    ["on-demand is a label of nodes too", { "karpenter.sh/capacity-type": "on-demand" }, ["node-selector: error"]],
    ["an instance type is refused", { "node.kubernetes.io/instance-type": "m7i.large" }, ["node-selector: error"]],
    ["a node group is refused", { "eks.amazonaws.com/nodegroup": "web" }, ["node-selector: error"]],
    ["a label of one's own is refused", { team: "shop" }, ["node-selector: error"]],
    ["a host is refused", { "kubernetes.io/hostname": "ip-10-0-0-1" }, ["node-selector: error"]],
    ["a zone is a warning", { "topology.kubernetes.io/zone": "eu-central-1a" }, ["node-selector: warning"]],
    ["each is told", { team: "a", "kubernetes.io/arch": "arm64" }, ["arm64: error", "node-selector: error"]],
  ])("%s", (_, nodeSelector, expected) => {
    expect(nodeFindings(selecting(nodeSelector))).toEqual(expected);
  });

  test("the message has the pair, and the path leads to it", () => {
    const [finding] = findingsOf("node-selector", selecting({ disk: "ssd" }));
    expect(finding?.message).toBe(
      `'nodeSelector' asks for disk=ssd; no node of Fargate has it, and the pod stays Pending with "MatchNodeSelector failed"`,
    );
    expect(finding?.at).toEqual(["spec", "template", "spec", "nodeSelector", "disk"]);
  });
});

describe("required node affinity", () => {
  const arm = need("kubernetes.io/arch", "In", "arm64");
  const amd = need("kubernetes.io/arch", "In", "amd64", "arm64");
  const gpu = need("accelerator", "Exists");
  const zone = need("topology.kubernetes.io/zone", "In", "eu-central-1a");

  test.each<[string, NodeRequirement[][], string[]]>([
    ["one term that holds is enough", [[arm], [amd]], []],
    ["only Arm is refused", [[arm]], ["arm64: error"]],
    ["Arm in every term is refused", [[arm], [arm, zone]], ["arm64: error"]],
    ["all requirements of a term must hold", [[amd, gpu]], ["node-selector: error"]],
    ["a term that asks for two things is told twice", [[arm, gpu]], ["arm64: error", "node-selector: error"]],
    ["terms that fail for different reasons are told together", [[arm], [gpu]], ["node-selector: error"]],
    [
      "a pod that is to stay off Fargate is refused",
      [[need("eks.amazonaws.com/compute-type", "NotIn", "fargate")]],
      ["node-selector: error"],
    ],
    ["Spot is refused", [[need("karpenter.sh/capacity-type", "In", "spot")]], ["spot: error"]],
    [
      "Spot or on-demand are nodes all the same",
      [[need("karpenter.sh/capacity-type", "In", "spot", "on-demand")]],
      ["node-selector: error"],
    ],
    ["no Spot is fine", [[need("karpenter.sh/capacity-type", "NotIn", "spot")]], []],
    ["a zone is a warning", [[zone]], ["node-selector: warning"]],
    ["a zone beside a term that holds is fine", [[zone], [amd]], []],
    ["Windows is refused", [[need("kubernetes.io/os", "In", "windows")]], ["windows: error"]],
    ["a term without requirements holds nowhere", [[]], ["node-selector: error"]],
  ])("%s", (_, terms, expected) => {
    expect(nodeFindings(requiring(...terms))).toEqual(expected);
  });

  test("preferences are fine, as nobody needs to meet them", () => {
    const affinity = {
      requiredNodeTerms: [],
      preferredNodeTerms: [[arm]],
      requiredPodAffinity: [],
      requiredPodAntiAffinity: [],
    };
    expect(nodeFindings(workload({ pod: { affinity } }))).toEqual([]);
  });

  test("the message has what is not met, and only that", () => {
    expect(foundBy("node-selector", requiring([amd, gpu], [need("team", "In", "a", "b")]))).toEqual([
      "error: the required node affinity asks for accelerator Exists or team In [a, b]",
    ]);
    expect(foundBy("node-selector", requiring([]))).toEqual([
      "error: the required node affinity has only empty terms, which no node satisfies",
    ]);
  });
});

describe("answers of Fargate's node", () => {
  const LABELS = new Map([
    ["kubernetes.io/os", "linux"],
    ["kubernetes.io/arch", "amd64"],
    ["eks.amazonaws.com/compute-type", "fargate"],
  ]);
  const ZONES = ["eu-central-1a", "eu-central-1b"];
  const ZONE = "topology.kubernetes.io/zone";
  const VALUES = ["linux", "windows", "amd64", "arm64", "fargate", ...ZONES];

  /** By trying each node that there can be: one in every zone. */
  function slowAnswer(terms: readonly (readonly NodeRequirement[])[]): Answer {
    const nodes = ["eu-central-1a", "eu-central-1b", "eu-central-1c"].map((zone) => new Map([...LABELS, [ZONE, zone]]));
    const holding = nodes.filter(
      (node) =>
        terms.length === 0 ||
        terms.some((term) => term.length > 0 && term.every((requirement) => holds(requirement, node))),
    );
    return holding.length === 0 ? "no" : holding.length === nodes.length ? "yes" : "perhaps";
  }

  function holds({ key, operator, values }: NodeRequirement, node: ReadonlyMap<string, string>): boolean {
    const value = node.get(key);
    const listed = value !== undefined && values.includes(value);
    return { In: listed, NotIn: !listed, Exists: node.has(key), DoesNotExist: !node.has(key) }[operator] ?? false;
  }

  const key = fc.constantFrom(...LABELS.keys(), "team", "constructor");
  const listing = fc.record({
    key,
    operator: fc.constantFrom("In", "NotIn"),
    values: fc.subarray(VALUES, { minLength: 1 }),
  });
  const asking = fc.record({
    key: fc.oneof(key, fc.constant(ZONE)),
    operator: fc.constantFrom("Exists", "DoesNotExist", "Gt", "Lt"),
    values: fc.constant<string[]>([]),
  });
  const placing = fc.record({
    key: fc.constant(ZONE),
    operator: fc.constantFrom("In", "NotIn"),
    values: fc.constantFrom(...ZONES).map((zone) => [zone]),
  });

  test("they are those of trying the nodes of every zone", () => {
    // One zone a term at most: that two of them exclude each other is not asked of Fargate's node.
    const term = fc
      .tuple(fc.array(fc.oneof(listing, asking), { maxLength: 3 }), fc.option(placing, { nil: undefined }))
      .map(([others, place]) => (place === undefined ? others : [...others, place]));
    fc.assert(
      fc.property(fc.array(term, { maxLength: 1 }), (terms) => {
        expect(answerToTerms(terms)).toBe(slowAnswer(terms));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(fc.oneof(listing, asking), { maxLength: 3 }), { maxLength: 4 }), (terms) => {
        expect(answerToTerms(terms)).toBe(slowAnswer(terms));
      }),
    );
  });

  test("numbers are compared with no label of it", () => {
    expect(answerTo(need("karpenter.k8s.aws/instance-cpu", "Gt", "3"))).toBe("no");
  });
});

describe("arm64", () => {
  test.each(["arm64v8/nginx:1.29", "quay.io/x/app:1.0-arm64", "app-aarch64", "app:arm64@sha256:0a"])(
    "the image %s is a warning, by its name",
    (image) => {
      expect(foundBy("arm64", workloadWith({ image }))).toEqual([
        `warning: container "app" has the image "${image}", by its name for Arm`,
      ]);
    },
  );

  test.each(["nginx:1.29", "charm64/app", "app:1.0-amd64"])("the image %s is fine", (image) => {
    expect(foundBy("arm64", workloadWith({ image }))).toEqual([]);
  });
});

describe("node-name", () => {
  test("a template with a node is refused", () => {
    expect(foundBy("node-name", workload({ pod: { nodeName: "ip-10-0-0-1" } }))).toEqual([
      `error: the pods are for the node "ip-10-0-0-1" ('nodeName')`,
    ]);
  });

  test("a pod with a node is a warning, as the scheduler may have written it", () => {
    expect(findingsOf("node-name", barePod({ pod: { nodeName: "ip-10-0-0-1" } }))[0]?.severity).toBe("warning");
  });

  test.each(["fargate-ip-10-0-0-1.eu-central-1.compute.internal", ""])("%j is fine", (nodeName) => {
    expect(foundBy("node-name", barePod({ pod: { nodeName } }))).toEqual([]);
  });
});

describe("scheduler-name", () => {
  test("another scheduler is refused", () => {
    expect(foundBy("scheduler-name", workload({ pod: { schedulerName: "volcano" } }))).toEqual([
      `error: the pods ask for the scheduler "volcano" ('schedulerName')`,
    ]);
  });

  test.each(["default-scheduler", "fargate-scheduler"])("%s is fine, as the API writes it", (schedulerName) => {
    expect(foundBy("scheduler-name", workload({ pod: { schedulerName } }))).toEqual([]);
  });
});

describe("compute-type-annotation", () => {
  const annotated = (value: string) => workload({ podAnnotations: { "eks.amazonaws.com/compute-type": value } });

  test("pods for EC2 are refused", () => {
    const findings = findingsOf("compute-type-annotation", annotated("ec2"));
    expect(findings.map(({ at }) => at.slice(0, -1).join("."))).toEqual(["spec.template.metadata.annotations"]);
  });

  test("pods for Fargate are fine", () => {
    expect(foundBy("compute-type-annotation", annotated("fargate"))).toEqual([]);
  });
});

describe("topology-spread", () => {
  test("each constraint is a warning", () => {
    const topologySpreadConstraints = [
      { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
      { topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
    ];
    expect(foundBy("topology-spread", workload({ pod: { topologySpreadConstraints } }))).toEqual([
      'warning: the pods are to be spread over "topology.kubernetes.io/zone" (DoNotSchedule)',
      'warning: the pods are to be spread over "kubernetes.io/hostname" (ScheduleAnyway)',
    ]);
  });
});

describe("pod-affinity", () => {
  const near = (requiredPodAffinity: string[], requiredPodAntiAffinity: string[]) =>
    workload({
      pod: {
        affinity: { requiredNodeTerms: [], preferredNodeTerms: [], requiredPodAffinity, requiredPodAntiAffinity },
      },
    });

  test("required affinity is a warning, once for all keys", () => {
    expect(foundBy("pod-affinity", near(["kubernetes.io/hostname", "zone", "zone"], ["zone"]))).toEqual([
      `warning: the pods have a required 'podAffinity' by "kubernetes.io/hostname", "zone"`,
      `warning: the pods have a required 'podAntiAffinity' by "zone"`,
    ]);
  });

  test("to be on no node with another pod is what Fargate does", () => {
    expect(foundBy("pod-affinity", near([], ["kubernetes.io/hostname"]))).toEqual([]);
  });
});
