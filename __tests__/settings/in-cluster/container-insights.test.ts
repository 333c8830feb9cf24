import { parseSettings } from "../../../src/settings/load";
import { edited, MINIMAL, problems } from "../refusal";

const SELECTORS = "- namespace: kube-system";
const settings = (yaml: string) =>
  `${edited(SELECTORS, `${SELECTORS}\n        - namespace: fargate-container-insights`)}inCluster:\n  containerInsights:${yaml}\n`;

test("Container Insights without a place for its collector is refused", () => {
  expect(problems(`${MINIMAL}inCluster:\n  containerInsights: {}\n`)).toEqual([
    `line 16, inCluster.containerInsights: no Fargate profile takes the pods of the collector of Container Insights in namespace "fargate-container-insights", and there are no nodes, so they would stay Pending; add a selector { namespace: "fargate-container-insights" } to a profile`,
  ]);
});

test("its defaults are accepted", () => {
  expect(parseSettings(settings(" {}"), "team.yaml").inCluster).toEqual({ containerInsights: {} });
});

test("a retention that CloudWatch Logs does not have is refused", () => {
  expect(problems(settings("\n    retentionInDays: 31"))).toEqual([
    expect.stringMatching(
      /^line 18, inCluster.containerInsights.retentionInDays: 'retentionInDays' must be one of 1, 3, .* got 31; the next longer one is 60$/,
    ),
  ]);
});

test("the role's name is refused when IAM does not take it, the derived one as well", () => {
  expect(problems(settings('\n    roleName: "my role"'))).toEqual([
    `line 18, inCluster.containerInsights.roleName: the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "my role" (7); give a shorter 'roleName'`,
  ]);
  const name = "n".repeat(46);
  expect(problems(settings(" {}").replace("name: platform", `name: ${name}`))).toEqual([
    `line 17, inCluster.containerInsights: the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "${name}-container-insights" (65); give a shorter 'roleName'`,
  ]);
});
