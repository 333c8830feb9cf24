import { compare } from "../../src/cost/compare";
import type { CapacityOption, CostLine } from "../../src/cost/cost";
import { fargateCost } from "../../src/cost/fargate-cost";
import type { Placement } from "../../src/placement/placement";
import { cronJob, daemonSet } from "../support/workloads";
import {
  costOptions,
  EU_WEST_1,
  finding,
  NO_DISCOUNT,
  nodeType,
  placed,
  priceBook,
  refused,
  replicas,
  without,
} from "./support";

const API = placed({ cpu: "500m", memory: "1Gi" }, replicas(4));

/** The option of that id. */
function option(id: string, placements: readonly Placement[], options = costOptions(), prices = priceBook()) {
  const found = compare(placements, prices, options).options.find((each) => each.id === id);
  if (found === undefined) {
    throw new Error(`no option ${id}`);
  }
  return found;
}

const NODES = "eks-nodes/m6i.large";

/** Lines as `what, quantity, month` at the fewest replicas. */
function lines(of: readonly CostLine[]) {
  return of.map(({ what, quantity, month }) => [what, quantity.min, month?.min.toString()]);
}

function plan({ nodes }: CapacityOption) {
  if (nodes === undefined) {
    throw new Error("the option has no nodes");
  }
  return nodes;
}

describe("options", () => {
  test("are EKS Fargate, ECS Fargate and nodes by type as given", () => {
    const instanceTypes = [nodeType("m6i.large"), nodeType("m6g.large")];
    expect(compare([API], priceBook(), costOptions({ instanceTypes })).options.map(({ id }) => id)).toEqual([
      "eks-fargate",
      "ecs-fargate-x86",
      "ecs-fargate-arm",
      "ecs-fargate-spot",
      "eks-nodes/m6i.large",
      "eks-nodes/m6g.large",
    ]);
  });

  test.each([
    // 4 x (0.5 x 0.04048 + 2 x 0.004445) x 730, and 0.1 x 730 for the control plane
    ["eks-fargate", "pod of 0.5 vCPU, 2 GiB", "85.0596", "158.0596"],
    // 4 x (0.5 x 0.04048 + 1 x 0.004445) x 730
    ["ecs-fargate-x86", "task of 0.5 vCPU, 1 GiB", "72.0802", "72.0802"],
    // 4 x (0.5 x 0.03238 + 1 x 0.00356) x 730
    ["ecs-fargate-arm", "task of 0.5 vCPU, 1 GiB", "57.67", "57.67"],
    // 4 x (0.5 x 0.012 + 1 x 0.0013) x 730
    ["ecs-fargate-spot", "task of 0.5 vCPU, 1 GiB", "21.316", "21.316"],
  ])("%s costs %s by the hour of 4 pods", (id, what, compute, total) => {
    const found = option(id, [API]);
    expect(lines(found.compute)).toEqual([[what, 4, compute]]);
    expect(found.month.min.toString()).toBe(total);
  });

  test("Fargate's discount is taken off x86 and ARM, not off Spot", () => {
    const options = costOptions({ discounts: { fargate: 50, ec2: 0 } });
    expect(
      ["eks-fargate", "ecs-fargate-x86", "ecs-fargate-arm", "ecs-fargate-spot"].map((id) =>
        option(id, [API], options).compute[0]?.month?.min.toString(),
      ),
    ).toEqual(["42.5298", "36.0401", "28.835", "21.316"]);
  });

  test("EKS Fargate's compute is the cost of the workloads", () => {
    const placements = [API, placed({ cpu: "3", memory: "9Gi" }, replicas(1, 7)), placed({}, cronJob())];
    const { month } = fargateCost(placements, priceBook(), NO_DISCOUNT);
    const found = option("eks-fargate", placements);
    expect(found.month.max.minus(month.max).toString()).toBe("73");
    expect(found.compute.map(({ what }) => what)).toEqual([
      "pod of 0.25 vCPU, 0.5 GiB",
      "pod of 0.5 vCPU, 2 GiB",
      "pod of 4 vCPU, 10 GiB",
    ]);
  });

  test("a task on ECS is gone when it has run, where a pod on EKS is kept and billed", () => {
    // 30 x 600 s = 5 h and 30 x 900 s = 7.5 h of 0.0123425
    expect(option("ecs-fargate-x86", [placed({}, cronJob())]).compute[0]?.month?.min.toString()).toBe("0.0617125");
    expect(option("eks-fargate", [placed({}, cronJob())]).compute[0]?.month?.min.toString()).toBe("0.09256875");
  });

  test("a line says how many of its workloads run from time to time", () => {
    const job = placed({}, cronJob());
    const always = placed({}, { name: "always" });
    const notes = [[job], [job, always], [job, job], [job, job, always], [always]].map(
      (placements) => option("eks-fargate", placements).compute[0]?.note,
    );
    expect(notes).toEqual([
      "the workload runs from time to time",
      "1 of 2 workloads runs from time to time",
      "all 2 workloads run from time to time",
      "2 of 3 workloads run from time to time",
      undefined,
    ]);
  });

  test("pods with more ephemeral storage are a line of their own", () => {
    const more = placed({ cpu: "500m", memory: "1Gi", "ephemeral-storage": "30Gi" });
    expect(option("eks-fargate", [API, more]).compute.map(({ what }) => what)).toEqual([
      "pod of 0.5 vCPU, 2 GiB",
      "pod of 0.5 vCPU, 2 GiB, 30Gi ephemeral storage",
    ]);
  });

  test("a line whose price is missing has no month, and the total says that it leaves it out", () => {
    const found = option("ecs-fargate-arm", [API], costOptions(), without("fargate/arm/gib-hour"));
    expect(found.compute[0]).toMatchObject({ missing: ["fargate/arm/gib-hour"] });
    expect(found.compute[0]?.month).toBeUndefined();
    expect([found.leftOut, found.month.min.toString()]).toEqual([1, "0"]);
  });
});

