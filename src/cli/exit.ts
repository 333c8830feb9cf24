import { isAtLeast, SEVERITIES, type Severity } from "../model/finding";
import { describeManifestProblem } from "../model/inventory";
import { allFindings } from "../report/findings";
import type { FitReport } from "../report/report";
import type { Arguments } from "./arguments";
import type { Io } from "./io";
import { wordOf } from "./values";

/** What the program ends with. */
export const EXIT = { ok: 0, found: 1, unusable: 2, fault: 3 } as const;

/** Severity from which on the program fails, or that it never does. */
export type FailOn = Severity | "never";

export function failOn(args: Arguments): FailOn {
  return wordOf(args, "fail-on", [...SEVERITIES, "never"]) ?? (args.command === "fit" ? "error" : "never");
}

/** Whether the report fails a pipeline: by a finding, or by a manifest that nobody could read and so may hold any. */
export function exitCode(report: FitReport, threshold: FailOn): number {
  if (threshold === "never") {
    return EXIT.ok;
  }
  const found = allFindings(report).some(({ severity }) => isAtLeast(severity, threshold));
  return found || report.inventory.problems.length > 0 ? EXIT.found : EXIT.ok;
}

/** Says on standard error what an output leaves out because nobody could read it. */
export function tellProblems({ inventory: { problems } }: FitReport, io: Io): void {
  for (const problem of problems) {
    io.stderr(`warning: left out: ${describeManifestProblem(problem)}\n`);
  }
}
