import type { Placement } from "../placement/placement";
import type { Money } from "../units/money";
import { assumptionsOf } from "./assumptions";
import type { CapacityOption, Comparison, CostLine, NodePlan } from "./cost";
import { type CostOptions, type FargateKind, fargateLines, nodeLines, platformLines, totalOf } from "./cost-lines";
import { ecsTaskSize } from "./ecs-task-size";
import { unmetByType } from "./node-fit";
import { daemonSetLoad, isDaemonSet, type NodeType, type PackedNodes, packOnNodes, useOf } from "./nodes";
import { FARGATE_RATES, type FargateRate, PodPrices } from "./pod-price";
import { type Prices, UsedPrices } from "./prices";
import { counted, refusal } from "./words";

/** One kind of Fargate capacity as an option. */
interface FargateOption extends FargateKind {
  readonly id: string;
  readonly title: string;
  readonly orchestrator: "eks" | "ecs";
  readonly rate: FargateRate;
  readonly notes: readonly string[];
}

/** Pods on EKS Fargate: billed until they are deleted. */
export const EKS_FARGATE: FargateOption = {
  id: "eks-fargate",
  title: "EKS on Fargate",
  orchestrator: "eks",
  rate: FARGATE_RATES.x86,
  unit: "pod",
  finished: "billed",
  sizeOf: ({ size }) => size,
  notes: [],
};

const ECS = {
  orchestrator: "ecs",
  unit: "task",
  finished: "gone",
  sizeOf: (placement) => ecsTaskSize(placement.requests),
} as const satisfies Partial<FargateOption>;

const FARGATE_OPTIONS: readonly FargateOption[] = [
  EKS_FARGATE,
  { ...ECS, id: "ecs-fargate-x86", title: "ECS on Fargate (x86)", rate: FARGATE_RATES.x86, notes: [] },
  {
    ...ECS,
    id: "ecs-fargate-arm",
    title: "ECS on Fargate (ARM)",
    rate: FARGATE_RATES.arm,
    notes: ["every image must be built for arm64"],
  },
  {
    ...ECS,
    id: "ecs-fargate-spot",
    title: "ECS on Fargate Spot",
    rate: FARGATE_RATES.spot,
    notes: [
      "tasks are stopped with a warning of two minutes whenever AWS needs the capacity",
      "the price of Spot changes over time, and Savings Plans do not cover it",
    ],
  },
];

/**
 * What the same workloads cost on EKS Fargate, on ECS Fargate and on nodes of each of the given types, with what comes
 * with each. Compared are the workloads that can run on all of these.
 *
 * @see docs/costs.md
 * @throws RangeError when `zones` is not a whole number of 1 or more, or a discount is below 0, or 100 and more
 */
export function compare(placements: readonly Placement[], prices: Prices, options: CostOptions): Comparison {
  const used = new UsedPrices(prices);
  const compared = placements.filter(runsEverywhere);
  const fargate = FARGATE_OPTIONS.map((option) => fargateOption(option, compared, used, options));
  const nodes = options.instanceTypes.map((type) =>
    nodesOption(
      packOnNodes(compared, type, daemonSetLoad(placements, type), options.zones),
      fargate[0]?.compute ?? [],
      used,
      options,
    ),
  );
  return {
    region: used.region,
    compared: compared.map(({ workload }) => workload),
    leftOut: placements
      .filter((placement) => !runsEverywhere(placement))
      .map((placement) => ({ workload: placement.workload, reason: leftOutReason(placement) })),
    options: [...fargate, ...nodes],
    prices: used.all(),
    discounts: options.discounts,
    assumptions: assumptionsOf(placements, options),
  };
}

/** Whether Fargate can run the pods, so that nodes and ECS can as well. A profile that takes them can be added. */
export function fitsFargate({ fargateFindings, size }: Placement): boolean {
  return size !== undefined && !fargateFindings.some(({ severity }) => severity === "error");
}

function runsEverywhere(placement: Placement): boolean {
  return fitsFargate(placement) && !isDaemonSet(placement);
}