describe("what comes with an option", () => {
  const options = costOptions({
    zones: 3,
    network: { natGateways: 3, interfaceEndpoints: 2 },
    loadBalancers: 1,
    extendedSupport: true,
  });
  const shared = [
    ["NAT gateway", 3, "105.12"],
    ["load balancer", 1, "18.396"],
    ["interface endpoint in a zone", 6, "48.18"],
    // 3 of the NAT gateways, and 3 of the load balancer: 6 x 0.005 x 730
    ["public IPv4 address", 6, "21.9"],
  ];

  test("is on EKS the control plane, extended support and the network", () => {
    expect(lines(option("eks-fargate", [API], options).platform)).toEqual([
      ["EKS control plane", 1, "73"],
      ["EKS extended support", 1, "365"],
      ...shared,
    ]);
  });

  test("is on ECS the network: ECS has no price of its own", () => {
    expect(lines(option("ecs-fargate-x86", [API], options).platform)).toEqual(shared);
  });

  test("is on nodes their volumes as well: 3 x 20 x 0.088", () => {
    expect(lines(option(NODES, [API], options).platform)).toEqual([
      ["EKS control plane", 1, "73"],
      ["EKS extended support", 1, "365"],
      ...shared,
      ["gp3 volume of 20 GiB", 3, "5.28"],
    ]);
  });

  test("is nothing of what there is none of", () => {
    expect(lines(option("ecs-fargate-x86", [API]).platform)).toEqual([]);
  });

  test("leaves out a line whose price is missing", () => {
    const found = option("eks-fargate", [API], options, without("nat-gateway/hour"));
    expect(found.leftOut).toBe(1);
    expect(found.platform.find(({ what }) => what === "NAT gateway")).toMatchObject({ missing: ["nat-gateway/hour"] });
  });
});

