import { decisionMarkdown } from "../../src/report/adr";
import { costMarkdown } from "../../src/report/cost-markdown";
import { fitMarkdown } from "../../src/report/fit-markdown";
import { code, escapeMarkdown, markdownTable } from "../../src/report/markdown";
import { expectGolden } from "../support/golden";
import { hostileReport } from "./hostile";
import { shopReport } from "./shop";
import { COMPARISON, DECISION } from "./shop-options";
import { FINDINGS } from "./shop-workloads";

test("the answer of fit", () => {
  expectGolden("report/fit.md", fitMarkdown(shopReport()));
});

test("the answer of cost", () => {
  expectGolden("report/cost.md", costMarkdown(COMPARISON));
});

test("the decision record", () => {
  expectGolden("report/decision.md", decisionMarkdown(shopReport(), DECISION, { date: "2026-11-21" }));
});

test("a decision record has the title that is given", () => {
  const text = decisionMarkdown(shopReport(), DECISION, { date: "2026-11-21", title: "0007: Where the shop runs" });
  expect(text).toMatch(/^# 0007: Where the shop runs\n\n- Status: Proposed\n- Date: 2026-11-21\n/);
});

test.each([
  ["fargate", "Run the workloads on EKS Fargate"],
  ["nodes", "Run the workloads on m6i.2xlarge nodes"],
  ["both", "Run the workloads on EKS Fargate and m6i.2xlarge nodes"],
] as const)("a decision record for %s says so in its title", (choice, title) => {
  const text = decisionMarkdown(shopReport(), { ...DECISION, choice }, { date: "2026-11-21" });
  expect(text.split("\n")[0]).toBe(`# ${title}`);
});

test("a decision record names the nodes of the plan that was chosen, not those of the shares", () => {
  const [nodes, ...others] = DECISION.plans;
  const plans = [
    { ...nodes, nodes: { ...nodes?.nodes, instanceType: "c5.large" } },
    ...others,
  ] as typeof DECISION.plans;
  const decision = { ...DECISION, instanceType: "m5.large", plans };
  const text = decisionMarkdown(shopReport(), decision, { date: "2026-11-21" });
  expect(text).toMatch(/^# Run the workloads on EKS Fargate and m6i\.2xlarge nodes\n/);
  expect(text).toContain("- 2 workloads on m6i.2xlarge nodes");
  expect(text.match(/m5\.large/g)).toHaveLength(1);
  expect(text).toContain("A share is that of the m5.large nodes which all workloads together would need");
});

test("a decision record shows amounts of workloads at the fewest replicas, side by side", () => {
  const text = decisionMarkdown(shopReport(), DECISION, { date: "2026-11-21" });
  expect(text).toContain("| payments/api (Deployment) | 2-10 | Fargate | 72.08 | 80.11 | costs less on Fargate |");
});

test("a decision record tells a rule once, with the workloads that break it, and names it in their rows", () => {
  const findings = [FINDINGS.burst0, FINDINGS.burst1, FINDINGS.jump];
  const workloads = DECISION.workloads.map((each) =>
    each.choice === "fargate"
      ? { ...each, against: ["no profile takes it"], findings }
      : { ...each, findings: [FINDINGS.arm] },
  );
  const text = decisionMarkdown(shopReport(), { ...DECISION, workloads }, { date: "2026-11-21" });
  expect(text.match(/no profile takes it; burstable, size-jump \|$/gm)).toHaveLength(2);
  expect(text.match(/\(`burstable`, warning\): not so in 2 workloads\./g)).toHaveLength(1);
  expect(text).not.toContain(FINDINGS.burst0.message);
  // What keeps a workload from Fargate is a reason for its place, not against it.
  expect(text).not.toMatch(/arm64 \|$/m);
});

test("cells hold no pipe, no line break and no markup of their own", () => {
  expect(markdownTable(["A", "B"], [[escapeMarkdown("x|y\n# z"), escapeMarkdown("<b>*_`[a]&")]], new Set(["B"]))).toBe(
    ["| A | B |", "| --- | ---: |", "| x\\|y \\# z | &lt;b&gt;\\*\\_\\`\\[a\\]&amp; |"].join("\n"),
  );
});

test("code holds backticks and pipes", () => {
  expect([code("a:1"), code("a`b"), code("`a|"), code("a\nb")]).toEqual(["`a:1`", "``a`b``", "`` `a\\| ``", "`a b`"]);
});

test("hostile names stay text: every row has as many cells as the head, and no HTML is left", () => {
  const text = fitMarkdown(hostileReport());
  expect(text.replace(/(`+) ?.*?\1/g, "")).not.toMatch(/<script/);
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  const cells = rows.map((row) => row.split(/(?<!\\)\|/).length);
  expect(new Set(cells).size).toBe(1);
});
