import type { Discounts, MoneyRange, Unfit } from "../cost/cost";
import type { FargateSize } from "../model/fargate-sizes";
import type { Finding } from "../model/finding";
import type { Workload } from "../model/workload";
import type { Price } from "../pricing/price";
import { findingLine, rulePage } from "./findings";

/*
 * What the JSON outputs have in common. Every key is always there; what is not known is `null`. Amounts are US dollars as
 * decimal texts with all their digits, CPU is in millis, memory in MiB, lines count from 1.
 */

/** Grows when a key is taken away or gets another meaning; a new key leaves it as it is. */
export const SCHEMA_VERSION = 1;

/** Laid out for people too, with a line break at the end. */
export function toJson(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

export function rangeJson(range: MoneyRange | undefined) {
  return range === undefined ? null : { min: range.min.toString(), max: range.max.toString() };
}

export function sizeJson(size: FargateSize | undefined) {
  return size === undefined ? null : { cpuMillis: size.cpu.millis, memoryMib: size.memory.mib };
}

/** What names a workload; the same in each place that refers to it. */
export function workloadJson({ apiVersion, kind, namespace, name, source }: Workload) {
  return {
    apiVersion,
    kind,
    namespace,
    name,
    file: source.file,
    document: source.document,
    line: source.line,
  };
}

/** Workloads that are left out of something, each with the reason. */
export function unfitJson(unfit: readonly Unfit[]) {
  return unfit.map(({ workload, reason }) => ({ workload: workloadJson(workload), reason }));
}

/** `path` begins at the top of the workload's object. */
export function findingJson(finding: Finding) {
  const { rule, severity, at, message, fix, workload } = finding;
  return {
    rule,
    severity,
    message,
    fix,
    file: workload.source.file,
    line: findingLine(finding),
    path: [...at],
    page: rulePage(rule),
  };
}

export function pricesJson(prices: readonly Price[]) {
  return prices.map(({ key, region, usd, date, source, caveat }) => ({
    key,
    region,
    usd: usd.toString(),
    date,
    source,
    caveat: caveat ?? null,
  }));
}

/** Percent off On-Demand. */
export function discountsJson({ fargate, ec2 }: Discounts) {
  return { fargatePercent: fargate, ec2Percent: ec2 };
}
