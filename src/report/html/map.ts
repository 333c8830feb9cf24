import type { WorkloadCost } from "../../cost/cost";
import { sumRanges } from "../../cost/money-range";
import { describeSelector } from "../../model/fargate-selector";
import type { Money } from "../../units/money";
import { groupBy } from "../findings";
import { dollarsRange, plural } from "../format";
import type { FitReport } from "../report";
import type { WorkloadRow } from "../rows";
import { CHART_ROWS } from "./bars";
import { type Html, html } from "./markup";

/** A place where pods run, or wait. */
interface Place {
  readonly title: string;
  readonly kind: WorkloadRow["where"]["kind"];
  /** What takes pods there. */
  readonly remarks: readonly string[];
  readonly rows: readonly WorkloadRow[];
}

/** Every profile with the workloads that it takes, then those on nodes, and those that stay Pending. */
export function placementMap(report: FitReport, rows: readonly WorkloadRow[]): Html {
  const largest = largestMonth(rows);
  return html`<section id="placement">
<h2 id="placement-title">Where the pods land</h2>
<p>A tile is a workload, and leads to its row in the table. Wider tiles cost more.</p>
<div class="map">${places(report, rows).map((place) => placeHtml(place, largest))}</div>
</section>`;
}

function places({ target }: FitReport, rows: readonly WorkloadRow[]): Place[] {
  const byKind = groupBy(rows, ({ where }) => where.kind);
  const byProfile = groupBy(byKind.get("fargate") ?? [], ({ where }) => where.title);
  const others: readonly Place[] = [
    {
      title: "Ambiguous",
      kind: "ambiguous",
      remarks: ["several profiles take the pods, EKS picks the first by name"],
      rows: byKind.get("ambiguous") ?? [],
    },
    { title: "Nodes", kind: "nodes", remarks: ["no profile takes the pods"], rows: byKind.get("nodes") ?? [] },
    { title: "Pending", kind: "pending", remarks: ["nothing runs the pods"], rows: byKind.get("pending") ?? [] },
  ];
  return [
    ...target.profiles.map(({ key, selectors }) => ({
      title: `Profile ${key}`,
      kind: "fargate" as const,
      remarks: selectors.map(describeSelector),
      rows: byProfile.get(key) ?? [],
    })),
    ...others.filter((place) => place.rows.length > 0),
  ];
}

function placeHtml({ title, kind, remarks, rows }: Place, largest: Money | undefined): Html {
  const shown = [...rows].sort(byMonth).slice(0, CHART_ROWS);
  const landed = kind === "fargate" || kind === "ambiguous";
  const month = sumRanges(rows.map(({ cost }) => cost?.month));
  return html`<div class="place ${kind}">
<div class="about"><h3>${title}</h3>
<p><b>${plural(rows.length, "workload")}</b>${landed && rows.length > 0 && html`, ${dollarsRange(month)} a month`}</p>
<ul>${remarks.map((remark) => html`<li>${remark}</li>`)}</ul></div>
${
  rows.length === 0
    ? html`<p class="empty">Takes none of these workloads.</p>`
    : html`<ul class="tiles">${shown.map((row) => tile(row, largest))}</ul>`
}
${rows.length > shown.length && html`<p class="more">and ${rows.length - shown.length} more, in the <a href="#workloads">table of workloads</a></p>`}
</div>`;
}

function tile(row: WorkloadRow, largest: Money | undefined): Html {
  const { placement, number, pods, cost, elsewhere, where } = row;
  const { name, namespace, kind, replicas } = placement.workload;
  const month = cost?.month === undefined ? "cost not known" : `${dollarsRange(cost.month)} a month`;
  return html`<li class="s${span(cost, largest)}"><a class="tile ${where.kind}" href="#w-${number}">
<b>${name}</b><span>${namespace} · ${kind}</span><span>${pods} ${replicas.max === 1 ? "pod" : "pods"} · ${elsewhere ? "not on Fargate" : month}</span></a></li>`;
}

/** Columns that a tile takes, 1 to 4, by its share of what the dearest workload costs. */
function span(cost: WorkloadCost | undefined, largest: Money | undefined): number {
  const share = largest === undefined ? undefined : cost?.month?.max.ratioTo(largest);
  return 1 + [0.05, 0.2, 0.5].filter((least) => (share ?? 0) >= least).length;
}

function largestMonth(rows: readonly WorkloadRow[]): Money | undefined {
  const [first] = [...rows].sort(byMonth);
  return first?.cost?.month?.max;
}

/** The dearest first, at the most replicas; those whose cost is not known last, else in the order of the report. */
function byMonth(a: WorkloadRow, b: WorkloadRow): number {
  return compareMoney(a.cost?.month?.max, b.cost?.month?.max) || a.number - b.number;
}

/** The larger amount first, what is not known last. */
export function compareMoney(a: Money | undefined, b: Money | undefined): number {
  if (a === undefined || b === undefined) {
    return a === b ? 0 : a === undefined ? 1 : -1;
  }
  return b.compareTo(a);
}
