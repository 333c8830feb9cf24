import { cheaperOnNodes } from "../../cost/cheaper-on-nodes";
import { compare } from "../../cost/compare";
import type { Finding } from "../../model/finding";
import { fitJson } from "../../report/fit-json";
import { fitMarkdown } from "../../report/fit-markdown";
import { fitSarif } from "../../report/sarif";
import { fitTable } from "../../report/table";
import { type Answer, answer } from "../answer";
import type { Arguments } from "../arguments";
import { costOptionsOf } from "../cost-options";
import { exitCode, failOn } from "../exit";
import type { Io } from "../io";
import { emit, layoutOf } from "../output";
import { isSet, wordOf } from "../values";

const FORMATS = ["table", "json", "markdown", "sarif"] as const;

/** Where each workload's pods run, how large they become, what they cost, and what stops them. */
export function fit(args: Arguments, io: Io): number {
  const format = wordOf(args, "format", FORMATS) ?? "table";
  const threshold = failOn(args);
  const found = answer(args, io);
  const report = { ...found.report, extraFindings: adviceOnNodes(args, found) };
  const render = {
    table: () => fitTable(report, layoutOf(args, io)),
    json: () => fitJson(report),
    markdown: () => fitMarkdown(report),
    sarif: () => fitSarif(report),
  };
  emit(args, io, render[format]());
  return exitCode(report, threshold);
}

/** Workloads that cost less on nodes of the types that the command line names. */
function adviceOnNodes(args: Arguments, found: Answer): Finding[] {
  const { report, prices } = found;
  return isSet(args, "instance-types")
    ? cheaperOnNodes(compare(report.placements, prices, costOptionsOf(args, found)), report.cost)
    : [];
}
