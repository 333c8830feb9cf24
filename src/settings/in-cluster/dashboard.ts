import * as v from "valibot";
import { dashboardProblems } from "../../model/dashboard";
import { nameProblem, names } from "../../model/names";
import type { Problem } from "../../model/problem";
import { described, text, names as texts } from "../pieces";
import type { Settings } from "../schema";

export const dashboardSchema = described(
  v.strictObject({
    dashboardName: v.exactOptional(described(text, "Default: <name>-<region>.")),
    loadBalancers: v.exactOptional(
      described(texts, "Load balancers to show, app/<name>/<id>. Default: all that the controller has made."),
    ),
    start: v.exactOptional(described(text, "How far back it looks at first. Default: PT6H.")),
  }),
  "Dashboard of CloudWatch; {} for the defaults.",
);

/** What is wrong with the dashboard. */
export function dashboardSettingsProblems({ name, region, inCluster }: Settings): Problem[] {
  const options = inCluster?.dashboard ?? {};
  const { dashboardName } = options;
  const message = nameProblem(
    "dashboard",
    dashboardName ?? names.dashboard(name, region),
    "give another 'dashboardName'",
  );
  return [
    ...(message === undefined ? [] : [{ at: dashboardName === undefined ? [] : ["dashboardName"], message }]),
    ...dashboardProblems(options),
  ];
}
