import { decide as decideCapacity } from "../../cost/decide";
import { quote } from "../../model/problem";
import { decisionMarkdown } from "../../report/adr";
import { decisionJson } from "../../report/decision-json";
import { answer } from "../answer";
import type { Arguments } from "../arguments";
import { costOptionsOf, premiumOf } from "../cost-options";
import { UsageError } from "../errors";
import { exitCode, failOn, tellProblems } from "../exit";
import type { Io } from "../io";
import { emit } from "../output";
import { textOf, wordOf } from "../values";

const FORMATS = ["markdown", "json"] as const;

/** A decision record: Fargate, nodes or both, for each workload. */
export function decide(args: Arguments, io: Io): number {
  const format = wordOf(args, "format", FORMATS) ?? "markdown";
  const threshold = failOn(args);
  const date = dateOf(args) ?? io.today;
  const title = textOf(args, "title");
  const found = answer(args, io);
  tellProblems(found.report, io);
  const decision = decideCapacity(found.report.placements, found.prices, {
    ...costOptionsOf(args, found),
    ...premiumOf(args),
  });
  const text =
    format === "json"
      ? decisionJson(decision, found.report.generator)
      : decisionMarkdown(found.report, decision, { date, ...(title === undefined ? {} : { title }) });
  emit(args, io, text);
  return exitCode(found.report, threshold);
}

function dateOf(args: Arguments): string | undefined {
  const date = textOf(args, "date");
  if (date !== undefined && !isDate(date)) {
    throw new UsageError(`--date must be a day as YYYY-MM-DD, got ${quote(date)}`);
  }
  return date;
}

/** Whether the calendar has the day: 2026-02-30 is none. */
function isDate(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
