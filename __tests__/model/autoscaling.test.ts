import {
  type Autoscaler,
  autoscalerConflicts,
  type HorizontalScaling,
  horizontalResources,
  horizontalScalingProblems,
  SCALABLE_KINDS,
  type ScalingBehavior,
  targetProblems,
} from "../../src/model/autoscaling";
import type { Problem } from "../../src/model/problem";

const shown = (problems: readonly Problem[]) => problems.map(({ at, message }) => [at.join("."), message]);
const problems = (scaling: Partial<HorizontalScaling>) =>
  shown(horizontalScalingProblems({ maxReplicas: 10, cpuUtilization: 60, ...scaling }));

describe("horizontal scaling", () => {
  test("may say little or all", () => {
    expect(problems({})).toEqual([]);
    expect(
      problems({
        minReplicas: 10,
        memoryUtilization: 100,
        behavior: {
          scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: "Disabled" },
          scaleDown: {
            stabilizationWindowSeconds: 3600,
            selectPolicy: "Min",
            policies: [
              { type: "Pods", value: 1, periodSeconds: 1800 },
              { type: "Percent", value: 200, periodSeconds: 1 },
            ],
          },
        },
      }),
    ).toEqual([]);
  });

  test("does not want more pods at least than at most", () => {
    expect(problems({ minReplicas: 3, maxReplicas: 2 })).toEqual([
      ["maxReplicas", "'maxReplicas' must be at least 'minReplicas', 3, got 2; raise it"],
    ]);
  });

  test.each([
    ["minReplicas", 0],
    ["maxReplicas", 1.5],
  ])("does not want %s %p", (property, value) => {
    expect(problems({ [property]: value })).toEqual([
      [property, `'${property}' must be a whole number of at least 1, got ${value}`],
    ]);
  });

  test("looks at something", () => {
    expect(shown(horizontalScalingProblems({ maxReplicas: 2 }))).toEqual([
      ["", "'cpuUtilization' or 'memoryUtilization' must be given, or nothing says how many pods are needed"],
    ]);
    expect(horizontalResources({ maxReplicas: 2, memoryUtilization: 1, cpuUtilization: 1 })).toEqual(["cpu", "memory"]);
    expect(horizontalResources({ maxReplicas: 2, memoryUtilization: 1 })).toEqual(["memory"]);
  });

  test.each([
    ["cpuUtilization", 0],
    ["cpuUtilization", 101],
    ["memoryUtilization", 0.6],
  ])("does not aim at %s %p", (property, value) => {
    expect(problems({ [property]: value })).toEqual([
      [
        property,
        `'${property}' must be a whole number of percent from 1 to 100, got ${value}; pods on Fargate cannot use more than they request`,
      ],
    ]);
  });
});

describe("the behavior of horizontal scaling", () => {
  const ofDown = (scaleDown: unknown) => problems({ behavior: { scaleDown } as ScalingBehavior });

  test.each([-1, 3601, 0.5])("does not look %p seconds back", (seconds) => {
    expect(ofDown({ stabilizationWindowSeconds: seconds })).toEqual([
      [
        "behavior.scaleDown.stabilizationWindowSeconds",
        `'stabilizationWindowSeconds' must be a whole number from 0 to 3600, got ${seconds}`,
      ],
    ]);
  });

  test("chooses among policies as Kubernetes knows it", () => {
    expect(ofDown({ selectPolicy: "Average" })).toEqual([
      [
        "behavior.scaleDown.selectPolicy",
        `'selectPolicy' of 'scaleDown' must be one of "Disabled", "Max", "Min", got "Average"`,
      ],
    ]);
  });

  test("has policies of a known type, or none of its own", () => {
    expect(ofDown({ policies: [] })).toEqual([
      [
        "behavior.scaleDown.policies",
        `'policies' of 'scaleDown' must hold at least one policy; leave it out for Kubernetes' own, or set 'selectPolicy' to "Disabled"`,
      ],
    ]);
    expect(ofDown({ policies: [{ type: "Nodes", value: 0, periodSeconds: 1801 }] })).toEqual([
      [
        "behavior.scaleDown.policies.0.type",
        `'type' of a policy of 'scaleDown' must be one of "Percent", "Pods", got "Nodes"`,
      ],
      ["behavior.scaleDown.policies.0.value", "'value' must be a whole number of at least 1, got 0"],
      [
        "behavior.scaleDown.policies.0.periodSeconds",
        "'periodSeconds' must be a whole number from 1 to 1800, got 1801",
      ],
    ]);
  });
});

test("a target is of a kind that can be scaled", () => {
  expect(targetProblems({ kind: "StatefulSet", name: "a" }, SCALABLE_KINDS)).toEqual([]);
  expect(shown(targetProblems({ kind: "DaemonSet", name: "a" }, SCALABLE_KINDS))).toEqual([
    ["target.kind", `'kind' of 'target' must be one of "Deployment", "StatefulSet", got "DaemonSet"`],
  ]);
  expect(targetProblems({ kind: "constructor", name: "a" }, SCALABLE_KINDS)).toHaveLength(1);
});

describe("autoscalers of one workload", () => {
  const target = { kind: "Deployment", name: "web" };
  const horizontal: Autoscaler = {
    kind: "HorizontalPodAutoscaler",
    namespace: "shop",
    name: "web",
    target,
    resources: ["cpu"],
  };
  const vertical: Autoscaler = {
    ...horizontal,
    kind: "VerticalPodAutoscaler",
    name: "web-size",
    resources: ["cpu", "memory"],
  };

  test("fight when both act on a resource, whichever comes second", () => {
    const because =
      "one changes how many pods there are by what they use of their requests, the other changes the requests, so they drive each other; scale horizontally on one resource and let 'controlledResources' hold only the other, or set 'updateMode' to \"Off\"";
    expect(shown(autoscalerConflicts(vertical, [horizontal]))).toEqual([
      [
        "target",
        `HorizontalPodAutoscaler "web" and VerticalPodAutoscaler "web-size" both act on cpu of Deployment shop/web: ${because}`,
      ],
    ]);
    expect(shown(autoscalerConflicts({ ...horizontal, resources: ["memory", "cpu"] }, [vertical]))).toEqual([
      [
        "target",
        `VerticalPodAutoscaler "web-size" and HorizontalPodAutoscaler "web" both act on cpu and memory of Deployment shop/web: ${because}`,
      ],
    ]);
  });

  test("get along by different resources, or when one only recommends", () => {
    expect(autoscalerConflicts({ ...vertical, resources: ["memory"] }, [horizontal])).toEqual([]);
    expect(autoscalerConflicts({ ...vertical, resources: [] }, [horizontal])).toEqual([]);
  });

  test("overrule each other when they are of one kind, by whatever resources", () => {
    expect(shown(autoscalerConflicts({ ...horizontal, name: "other", resources: ["memory"] }, [horizontal]))).toEqual([
      [
        "target",
        `HorizontalPodAutoscalers "web" and "other" both care for Deployment shop/web, and would overrule each other; keep one`,
      ],
    ]);
    expect(autoscalerConflicts({ ...vertical, resources: [] }, [vertical])).toHaveLength(1);
  });

  test.each([
    { namespace: "other" },
    { target: { kind: "StatefulSet", name: "web" } },
    { target: { kind: "Deployment", name: "api" } },
  ])("are others with %j", (difference) => {
    expect(autoscalerConflicts({ ...vertical, ...difference }, [horizontal])).toEqual([]);
  });
});
