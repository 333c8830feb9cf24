import type { Known } from "./container-spec";
import type { CapacityProvider } from "./ecs-capacity";
import { type EventPattern, eventPatternProblems } from "./event-pattern";
import { nameProblem, names } from "./names";
import { compareText } from "./order";
import { isElsewhere, type Place, placeName } from "./place";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import {
  type FromField,
  jsonPathOf,
  MAX_OVERRIDES,
  type RunnableTask,
  type RunTaskOptions,
  renderOverrides,
  runTaskProblems,
  runTaskTargetProblems,
} from "./run-task";
import { type DeadLetters, ruleDeadLettersProblems } from "./scheduler-dead-letters";
import { descriptionProblems, type InvocationRetries, retriesProblems } from "./scheduler-schedule";

/** Which events start something, and how. */
export interface EventRuleOptions {
  /** Which events are meant. */
  readonly pattern: EventPattern;
  /** Name or ARN of the event bus. @default "default", to which services of AWS send */
  readonly eventBus?: string;
  /** @default true */
  readonly enabled?: boolean;
  /** Up to 512 characters. @default - none */
  readonly description?: string;
  /** Tries of starting, when it cannot be started. @default - AWS's: 185 times within a day */
  readonly retries?: InvocationRetries;
  /** Where goes what could not be started. @default - a queue of its own */
  readonly deadLetters?: DeadLetters;
}

/** How a task is run for an event, fields of which may be its environment variables. */
export interface EventTaskRun extends RunTaskOptions<string | FromField> {
  /** How many tasks for each event, 1 to 10. @default 1 */
  readonly taskCount?: number;
}

/** Source: EventBridge User Guide, "quotas", 2026-11. It can be raised. */
export const MAX_TARGETS = 5;

/** Source: API model of EventBridge, PutTargets, 2026-11-17. */
export const MAX_PATHS = 100;

const BUS_NAME = /^(?:arn:[\w-]+:events:[a-z0-9-]+:\d{12}:event-bus\/)?[/.\w-]{1,256}$/;
const BUS_ARN = /^arn:[\w-]+:events:/;
const TARGET_ID = /^[.\w-]{1,64}$/;
/** What EventBridge itself puts in, like `<aws.events.rule-name>`, and what it would take for a field otherwise. */
const PLACEHOLDER = /<(?!aws\.)[^<>]*>/;

/** What is wrong with a rule. */
export function eventRuleProblems(options: EventRuleOptions, known: Known = () => true): Problem[] {
  const { pattern, eventBus, description, retries, deadLetters = {} } = options;
  return [
    ...under("pattern", eventPatternProblems(pattern)),
    ...problemAt(
      ["eventBus"],
      eventBus === undefined || !known(eventBus) || BUS_NAME.test(eventBus)
        ? undefined
        : `'eventBus' must be the name or the ARN of an event bus, got ${quote(eventBus)}`,
    ),
    ...descriptionProblems(description),
    ...under("retries", retriesProblems(retries)),
    ...under("deadLetters", ruleDeadLettersProblems(deadLetters, known)),
  ];
}

/** What is wrong with where the event bus is: the rule and what it may start are where it is, by its ARN or its name. */
export function eventBusPlaceProblems({ eventBus = "" }: EventRuleOptions, place: Place, known: Known = () => true) {
  return problemAt(
    ["eventBus"],
    known(eventBus) && BUS_ARN.test(eventBus) && isElsewhere(eventBus, place)
      ? `'eventBus' must be in the account and the Region of what it starts (${placeName(place)}), got ${quote(eventBus)}; send its events on to a bus here, by a rule there`
      : undefined,
  );
}

/** What is wrong with how a task is run for an event. */
export function eventTaskRunProblems(
  run: EventTaskRun,
  task: RunnableTask,
  available: readonly CapacityProvider[],
  known?: Known,
): Problem[] {
  return [...runTaskTargetProblems(run), ...runTaskProblems(run, task, available, known), ...inputProblems(run)];
}

