import { FARGATE_EPHEMERAL_STORAGE, type FargateSize } from "../model/fargate-sizes";
import type { Placement } from "../placement/placement";
import type { PriceKey } from "../pricing/price";
import type { Memory } from "../units/memory";
import type { Money } from "../units/money";
import { HOURS_PER_MONTH } from "../units/time";
import type { CostLine, Discounts, MoneyRange } from "./cost";
import { monthOf } from "./fargate-cost";
import { rangeOf, sumRanges } from "./money-range";
import type { NodeType, PackedNodes } from "./nodes";
import type { HourPrice, PodPrices } from "./pod-price";
import { discounted, type UsedPrices } from "./prices";
import type { Finished } from "./run-time";

/** What runs beside the workloads, and how nodes are made. */
export interface CostOptions {
  /** Types of nodes to pack the workloads on. */
  readonly instanceTypes: readonly NodeType[];
  /** Availability Zones that nodes, pods, endpoints and load balancers are in; 1 or more. */
  readonly zones: number;
  readonly network: {
    /** All together. */
    readonly natGateways: number;
    /** In each zone. */
    readonly interfaceEndpoints: number;
  };
  /** Priced as internet-facing Application Load Balancers. */
  readonly loadBalancers: number;
  /** Whether the cluster's Kubernetes version is in extended support. */
  readonly extendedSupport: boolean;
  readonly discounts: Discounts;
  /** Root volume (gp3) of a node. @default 20 */
  readonly nodeVolumeGib?: number;
}

/** What the volume of a node has when nobody says otherwise; also what a managed node group gives it. */
const NODE_VOLUME_GIB = 20;

/** What all lines whose price is known come to, and how many have none. */
export interface Total {
  readonly month: MoneyRange;
  readonly leftOut: number;
}

export function totalOf(lines: readonly CostLine[]): Total {
  return {
    month: sumRanges(lines.map(({ month }) => month)),
    leftOut: lines.filter(({ month }) => month === undefined).length,
  };
}

/** How a kind of Fargate capacity takes pods. */
export interface FargateKind {
  /** `pod` or `task`. */
  readonly unit: string;
  readonly finished: Finished;
  sizeOf(placement: Placement): FargateSize | undefined;
}

/** One line for each size of pod or task, from the smallest. */
export function fargateLines(placements: readonly Placement[], kind: FargateKind, prices: PodPrices): CostLine[] {
  const bySize = new Map<string, { size: FargateSize; storage: Memory; of: Placement[] }>();
  for (const placement of placements) {
    const size = kind.sizeOf(placement);
    if (size !== undefined) {
      const storage = placement.requests.ephemeralStorage.max(FARGATE_EPHEMERAL_STORAGE);
      const key = `${size.cpu.millis}/${size.memory.bytes}/${storage.bytes}`;
      const group = bySize.get(key) ?? { size, storage, of: [] };
      group.of.push(placement);
      bySize.set(key, group);
    }
  }
  return [...bySize.values()]
    .sort(
      (a, b) =>
        a.size.cpu.millis - b.size.cpu.millis ||
        a.size.memory.bytes - b.size.memory.bytes ||
        a.storage.bytes - b.storage.bytes,
    )
    .map(({ size, storage, of }) => sizeLine(describe(kind, size, storage), of, kind, prices.hour(size, storage)));
}

function describe({ unit }: FargateKind, { cpu, memory }: FargateSize, storage: Memory): string {
  const extra = storage.bytes > FARGATE_EPHEMERAL_STORAGE.bytes ? `, ${storage} ephemeral storage` : "";
  return `${unit} of ${cpu.vcpu} vCPU, ${memory.gib} GiB${extra}`;
}

function sizeLine(
  what: string,
  placements: readonly Placement[],
  { finished }: FargateKind,
  { usd, missing }: HourPrice,
): CostLine {
  const quantity = { min: 0, max: 0 };
  for (const { workload } of placements) {
    quantity.min += workload.replicas.min;
    quantity.max += workload.replicas.max;
  }
  const runs = placements.filter(({ workload }) => workload.runTime.kind === "runs").length;
  return {
    what,
    quantity,
    ...(usd === undefined
      ? {}
      : { month: sumRanges(placements.map(({ workload }) => monthOf(usd, workload, finished))) }),
    missing,
    ...(runs === 0 ? {} : { note: fromTimeToTime(runs, placements.length) }),
  };
}

function fromTimeToTime(runs: number, all: number): string {
  const which = runs < all ? `${runs} of ${all} workloads` : all === 1 ? "the workload" : `all ${all} workloads`;
  return `${which} ${runs === 1 ? "runs" : "run"} from time to time`;
}

/** The nodes, and the volumes that come with them. */
export function nodeLines(
  { type, count }: Pick<PackedNodes, "type" | "count">,
  prices: UsedPrices,
  options: CostOptions,
): { readonly instances: CostLine; readonly volumes: CostLine } {
  const gib = options.nodeVolumeGib ?? NODE_VOLUME_GIB;
  return {
    instances: pricedLine({ what: type.name, quantity: count }, prices, `ec2/${type.name}`, (price) =>
      discounted(price, options.discounts.ec2).times(HOURS_PER_MONTH),
    ),
    volumes: pricedLine({ what: `gp3 volume of ${gib} GiB`, quantity: count }, prices, "ebs/gp3/gib-month", (price) =>
      price.times(gib),
    ),
  };
}

/** What comes with a cluster or service, apart from compute; nothing for what there is none of. */
export function platformLines(orchestrator: "eks" | "ecs", prices: UsedPrices, options: CostOptions): CostLine[] {
  const { zones, network, loadBalancers, extendedSupport } = options;
  const hourly = (what: string, count: number, key: PriceKey, note?: string): CostLine[] =>
    count === 0
      ? []
      : [
          pricedLine(
            { what, quantity: { min: count, max: count }, ...(note === undefined ? {} : { note }) },
            prices,
            key,
            (price) => price.times(HOURS_PER_MONTH),
          ),
        ];
  return [
    ...hourly("EKS control plane", orchestrator === "eks" ? 1 : 0, "eks/cluster-hour"),
    ...hourly(
      "EKS extended support",
      orchestrator === "eks" && extendedSupport ? 1 : 0,
      "eks/extended-support-hour",
      "on top of the control plane",
    ),
    ...hourly("NAT gateway", network.natGateways, "nat-gateway/hour", "hours only, without the data"),
    ...hourly(
      "load balancer",
      loadBalancers,
      "alb/hour",
      "hours of an Application Load Balancer, without capacity units (LCU)",
    ),
    ...hourly(
      "interface endpoint in a zone",
      network.interfaceEndpoints * zones,
      "interface-endpoint/zone-hour",
      `${network.interfaceEndpoints} in each of ${zones} zones, hours only, without the data`,
    ),
    ...hourly(
      "public IPv4 address",
      network.natGateways + loadBalancers * zones,
      "public-ipv4/hour",
      "one for each NAT gateway, and one in each zone for each load balancer",
    ),
  ];
}

function pricedLine(
  line: Pick<CostLine, "what" | "quantity" | "note">,
  prices: UsedPrices,
  key: PriceKey,
  monthOfOne: (price: Money) => Money,
): CostLine {
  const price = prices.find(key);
  if (price === undefined) {
    return { ...line, missing: [key] };
  }
  const one = monthOfOne(price);
  return { ...line, month: rangeOf(line.quantity, (count) => one.times(count)), missing: [] };
}
