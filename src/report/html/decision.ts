import type { Decision, WorkloadDecision } from "../../cost/cost";
import { asSentence, dollarsRange, monthly, rangeText } from "../format";
import { CHART_ROWS } from "./bars";
import { list } from "./comparison";
import { type Html, html } from "./markup";

const CHOICES: Readonly<Record<Decision["choice"], string>> = {
  fargate: "Fargate",
  nodes: "Nodes",
  both: "Fargate and nodes",
};

/** What runs where, and why. */
export function decisionSection({ choice, because, against, workloads, months }: Decision): Html {
  const shown = workloads.slice(0, CHART_ROWS);
  return html`<section id="decision">
<h2 id="decision-title">What to run where</h2>
<p class="verdict"><b>${CHOICES[choice]}</b> ${asSentence(because)}</p>
<dl class="figures"><div><dt>As decided, a month</dt><dd>${dollarsRange(months.decided)}</dd></div>
<div><dt>All on Fargate</dt><dd>${dollarsRange(months.fargate)}</dd></div>
<div><dt>All on nodes</dt><dd>${dollarsRange(months.nodes)}</dd></div></dl>
${list("What speaks against it", against)}
<div class="scroll" role="region" aria-labelledby="decision-title" tabindex="0"><table class="cards">
<caption>Each workload, $ per month</caption>
<thead><tr><th scope="col">Workload</th><th scope="col">Runs on</th><th scope="col" class="n">on Fargate</th><th scope="col" class="n">on nodes</th><th scope="col">Because</th><th scope="col">Against it</th></tr></thead>
<tbody>${shown.map(workloadRow)}</tbody></table></div>
${workloads.length > shown.length && html`<p class="more">and ${workloads.length - shown.length} more, in the decision as JSON</p>`}
</section>`;
}

function workloadRow({ workload, choice, fargateMonth, nodesMonth, reasons, against }: WorkloadDecision): Html {
  return html`<tr><th scope="row">${workload.name}<small>${workload.namespace} · ${workload.kind}</small></th>
<td data-l="Runs on"><span class="o ${choice}">${choice === "fargate" ? "Fargate" : "nodes"}</span></td>
<td class="n" data-l="on Fargate">${rangeText(fargateMonth, monthly)}</td><td class="n" data-l="on nodes">${rangeText(nodesMonth, monthly)}</td>
<td data-l="Because">${reasons.join("; ")}</td><td data-l="Against it">${against.join("; ")}</td></tr>`;
}
