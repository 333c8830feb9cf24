import { type Problem, problemAt, quote, quoteAll } from "./problem";
import type { TaskContainer } from "./task-container";
import { taskHealthCheckOf } from "./task-health-check";

const CONDITIONS = ["COMPLETE", "HEALTHY", "START", "SUCCESS"];

/**
 * What is wrong with the order in which containers start.
 *
 * @param others names of containers that the task has beside them
 */
export function dependencyProblems(containers: readonly TaskContainer[], others: readonly string[] = []): Problem[] {
  return [
    ...containers.flatMap((container, index) =>
      Object.entries(container.dependsOn ?? {}).flatMap(([name, condition]) =>
        problemAt(
          ["containers", index, "dependsOn", name],
          dependencyProblem(container, name, condition, containers, others),
        ),
      ),
    ),
    ...cycles(containers).flatMap((cycle) => {
      const index = containers.findIndex(({ name }) => name === cycle[0]);
      return problemAt(
        ["containers", index, "dependsOn", cycle[1] ?? ""],
        `containers wait for each other, so that none would start: ${cycle.map(quote).join(" -> ")}; remove one 'dependsOn'`,
      );
    }),
  ];
}

function dependencyProblem(
  { name }: TaskContainer,
  other: string,
  condition: string,
  containers: readonly TaskContainer[],
  others: readonly string[],
): string | undefined {
  const called = `'dependsOn' of container ${quote(name)}`;
  const target = containers.find((each) => each.name === other);
  if (target === undefined) {
    const names = [...containers.map((each) => each.name), ...others].filter((each) => each !== name);
    return others.includes(other)
      ? undefined
      : `${called} must hold names of other containers of the task (${names.length === 0 ? "there are none" : quoteAll(names)}), got ${quote(other)}`;
  }
  if (!CONDITIONS.includes(condition)) {
    return `${called} must say of ${quote(other)} one of ${quoteAll(CONDITIONS)}, got ${quote(condition)}`;
  }
  if (condition === "HEALTHY" && taskHealthCheckOf(target) === undefined) {
    return `${called} waits until ${quote(other)} is healthy, which has no health check; give it 'liveness' with 'exec', or wait for "START"`;
  }
  return (condition === "COMPLETE" || condition === "SUCCESS") && (target.essential ?? true)
    ? `${called} waits until ${quote(other)} has ended, with which the task ends, as it is essential; give it essential: false, or wait for "START"`
    : undefined;
}

/** Each cycle once, from its first container in the order given, with that at both ends. */
function cycles(containers: readonly TaskContainer[]): string[][] {
  const names = containers.map(({ name }) => name);
  const next = new Map(
    containers.map(({ name, dependsOn = {} }) => [name, Object.keys(dependsOn).filter((it) => names.includes(it))]),
  );
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) {
      found.push(fromFirst([...path.slice(start)], names));
      return;
    }
    if (!done.has(name)) {
      for (const other of next.get(name) ?? []) {
        visit(other, [...path, name]);
      }
      done.add(name);
    }
  };
  for (const name of names) {
    visit(name, []);
  }
  return found;
}

function fromFirst(cycle: readonly string[], order: readonly string[]): string[] {
  const first = Math.min(...cycle.map((name) => order.indexOf(name)));
  const start = cycle.indexOf(order[first] ?? "");
  const turned = [...cycle.slice(start), ...cycle.slice(0, start)];
  return [...turned, turned[0] ?? ""];
}
