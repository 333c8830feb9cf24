import { parseSettings } from "../../../src/settings/load";
import { edited, problems } from "../refusal";

const BASE = edited(
  "- namespace: kube-system\n",
  "- namespace: kube-system\n        - namespace: py-kube-downscaler\n",
);
const withDownscaler = (yaml: string) => `${BASE}inCluster:\n  kubeDownscaler:${yaml}`;

test("inCluster.kubeDownscaler takes every option", () => {
  const yaml = `
    defaultUptime: Mon-Fri 08:00-19:00 Europe/Berlin
    defaultDowntime: never
    gracePeriodInSeconds: 60
    intervalInSeconds: 30
    includeResources: [deployments, cronjobs]
    excludeNamespaces: [live]
    excludeDeployments: [web]
    dryRun: true
    chart: { version: 0.3.12 }
    image: { tag: 26.4.0 }
`;
  expect(parseSettings(withDownscaler(yaml), "team.yaml").inCluster?.kubeDownscaler?.dryRun).toBe(true);
});

test("a schedule that cannot be read, and a kind that is not scaled, are refused at their lines", () => {
  expect(problems(withDownscaler("\n    defaultUptime: Mon-Fri 19:00-08:00 UTC\n"))).toEqual([
    expect.stringMatching(
      /^line 18, inCluster\.kubeDownscaler\.defaultUptime: .* which is never; write a night as two/,
    ),
  ]);
  expect(problems(withDownscaler("\n    includeResources: [jobs]\n"))).toEqual([
    expect.stringMatching(/^line 18, inCluster\.kubeDownscaler\.includeResources\S*: /),
  ]);
});
