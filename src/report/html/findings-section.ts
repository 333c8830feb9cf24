import { type Finding, SEVERITIES, type Severity } from "../../model/finding";
import { allFindings, findingLine, groupBy, rulePage } from "../findings";
import { plural } from "../format";
import type { FitReport } from "../report";
import type { WorkloadRow } from "../rows";
import { describeRule } from "../rule-descriptions";
import { CHART_ROWS } from "./bars";
import { type Html, html } from "./markup";

const TITLES: Readonly<Record<Severity, readonly [string, string]>> = {
  error: [
    "error: pods do not run, or fail at what they are for",
    "errors: pods do not run, or fail at what they are for",
  ],
  warning: ["warning: not as written", "warnings: not as written"],
  advice: ["advice: something would serve better", "advice: something would serve better"],
};

/** What the rules say: by severity, then by rule. */
export function findingsSection(report: FitReport, rows: readonly WorkloadRow[]): Html {
  const findings = groupBy(allFindings(report), ({ severity }) => severity);
  const numbers = new Map(rows.map(({ placement, number }) => [placement.workload, number]));
  return html`<section id="findings">
<h2 id="findings-title">Findings</h2>
${findings.size === 0 && html`<p>None.</p>`}
${SEVERITIES.map((severity) => severityDetails(severity, findings.get(severity) ?? [], numbers))}
</section>`;
}

type Numbers = ReadonlyMap<Finding["workload"], number>;

function severityDetails(severity: Severity, findings: readonly Finding[], numbers: Numbers): Html | undefined {
  const [one, many] = TITLES[severity];
  return findings.length === 0
    ? undefined
    : html`<details class="severity ${severity}"${severity !== "advice" && html` open`}><summary><h3>${plural(findings.length, one, many)}</h3></summary>
${[...groupBy(findings, ({ rule }) => rule)].map(([rule, same]) => ruleHtml(rule, same, numbers))}</details>`;
}

function ruleHtml(rule: string, findings: readonly Finding[], numbers: Numbers): Html {
  const { title, reason } = describeRule(rule);
  const entries = [...groupBy(findings, ({ message, fix }) => JSON.stringify([message, fix])).values()];
  return html`<div class="rule"><h4>${title}</h4>
<p class="meta"><code>${rule}</code>, <code>${rulePage(rule)}</code>${reason !== "" && html`. ${reason}`}</p>
<ul>${entries.slice(0, CHART_ROWS).map((same) => entryHtml(same, numbers))}</ul>
${entries.length > CHART_ROWS && html`<p class="more">and ${entries.length - CHART_ROWS} more</p>`}</div>`;
}

/** Findings that say the same, with every place. */
function entryHtml(findings: readonly Finding[], numbers: Numbers): Html {
  const [first] = findings;
  return html`<li data-finding><p>${first?.message}</p><p class="fix"><b>Fix</b> ${first?.fix}</p>
<ul class="where">${findings.slice(0, CHART_ROWS).map((finding) => placeHtml(finding, numbers))}</ul>
${findings.length > CHART_ROWS && html`<p class="more">and ${findings.length - CHART_ROWS} more</p>`}</li>`;
}

function placeHtml(finding: Finding, numbers: Numbers): Html {
  const { kind, namespace, name, source } = finding.workload;
  const number = numbers.get(finding.workload);
  const text = `${namespace}/${name}`;
  return html`<li>${number === undefined ? text : html`<a href="#w-${number}">${text}</a>`} <span class="m">${kind}</span> <code>${source.file}:${findingLine(finding)}</code></li>`;
}
