import type { Outcome } from "../../placement/placement";
import { asSentence, dollarsRange, percent, plural, shareOf, thousands } from "../format";
import type { FitReport } from "../report";
import { headline, leavesOut, readLine, type Summary } from "../summary";
import { width } from "./bars";
import { type Html, html } from "./markup";

/** Each way that workloads end, in the order and the words of the page. */
const OUTCOMES: readonly (readonly [Outcome["kind"], string])[] = [
  ["fargate", "on Fargate"],
  ["ambiguous", "ambiguous"],
  ["nodes", "on nodes"],
  ["pending", "Pending"],
];

/** The answer in one sentence, and the figures behind it. */
export function header(report: FitReport, summary: Summary): Html {
  const { cost, target } = report;
  return html`<header>
<p class="eyebrow">Will it run on Fargate?</p>
<h1>${asSentence(headline(report))}</h1>
<p class="meta">${readLine(report)} read. Profiles from <code>${target.from}</code>; the cluster has ${target.nodes ? "nodes as well" : "no nodes"}. Prices of ${cost.region}.</p>
${strip(summary)}
<dl class="figures">${figures(report, summary)}</dl>
</header>`;
}

/** All workloads as one bar, by where they run. */
function strip({ outcomes, workloads }: Summary): Html | undefined {
  const shown = OUTCOMES.filter(([kind]) => outcomes[kind] > 0);
  return shown.length === 0
    ? undefined
    : html`<ul class="strip" aria-label="Workloads by where they run">${shown.map(
        ([kind, text]) =>
          html`<li class="${kind}" style="flex-grow:${outcomes[kind]};flex-basis:${width(outcomes[kind] / workloads / 4)}"><b>${outcomes[kind]}</b> ${text}</li>`,
      )}</ul>`;
}

function figures({ cost }: FitReport, { outcomes, workloads, pods, findings }: Summary): Html[] {
  const share = shareOf(cost.wastedMonth, cost.month);
  return [
    figure("Workloads on Fargate", `${outcomes.fargate + outcomes.ambiguous} of ${workloads}`, ""),
    figure(
      "Pods",
      pods.min === pods.max ? thousands(pods.min) : `${thousands(pods.min)} to ${thousands(pods.max)}`,
      "of all workloads",
    ),
    figure("Fargate, a month", dollarsRange(cost.month), leavesOut(cost.leftOut, "workload").replace(/^, /, "")),
    figure(
      "Wasted, a month",
      dollarsRange(cost.wastedMonth),
      share === undefined ? "" : `${percent(share)} of the cost`,
    ),
    figure(
      "Errors",
      thousands(findings.error),
      findings.error === 0 ? "nothing stops a pod" : "findings that stop pods",
    ),
    figure(
      "Warnings",
      thousands(findings.warning),
      findings.advice === 0 ? "" : `and ${plural(findings.advice, "advice", "advice")}`,
    ),
  ];
}

function figure(name: string, value: string, remark: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}${remark !== "" && html`<small>${remark}</small>`}</dd></div>`;
}