describe("nodes", () => {
  test("hold the pods by requests, less what the DaemonSets of EKS take: 2 x 0.107 x 730 for 4 pods of 500m", () => {
    const found = option(NODES, [API]);
    expect(lines(found.compute)).toEqual([["m6i.large", 2, "156.22"]]);
    // 1930m - 50m - 100m, and 29 - 2 pods
    expect(plan(found).usable).toMatchObject({ cpu: { millis: 1780 }, memory: { mib: 6903 }, pods: 27 });
    expect(plan(found).cpuUse).toBeCloseTo(2000 / 3560, 12);
    expect(plan(found).memoryUse).toBeCloseTo(4096 / 13806, 12);
    // 2 x 0.107 x 730 + 2 x 20 x 0.088
    expect(plan(found).month?.min.toString()).toBe("159.74");
  });

  test("have the discount of EC2 on instances, not on volumes", () => {
    const found = option(NODES, [API], costOptions({ discounts: { fargate: 50, ec2: 50 } }));
    expect(plan(found).month?.min.toString()).toBe("81.63");
  });

  test("have a volume of the given size", () => {
    const found = option(NODES, [API], costOptions({ nodeVolumeGib: 100 }));
    expect(lines(found.platform).at(-1)).toEqual(["gp3 volume of 100 GiB", 2, "17.6"]);
  });

  test("are at least one in each zone", () => {
    expect(plan(option(NODES, [placed({})], costOptions({ zones: 3 }))).count).toEqual({ min: 3, max: 3 });
  });

  test("are none when nothing runs at the fewest replicas", () => {
    const nodes = plan(option(NODES, [placed({ cpu: "1" }, replicas(0, 3))]));
    expect(nodes).toMatchObject({ count: { min: 0, max: 3 }, cpuUse: 0, memoryUse: 0 });
    expect(nodes.breakEven).toBeUndefined();
  });

  test("are as many as the most replicas need at the most", () => {
    expect(plan(option(NODES, [placed({ cpu: "1" }, replicas(2, 6))])).count).toEqual({ min: 2, max: 6 });
  });

  test("have less room by the DaemonSets of the manifests", () => {
    const agent = placed({ cpu: "200m", memory: "512Mi" }, { ...daemonSet(), name: "agent" });
    expect(plan(option(NODES, [API, agent])).usable).toMatchObject({
      cpu: { millis: 1580 },
      memory: { mib: 6391 },
      pods: 26,
    });
  });

  test("believe manifests that hold the DaemonSets of EKS", () => {
    const proxy = placed({ cpu: "30m" }, { ...daemonSet(), namespace: "kube-system", name: "kube-proxy" });
    expect(plan(option(NODES, [API, proxy])).usable).toMatchObject({ cpu: { millis: 1850 }, pods: 27 });
  });

  test("keep room for one run of a CronJob at a time, and for more when runs overlap on average", () => {
    const overlapping = { kind: "runs", runsPerMonth: 730, secondsPerRun: 5400, from: "test", retained: 3 } as const;
    expect(plan(option(NODES, [placed({ cpu: "1" }, { ...cronJob(), ...replicas(3) })])).count.min).toBe(3);
    expect(
      plan(option(NODES, [placed({ cpu: "1" }, { ...cronJob(), ...replicas(2), runTime: overlapping })])).count.min,
    ).toBe(4);
  });

  test("name workloads of which no pod fits, with what is not enough, and have no break-even", () => {
    const huge = placed({ cpu: "4", memory: "8Gi" }, { name: "huge" });
    const found = option(NODES, [API, huge]);
    expect(plan(found).unfit).toEqual([
      {
        workload: huge.workload,
        reason: "a pod requests 4 of CPU and 8Gi of memory, and a node has 1780m and 6903Mi",
      },
    ]);
    expect(plan(found).breakEven).toBeUndefined();
    expect(found.notes).toEqual([
      "the total leaves out 1 workload that these nodes do not take, and compares with no other",
    ]);
  });

  test("of another architecture do not hold a workload that asks for one, which is left out with that reason", () => {
    const amd = placed({ cpu: "500m" }, { name: "amd", pod: { nodeSelector: { "kubernetes.io/arch": "amd64" } } });
    const options = costOptions({ instanceTypes: [nodeType("m6i.large"), nodeType("m6g.large")] });
    expect(plan(option("eks-nodes/m6i.large", [API, amd], options)).unfit).toEqual([]);
    expect(plan(option("eks-nodes/m6g.large", [API, amd], options)).unfit).toEqual([
      { workload: amd.workload, reason: "'nodeSelector' asks for kubernetes.io/arch=amd64" },
    ]);
    expect(option("ecs-fargate-arm", [API, amd]).notes).toEqual([
      "every image must be built for arm64",
      "the manifests of 1 workload ask for amd64",
    ]);
  });

  test("that have no pods at any time are held by every type", () => {
    const idle = placed({ cpu: "64" }, { ...replicas(0), pod: { nodeSelector: { "kubernetes.io/arch": "arm64" } } });
    expect(plan(option(NODES, [API, idle])).unfit).toEqual([]);
  });

  test("do not run DaemonSets for Windows, and say so", () => {
    const windows = { nodeSelector: { "kubernetes.io/os": "windows" } };
    const agent = placed({ cpu: "800m" }, { ...daemonSet(), name: "agent", pod: windows });
    expect(plan(option(NODES, [API, agent])).usable).toMatchObject({ cpu: { millis: 1780 }, pods: 27 });
    expect(compare([API, agent], priceBook(), costOptions()).assumptions).toContain(
      "Every node runs 1 DaemonSet of the manifests (none that asks for another operating system or architecture) and the DaemonSets of EKS (aws-node with 50m and kube-proxy with 100m, unless the manifests hold them).",
    );
  });

  test("without a price have no month", () => {
    const found = option(NODES, [API], costOptions(), without("ec2/m6i.large"));
    expect([plan(found).month, plan(found).breakEven, found.leftOut]).toEqual([undefined, undefined, 1]);
    expect(found.compute[0]).toMatchObject({ missing: ["ec2/m6i.large"] });
  });

  test("without the price of volumes are known by their instances, and say so", () => {
    const found = option(NODES, [API], costOptions(), without("ebs/gp3/gib-month"));
    expect([plan(found).month?.min.toString(), found.leftOut]).toEqual(["156.22", 1]);
    expect(plan(found).breakEven).toBeCloseTo(((2000 / 3560) * 156.22) / 85.0596, 12);
    expect(found.notes).toEqual([
      "the price of volumes is missing, so that shares and break-even are those of the instances alone",
    ]);
  });

  test("on ARM need images for it, burstable ones say so, and pods without requests are told", () => {
    const options = costOptions({ instanceTypes: [nodeType("m6g.large"), nodeType("t3.medium")] });
    expect(option("eks-nodes/m6g.large", [placed({})], options).notes).toEqual([
      "every image must be built for arm64",
      "1 workload without requests takes room on nodes for the number of pods only",
    ]);
    expect(option("eks-nodes/t3.medium", [API], options).notes).toEqual([
      "a burstable type: CPU that is used above its baseline for long costs extra, which is not counted",
    ]);
  });
});

