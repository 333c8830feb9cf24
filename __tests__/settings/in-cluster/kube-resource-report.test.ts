import { parseSettings } from "../../../src/settings/load";
import { edited, MINIMAL, problems } from "../refusal";

const BASE = edited("- namespace: kube-system\n", "- namespace: kube-*\n");

test("inCluster.kubeResourceReport takes every option", () => {
  const yaml = "inCluster: { kubeResourceReport: { updateIntervalInMinutes: 1, additionalCostPerCluster: 73 } }\n";
  expect(parseSettings(BASE + yaml, "team.yaml").inCluster?.kubeResourceReport).toEqual({
    updateIntervalInMinutes: 1,
    additionalCostPerCluster: 73,
  });
});

test("no interval is refused at its line, and so is a report that no profile takes", () => {
  const yaml = "inCluster:\n  kubeResourceReport:\n    updateIntervalInMinutes: 0\n";
  expect(problems(BASE + yaml)).toEqual([
    "line 17, inCluster.kubeResourceReport.updateIntervalInMinutes: 'updateIntervalInMinutes' must be a number above 0, got 0",
  ]);
  expect(problems(`${MINIMAL}inCluster: { kubeResourceReport: {} }\n`)).toEqual([
    expect.stringContaining(
      'no Fargate profile takes the pods of kube-resource-report in namespace "kube-resource-report"',
    ),
  ]);
});
