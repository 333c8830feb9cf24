import { type DecisionOptions, decide } from "../../src/cost/decide";
import type { Placement } from "../../src/placement/placement";
import { cronJob, daemonSet } from "../support/workloads";
import { costOptions, EU_WEST_1, finding, nodeType, placed, priceBook, refused, replicas, without } from "./support";

// On Fargate 4 x 0.5 vCPU and 2 GiB are 85.06, on nodes they fill little more than half of two.
const API = placed({ cpu: "500m", memory: "1Gi" }, replicas(4));
// On Fargate 34 x 0.25 vCPU and 1 GiB are 361.50, on nodes 17 fill each of two.
const DENSE = placed({ cpu: "100m", memory: "300Mi" }, { ...replicas(34), name: "dense" });
// On Fargate 10 x 0.5 vCPU and 1 GiB are 180.20, on nodes 5 fill each of two, which are 159.74.
const CLOSE = placed({ cpu: "300m", memory: "600Mi" }, { ...replicas(10), name: "close" });
const PRIVILEGED = refused({ cpu: "100m" }, { name: "privileged" });

function decided(placements: readonly Placement[], options: Partial<DecisionOptions> = {}, prices = priceBook()) {
  return decide(placements, prices, { ...costOptions(), ...options });
}

/** The months of a decision at the fewest replicas, to the cent. */
function months({ months: { fargate, nodes, decided: chosen } }: ReturnType<typeof decided>) {
  return [fargate, nodes, chosen].map((month) => month?.min.toFixed(2));
}

function choices({ workloads }: ReturnType<typeof decided>) {
  return workloads.map(({ choice }) => choice);
}

