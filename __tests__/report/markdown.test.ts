import { decisionMarkdown } from "../../src/report/adr";
import { costMarkdown } from "../../src/report/cost-markdown";
import { fitMarkdown } from "../../src/report/fit-markdown";
import { code, escapeMarkdown, markdownTable } from "../../src/report/markdown";
import { expectGolden } from "../support/golden";
import { hostileReport } from "./hostile";
import { shopReport } from "./shop";
import { COMPARISON, DECISION } from "./shop-options";

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
  ["nodes", "Run the workloads on nodes (m6i.2xlarge)"],
  ["both", "Run the workloads on EKS Fargate and nodes (m6i.2xlarge)"],
] as const)("a decision record for %s says so in its title", (choice, title) => {
  const text = decisionMarkdown(shopReport(), { ...DECISION, choice }, { date: "2026-11-21" });
  expect(text.split("\n")[0]).toBe(`# ${title}`);
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
