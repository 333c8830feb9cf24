import type { Finding } from "../../model/finding";
import type { Money } from "../../units/money";
import { groupBy } from "../findings";
import { Footnotes } from "../footnotes";
import { hourly, monthly, percent, plural, rangeText, UNKNOWN } from "../format";
import type { FitReport } from "../report";
import type { WorkloadRow } from "../rows";
import { type Html, html } from "./markup";

/** Findings that a row names before the rest is counted. */
const ROW_RULES = 3;

/** Every workload in a table. */
export function workloadsSection(report: FitReport, rows: readonly WorkloadRow[]): Html {
  const footnotes = new Footnotes();
  const extras = groupBy(report.extraFindings, ({ workload }) => workload);
  const body = rows.map((row) => workloadRow(row, extras.get(row.placement.workload) ?? [], footnotes));
  return html`<section id="workloads">
<h2 id="workloads-title">All workloads</h2>
<form class="filter" role="search" hidden><label for="filter">Show only workloads and findings with these words</label>
<input id="filter" type="search" autocomplete="off" spellcheck="false"><p id="filter-status" role="status"></p></form>
<div class="scroll" role="region" aria-labelledby="workloads-title" tabindex="0"><table class="cards" id="workload-table">
<caption>${plural(rows.length, "workload")}; amounts in US dollars</caption>
<thead><tr><th scope="col">Workload</th><th scope="col">Pods</th><th scope="col">Where</th><th scope="col">Requested</th><th scope="col">Size</th><th scope="col">Waste</th><th scope="col" class="n">$ per hour</th><th scope="col" class="n">$ per month</th><th scope="col">Findings</th></tr></thead>
<tbody>${body}</tbody></table></div>
<ul class="notes">${footnotes.lines.map((line) => html`<li>${line}</li>`)}
${rows.some(({ elsewhere, cost }) => elsewhere && cost?.month !== undefined) && html`<li>In parentheses: what it would cost on Fargate, where it does not run; not in the total.</li>`}</ul>
</section>`;
}

function workloadRow(row: WorkloadRow, extras: readonly Finding[], footnotes: Footnotes): Html {
  const { placement, number, pods, where, requested, size, waste, cost } = row;
  const { workload, findings } = placement;
  const { name, namespace, kind, replicas } = workload;
  return html`<tr id="w-${number}" tabindex="-1"><th scope="row">${name}<small>${namespace} · ${kind}</small></th><td data-v="${replicas.max}">${pods}</td><td><span class="o ${where.kind}">${where.title}</span><small>${where.detail}</small></td><td data-v="${placement.requests.cpu.millis}">${requested}</td><td data-v="${placement.size?.memory.mib ?? -1}">${size ?? UNKNOWN}</td><td data-v="${waste.cost ?? -1}">${waste.cost === undefined ? UNKNOWN : percent(waste.cost)}</td>${moneyCell(row, cost?.hour, hourly, footnotes)}${moneyCell(row, cost?.month, monthly, footnotes)}<td data-v="${findings.length + extras.length}">${ruleBadges([...findings, ...extras])}</td></tr>
`;
}

function moneyCell(
  { elsewhere, unpriced }: WorkloadRow,
  range: { readonly min: Money; readonly max: Money } | undefined,
  format: (amount: Money) => string,
  footnotes: Footnotes,
): Html {
  const text = rangeText(range, format);
  const shown =
    range === undefined
      ? `${UNKNOWN}${unpriced === undefined ? "" : ` ${footnotes.mark(unpriced)}`}`
      : elsewhere
        ? `(${text})`
        : text;
  return html`<td class="n" data-v="${range?.max.toString() ?? -1}">${shown}</td>`;
}

function ruleBadges(findings: readonly Finding[]): Html[] {
  const rules = [...groupBy(findings, ({ rule, severity }) => `${severity} ${rule}`).values()];
  return [
    ...rules
      .slice(0, ROW_RULES)
      .map(([first]) => html`<span class="f ${first?.severity}">${first?.severity}: ${first?.rule}</span> `),
    ...(rules.length > ROW_RULES ? [html`<span class="m">+${rules.length - ROW_RULES}</span>`] : []),
  ];
}
