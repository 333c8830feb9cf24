import { type EventInput, MAX_PATHS, placeholderProblem, variableOf } from "./event-task";
import { compareText } from "./order";
import { type Problem, problemAt, quote, under } from "./problem";
import { type FromField, fieldPathProblem, jsonPathOf, MAX_OVERRIDES } from "./run-task";

/** What an execution gets; in that for an event, `{ from: "detail.month" }` anywhere in it is a field of the event. */
export type WorkflowInput = Readonly<Record<string, unknown>>;

/** What EventBridge makes of an event for the execution: the event itself where nothing is told. */
export function workflowInputOf(input: WorkflowInput | undefined): EventInput {
  if (input === undefined) {
    return { kind: "none" };
  }
  const paths = [...new Set(fieldsIn(input).map(([, { from }]) => from))].sort(compareText);
  const template = rendered(input);
  return paths.length === 0
    ? { kind: "constant", input: template }
    : {
        kind: "transformed",
        inputPaths: Object.fromEntries(paths.map((from) => [variableOf({ from }), jsonPathOf({ from })])),
        inputTemplate: template,
      };
}

/** What is wrong with what an execution gets of an event, seen from the event. */
export function workflowInputProblems(input: WorkflowInput | undefined): Problem[] {
  if (input === undefined) {
    return [];
  }
  const fields = fieldsIn(input);
  const { length } = rendered(input);
  const paths = new Set(fields.map(([, { from }]) => from)).size;
  return under("input", [
    ...fields.flatMap(([at, { from }]) => problemAt([...at, "from"], fieldPathProblem("'from' in 'input'", from))),
    ...(fields.length === 0
      ? []
      : textsIn(input).flatMap(([at, text]) => problemAt(at, placeholderProblem(text, "an execution")))),
    ...problemAt(
      [],
      paths > MAX_PATHS
        ? `'input' must name at most ${MAX_PATHS} fields of the event, got ${paths}; leave 'input' out for the whole event`
        : undefined,
    ),
    ...problemAt(
      [],
      length > MAX_OVERRIDES
        ? `'input' must be at most ${MAX_OVERRIDES} characters as JSON, got ${quote(length)}; leave large values in a file, and name that`
        : undefined,
    ),
  ]);
}

type Placed<T> = readonly [at: Problem["at"], value: T];

/** Variables stand without quotes: EventBridge puts the JSON of the field there, with the quotes of a text. */
function rendered(value: unknown): string {
  if (isField(value)) {
    return `<${variableOf(value)}>`;
  }
  if (Array.isArray(value)) {
    return `[${value.map(rendered).join(",")}]`;
  }
  return typeof value === "object" && value !== null
    ? `{${Object.entries(value)
        .sort(([a], [b]) => compareText(a, b))
        .map(([key, held]) => `${JSON.stringify(key)}:${rendered(held)}`)
        .join(",")}}`
    : JSON.stringify(value);
}

function fieldsIn(value: unknown, at: Problem["at"] = []): Placed<FromField>[] {
  return isField(value) ? [[at, value]] : entriesOf(value).flatMap(([key, held]) => fieldsIn(held, [...at, key]));
}

/** Constant texts, keys too. */
function textsIn(value: unknown, at: Problem["at"] = []): Placed<string>[] {
  if (typeof value === "string") {
    return [[at, value]];
  }
  return isField(value)
    ? []
    : entriesOf(value).flatMap(([key, held]): Placed<string>[] => [
        ...(typeof key === "string" ? [[[...at, key], key] as const] : []),
        ...textsIn(held, [...at, key]),
      ]);
}

function entriesOf(value: unknown): [string | number, unknown][] {
  return Array.isArray(value)
    ? [...value.entries()]
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
}

function isField(value: unknown): value is FromField {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 1 &&
    "from" in value &&
    typeof value.from === "string"
  );
}
