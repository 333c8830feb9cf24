import type { Decision, Plan, WorkloadDecision } from "../cost/cost";
import type { Price } from "../pricing/price";
import { optionTable } from "./cost-markdown";
import { describeObjections, objectionRules } from "./decision-text";
import { count, dollarsRange, monthly, plural, rangeText, UNKNOWN, workloadLabel } from "./format";
import { bullets, code, escapeMarkdown, joinSections, markdownTable, sentence } from "./markdown";
import { BREAK_EVEN, missingText, unfitTexts } from "./options";
import { discountText, targetText } from "./provenance";
import type { FitReport } from "./report";
import { costLine, findingsLine, headline, summarize, wasteLine } from "./summary";

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
    escapeMarkdown(amountsNote(decision)),
    "## Consequences",
    bullets(consequences(decision)),
    ...accepted(decision),
    "## Alternatives considered",
    alternatives(decision),
    ...otherCapacity(decision),
    "## Assumptions",
    bullets(
      [...decision.comparison.assumptions, `discounts: ${discountText(decision.comparison.discounts)}`].map(sentence),
    ),
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

function titleOf(decision: Decision): string {
  const nodes = nodesText(decision);
  const places = { fargate: "EKS Fargate", nodes, both: `EKS Fargate and ${nodes}` };
  return `Run the workloads on ${places[decision.choice]}`;
}

/** `m6i.large nodes`, of the plan that was chosen. */
function nodesText({ plans, choice }: Decision): string {
  const nodes = plans.find((plan) => plan.choice === choice)?.nodes;
  return nodes === undefined || nodes.unfit.length > 0 ? "nodes" : `${nodes.instanceType} nodes`;
}

function context(report: FitReport, { acceptedPremium, comparison }: Decision): string[] {
  const { workloads, pods, findings } = summarize(report);
  return [
    `The manifests hold ${plural(workloads, "workload")} with ${plural(pods, "pod")}, which can run on EKS Fargate, on nodes, or on both. As the Fargate profiles are now, ${escapeMarkdown(headline(report))}.`,
    bullets(
      [
        ...(report.cost.leftOut === 0 ? [] : [`cost: ${costLine(report)}`]),
        `waste: ${wasteLine(report)}`,
        `findings: ${findingsLine(findings)}`,
        `profiles: ${targetText(report.target)}`,
        `what decides: what a month costs in ${comparison.region}; pods on Fargate may cost up to ${acceptedPremium}% more, because there are no nodes to look after`,
      ].map(escapeMarkdown),
    ),
  ];
}

function workloadTable(workloads: readonly WorkloadDecision[]): string {
  return markdownTable(
    ["Workload", "Pods", "Runs on", "$ per month on Fargate", "$ per month, share of nodes", "Because", "Against it"],
    workloads.map((each) =>
      [
        workloadLabel(each.workload),
        count(each.workload.replicas),
        PLACES[each.choice],
        each.fargateMonth === undefined ? UNKNOWN : monthly(each.fargateMonth.min),
        each.nodesShare === undefined ? UNKNOWN : monthly(each.nodesShare),
        each.reasons.join("; "),
        describeObjections(each),
      ].map(escapeMarkdown),
    ),
    new Set(["Pods", "$ per month on Fargate", "$ per month, share of nodes"]),
  );
}

/** What the amounts of the table are. */
function amountsNote({ instanceType }: Decision): string {
  const share =
    instanceType === undefined
      ? ""
      : ` A share is that of the ${instanceType} nodes which all workloads together would need, with what is idle on them.`;
  return `Amounts of workloads are at the fewest replicas, by which the plans are weighed as well.${share}`;
}

const PLACES: Readonly<Record<WorkloadDecision["choice"], string>> = {
  fargate: "Fargate",
  nodes: "nodes",
  neither: "neither",
};

function consequences(decision: Decision): string[] {
  const { choice, workloads, months } = decision;
  const on = (place: WorkloadDecision["choice"]) => workloads.filter((each) => each.choice === place).length;
  const fargate = on("fargate");
  // On Fargate alone there are no nodes: what only nodes run is not run, which is among what speaks against it.
  const nodes = choice === "fargate" ? 0 : on("nodes");
  return [
    ...(months.decided === undefined
      ? []
      : [`The platform costs ${dollarsRange(months.decided)} a month, with what comes with it.`]),
    ...(fargate === 0
      ? []
      : [
          `${plural(fargate, "workload")} on Fargate: each pod is a machine of its own that AWS patches and bills by size.`,
        ]),
    ...(nodes === 0 ? [] : [`${plural(nodes, "workload")} on ${nodesText(decision)}: pods share what they request.`]),
  ].map(escapeMarkdown);
}

/** What speaks against the decision as a whole, and each rule that the table names, once. */
function accepted({ against, workloads }: Decision): string[] {
  const rules = objectionRules(workloads).map(({ rule, severity, title, reason, workloads: number }) =>
    `${escapeMarkdown(title)} (${code(rule)}, ${severity}): not so in ${plural(number, "workload")}. ${escapeMarkdown(reason)}`.trimEnd(),
  );
  return against.length + rules.length === 0
    ? []
    : ["Accepted with it:", bullets([...against.map(sentence), ...rules])];
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
  const missing = new Set([...compute, ...platform].flatMap((line) => line.missing));
  return [...(missing.size === 0 ? [] : [missingText([...missing])]), ...unfitTexts(nodes?.unfit ?? [])];
}

/** Capacity of each kind for the workloads that run on all of them, as a check of the plans. */
function otherCapacity({ comparison }: Decision): string[] {
  const { compared, leftOut } = comparison;
  return compared.length === 0
    ? []
    : [
        `${plural(compared.length, "workload")} can run on each kind of capacity, ECS included, and would cost there:`,
        optionTable(comparison),
        sentence(BREAK_EVEN),
        ...(leftOut.length === 0
          ? []
          : [
              "Left out of this table:",
              bullets(leftOut.map(({ workload, reason }) => escapeMarkdown(`${workloadLabel(workload)}: ${reason}`))),
            ]),
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