describe("the choice", () => {
  test("is Fargate when everything fits and costs less there: 85.06 and 73 against 159.74 and 73", () => {
    const decision = decided([API]);
    expect([decision.choice, ...months(decision)]).toEqual(["fargate", "158.06", "232.74", "158.06"]);
    expect(decision.because).toBe(
      "Running the workload on Fargate costs $158.06 a month. On 2 m6i.large nodes it would be $232.74. Pods on Fargate may cost up to 20% more than on nodes.",
    );
    expect(decision.against).toEqual([]);
    expect(decision.instanceType).toBe("m6i.large");
  });

  test("is nodes when they cost less than Fargate's premium allows: 361.50 / 1.2 against 159.74", () => {
    const decision = decided([DENSE]);
    expect([decision.choice, ...months(decision)]).toEqual(["nodes", "434.50", "232.74", "232.74"]);
    expect(decision.against).toEqual([
      "nodes are the team's to patch, to upgrade with each Kubernetes version, and to scale",
      "idle capacity is paid for: at the fewest replicas, requests use 96% of the CPU and 74% of the memory of 2 m6i.large nodes",
    ]);
  });

  test("is Fargate within the premium, and says what it costs more: 180.20 - 159.74", () => {
    const decision = decided([CLOSE]);
    expect([decision.choice, ...months(decision)]).toEqual(["fargate", "253.20", "232.74", "253.20"]);
    expect(decision.against).toEqual([
      "it costs $20.46 a month more than the plan that costs least, which the accepted premium allows",
    ]);
    expect(decision.acceptedPremium).toBe(20);
  });

  test.each([
    [0, "nodes"],
    [12, "nodes"],
    // 180.2005 / 159.74 is 1.1281
    [13, "fargate"],
  ])("with an accepted premium of %p percent is %s", (acceptedPremium, choice) => {
    expect(decided([CLOSE], { acceptedPremium }).choice).toBe(choice);
  });

  test("is nodes for all when a workload needs nodes and the others fit beside it", () => {
    const decision = decided([API, PRIVILEGED]);
    // Both would be 85.06 on Fargate beside two nodes for the one.
    expect([decision.choice, ...months(decision)]).toEqual(["nodes", undefined, "232.74", "232.74"]);
    expect(decision.because).toBe(
      "Running both workloads on 2 m6i.large nodes costs $232.74 a month. On Fargate and 2 m6i.large nodes it would be $317.80. Fargate cannot run 1 of 2 workloads. Pods on Fargate may cost up to 20% more than on nodes.",
    );
  });

  test("is both when those that fit cost less on Fargate than nodes for all: 850.60 / 1.2 + 159.74 against 14 x 79.87", () => {
    const decision = decided([placed({ cpu: "500m", memory: "1Gi" }, replicas(40)), PRIVILEGED]);
    expect([decision.choice, ...months(decision)]).toEqual(["both", undefined, "1191.18", "1083.34"]);
    expect(choices(decision)).toEqual(["fargate", "nodes"]);
    expect(decision.against).toContain("there are two kinds of capacity to run and to watch");
  });

  test("is Fargate of nothing", () => {
    const decision = decided([]);
    expect([decision.choice, decision.because]).toEqual(["fargate", "There is no workload to decide on."]);
  });

  test("weighs all plans, of which each chooses its own type of nodes", () => {
    // 40 pods fill 14 of the small nodes or 6 of the large ones; for the one that needs nodes two small ones will do.
    const instanceTypes = [nodeType("m6i.large"), nodeType("m6i.xlarge")];
    const prices = priceBook({ ...EU_WEST_1, "ec2/m6i.xlarge": "0.19" });
    const { plans } = decided(
      [placed({ cpu: "500m", memory: "1Gi" }, replicas(40)), PRIVILEGED],
      { instanceTypes },
      prices,
    );
    expect(plans.map(({ choice, nodes }) => [choice, nodes?.instanceType, nodes?.count.min])).toEqual([
      ["nodes", "m6i.xlarge", 6],
      ["both", "m6i.large", 2],
    ]);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("refuses an accepted premium of %p", (acceptedPremium) => {
    expect(() => decided([API], { acceptedPremium })).toThrow(
      `'acceptedPremium' must be 0 percent or more, got ${acceptedPremium}`,
    );
  });
});

describe("a workload", () => {
  test("on Fargate says how much less it costs there", () => {
    expect(decided([API]).workloads).toEqual([
      expect.objectContaining({
        choice: "fargate",
        reasons: ["it costs 47% less on Fargate than its share of nodes"],
        against: [],
      }),
    ]);
  });

  test("on Fargate that costs more there says by how much", () => {
    expect(decided([CLOSE]).workloads[0]?.reasons).toEqual(["it costs 13% more on Fargate than its share of nodes"]);
  });

  test("on nodes that costs more on Fargate says how much is accepted", () => {
    expect(decided([DENSE]).workloads[0]?.reasons).toEqual([
      "it costs 126% more on Fargate than its share of nodes; up to 20% more is accepted",
    ]);
  });

  test("that Fargate refuses is on nodes, by what was found", () => {
    const decision = decided([PRIVILEGED]);
    expect(decision.choice).toBe("nodes");
    expect(decision.workloads[0]).toMatchObject({
      choice: "nodes",
      reasons: ["not on Fargate: it is privileged (privileged)"],
      against: [],
      findings: PRIVILEGED.fargateFindings,
    });
    expect(decision.workloads[0]?.fargateMonth).toBeUndefined();
  });

  test("that is too large for Fargate is on nodes, and hears when it is too large for those as well", () => {
    const huge = placed({ cpu: "64", memory: "1Gi" }, {}, { outcome: { kind: "pending", reasons: ["too large"] } });
    expect(decided([huge]).workloads[0]).toMatchObject({
      choice: "nodes",
      reasons: ["not on Fargate: no size of Fargate is large enough for its requests"],
      against: ["not on m6i.large: a pod requests 64 of CPU, and a node has 1780m"],
    });
  });

  test("that fits Fargate and shares the nodes of others says that it would be on Fargate by itself", () => {
    const [api] = decided([API, PRIVILEGED]).workloads;
    expect(api?.choice).toBe("nodes");
    expect(api?.reasons[1]).toBe("nodes for everything cost less as a whole, with what is idle on them");
    expect(api?.against).toEqual(["a Fargate profile takes its pods until the profile's selectors exclude them"]);
  });

  test("that costs less on nodes stays on Fargate where nodes for it would cost more as a whole", () => {
    // By its share of 17 nodes the small one is cheaper there; alone it would need two of them.
    const small = placed({ cpu: "100m", memory: "300Mi" }, { ...replicas(2), name: "small" });
    const decision = decided([placed({ cpu: "500m", memory: "1Gi" }, replicas(40)), small]);
    expect([decision.choice, ...choices(decision)]).toEqual(["fargate", "fargate", "fargate"]);
    expect(decision.workloads[1]?.reasons[1]).toBe("nodes for some workloads cost more as a whole than they save");
  });

  test("on Fargate has its warnings and advice, and hears that no profile takes it yet", () => {
    const made = placed({}, {}, { outcome: { kind: "nodes", reason: "there is no Fargate profile" } });
    const findings = [finding(made, "warning", "it bursts"), finding(made, "advice", "it is a database")];
    const decision = decided([{ ...made, fargateFindings: findings }]);
    expect(decision.workloads[0]).toMatchObject({ against: ["no Fargate profile takes its pods yet"], findings });
    expect(decision.against).toEqual(["1 workload would run on Fargate with warnings"]);
  });

  test("that runs from time to time has that as a reason for Fargate", () => {
    expect(decided([placed({}, cronJob())]).workloads[0]?.reasons[1]).toBe(
      "it runs from time to time, and nodes would keep room for it all the time",
    );
  });
});

describe("a DaemonSet", () => {
  test("does not keep the others from Fargate, where nothing runs it", () => {
    const decision = decided([placed({}, daemonSet()), API]);
    expect([decision.choice, ...choices(decision)]).toEqual(["fargate", "nodes", "fargate"]);
    expect(decision.workloads[0]?.against).toEqual(["without nodes nothing runs it"]);
    expect(decision.against).toEqual(["nothing would run 1 DaemonSet, whose work moves to sidecars or is not needed"]);
  });

  test("takes its part of every node", () => {
    const agent = placed({ cpu: "800m" }, { ...daemonSet(), name: "agent" });
    // 1780m - 800m hold one pod of 500m: 4 nodes
    expect(decided([agent, API]).plans.find(({ choice }) => choice === "nodes")?.nodes?.count.min).toBe(4);
  });
});

describe("workloads that need nodes of another kind", () => {
  const ARM = { nodeSelector: { "kubernetes.io/arch": "arm64" } };
  const AMD = { nodeSelector: { "kubernetes.io/arch": "amd64" } };
  const BOTH_TYPES = [nodeType("m6g.large"), nodeType("m6i.large")];
  const needsNodes = (name: string, pod: object, requests = {}) => refused({ cpu: "1", ...requests }, { name, pod });

  test("make the decision take a type that holds them, though another costs less", () => {
    const decision = decided([API, needsNodes("amd", AMD)], { instanceTypes: BOTH_TYPES });
    expect(decision.plans.map(({ nodes }) => nodes?.instanceType)).toEqual(["m6i.large", "m6i.large"]);
    expect([decision.instanceType, decision.leftOut]).toEqual(["m6i.large", []]);
    expect(decided([API, needsNodes("any", {})], { instanceTypes: BOTH_TYPES }).instanceType).toBe("m6g.large");
  });

  test("and that no type holds are left out, and the others are decided with figures: 73 and 2 x 79.87 for them", () => {
    const search = needsNodes("search", ARM, { cpu: "4" });
    const decision = decided([API, PRIVILEGED, search], { instanceTypes: [...BOTH_TYPES].reverse() });
    expect([decision.choice, ...choices(decision)]).toEqual(["nodes", "nodes", "nodes", "neither"]);
    expect(months(decision)).toEqual(months(decided([API, PRIVILEGED], { instanceTypes: BOTH_TYPES })));
    expect(decision.leftOut).toEqual([
      {
        workload: search.workload,
        reason:
          "not on m6i.large: 'nodeSelector' asks for kubernetes.io/arch=arm64; not on m6g.large: a pod requests 4 of CPU, and a node has 1780m",
      },
    ]);
    expect(decision.because).toMatch(
      /^Running 2 of 3 workloads on 2 m6g\.large nodes costs .* Fargate cannot run 2 of 3 workloads\. .* Deployment web\/search is left out of these figures: neither Fargate nor the nodes considered can run it\.$/,
    );
    expect(decision.against).toContain("Deployment web/search needs other nodes, whose cost comes on top");
    expect(decision.workloads[2]).toMatchObject({
      reasons: ["not on Fargate: it is privileged (privileged)", decision.leftOut[0]?.reason],
      findings: search.fargateFindings,
    });
  });

  test("and that no one type holds together leave out the fewest, and hear which type would hold them", () => {
    const decision = decided([needsNodes("a", AMD), needsNodes("b", AMD), needsNodes("c", ARM)], {
      instanceTypes: BOTH_TYPES,
    });
    expect(choices(decision)).toEqual(["nodes", "nodes", "neither"]);
    expect(decision.leftOut[0]?.reason).toBe(
      "not on m6i.large: 'nodeSelector' asks for kubernetes.io/arch=arm64; m6g.large would take it, beside the m6i.large nodes that others need",
    );
    expect(months(decision)).toEqual([undefined, "232.74", "232.74"]);
  });

  test("do not drag workloads that fit Fargate onto a type that cannot hold them", () => {
    // Dense would be cheaper on nodes, but those are arm64 for the one that needs it.
    const dense = placed({ cpu: "100m", memory: "300Mi" }, { ...replicas(34), name: "dense", pod: AMD });
    const other = { ...dense, workload: { ...dense.workload, name: "other" } };
    const decision = decided([dense, other, needsNodes("arm", ARM)], { instanceTypes: BOTH_TYPES });
    expect([decision.choice, ...choices(decision), decision.leftOut]).toEqual([
      "both",
      "fargate",
      "fargate",
      "nodes",
      [],
    ]);
    expect(decision.plans.map(({ nodes }) => [nodes?.instanceType, nodes?.unfit.length])).toEqual([
      ["m6g.large", 2],
      ["m6g.large", 0],
    ]);
    expect(decision.months.decided).toBeDefined();
  });

  test("keep what is decided when there is nothing else: no figure is made up", () => {
    const decision = decided([needsNodes("search", ARM)]);
    expect([decision.choice, decision.leftOut, ...months(decision)]).toEqual([
      "nodes",
      [],
      undefined,
      undefined,
      undefined,
    ]);
    expect(decision.because).toBe(
      "What it costs to run the workload on m6i.large nodes is not known: m6i.large nodes do not take Deployment web/search ('nodeSelector' asks for kubernetes.io/arch=arm64). Fargate cannot run it.",
    );
  });

  test("images for arm64 are among what speaks against nodes that need them", () => {
    const decision = decided([DENSE], { instanceTypes: BOTH_TYPES });
    expect(decision.against).toContain("every image that runs on m6g.large must be built for arm64");
    expect(decided([DENSE]).against.join()).not.toContain("arm64");
  });
});

describe("the words of a decision", () => {
  test.each([
    [[API], "Running the workload on Fargate costs"],
    [[API, CLOSE], "Running both workloads on Fargate costs"],
    [[API, CLOSE, placed({}, { name: "c" })], "Running all 3 workloads on Fargate costs"],
  ])("count workloads: %#", (placements, text) => {
    expect(decided(placements).because).toContain(text);
  });

  test("say that DaemonSets are not counted, and separate thousands", () => {
    const { because } = decided([placed({}, daemonSet()), placed({ cpu: "16", memory: "64Gi" }, replicas(2))]);
    expect(because).toContain("costs $1,4");
    expect(because).toContain(" DaemonSets are not counted among the workloads. ");
  });

  test("of a workload without pods at the fewest replicas say so, and compare nothing", () => {
    const [idle] = decided([placed({}, { ...replicas(0, 20), name: "idle" })]).workloads;
    expect(idle).toMatchObject({
      choice: "fargate",
      reasons: ["it has no pods at the fewest replicas, and then costs nothing on Fargate"],
    });
  });

  test("do not call a small difference one, and no cost 100% less", () => {
    const prices = priceBook({ ...EU_WEST_1, "ec2/m6i.large": "0.05585" });
    expect(decided([API], {}, prices).workloads[0]?.reasons).toEqual([
      "it costs about as much on Fargate as its share of nodes",
    ]);
    expect(decided([placed({}, cronJob())]).workloads[0]?.reasons[0]).toBe(
      "it costs over 99% less on Fargate than its share of nodes",
    );
  });
});

describe("without figures", () => {
  test("everything that fits goes to Fargate when its price is missing", () => {
    const decision = decided([DENSE], {}, without("fargate/x86/vcpu-hour"));
    expect([decision.choice, ...months(decision)]).toEqual(["fargate", undefined, "232.74", undefined]);
    expect(decision.because).toBe(
      'What it costs to run the workload on Fargate is not known: the price of "fargate/x86/vcpu-hour" is missing. On 2 m6i.large nodes it would be $232.74. Pods on Fargate may cost up to 20% more than on nodes.',
    );
    expect(decision.workloads[0]?.reasons).toEqual(["it fits Fargate; what it costs there is not known"]);
  });

  test("everything that fits goes to Fargate when no type of nodes is given", () => {
    const decision = decided([DENSE], { instanceTypes: [] });
    expect([decision.choice, ...months(decision)]).toEqual(["fargate", "434.50", undefined, "434.50"]);
    expect(decision.because).toContain("What it would cost on nodes is not known: no instance type is given.");
    expect(decision.workloads[0]?.reasons).toEqual(["it fits Fargate; what it costs on nodes is not known"]);
    expect(decision.instanceType).toBeUndefined();
  });

  test("those that fit go to Fargate and the others to nodes when the price of nodes is missing", () => {
    const decision = decided([DENSE, PRIVILEGED], {}, without("ec2/m6i.large"));
    expect([decision.choice, ...choices(decision), ...months(decision)]).toEqual([
      "both",
      "fargate",
      "nodes",
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("no word claims that nodes cost less than what could not be weighed for a missing price", () => {
    const stored = placed({ cpu: "500m", memory: "1Gi", "ephemeral-storage": "30Gi" }, { name: "stored" });
    const decision = decided([API, stored, PRIVILEGED], {}, without("fargate/ephemeral-storage/gib-hour"));
    expect([decision.choice, ...choices(decision)]).toEqual(["nodes", "nodes", "nodes", "nodes"]);
    expect(decision.workloads[0]?.reasons).toEqual([
      // 85.06 against 20 of 26 parts of 159.74
      "it costs 31% less on Fargate than its share of nodes",
      "as a whole the alternative could not be weighed",
    ]);
    expect(decision.against).toContain(
      "a price is missing to tell whether it would cost less on Fargate and 2 m6i.large nodes",
    );
  });

  test("a type with a price wins over a cheaper looking one without", () => {
    const instanceTypes = [nodeType("m6g.large"), nodeType("m6i.large")];
    expect(decided([API], { instanceTypes }, without("ec2/m6g.large")).instanceType).toBe("m6i.large");
    expect(decided([API], { instanceTypes }).instanceType).toBe("m6g.large");
  });

  test("a type that holds everything wins over a cheaper one that does not", () => {
    const instanceTypes = [nodeType("t3.medium"), nodeType("m6i.large")];
    const large = placed({ cpu: "1", memory: "5Gi" }, { name: "large" });
    expect(decided([DENSE, large], { instanceTypes }).instanceType).toBe("m6i.large");
  });

  test("a workload that is too large for all nodes goes to Fargate, when it fits there", () => {
    const large = placed({ cpu: "4", memory: "8Gi" }, { name: "large" });
    const decision = decided([DENSE, large]);
    expect([decision.choice, ...choices(decision)]).toEqual(["both", "nodes", "fargate"]);
    expect(decision.because).toContain(
      "m6i.large nodes do not take Deployment web/large (a pod requests 4 of CPU and 8Gi of memory, and a node has 1780m and 6903Mi).",
    );
  });

  test("of many workloads that are too large a few are named", () => {
    const large = ["a", "b", "c", "d", "e"].map((name) => placed({ cpu: "4", memory: "8Gi" }, { name }));
    expect(decided([DENSE, ...large]).because).toContain(
      "m6i.large nodes do not take Deployment web/a, Deployment web/b, Deployment web/c and 2 more.",
    );
  });

  test("a plan cannot be weighed without the price of instances, and that is the one that it names", () => {
    const prices = without("ec2/m6i.large", "eks/cluster-hour");
    expect(decided([API], {}, prices).because).toContain(
      'What it would cost on 2 m6i.large nodes is not known: the price of "ec2/m6i.large" is missing.',
    );
  });

  test("a plan without the price of volumes is weighed by the rest, and says so: 73 and 2 x 0.107 x 730", () => {
    const decision = decided([DENSE], {}, without("ebs/gp3/gib-month"));
    expect([decision.choice, ...months(decision)]).toEqual(["nodes", "434.50", "229.22", "229.22"]);
    expect(decision.because).toContain("costs $229.22 a month, without 1 line whose price is missing");
  });

  test("a missing price of what comes with every plan is left out and said", () => {
    const decision = decided([API], {}, without("eks/cluster-hour"));
    expect(months(decision)).toEqual(["85.06", "159.74", "85.06"]);
    expect(decision.because).toContain("costs $85.06 a month, without 1 line whose price is missing");
  });
});

describe("the figures", () => {
  test("of a plan are the sum of its lines", () => {
    const { plans } = decided([placed({ cpu: "500m", memory: "1Gi" }, replicas(40, 80)), DENSE, PRIVILEGED], {
      network: { natGateways: 2, interfaceEndpoints: 1 },
      loadBalancers: 1,
    });
    expect(plans).toHaveLength(2);
    for (const { compute, platform, month } of plans) {
      const sum = [...compute, ...platform].reduce((all, line) => all + Number(line.month?.max), 0);
      expect(sum).toBeCloseTo(Number(month?.max), 6);
    }
  });

  test("of the shares of nodes are the cost of the nodes at the fewest replicas", () => {
    const placements = [API, DENSE, PRIVILEGED, placed({}, { ...replicas(1, 5), name: "range" })];
    const { workloads, plans } = decided(placements);
    const { compute = [], platform = [] } = plans.find(({ choice }) => choice === "nodes") ?? {};
    const shares = workloads.reduce((all, { nodesShare }) => all + Number(nodesShare), 0);
    const nodes = [compute[0], platform.at(-1)].reduce((all, line) => all + Number(line?.month?.min), 0);
    expect(shares).toBeCloseTo(nodes, 9);
  });

  test("do not depend on the order in which plans come to be: the same twice", () => {
    expect(JSON.stringify(decided([API, DENSE, PRIVILEGED]))).toBe(JSON.stringify(decided([API, DENSE, PRIVILEGED])));
  });
});
