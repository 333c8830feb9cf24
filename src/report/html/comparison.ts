import type { CapacityOption, Comparison, CostLine, NodePlan } from "../../cost/cost";
import type { Money } from "../../units/money";
import { asSentence, monthly, percent, plural, rangeText, UNKNOWN, workloadLabel } from "../format";
import {
  BREAK_EVEN,
  breakEvenText,
  gaps,
  isComplete,
  lineText,
  missingText,
  type OptionRow,
  optionNotes,
  optionRows,
} from "../options";
import { bar, legend, width } from "./bars";
import { compareMoney } from "./map";
import { type Html, html } from "./markup";
import { costSegments } from "./namespaces";

/** The same workloads on each kind of capacity. */
export function comparisonSection(comparison: Comparison): Html {
  const rows = optionRows(comparison);
  const complete = comparison.options.filter(isComplete);
  const largest = complete.map(({ month }) => month.max).sort(compareMoney)[0];
  return html`<section id="options">
<h2 id="options-title">What else they could run on</h2>
<p>${plural(comparison.compared.length, "workload")} that can run on every option, with what comes with each: control plane, NAT gateways, load balancers, volumes.</p>
${legend([
  ["used", "at the fewest replicas"],
  ["more", "more at the most replicas"],
])}
<div class="scroll" role="region" aria-labelledby="options-title" tabindex="0"><table class="chart cards">
<caption>The options, $ per month</caption>
<thead><tr><th scope="col">Option</th><th scope="col" class="wide">Cost</th><th scope="col" class="n">$ per month</th><th scope="col" class="n">against the first</th></tr></thead>
<tbody>${rows.map((row) => optionRow(row, largest))}</tbody></table></div>
${breakEvens(comparison.options)}
${comparison.options.map(optionDetails)}
${notCompared(comparison)}
${list("What the figures take for granted", comparison.assumptions)}
</section>`;
}

/** An option that is not complete has no bar: a short one would look cheap. */
function optionRow({ option, difference }: OptionRow, largest: Money | undefined): Html {
  const { title, month } = option;
  const known = isComplete(option);
  return html`<tr><th scope="row">${title}${gaps(option).map((gap) => html`<small>${gap}</small>`)}</th>
<td class="wide">${known && largest !== undefined ? bar(costSegments(month, undefined, largest)) : html`<small>not all of the cost</small>`}</td>
<td class="n" data-l="$ per month">${known ? "" : "at least "}${rangeText(month, monthly)}</td><td class="n" data-l="against the first">${difference}</td></tr>`;
}

/** How full the nodes are, against how full they must be to cost less than Fargate. */
function breakEvens(options: readonly CapacityOption[]): Html | undefined {
  const plans = options.flatMap(({ nodes }) => (nodes === undefined ? [] : [nodes]));
  return plans.length === 0
    ? undefined
    : html`<h3>From which use on nodes cost less</h3>
<p>${asSentence(BREAK_EVEN)}</p>
<ul class="gauges">${plans.map(gauge)}</ul>`;
}

function gauge(plan: NodePlan): Html {
  const { instanceType, cpuUse, memoryUse, breakEven } = plan;
  const use = Math.max(cpuUse, memoryUse);
  return html`<li><b>${instanceType}</b><span class="gauge" aria-hidden="true"><i style="width:${width(use)}"></i>${
    breakEven !== undefined && html`<em style="left:${width(breakEven)}"></em>`
  }</span><span>used ${percent(use)} (cpu ${percent(cpuUse)}, memory ${percent(memoryUse)}); break-even ${breakEven === undefined ? "not known" : breakEvenText(plan)}</span></li>`;
}

function optionDetails(option: CapacityOption): Html {
  return html`<details><summary>Lines of ${option.title}</summary>
<div class="scroll" role="region" aria-label="Lines of ${option.title}" tabindex="0"><table>
<caption>${option.title}, $ per month</caption>
<thead><tr><th scope="col">Line</th><th scope="col" class="n">$ per month</th><th scope="col">Remark</th></tr></thead>
<tbody>${[...option.compute, ...option.platform].map(lineRow)}</tbody></table></div>
${list("", optionNotes(option))}</details>`;
}

function lineRow(line: CostLine): Html {
  const remarks = [missingText(line.missing), line.note ?? ""].filter((text) => text !== "");
  return html`<tr><th scope="row">${lineText(line)}</th><td class="n">${line.month === undefined ? UNKNOWN : rangeText(line.month, monthly)}</td><td>${remarks.join("; ")}</td></tr>`;
}

function notCompared({ leftOut }: Comparison): Html | undefined {
  return list(
    "Not compared",
    leftOut.map(({ workload, reason }) => `${workloadLabel(workload)}: ${reason}`),
  );
}

/** A list with a heading; nothing when it is empty. */
export function list(title: string, items: readonly string[]): Html | undefined {
  return items.length === 0
    ? undefined
    : html`${title !== "" && html`<h3>${title}</h3>`}<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
