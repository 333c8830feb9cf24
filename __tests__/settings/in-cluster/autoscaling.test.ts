import { parseSettings } from "../../../src/settings/load";
import { MINIMAL, problems } from "../refusal";

const TARGET = "namespace: shop, target: { kind: Deployment, name: web }";
const autoscaling = (...lines: string[]) =>
  `${MINIMAL}inCluster:\n  autoscaling:\n${lines.map((line) => `    ${line}\n`).join("")}`;
const horizontal = (options: string, name = "web") => `horizontal: { ${name}: { ${TARGET}, ${options} } }`;
const vertical = (options: string, name = "web") => `vertical: { ${name}: { ${TARGET}, ${options} } }`;

test("autoscalers of both kinds are accepted", () => {
  const text = autoscaling(
    horizontal(
      "minReplicas: 2, maxReplicas: 10, cpuUtilization: 60, behavior: { scaleUp: { selectPolicy: Min, policies: [{ type: Pods, value: 1, periodSeconds: 60 }] }, scaleDown: { stabilizationWindowSeconds: 600 } }",
    ),
    vertical(
      "updateMode: Initial, controlledResources: [memory], minAllowed: { memory: 256Mi }, maxAllowed: { memory: 8Gi }, minReplicas: 1",
    ),
  );
  expect(() => parseSettings(text, "team.yaml")).not.toThrow();
});

test("both on one workload and resource are refused, with the reason", () => {
  const text = autoscaling(horizontal("maxReplicas: 10, cpuUtilization: 60"), vertical("updateMode: Recreate", "size"));
  expect(problems(text)).toEqual([
    `line 18, inCluster.autoscaling.vertical.size.target: HorizontalPodAutoscaler "web" and VerticalPodAutoscaler "size" both act on cpu of Deployment shop/web: one changes how many pods there are by what they use of their requests, the other changes the requests, so they drive each other; scale horizontally on one resource and let 'controlledResources' hold only the other, or set 'updateMode' to "Off"`,
  ]);
});

test("a horizontal one is refused at the line of what is wrong with it", () => {
  expect(problems(autoscaling(horizontal("minReplicas: 3, maxReplicas: 2, cpuUtilization: 0")))).toEqual([
    "line 17, inCluster.autoscaling.horizontal.web.maxReplicas: 'maxReplicas' must be at least 'minReplicas', 3, got 2; raise it",
    "line 17, inCluster.autoscaling.horizontal.web.cpuUtilization: 'cpuUtilization' must be a whole number of percent from 1 to 100, got 0; pods on Fargate cannot use more than they request",
  ]);
});

test("a vertical one is refused at the line of what is wrong with it", () => {
  expect(problems(autoscaling(vertical("updateMode: Auto")))).toEqual([
    `line 17, inCluster.autoscaling.vertical.web.updateMode: 'updateMode' must be "Off" or "Initial" or "Recreate", got "Auto"`,
  ]);
  expect(problems(autoscaling(vertical("updateMode: Off, maxAllowed: { cpu: '17' }")))).toEqual([
    `line 17, inCluster.autoscaling.vertical.web.maxAllowed.cpu: 'cpu' of 'maxAllowed' must be at most 16, the most that a pod on Fargate can request, got "17"`,
  ]);
});

test("kinds and names that Kubernetes does not know are refused", () => {
  const text = autoscaling(
    horizontal("maxReplicas: 2, cpuUtilization: 60", "Web").replace("Deployment", "DaemonSet"),
    vertical("updateMode: Off", "a".repeat(50)).replace("namespace: shop", "namespace: Shop"),
  );
  expect(problems(text)).toEqual([
    expect.stringMatching(/horizontal.Web: 'name' of a HorizontalPodAutoscaler must be a Kubernetes name/),
    expect.stringMatching(
      /horizontal.Web.target.kind: 'kind' of 'target' must be one of "Deployment", "StatefulSet", got/,
    ),
    expect.stringMatching(/vertical.a+: 'name' of a VerticalPodAutoscaler must be at most 49 characters/),
    expect.stringMatching(/vertical.a+.namespace: 'namespace' must be a Kubernetes name/),
  ]);
});
