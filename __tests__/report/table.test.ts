import { fitTable } from "../../src/report/table";
import { expectGolden } from "../support/golden";
import { inventory } from "../support/workloads";
import { ESCAPE, hostileReport, OVERRIDE } from "./hostile";
import { costOf, shopReport } from "./shop";
import { PLACEMENTS } from "./shop-workloads";

const layout = (columns: number, colors = false) => ({ columns, colors });

/** Widths between which the layout changes, and far beyond. */
test.each([80, 160])("the table for a terminal of %d columns", (columns) => {
  const text = fitTable(shopReport(), layout(columns));
  expectGolden(`report/fit-${columns}.txt`, text);
});

test.each([60, 80, 100, 129, 130, 160, 250])("no line is wider than a terminal of %d columns", (columns) => {
  const lines = fitTable(shopReport(), layout(columns)).split("\n");
  expect(lines.filter(({ length }) => length > columns)).toEqual([]);
});

test("colours come only when they are asked for, and say nothing that the text does not", () => {
  const colored = fitTable(shopReport(), layout(100, true));
  const plain = fitTable(shopReport(), layout(100));
  expect(plain).not.toContain("\u001b");
  expect(colored).toContain("\u001b[31merror");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape of a colour
  expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(plain);
});

test("workloads stand in the order of the placements", () => {
  const reversed = [...PLACEMENTS].reverse();
  const report = shopReport({ placements: reversed, cost: costOf(PLACEMENTS), extraFindings: [] });
  const lines = fitTable(report, layout(200)).split("\n");
  const names = reversed.map(({ workload }) => `${workload.namespace}/${workload.name}`);
  const places = names.map((name) => lines.findIndex((line) => line.startsWith(name)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
});

test("the same report is the same text", () => {
  expect(fitTable(shopReport(), layout(120))).toBe(fitTable(shopReport(), layout(120)));
});

test("a missing price is a dash with its reason, and is counted", () => {
  const landed = PLACEMENTS.map((each) =>
    each.workload.name === "search" ? { ...each, outcome: PLACEMENTS[0]?.outcome ?? each.outcome } : each,
  );
  const text = fitTable(shopReport({ placements: landed, cost: costOf(landed) }), layout(200));
  expect(text).toMatch(/^shop\/search \(Rollout\).* - \[3\] +- \[3\]$/m);
  expect(text).toContain("[3] no price in eu-west-1 for fargate/arm/vcpu-hour, fargate/arm/gib-hour");
  expect(text).toContain("a month on Fargate, leaves out 1 workload without a price");
});

test("what manifests say has no power over the terminal", () => {
  const text = fitTable(hostileReport(), layout(200));
  expect(text).not.toContain(ESCAPE);
  expect(text).not.toContain(OVERRIDE);
});

test("nothing found is said", () => {
  const empty = shopReport({ placements: [], cost: costOf([]), extraFindings: [], inventory: inventory() });
  const text = fitTable(empty, layout(80));
  expect(text).toMatch(/^no workloads were found\n/);
  expect(text).toContain("workloads  0 workloads, 0 pods\n");
});