/** What is wrong with the keys of a rule's tasks. */
export function targetKeyProblems(property: string, keys: readonly string[]): Problem[] {
  return [
    ...problemAt(
      [property],
      keys.length >= 1 && keys.length <= MAX_TARGETS
        ? undefined
        : `'${property}' must hold 1 to ${MAX_TARGETS} tasks, got ${keys.length}; ${keys.length === 0 ? "name what the event starts" : "a second rule with the same pattern has five more"}`,
    ),
    ...keys.flatMap((key) =>
      problemAt(
        [property, key],
        TARGET_ID.test(key)
          ? undefined
          : `'${property}' must have names of 1 to 64 letters, digits, "-", "_" and ".", got ${quote(key)}`,
      ),
    ),
  ];
}

/** Why AWS would refuse the name of a rule, or those of what belongs to it, or `undefined`. */
export function eventRuleNameProblem(name: string, fix: string): string | undefined {
  return (
    nameProblem("eventRule", name, fix) ??
    nameProblem("role", names.eventRole(name), fix) ??
    nameProblem("queue", names.eventDeadLetters(name), fix)
  );
}

/** What EventBridge makes of an event for the task: nothing, a text, or a text with fields of the event in it. */
export type EventInput =
  | { readonly kind: "none" }
  | { readonly kind: "constant"; readonly input: string }
  | {
      readonly kind: "transformed";
      readonly inputPaths: Readonly<Record<string, string>>;
      readonly inputTemplate: string;
    };

/** The overrides of the task, with the fields of the event that they name. */
export function eventInputOf({ containers }: EventTaskRun): EventInput {
  const paths = pathsOf(containers);
  const overrides = renderOverrides(containers, (value) =>
    typeof value === "string" ? value : `<${variableOf(value)}>`,
  );
  if (overrides.length === 0) {
    return { kind: "none" };
  }
  const input = JSON.stringify({ containerOverrides: overrides });
  return paths.length === 0
    ? { kind: "constant", input }
    : {
        kind: "transformed",
        // In quotes even where a field is a number: ECS takes only text as the value of a variable.
        inputTemplate: input,
        inputPaths: Object.fromEntries(paths.map((path) => [variableOf(path), jsonPathOf(path)])),
      };
}

function pathsOf(containers: EventTaskRun["containers"] = {}): FromField[] {
  const paths = Object.values(containers).flatMap(({ environment = {} }) =>
    Object.values(environment).flatMap((value) => (typeof value === "string" ? [] : [value.from])),
  );
  return [...new Set(paths)].sort(compareText).map((from) => ({ from }));
}

/** A name for the path in the template, of letters, digits, "-" and "_": another for each path. */
export function variableOf({ from }: FromField): string {
  return from.replaceAll(/[^A-Za-z0-9]/g, (character) =>
    character === "." ? "_" : `-${character.charCodeAt(0).toString(16)}`,
  );
}

function inputProblems(run: EventTaskRun): Problem[] {
  const { containers = {} } = run;
  const input = eventInputOf(run);
  if (input.kind !== "transformed") {
    return [];
  }
  const paths = Object.keys(input.inputPaths);
  return [
    ...problemAt(
      ["containers"],
      paths.length <= MAX_PATHS
        ? undefined
        : `'containers' must name at most ${MAX_PATHS} fields of the event, got ${paths.length}; let the program read the rest itself`,
    ),
    ...problemAt(
      ["containers"],
      input.inputTemplate.length <= MAX_OVERRIDES
        ? undefined
        : `'containers' must be at most ${MAX_OVERRIDES} characters as JSON, got ${input.inputTemplate.length}`,
    ),
    ...Object.entries(containers).flatMap(([name, { args = [], environment = {} }]) => [
      ...args.flatMap((arg, index) =>
        problemAt(["containers", name, "args", index], placeholderProblem(arg, `container ${quote(name)}`)),
      ),
      ...Object.entries(environment).flatMap(([variable, value]) =>
        problemAt(
          ["containers", name, "environment", variable],
          typeof value === "string" ? placeholderProblem(value, `container ${quote(name)}`) : undefined,
        ),
      ),
    ]),
  ];
}

/** Why EventBridge would not take it as it is, or `undefined`. */
export function placeholderProblem(text: string, who: string): string | undefined {
  const [found] = PLACEHOLDER.exec(text) ?? [];
  return found === undefined
    ? undefined
    : `what ${who} gets must not have ${quote(found)} in it, as EventBridge would take that for a field of the event; use { from: … }, or one of its own, like ${quoteAll(["<aws.events.rule-name>"])}`;
}
