import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { innerLists, listOf, type WorkflowStep } from "./task-workflow-steps";

/** A way from one step to another, with the place in the step that names it; none where it is the one behind. */
interface Way {
  readonly to: string;
  readonly at: Problem["at"] | undefined;
}

/**
 * What is wrong with the order of a list of steps: names that are not in it, steps that nothing leads to, and ways that
 * lead back, on which an execution would go round.
 */
export function stepOrderProblems(property: string, steps: readonly WorkflowStep[]): Problem[] {
  const unknown = unknownNames(steps);
  return [
    ...unknown,
    ...openChoices(steps),
    ...(unknown.length > 0 ? [] : [...unreachable(property, steps), ...cycles(steps)]),
    ...steps.flatMap((step, index) =>
      innerLists(step).flatMap(([at, list]) => under([index, ...at], stepOrderProblems("steps", list))),
    ),
  ];
}

/** Where an execution may go from a step. */
function waysFrom(steps: readonly WorkflowStep[], index: number): Way[] {
  const step = steps[index];
  const behind = steps[index + 1];
  if (step === undefined || "fail" in step || "succeed" in step) {
    return [];
  }
  const onward = (to: string | undefined, at: Problem["at"]): Way[] =>
    to === undefined ? (behind === undefined ? [] : [{ to: behind.name, at: undefined }]) : [{ to, at }];
  if ("choice" in step) {
    return [
      ...step.choice.map(({ next }, rule) => ({ to: next, at: ["choice", rule, "next"] })),
      ...onward(step.otherwise, ["otherwise"]),
    ];
  }
  const caught = "catch" in step ? listOf(step.catch) : [];
  return [
    ...(step.end === true ? [] : onward(step.next, ["next"])),
    ...caught.map(({ next }, rule) => ({ to: next, at: ["catch", rule, "next"] })),
  ];
}

function unknownNames(steps: readonly WorkflowStep[]): Problem[] {
  const names = steps.map(({ name }) => name);
  return steps.flatMap((step, index) =>
    waysFrom(steps, index).flatMap(({ to, at }) =>
      at === undefined || names.includes(to)
        ? []
        : [
            {
              at: [index, ...at],
              message: `step ${quote(step.name)} must go on to a step of the same list (${quoteAll(names)}), got ${quote(to)}`,
            },
          ],
    ),
  );
}

function openChoices(steps: readonly WorkflowStep[]): Problem[] {
  const last = steps.length - 1;
  const step = steps[last];
  return step !== undefined && "choice" in step && step.otherwise === undefined
    ? problemAt(
        [last],
        `step ${quote(step.name)} must say where to go 'otherwise', as no step stands behind it; name a step, like one that has succeed: true`,
      )
    : [];
}

function unreachable(property: string, steps: readonly WorkflowStep[]): Problem[] {
  const reached = new Set<string>();
  const follow = (name: string | undefined): void => {
    const index = steps.findIndex((step) => step.name === name);
    if (name !== undefined && index >= 0 && !reached.has(name)) {
      reached.add(name);
      for (const { to } of waysFrom(steps, index)) {
        follow(to);
      }
    }
  };
  follow(steps[0]?.name);
  return steps.flatMap(({ name }, index) =>
    reached.has(name)
      ? []
      : [
          {
            at: [index],
            message: `step ${quote(name)} of '${property}' is never reached; let another go on to it with 'next' or 'catch', or remove it`,
          },
        ],
  );
}

/** The first way back that there is, as the names on it. */
function cycles(steps: readonly WorkflowStep[]): Problem[] {
  const done = new Set<string>();
  const follow = (name: string, before: readonly string[]): readonly string[] | undefined => {
    if (before.includes(name)) {
      return [...before.slice(before.indexOf(name)), name];
    }
    if (done.has(name)) {
      return undefined;
    }
    done.add(name);
    const index = steps.findIndex((step) => step.name === name);
    return waysFrom(steps, index)
      .map(({ to }) => follow(to, [...before, name]))
      .find((found) => found !== undefined);
  };
  const found = steps.map(({ name }) => follow(name, [])).find((names) => names !== undefined);
  const first = steps.findIndex(({ name }) => name === found?.[0]);
  return found === undefined
    ? []
    : problemAt(
        [first],
        `steps must not lead back to one another, got ${found.map(quote).join(" -> ")}; use 'retry' to try a step again`,
      );
}