function leftOutReason({ workload, fargateFindings }: Placement): string {
  if (workload.kind === "DaemonSet") {
    return "it runs on every node, where it counts as load; Fargate and ECS have no nodes, and would need its work in a sidecar of each pod";
  }
  return refusal(fargateFindings);
}

function fargateOption(
  option: FargateOption,
  compared: readonly Placement[],
  prices: UsedPrices,
  options: CostOptions,
): CapacityOption {
  const podPrices = new PodPrices(prices, option.rate, options.discounts.fargate);
  const { id, title, orchestrator } = option;
  const compute = fargateLines(compared, option, podPrices);
  const platform = platformLines(orchestrator, prices, options);
  const notes = [...option.notes, ...(option.rate === FARGATE_RATES.arm ? askForAmd64(compared) : [])];
  return { id, title, compute, platform, ...totalOf([...compute, ...platform]), notes };
}

/** A task says for which architecture it is, so that these are not left out: their images are what has to change. */
function askForAmd64(compared: readonly Placement[]): string[] {
  const count = compared.filter(({ workload }) => unmetByType(workload, { arch: "arm64" }) !== undefined).length;
  return count === 0 ? [] : [`the manifests of ${counted(count, "workload")} ask for amd64`];
}

function nodesOption(
  packed: PackedNodes,
  fargateCompute: readonly CostLine[],
  prices: UsedPrices,
  options: CostOptions,
): CapacityOption {
  const { type, unfit } = packed;
  const { instances, volumes } = nodeLines(packed, prices, options);
  const platform = [...platformLines("eks", prices, options), volumes];
  return {
    id: `eks-nodes/${type.name}`,
    title: `EKS on ${type.name} nodes`,
    compute: [instances],
    platform,
    ...totalOf([instances, ...platform]),
    notes: [
      ...typeNotes(type),
      ...(unfit.length === 0
        ? []
        : [
            `the total leaves out ${counted(unfit.length, "workload")} that these nodes do not take, and compares with no other`,
          ]),
      ...nothingRequested(packed),
      ...(volumes.month === undefined
        ? ["the price of volumes is missing, so that shares and break-even are those of the instances alone"]
        : []),
    ],
    nodes: nodePlan(packed, instances, volumes, fargateCompute),
  };
}

function typeNotes({ name, arch }: NodeType): string[] {
  return [
    ...(arch === "arm64" ? ["every image must be built for arm64"] : []),
    ...(/^t\d/.test(name)
      ? ["a burstable type: CPU that is used above its baseline for long costs extra, which is not counted"]
      : []),
  ];
}

function nothingRequested({ packed }: PackedNodes): string[] {
  const count = packed.filter(({ requests }) => requests.none).length;
  return count === 0
    ? []
    : [
        `${counted(count, "workload")} without requests ${count === 1 ? "takes" : "take"} room on nodes for the number of pods only`,
      ];
}

function nodePlan(
  packed: PackedNodes,
  instances: CostLine,
  volumes: CostLine,
  fargateCompute: readonly CostLine[],
): NodePlan {
  const use = useOf(packed);
  const month = instances.month && totalOf([instances, volumes]).month;
  const fargate = totalOf(fargateCompute);
  const breakEven =
    month === undefined || fargate.leftOut > 0 || packed.unfit.length > 0
      ? undefined
      : breakEvenOf(Math.max(use.cpu, use.memory), month.min, fargate.month.min);
  return {
    instanceType: packed.type.name,
    count: packed.count,
    ...(month === undefined ? {} : { month }),
    usable: packed.usable,
    cpuUse: use.cpu,
    memoryUse: use.memory,
    ...(breakEven === undefined ? {} : { breakEven }),
    unfit: packed.unfit,
  };
}

/**
 * The same pods on nodes that are used less need more nodes: what nodes cost is inversely proportional to their use. So
 * nodes cost as much as Fargate at the use now, times what they cost now, by what Fargate costs.
 */
function breakEvenOf(use: number, nodes: Money, fargate: Money): number | undefined {
  const ratio = nodes.ratioTo(fargate);
  return ratio === undefined || use === 0 ? undefined : use * ratio;
}
