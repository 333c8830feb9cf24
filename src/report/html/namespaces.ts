import type { MoneyRange } from "../../cost/cost";
import { sumRanges } from "../../cost/money-range";
import type { Money } from "../../units/money";
import { groupBy } from "../findings";
import { monthly, plural, rangeText } from "../format";
import type { WorkloadRow } from "../rows";
import { leavesOut } from "../summary";
import { bar, CHART_ROWS, legend, type Segment } from "./bars";
import { compareMoney } from "./map";
import { type Html, html } from "./markup";

interface Namespace {
  readonly name: string;
  readonly workloads: number;
  readonly leftOut: number;
  readonly month: MoneyRange;
  readonly wastedMonth: MoneyRange;
}

/** What the workloads on Fargate cost, by namespace, the dearest first. */
export function namespaceChart(rows: readonly WorkloadRow[]): Html {
  const namespaces = byNamespace(rows);
  const largest = namespaces[0]?.month.max;
  return html`<section id="cost">
<h2 id="cost-title">What each namespace costs</h2>
${
  namespaces.length === 0 || largest === undefined
    ? html`<p>No workload runs on Fargate.</p>`
    : html`${legend([
        ["used", "requested, with what Fargate adds"],
        ["wasted", "wasted: paid for and not requested"],
        ["more", "more at the most replicas"],
      ])}
<div class="scroll" role="region" aria-labelledby="cost-title" tabindex="0"><table class="chart cards">
<caption>Workloads on Fargate, $ per month, the dearest namespace first</caption>
<thead><tr><th scope="col">Namespace</th><th scope="col" class="wide">Cost</th><th scope="col" class="n">$ per month</th><th scope="col" class="n">of it wasted</th></tr></thead>
<tbody>${namespaces.slice(0, CHART_ROWS).map((each) => namespaceRow(each, largest))}</tbody></table></div>
${namespaces.length > CHART_ROWS && html`<p class="more">and ${namespaces.length - CHART_ROWS} more</p>`}`
}
</section>`;
}

function byNamespace(rows: readonly WorkloadRow[]): Namespace[] {
  const landed = rows.filter(({ elsewhere }) => !elsewhere);
  return [...groupBy(landed, ({ placement }) => placement.workload.namespace)]
    .map(([name, group]) => ({
      name,
      workloads: group.length,
      leftOut: group.filter(({ cost }) => cost?.month === undefined).length,
      month: sumRanges(group.map(({ cost }) => cost?.month)),
      wastedMonth: sumRanges(group.map(({ cost }) => cost?.wastedMonth)),
    }))
    .sort((a, b) => compareMoney(a.month.max, b.month.max));
}

function namespaceRow({ name, workloads, leftOut, month, wastedMonth }: Namespace, largest: Money): Html {
  return html`<tr><th scope="row">${name}<small>${plural(workloads, "workload")}${leavesOut(leftOut, "workload")}</small></th>
<td class="wide">${bar(costSegments(month, wastedMonth, largest))}</td><td class="n" data-l="$ per month">${rangeText(month, monthly)}</td><td class="n" data-l="of it wasted">${rangeText(wastedMonth, monthly)}</td></tr>`;
}

/** What is requested and what is wasted at the fewest replicas, and what the most add, of the largest amount. */
export function costSegments(month: MoneyRange, wasted: MoneyRange | undefined, largest: Money): Segment[] {
  const share = (amount: Money | undefined) => amount?.ratioTo(largest) ?? 0;
  return [
    { kind: "used", share: share(wasted === undefined ? month.min : month.min.minus(wasted.min)) },
    { kind: "wasted", share: share(wasted?.min) },
    { kind: "more", share: share(month.max.minus(month.min)) },
  ];
}
