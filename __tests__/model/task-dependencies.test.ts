import fc from "fast-check";
import type { TaskContainer } from "../../src/model/task-container";
import { dependencyProblems } from "../../src/model/task-dependencies";
import { taskContainer, told } from "../support/tasks";

const chain = (...containers: Partial<TaskContainer>[]) => containers.map(taskContainer);
const problems = (...containers: Partial<TaskContainer>[]) => told(dependencyProblems(chain(...containers)));
const HEALTH = { exec: ["true"] };

describe("containers", () => {
  test("may wait for each other in every way that ECS has", () => {
    expect(
      problems(
        { name: "migrate", essential: false },
        { name: "warm", essential: false },
        { name: "cache", liveness: HEALTH },
        { name: "proxy" },
        { name: "web", dependsOn: { migrate: "SUCCESS", warm: "COMPLETE", cache: "HEALTHY", proxy: "START" } },
      ),
    ).toEqual([]);
  });

  test("may wait for one that the task has beside them", () => {
    expect(dependencyProblems(chain({ dependsOn: { "log-router": "START" } }), ["log-router"])).toEqual([]);
  });

  test("wait for containers that are there, and not for themselves", () => {
    expect(problems({ name: "a", dependsOn: { c: "START" } }, { name: "b" })).toEqual([
      [
        "containers.0.dependsOn.c",
        `'dependsOn' of container "a" must hold names of other containers of the task ("b"), got "c"`,
      ],
    ]);
    expect(problems({ name: "a", dependsOn: { a: "START" } }).map(([, message]) => message)).toEqual([
      `containers wait for each other, so that none would start: "a" -> "a"; remove one 'dependsOn'`,
    ]);
  });

  test("wait for what ECS knows", () => {
    expect(problems({ name: "a", dependsOn: { b: "READY" as "START" } }, { name: "b" })).toEqual([
      [
        "containers.0.dependsOn.b",
        `'dependsOn' of container "a" must say of "b" one of "COMPLETE", "HEALTHY", "START", "SUCCESS", got "READY"`,
      ],
    ]);
  });

  test("wait for health only where there is a health check", () => {
    expect(problems({ name: "a", dependsOn: { b: "HEALTHY" } }, { name: "b" })).toEqual([
      [
        "containers.0.dependsOn.b",
        `'dependsOn' of container "a" waits until "b" is healthy, which has no health check; give it 'liveness' with 'exec', or wait for "START"`,
      ],
    ]);
  });

  test.each(["COMPLETE", "SUCCESS"] as const)("wait for %s only of one that may end", (condition) => {
    expect(problems({ name: "a", dependsOn: { b: condition } }, { name: "b" })).toEqual([
      [
        "containers.0.dependsOn.b",
        `'dependsOn' of container "a" waits until "b" has ended, with which the task ends, as it is essential; give it essential: false, or wait for "START"`,
      ],
    ]);
  });

  test("do not wait in a circle, which is written out once", () => {
    expect(
      problems(
        { name: "x", dependsOn: { b: "START" } },
        { name: "a", dependsOn: { b: "START" } },
        { name: "b", dependsOn: { c: "START" } },
        { name: "c", dependsOn: { a: "START" } },
      ),
    ).toEqual([
      [
        "containers.1.dependsOn.b",
        `containers wait for each other, so that none would start: "a" -> "b" -> "c" -> "a"; remove one 'dependsOn'`,
      ],
    ]);
  });
});

test("only what waits in a circle is told of", () => {
  const graph = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 10 });
  fc.assert(
    fc.property(graph, (edges) => {
      const containers = [0, 1, 2, 3, 4].map((index) =>
        taskContainer({
          name: `c${index}`,
          dependsOn: Object.fromEntries(edges.filter(([from]) => from === index).map(([, to]) => [`c${to}`, "START"])),
        }),
      );
      // Whoever waits for nobody who is left may start; a circle is what remains.
      let left = containers;
      for (let before = -1; before !== left.length; ) {
        before = left.length;
        left = left.filter(({ dependsOn = {} }) =>
          Object.keys(dependsOn).some((name) => left.some((it) => it.name === name)),
        );
      }
      expect(dependencyProblems(containers).length > 0).toBe(left.length > 0);
    }),
  );
});
