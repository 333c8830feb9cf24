import { compare } from "../../cost/compare";
import { costJson } from "../../report/cost-json";
import { costMarkdown } from "../../report/cost-markdown";
import { costTable } from "../../report/cost-table";
import { answer } from "../answer";
import type { Arguments } from "../arguments";
import { costOptionsOf } from "../cost-options";
import { exitCode, failOn, tellProblems } from "../exit";
import type { Io } from "../io";
import { emit, layoutOf } from "../output";
import { wordOf } from "../values";

const FORMATS = ["table", "json", "markdown"] as const;

/** The same workloads on EKS Fargate, on ECS Fargate and on nodes. */
export function cost(args: Arguments, io: Io): number {
  const format = wordOf(args, "format", FORMATS) ?? "table";
  const threshold = failOn(args);
  const found = answer(args, io);
  tellProblems(found.report, io);
  const comparison = compare(found.report.placements, found.prices, costOptionsOf(args, found));
  const render = {
    table: () => costTable(comparison, layoutOf(args, io)),
    json: () => costJson(comparison, found.report.generator),
    markdown: () => costMarkdown(comparison),
  };
  emit(args, io, render[format]());
  return exitCode(found.report, threshold);
}
