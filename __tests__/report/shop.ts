import type { FargateCost, MoneyRange, WorkloadCost } from "../../src/cost/cost";
import { FARGATE_POD_OVERHEAD } from "../../src/model/fargate-sizes";
import type { Placement } from "../../src/placement/placement";
import type { FitReport } from "../../src/report/report";
import { Money } from "../../src/units/money";
import { HOURS_PER_MONTH } from "../../src/units/time";
import { inventory } from "../support/workloads";
import { PRICES, REGION } from "./shop-options";
import { DEFAULT, FINDINGS, PAYMENTS, PLACEMENTS, SHOP, UNUSED, WORKLOADS } from "./shop-workloads";

/** What a pod of so much costs for an hour. */
function podHour(vcpu: number, gib: number): Money {
  return Money.usd("0.04048").times(vcpu).plus(Money.usd("0.004445").times(gib));
}

function scaled(amount: Money, { min, max }: { min: number; max: number }): MoneyRange {
  return { min: amount.times(min), max: amount.times(max) };
}

/** As the cost of a workload is worked out: hours that it runs, at so many replicas. */
function workloadCost(each: Placement): WorkloadCost {
  const { size, requests, workload } = each;
  if (workload === WORKLOADS.search) {
    return { placement: each, missing: ["fargate/arm/vcpu-hour", "fargate/arm/gib-hour"] };
  }
  if (size === undefined || workload.kind === "DaemonSet") {
    return { placement: each, missing: [] };
  }
  const hour = podHour(size.cpu.vcpu, size.memory.gib);
  const wasted = podHour(
    size.cpu.minus(requests.cpu).vcpu,
    size.memory.minus(requests.memory.plus(FARGATE_POD_OVERHEAD)).gib,
  );
  if (workload.runTime.kind === "always") {
    return {
      placement: each,
      podHour: hour,
      hour: scaled(hour, workload.replicas),
      month: scaled(hour.times(HOURS_PER_MONTH), workload.replicas),
      wastedMonth: scaled(wasted.times(HOURS_PER_MONTH), workload.replicas),
      missing: [],
    };
  }
  const { runsPerMonth, secondsPerRun, keptSeconds = 0 } = workload.runTime;
  const hours = ((runsPerMonth ?? 1) * (secondsPerRun + keptSeconds)) / 3600;
  return {
    placement: each,
    podHour: hour,
    hour: scaled(hour.times(hours).dividedBy(HOURS_PER_MONTH), workload.replicas),
    month: scaled(hour.times(hours), workload.replicas),
    wastedMonth: scaled(wasted.times(hours), workload.replicas),
    missing: [],
  };
}

/** The cost of placements, and what those that land on Fargate cost together. */
export function costOf(placements: readonly Placement[]): FargateCost {
  const workloads = placements.map(workloadCost);
  const there = workloads.filter(
    ({ placement: { outcome } }) => outcome.kind === "fargate" || outcome.kind === "ambiguous",
  );
  return {
    region: REGION,
    workloads,
    month: sum(there.map(({ month }) => month)),
    wastedMonth: sum(there.map(({ wastedMonth }) => wastedMonth)),
    leftOut: there.filter(({ month }) => month === undefined).length,
    prices: PRICES.slice(0, 2),
    discounts: { fargate: 0, ec2: 0 },
  };
}

function sum(ranges: readonly (MoneyRange | undefined)[]): MoneyRange {
  const known = ranges.filter((each) => each !== undefined);
  return { min: Money.sum(known.map(({ min }) => min)), max: Money.sum(known.map(({ max }) => max)) };
}

/** The report on the shop. */
export function shopReport(overrides: Partial<FitReport> = {}): FitReport {
  return {
    inventory: inventory({
      workloads: Object.values(WORKLOADS),
      problems: [
        {
          file: "shop/broken.yaml",
          document: 3,
          line: 88,
          message: 'key "image" is there twice in one mapping; remove one',
        },
        { file: "shop/logo.png", message: "is not text in UTF-8; leave it out" },
      ],
      counts: { files: 9, documents: 31, objects: 42 },
    }),
    target: { profiles: [UNUSED, DEFAULT, PAYMENTS, SHOP], nodes: true, from: "settings/production.yaml" },
    placements: PLACEMENTS,
    cost: costOf(PLACEMENTS),
    extraFindings: [FINDINGS.cheaper],
    generator: "cdktf-eks-fargate 0.2.0",
    ...overrides,
  };
}
