import { cheaperOnNodes } from "../../cost/cheaper-on-nodes";
import { decide } from "../../cost/decide";
import { htmlPage } from "../../report/html/page";
import { answer } from "../answer";
import type { Arguments } from "../arguments";
import { costOptionsOf, premiumOf } from "../cost-options";
import { exitCode, failOn } from "../exit";
import type { Io } from "../io";
import { emit } from "../output";

const DEFAULT_FILE = "fargate-report.html";

/** One HTML page with everything that the other commands say. */
export function report(args: Arguments, io: Io): number {
  const threshold = failOn(args);
  const found = answer(args, io);
  const decision = decide(found.report.placements, found.prices, {
    ...costOptionsOf(args, found),
    ...premiumOf(args),
  });
  const { comparison } = decision;
  const extraFindings = cheaperOnNodes(comparison, found.report.cost);
  const whole = { ...found.report, extraFindings, comparison, decision };
  emit(args, io, htmlPage(whole), DEFAULT_FILE);
  return exitCode(whole, threshold);
}
