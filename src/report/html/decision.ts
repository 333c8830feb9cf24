import type { Decision, WorkloadDecision } from "../../cost/cost";
import { describeObjections, objectionRules } from "../decision-text";
import { asSentence, count, dollarsRange, monthly, plural, UNKNOWN } from "../format";
import { CHART_ROWS } from "./bars";
import { list } from "./comparison";
import { type Html, html } from "./markup";

const CHOICES: Readonly<Record<Decision["choice"], string>> = {
  fargate: "Fargate",
  nodes: "Nodes",
  both: "Fargate and nodes",
};

/** Words and colour of where a workload runs. */
const PLACES: Readonly<Record<WorkloadDecision["choice"], readonly [text: string, kind: string]>> = {
  fargate: ["Fargate", "fargate"],
  nodes: ["nodes", "nodes"],
  neither: ["neither", "pending"],
};

/** What runs where, and why. */
export function decisionSection({ choice, because, against, workloads, months, plans }: Decision): Html {
  const shown = workloads.slice(0, CHART_ROWS);
  const rules = objectionRules(workloads).map(
    ({ rule, severity, title, reason, workloads: number }) =>
      html`<li><span class="f ${severity}">${severity}: ${rule}</span> ${title}: not so in ${plural(number, "workload")}. ${reason}</li>`,
  );
  return html`<section id="decision">
<h2 id="decision-title">What to run where</h2>
<p class="verdict"><b>${CHOICES[choice]}</b> ${asSentence(because)}</p>
<dl class="figures"><div><dt>As decided, a month</dt><dd>${dollarsRange(months.decided)}</dd></div>
<div><dt>All on Fargate</dt><dd>${dollarsRange(months.fargate)}${plans.every((plan) => plan.choice !== "fargate") && html`<small>not all of them run there</small>`}</dd></div>
<div><dt>All on nodes</dt><dd>${dollarsRange(months.nodes)}</dd></div></dl>
${list("What speaks against it", against.map(asSentence))}
<div class="scroll" role="region" aria-labelledby="decision-title" tabindex="0"><table class="cards">
<caption>Each workload, $ per month at the fewest replicas</caption>
<thead><tr><th scope="col">Workload</th><th scope="col" class="n">Pods</th><th scope="col">Runs on</th><th scope="col" class="n">on Fargate</th><th scope="col" class="n">share of nodes</th><th scope="col">Because</th><th scope="col">Against it</th></tr></thead>
<tbody>${shown.map(workloadRow)}</tbody></table></div>
${workloads.length > shown.length && html`<p class="more">and ${workloads.length - shown.length} more, in the decision as JSON</p>`}
${rules.length > 0 && html`<h3>Rules that speak against Fargate</h3><ul class="notes">${rules}</ul>`}
</section>`;
}

function workloadRow(decision: WorkloadDecision): Html {
  const { workload, choice, fargateMonth, nodesShare, reasons } = decision;
  const [place, kind] = PLACES[choice];
  return html`<tr><th scope="row">${workload.name}<small>${workload.namespace} · ${workload.kind}</small></th>
<td class="n" data-l="Pods">${count(workload.replicas)}</td><td data-l="Runs on"><span class="o ${kind}">${place}</span></td>
<td class="n" data-l="on Fargate">${fargateMonth === undefined ? UNKNOWN : monthly(fargateMonth.min)}</td><td class="n" data-l="share of nodes">${nodesShare === undefined ? UNKNOWN : monthly(nodesShare)}</td>
<td data-l="Because">${reasons.join("; ")}</td><td data-l="Against it">${describeObjections(decision)}</td></tr>`;
}
