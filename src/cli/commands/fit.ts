import type { Finding } from "../../model/finding";
import { fitTable } from "../../report/table";
import { type Answer, answer } from "../answer";
import type { Arguments } from "../arguments";
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
    json: () => load.json().fitJson(report),
    markdown: () => load.markdown().fitMarkdown(report),
    sarif: () => load.sarif().fitSarif(report),
  };
  emit(args, io, render[format]());
  return exitCode(report, threshold);
}

/** Workloads that cost less on nodes of the types that the command line names, or that the cluster has. */
function adviceOnNodes(args: Arguments, { report, prices, cluster }: Answer): Finding[] {
  const hasNodes =
    (cluster.instanceTypes ?? []).length > 0 && load.costOptions().ownInstanceTypes(cluster, prices).length > 0;
  if (!isSet(args, "instance-types") && !hasNodes) {
    return [];
  }
  const options = load.costOptions().costOptionsOf(args, { report, prices, cluster });
  return load.advice().cheaperOnNodes(load.comparison().compare(report.placements, prices, options), report.cost);
}

/** What a table of the placements alone does not need, loaded when it is asked for. */
const load = {
  json: () => require("../../report/fit-json") as typeof import("../../report/fit-json"),
  markdown: () => require("../../report/fit-markdown") as typeof import("../../report/fit-markdown"),
  sarif: () => require("../../report/sarif") as typeof import("../../report/sarif"),
  costOptions: () => require("../cost-options") as typeof import("../cost-options"),
  comparison: () => require("../../cost/compare") as typeof import("../../cost/compare"),
  advice: () => require("../../cost/cheaper-on-nodes") as typeof import("../../cost/cheaper-on-nodes"),
};
