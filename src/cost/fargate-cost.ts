import { FARGATE_POD_OVERHEAD } from "../model/fargate-sizes";
import type { Workload } from "../model/workload";
import type { Placement } from "../placement/placement";
import { Money } from "../units/money";
import { SECONDS_PER_HOUR } from "../units/time";
import type { Discounts, FargateCost, MoneyRange, WorkloadCost } from "./cost";
import { rangeOf, sumRanges } from "./money-range";
import { FARGATE_RATES, PodPrices } from "./pod-price";
import { type Prices, UsedPrices } from "./prices";
import { billedSeconds, type Finished, SECONDS_PER_MONTH } from "./run-time";

/**
 * What each workload costs on EKS Fargate, and all that land there together.
 *
 * @see docs/costs.md
 * @throws RangeError when a discount is below 0, or 100 and more
 */
export function fargateCost(placements: readonly Placement[], prices: Prices, discounts: Discounts): FargateCost {
  const used = new UsedPrices(prices);
  const podPrices = new PodPrices(used, FARGATE_RATES.x86, discounts.fargate);
  const workloads = placements.map((placement) => workloadCost(placement, podPrices));
  const landed = workloads.filter(({ placement }) => landsOnFargate(placement));
  return {
    region: used.region,
    workloads,
    month: sumRanges(landed.map(({ month }) => month)),
    wastedMonth: sumRanges(landed.map(({ wastedMonth }) => wastedMonth)),
    leftOut: landed.filter(({ month }) => month === undefined).length,
    prices: used.all(),
    discounts,
  };
}

/** Whether a profile takes the pods, so that they are billed. */
export function landsOnFargate({ outcome }: Placement): boolean {
  return outcome.kind === "fargate" || outcome.kind === "ambiguous";
}

/** What one workload costs on EKS Fargate, wherever it lands. */
export function workloadCost(placement: Placement, prices: PodPrices): WorkloadCost {
  const { workload, size, requests } = placement;
  if (size === undefined) {
    return { placement, missing: [] };
  }
  const { usd: podHour, missing } = prices.hour(size, requests.ephemeralStorage);
  if (podHour === undefined) {
    return { placement, missing };
  }
  const month = monthOf(podHour, workload, "billed");
  if (month === undefined) {
    return { placement, podHour, missing };
  }
  // What a pod needs that says nothing of it is not known, so neither is what of its size is too much.
  const wasted = requests.none ? undefined : monthOf(wastedHour(placement, prices), workload, "billed");
  return {
    placement,
    podHour,
    hour: hourOf(podHour, workload),
    month,
    ...(wasted === undefined ? {} : { wastedMonth: wasted }),
    missing,
  };
}

/**
 * All pods or tasks of a workload for a month, of which one costs `hour` each hour; `undefined` for a DaemonSet, which
 * has as many as there are nodes.
 */
export function monthOf(hour: Money, workload: Workload, finished: Finished): MoneyRange | undefined {
  if (workload.kind === "DaemonSet") {
    return undefined;
  }
  return rangeOf(workload.replicas, (replicas) => forSeconds(hour, billedSeconds(workload, replicas, finished)));
}

/** Exactly, and without a division where hours have two decimals at most, since one of decimals is slow. */
function forSeconds(hour: Money, seconds: number): Money {
  return seconds % (SECONDS_PER_HOUR / 100) === 0
    ? hour.times(seconds / SECONDS_PER_HOUR)
    : hour.times(seconds).dividedBy(SECONDS_PER_HOUR);
}

/** All pods by the hour: of those that run from time to time, the average over the month. */
function hourOf(podHour: Money, workload: Workload): MoneyRange {
  return rangeOf(workload.replicas, (replicas) =>
    podHour.times(billedSeconds(workload, replicas, "billed") / SECONDS_PER_MONTH),
  );
}

/** What one pod pays each hour for CPU and memory beyond its requests and the memory that Fargate adds to them. */
function wastedHour({ size, requests }: Placement, prices: PodPrices): Money {
  if (size === undefined) {
    return Money.ZERO;
  }
  const spare = prices.amount(
    size.cpu.minus(requests.cpu),
    size.memory.minus(requests.memory.plus(FARGATE_POD_OVERHEAD)),
  );
  return spare ?? Money.ZERO;
}
