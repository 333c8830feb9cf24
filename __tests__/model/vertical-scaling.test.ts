import type { Problem } from "../../src/model/problem";
import {
  type VerticalScaling,
  verticalNameProblem,
  verticalResources,
  verticalScalingProblems,
} from "../../src/model/vertical-scaling";

const shown = (problems: readonly Problem[]) => problems.map(({ at, message }) => [at.join("."), message]);
const problems = (scaling: Partial<VerticalScaling>, kind = "Deployment") =>
  shown(verticalScalingProblems(kind, { updateMode: "Recreate", ...scaling }));

describe("vertical scaling", () => {
  test("may say little or all", () => {
    expect(problems({})).toEqual([]);
    expect(
      problems({
        updateMode: "Initial",
        controlledResources: ["memory"],
        minAllowed: { cpu: "250m", memory: "256Mi" },
        maxAllowed: { cpu: "16", memory: "122624Mi" },
        minReplicas: 1,
      }),
    ).toEqual([]);
  });

  test.each([
    ["Auto", '; it is deprecated; write "Recreate", which it means'],
    ["InPlaceOrRecreate", '; Fargate gives a pod its size when it starts; write "Recreate"'],
    ["InPlace", "; Fargate gives a pod its size when it starts"],
    ["Always", ""],
    ["constructor", ""],
  ])("does not know the mode %s", (mode, reason) => {
    expect(problems({ updateMode: mode as "Off" })).toEqual([
      ["updateMode", `'updateMode' must be "Off", "Initial" or "Recreate", got "${mode}"${reason}`],
    ]);
  });

  test("does not evict pods that have work to end", () => {
    expect(problems({ updateMode: "Initial" }, "CronJob")).toEqual([]);
    expect(problems({}, "CronJob")).toEqual([
      [
        "updateMode",
        `'updateMode' of a CronJob must be "Off" or "Initial", got "Recreate", which would evict pods in the middle of their work`,
      ],
    ]);
  });

  test.each([
    [[], "none"],
    [["cpu", "cpu"], '"cpu", "cpu"'],
    [["storage"], '"storage"'],
  ])("does not control %j", (controlledResources, got) => {
    expect(problems({ controlledResources: controlledResources as ["cpu"] })).toEqual([
      ["controlledResources", `'controlledResources' must hold "cpu", "memory" or both, got ${got}`],
    ]);
  });

  test("acts on nothing where it only recommends", () => {
    expect(verticalResources({ updateMode: "Off" })).toEqual([]);
    expect(verticalResources({ updateMode: "Initial" })).toEqual(["cpu", "memory"]);
    expect(verticalResources({ updateMode: "Recreate", controlledResources: ["memory"] })).toEqual(["memory"]);
  });

  test("has bounds that are quantities", () => {
    expect(problems({ minAllowed: { cpu: "0" }, maxAllowed: { memory: "1 GB" } })).toEqual([
      ["minAllowed.cpu", `'cpu' of 'minAllowed' must be a Kubernetes quantity above 0, like "250m", got "0"`],
      ["maxAllowed.memory", `'memory' of 'maxAllowed' must be a Kubernetes quantity above 0, like "512Mi", got "1 GB"`],
    ]);
  });

  test("has bounds in which there is something", () => {
    const bounds = { minAllowed: { cpu: "2", memory: "1Gi" }, maxAllowed: { cpu: "1500m", memory: "1Gi" } };
    expect(problems(bounds)).toEqual([
      ["maxAllowed.cpu", `'cpu' of 'maxAllowed' must be at least that of 'minAllowed', "2", got "1500m"`],
    ]);
  });

  test("has bounds that Fargate can hold", () => {
    expect(problems({ maxAllowed: { cpu: "17", memory: "120Gi" } })).toEqual([
      [
        "maxAllowed.cpu",
        `'cpu' of 'maxAllowed' must be at most 16, the most that a pod on Fargate can request, got "17"`,
      ],
      [
        "maxAllowed.memory",
        `'memory' of 'maxAllowed' must be at most 122624Mi, the most that a pod on Fargate can request, got "120Gi"`,
      ],
    ]);
  });

  test("needs a pod to evict", () => {
    expect(problems({ minReplicas: 0 })).toEqual([
      ["minReplicas", "'minReplicas' must be a whole number of at least 1, got 0"],
    ]);
  });

  test("has a name of which Helm can make a release", () => {
    const long = "a".repeat(50);
    expect(verticalNameProblem(long.slice(1))).toBeUndefined();
    expect(verticalNameProblem(long)).toBe(
      `'name' of a VerticalPodAutoscaler must be at most 49 characters, got "${long}" (50), as Helm makes a release of it`,
    );
  });
});