describe("break-even", () => {
  test("is the use now, times what nodes cost, by what Fargate costs", () => {
    expect(plan(option(NODES, [API])).breakEven).toBeCloseTo(((2000 / 3560) * 159.74) / 85.0596, 12);
  });

  test("does not depend on how full the nodes are: six times the nodes for the same pods have the same", () => {
    const [full, idle] = [1, 6].map((zones) =>
      plan(option(NODES, [placed({ cpu: "1780m", memory: "1Gi" })], costOptions({ zones }))),
    );
    expect([full?.count.min, idle?.count.min]).toEqual([1, 6]);
    expect(idle?.cpuUse).toBeCloseTo((full?.cpuUse ?? 0) / 6, 12);
    expect(idle?.breakEven).toBeCloseTo(full?.breakEven ?? 0, 12);
  });

  test("is the use at which both cost the same", () => {
    // Priced so that a node costs as much as its two pods on Fargate, of which it could hold three and a bit.
    const pods = placed({ cpu: "500m", memory: "1Gi" }, replicas(2));
    const twoPods = fargateCost([pods], priceBook(), NO_DISCOUNT).month.min;
    const prices = priceBook({
      ...EU_WEST_1,
      "ebs/gp3/gib-month": "0",
      "ec2/m6i.large": twoPods.dividedBy(730).toString(),
    });
    const nodes = plan(option(NODES, [pods], costOptions({ zones: 1 }), prices));
    expect(nodes.breakEven).toBeCloseTo(nodes.cpuUse, 12);
  });

  test("goes by the resource that is used most", () => {
    const nodes = plan(option(NODES, [placed({ cpu: "100m", memory: "6Gi" }, replicas(2))]));
    const compute = option("eks-fargate", [placed({ cpu: "100m", memory: "6Gi" }, replicas(2))]).compute[0]?.month?.min;
    expect(nodes.memoryUse).toBeGreaterThan(nodes.cpuUse);
    expect(nodes.breakEven).toBeCloseTo((nodes.memoryUse * 159.74) / Number(compute), 12);
  });

  test("is not known when Fargate's price is missing", () => {
    expect(plan(option(NODES, [API], costOptions(), without("fargate/x86/vcpu-hour"))).breakEven).toBeUndefined();
  });
});

