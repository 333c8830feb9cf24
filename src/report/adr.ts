import type { Decision, Plan, WorkloadDecision } from "../cost/cost";
import type { Price } from "../pricing/price";
import { optionTable } from "./cost-markdown";
import { count, dollarsRange, monthly, plural, rangeText, workloadLabel } from "./format";
import { bullets, escapeMarkdown, joinSections, markdownTable, sentence } from "./markdown";
import { BREAK_EVEN, missingText } from "./options";
import { discountText, targetText } from "./provenance";
import type { FitReport } from "./report";
import { costLine, countsLine, findingsLine, headline, summarize, wasteLine } from "./summary";

/** What is said of a decision record that the figures do not tell. */
export interface RecordOptions {
  /** Day of the record, ISO 8601. */
  readonly date: string;
  /** @default - says what was chosen */
  readonly title?: string;
}

/**
 * A decision record in the form that teams keep as an ADR, in Markdown: status, context with the figures, decision,
 * consequences, alternatives. Ends with a line break.
 *
 * @see https://adr.github.io
 */
export function decisionMarkdown(report: FitReport, decision: Decision, { date, title }: RecordOptions): string {
  return joinSections([
    `# ${escapeMarkdown(title ?? titleOf(decision))}`,
    bullets(["Status: Proposed", `Date: ${escapeMarkdown(date)}`]),
    "## Context",
    ...context(report, decision),
    "## Decision",
    `${sentence(CHOICES[decision.choice])} ${sentence(decision.because)}`,
    workloadTable(decision.workloads),
    "## Consequences",
    bullets(consequences(decision)),
    "## Alternatives considered",
    alternatives(decision),
    optionTable(decision.comparison),
    sentence(BREAK_EVEN),
    ...notCompared(decision),
    "## Assumptions",
    bullets([
      ...decision.comparison.assumptions.map(escapeMarkdown),
      `Fargate may cost ${decision.acceptedPremium}% more than nodes before nodes are chosen.`,
      sentence(`discounts: ${discountText(decision.comparison.discounts)}`),
    ]),
    `## Prices of ${escapeMarkdown(decision.comparison.region)}`,
    priceTable(decision.comparison.prices),
    `Made by ${escapeMarkdown(report.generator)}.`,
  ]);
}

const CHOICES: Readonly<Record<Decision["choice"], string>> = {
  fargate: "the workloads run on EKS Fargate",
  nodes: "the workloads run on nodes",
  both: "some workloads run on EKS Fargate, the others on nodes",
};

function titleOf({ choice, instanceType }: Decision): string {
  const nodes = `nodes${instanceType === undefined ? "" : ` (${instanceType})`}`;
  const places = { fargate: "EKS Fargate", nodes, both: `EKS Fargate and ${nodes}` };
  return `Run the workloads on ${places[choice]}`;
}

function context(report: FitReport, { comparison }: Decision): string[] {
  const summary = summarize(report);
  return [
    `The manifests hold ${escapeMarkdown(countsLine(summary))}. As the Fargate profiles are now, ${escapeMarkdown(headline(report))}.`,
    bullets(
      [
        `cost: ${costLine(report)}`,
        `waste: ${wasteLine(report)}`,
        `findings: ${findingsLine(summary.findings)}`,
        `profiles: ${targetText(report.target)}`,
        `compared on every option: ${plural(comparison.compared.length, "workload")}`,
      ].map(escapeMarkdown),
    ),
  ];
}

function workloadTable(workloads: readonly WorkloadDecision[]): string {
  return markdownTable(
    ["Workload", "Runs on", "$ per month on Fargate", "$ per month on nodes", "Because", "What speaks against it"],
    workloads.map(({ workload, choice, fargateMonth, nodesMonth, reasons, against }) =>
      [
        workloadLabel(workload),
        choice === "fargate" ? "Fargate" : "nodes",
        rangeText(fargateMonth, monthly),
        rangeText(nodesMonth, monthly),
        reasons.join("; "),
        against.join("; "),
      ].map(escapeMarkdown),
    ),
    new Set(["$ per month on Fargate", "$ per month on nodes"]),
  );
}

function consequences({ choice, workloads, months, instanceType, against }: Decision): string[] {
  const fargate = workloads.filter((each) => each.choice === "fargate").length;
  // On Fargate alone there are no nodes: what only nodes run is not run, which is among what speaks against it.
  const nodes = choice === "fargate" ? 0 : workloads.length - fargate;
  const disputed = workloads.filter((each) => each.against.length > 0).length;
  return [
    ...(months.decided === undefined
      ? []
      : [`The platform costs ${dollarsRange(months.decided)} a month, with what comes with it.`]),
    ...(fargate === 0
      ? []
      : [
          `${plural(fargate, "workload")} on Fargate: each pod is a machine of its own that AWS patches and bills by size.`,
        ]),
    ...(nodes === 0
      ? []
      : [
          `${plural(nodes, "workload")} on nodes${instanceType === undefined ? "" : ` (${instanceType})`}: the team patches, replaces and scales them.`,
        ]),
    ...against.map((text) => `Accepted: ${text}${text.endsWith(".") ? "" : "."}`),
    ...(disputed === 0
      ? []
      : [`Accepted: what speaks against the place of ${plural(disputed, "workload")}, as the table says.`]),
  ].map(escapeMarkdown);
}

function alternatives({ plans, choice }: Decision): string {
  return markdownTable(
    ["Alternative", "$ per month", "Nodes", "Remark"],
    plans.map((plan) => {
      const chosen = plan.choice === choice;
      return [
        PLANS[plan.choice],
        rangeText(plan.month, monthly),
        plan.nodes === undefined ? "" : `${count(plan.nodes.count)} x ${plan.nodes.instanceType}`,
        [...(chosen ? ["chosen"] : []), ...planRemarks(plan)].join("; "),
      ].map(escapeMarkdown);
    }),
    new Set(["$ per month"]),
  );
}

const PLANS: Readonly<Record<Plan["choice"], string>> = {
  fargate: "everything on Fargate",
  nodes: "everything on nodes",
  both: "Fargate and nodes",
};

function planRemarks({ compute, platform, nodes }: Plan): string[] {
  const tooLarge = nodes?.tooLarge ?? [];
  const missing = new Set([...compute, ...platform].flatMap((line) => line.missing));
  return [
    ...(missing.size === 0 ? [] : [missingText([...missing])]),
    ...(tooLarge.length === 0 ? [] : [`too large for the nodes: ${tooLarge.map(workloadLabel).join(", ")}`]),
  ];
}

function notCompared({ comparison }: Decision): string[] {
  return comparison.leftOut.length === 0
    ? []
    : [
        "Left out of the comparison:",
        bullets(
          comparison.leftOut.map(({ workload, reason }) => escapeMarkdown(`${workloadLabel(workload)}: ${reason}`)),
        ),
      ];
}

function priceTable(prices: readonly Price[]): string {
  return markdownTable(
    ["Price", "US dollars", "Date", "Source", "Caveat"],
    prices.map(({ key, usd, date, source, caveat = "" }) =>
      [key, usd.toString(), date, source, caveat].map(escapeMarkdown),
    ),
    new Set(["US dollars"]),
  );
}
