import type { FitReport } from "../report";
import { workloadRows } from "../rows";
import { headline, summarize } from "../summary";
import { comparisonSection } from "./comparison";
import { decisionSection } from "./decision";
import { findingsSection } from "./findings-section";
import { header } from "./header";
import { placementMap } from "./map";
import { type Html, html, trusted } from "./markup";
import { namespaceChart } from "./namespaces";
import { pricesSection, problemsSection } from "./prices-section";
import { SCRIPT, scriptHash } from "./script";
import { STYLE } from "./style";
import { wasteChart } from "./waste";
import { workloadsSection } from "./workloads-section";

/**
 * The report as one HTML file that needs nothing else: no server, no other file, no network. It holds no time, so that the
 * same report is the same text.
 */
export function htmlPage(report: FitReport): string {
  const rows = workloadRows(report);
  const summary = summarize(report);
  const { decision, comparison } = report;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${report.generator}">
<title>Fargate fit: ${headline(report)}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${navigation(report)}
<main id="main" tabindex="-1">
${header(report, summary)}
${placementMap(report, rows)}
${namespaceChart(rows)}
${wasteChart(rows)}
${decision !== undefined && decisionSection(decision)}
${comparison !== undefined && comparisonSection(comparison)}
${findingsSection(report, rows)}
${problemsSection(report)}
${workloadsSection(report, rows)}
${pricesSection(report)}
</main>
<footer><p>Made by ${report.generator}.</p></footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** Styles that stand in the page, its own script, and nothing else; nothing may be loaded. */
function policy(): string {
  return `default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptHash()}'; base-uri 'none'; form-action 'none'`;
}

function navigation({ decision, comparison, inventory }: FitReport): Html {
  const links: readonly (readonly [string, string])[] = [
    ["placement", "Placement"],
    ["cost", "Cost"],
    ["waste", "Waste"],
    ...(decision === undefined ? [] : [["decision", "Decision"] as const]),
    ...(comparison === undefined ? [] : [["options", "Options"] as const]),
    ["findings", "Findings"],
    ...(inventory.problems.length === 0 ? [] : [["not-read", "Not read"] as const]),
    ["workloads", "Workloads"],
    ["prices", "Prices"],
  ];
  return html`<nav aria-label="Sections"><ul>${links.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}