describe("the compared workloads", () => {
  test("are those that fit Fargate, wherever they land", () => {
    const onNodes = placed({}, { name: "onNodes" }, { outcome: { kind: "nodes", reason: "no profile takes it" } });
    const pending = placed({}, { name: "p" }, { outcome: { kind: "pending", reasons: ["no profile takes it"] } });
    const warned = placed({}, { name: "warned" });
    const all = [API, onNodes, pending, { ...warned, fargateFindings: [finding(warned, "warning", "it bursts")] }];
    const { compared, leftOut } = compare(all, priceBook(), costOptions());
    expect([compared, leftOut]).toEqual([all.map(({ workload }) => workload), []]);
  });

  test("are not those that Fargate refuses, that are too large for it, or DaemonSets", () => {
    const privileged = refused({});
    const huge = placed({ cpu: "64", memory: "1Gi" });
    const agent = placed({}, daemonSet());
    const { compared, leftOut } = compare([privileged, huge, agent, API], priceBook(), costOptions());
    expect(compared).toEqual([API.workload]);
    expect(leftOut).toEqual([
      { workload: privileged.workload, reason: "it is privileged (privileged)" },
      { workload: huge.workload, reason: "no size of Fargate is large enough for its requests" },
      {
        workload: agent.workload,
        reason:
          "it runs on every node, where it counts as load; Fargate and ECS have no nodes, and would need its work in a sidecar of each pod",
      },
    ]);
  });

  test("may be none", () => {
    const { options } = compare([], priceBook(), costOptions());
    expect(options.map(({ month }) => month.min.toString())).toEqual(["73", "0", "0", "0", "73"]);
  });
});

describe("a comparison", () => {
  test("says what it takes for granted", () => {
    const { assumptions } = compare([API, placed({}, cronJob()), placed({}, daemonSet())], priceBook(), costOptions());
    expect(assumptions).toEqual(
      expect.arrayContaining([
        "A month has 730 hours.",
        "Every node runs 1 DaemonSet of the manifests and the DaemonSets of EKS (aws-node with 50m and kube-proxy with 100m, unless the manifests hold them).",
      ]),
    );
    expect(assumptions).toHaveLength(11);
  });

  test("takes nothing for granted about what it does not have", () => {
    expect(compare([API], priceBook(), costOptions({ instanceTypes: [] })).assumptions).toHaveLength(4);
  });

  test("names every price that it used, and none that it did not", () => {
    expect(compare([API], priceBook(), costOptions()).prices.map(({ key }) => key)).toEqual([
      "ebs/gp3/gib-month",
      "ec2/m6i.large",
      "eks/cluster-hour",
      "fargate/arm/gib-hour",
      "fargate/arm/vcpu-hour",
      "fargate/spot/gib-hour",
      "fargate/spot/vcpu-hour",
      "fargate/x86/gib-hour",
      "fargate/x86/vcpu-hour",
    ]);
  });
});
