import { costTable } from "../../src/report/cost-table";
import { expectGolden } from "../support/golden";
import { COMPARISON } from "./shop-options";

test.each([80, 160])("the comparison for a terminal of %d columns", (columns) => {
  expectGolden(`report/cost-${columns}.txt`, costTable(COMPARISON, { columns, colors: false }));
});

test("no line is wider than the terminal", () => {
  const lines = costTable(COMPARISON, { columns: 80, colors: false }).split("\n");
  expect(lines.filter(({ length }) => length > 80)).toEqual([]);
});

test("an option without all its prices is compared with nothing", () => {
  const lines = costTable(COMPARISON, { columns: 160, colors: false }).split("\n");
  expect(lines.find((line) => line.startsWith("ECS on Fargate, ARM"))).toMatch(/70\.08 \[1\] +-$/);
  expect(lines).toContain("[1] leaves out 1 line without a price");
});

test("colours come only when they are asked for", () => {
  expect(costTable(COMPARISON, { columns: 80, colors: false })).not.toContain("\u001b");
  expect(costTable(COMPARISON, { columns: 80, colors: true })).toContain("\u001b[1mASSUMPTIONS");
});
