import { quote } from "./problem";

/**
 * Expressions of Amazon EventBridge Scheduler: when a schedule runs.
 *
 * Source: EventBridge Scheduler User Guide, "Schedule types", 2026-11; API model of CreateSchedule, 2026-11-17.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
const MAX_LENGTH = 256;

const CALL = /^(?<kind>cron|rate|at)\((?<inner>[^()]*)\)$/;
const RATE = /^(?<value>\d+) (?<unit>minute|hour|day)(?<plural>s?)$/;
const AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

const EXAMPLE = 'write it like "cron(30 2 * * ? *)", "rate(6 hours)" or "at(2026-12-31T23:00:00)"';

interface Field {
  readonly what: string;
  readonly first: number;
  readonly last: number;
  /** What the first value and those behind it may also be called. */
  readonly names?: readonly string[];
  /** What else one entry of its list may be. */
  readonly also?: RegExp;
  /** How the field is described to somebody who got it wrong. */
  readonly allowed: string;
  /** Whether it may have a step, as `*` + `/5` has. */
  readonly steps: boolean;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: readonly Field[] = [
  { what: "minute", first: 0, last: 59, allowed: '0-59, "*", "," "-" "/"', steps: true },
  { what: "hour", first: 0, last: 23, allowed: '0-23, "*", "," "-" "/"', steps: true },
  {
    what: "day of the month",
    first: 1,
    last: 31,
    also: /^(?:L|LW|(?:[1-9]|[12]\d|3[01])W)$/,
    allowed: '1-31, "*", "?", "L", "W", "," "-" "/"',
    steps: true,
  },
  { what: "month", first: 1, last: 12, names: MONTHS, allowed: '1-12 or JAN-DEC, "*", "," "-" "/"', steps: true },
  {
    what: "day of the week",
    first: 1,
    last: 7,
    names: WEEKDAYS,
    also: /^(?:L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5]))$/i,
    allowed: '1-7 (1 is Sunday) or SUN-SAT, "*", "?", "L", "#", "," "-"',
    steps: false,
  },
  { what: "year", first: 1970, last: 2199, allowed: '1970-2199, "*", "," "-" "/"', steps: true },
];

const [DAY, MONTH, WEEKDAY] = [2, 3, 4] as const;

/** What words of cron stand for that EventBridge Scheduler does not know. */
const WORDS: Readonly<Record<string, string>> = {
  "@yearly": "cron(0 0 1 1 ? *)",
  "@annually": "cron(0 0 1 1 ? *)",
  "@monthly": "cron(0 0 1 * ? *)",
  "@weekly": "cron(0 0 ? * SUN *)",
  "@daily": "cron(0 0 * * ? *)",
  "@midnight": "cron(0 0 * * ? *)",
  "@hourly": "rate(1 hour)",
};

/** Why EventBridge Scheduler would refuse the expression, or `undefined`. */
export function scheduleExpressionProblem(property: string, expression: string): string | undefined {
  if (expression.length > MAX_LENGTH) {
    return `'${property}' must be at most ${MAX_LENGTH} characters, got ${expression.length}; split it into several schedules`;
  }
  const { kind, inner = "" } = CALL.exec(expression)?.groups ?? {};
  switch (kind) {
    case "cron":
      return cronProblem(property, expression, inner);
    case "rate":
      return rateProblem(property, expression, inner);
    case "at":
      return isDateTime(inner)
        ? undefined
        : `'${property}' must name a moment that there is, as at(yyyy-mm-ddThh:mm:ss) without a time zone, got ${quote(expression)}`;
    default:
      return `'${property}' must be a cron, rate or at expression of EventBridge Scheduler, got ${quote(expression)}; ${fixOf(expression)}`;
  }
}

/** Whether it runs once only. */
export function runsOnce(expression: string): boolean {
  return expression.startsWith("at(");
}

/** What was meant by something that is no expression of the Scheduler. */
function fixOf(expression: string): string {
  const written = expression.trim();
  const meant = WORDS[written.toLowerCase()] ?? sixFields(written);
  return meant === undefined ? EXAMPLE : `did you mean ${quote(meant)}?`;
}

function rateProblem(property: string, expression: string, inner: string): string | undefined {
  const { value = "", unit = "", plural } = RATE.exec(inner)?.groups ?? {};
  const count = Number(value);
  if (unit === "" || count < 1) {
    return `'${property}' must be a rate of a whole number of minutes, hours or days, at least 1, got ${quote(expression)}; write it like "rate(6 hours)"`;
  }
  return count > 1 && plural === ""
    ? `'${property}' must have its unit in the plural for more than one, got ${quote(expression)}; write ${quote(`rate(${value} ${unit}s)`)}`
    : undefined;
}

function cronProblem(property: string, expression: string, inner: string): string | undefined {
  const parts = inner.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    const meant = sixFields(inner.trim());
    const fix =
      meant === undefined
        ? 'write it like "cron(30 2 * * ? *)" (minute, hour, day of the month, month, day of the week, year)'
        : `did you mean ${quote(meant)}?`;
    return `'${property}' must have the six fields of EventBridge Scheduler's cron, got ${parts.length} in ${quote(expression)}; ${fix}`;
  }
  const days = [parts[DAY], parts[WEEKDAY]].filter((part) => part === "?").length;
  if (days !== 1) {
    return `'${property}' must have "?" in exactly one of day of the month and day of the week, got ${quote(expression)}; ${
      days === 2 ? 'write "*" for every day in one of them' : 'write "?" in the one that does not decide'
    }`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? "";
    const dayOff = part === "?" && (index === DAY || index === WEEKDAY);
    if (!dayOff && !isField(part, field)) {
      return `'${property}' must have ${field.allowed} as its ${field.what}, got ${quote(part)} in ${quote(expression)}`;
    }
  }
  return neverProblem(property, expression, parts);
}

function isField(part: string, field: Field): boolean {
  return part.split(",").every((entry) => isEntry(entry, field));
}

/** All, a value, or a range, each with a step; or what the field alone knows. */
function isEntry(entry: string, field: Field): boolean {
  if (field.also?.test(entry) === true) {
    return true;
  }
  const [range = "", step, ...more] = entry.split("/");
  if (more.length > 0 || (step !== undefined && !(field.steps && /^[1-9]\d*$/.test(step)))) {
    return false;
  }
  if (range === "*") {
    return true;
  }
  const [from = "", to = from, ...others] = range.split("-");
  const [first, last] = [numberOf(from, field), numberOf(to, field)];
  return others.length === 0 && first !== undefined && last !== undefined && first <= last;
}

function numberOf(text: string, { first, last, names = [] }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) {
    return first + named;
  }
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= first && value <= last ? value : undefined;
}

/** A day that no month of the expression has would never come. */
function neverProblem(property: string, expression: string, parts: readonly string[]): string | undefined {
  const days = plainValues(parts[DAY], FIELDS[DAY]);
  const months = plainValues(parts[MONTH], FIELDS[MONTH]);
  const never = days !== undefined && months?.every((month) => days.every((day) => day > daysOf(month))) === true;
  return never
    ? `'${property}' must name a day that one of its months has, got ${quote(expression)}, which never comes; "L" is the last day of a month`
    : undefined;
}

/** In a leap year, so that there is a 29 February. */
function daysOf(month: number): number {
  return new Date(Date.UTC(2024, month, 0)).getUTCDate();
}

/** Values of a field that lists single ones; nothing where it has ranges, steps or "*". */
function plainValues(part = "", field: Field | undefined): number[] | undefined {
  const values = field === undefined ? [] : part.split(",").map((entry) => numberOf(entry, field));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** The Scheduler's cron for five fields of Unix; nothing where it has none. */
function sixFields(text: string): string | undefined {
  const parts = text.split(/\s+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = parts;
  if (parts.length !== 5 || (day !== "*" && day !== "?" && weekday !== "*" && weekday !== "?")) {
    // With both days given, Unix takes either, which the Scheduler cannot say in one expression.
    return undefined;
  }
  const everyDay = weekday === "*" || weekday === "?";
  const meant = `cron(${minute} ${hour} ${everyDay ? day.replace("?", "*") : "?"} ${month} ${everyDay ? "?" : ofWeek(weekday)} *)`;
  return scheduleExpressionProblem("schedule", meant) === undefined ? meant : undefined;
}

/** Days of the week by name: Unix counts Sunday as 0 and 7, the Scheduler as 1, so that a range to 7 is none to it. */
function ofWeek(weekday: string): string {
  return weekday
    .replaceAll(/\b(\d)-(\1|7)(?![\d/])/g, (_, from: string, to: string) => daysFrom(Number(from), Number(to)))
    .replaceAll(/\d+/g, (number) => (Number(number) <= 7 ? (WEEKDAYS[Number(number) % 7] ?? "") : number));
}

/** Each day of a range of Unix, of which 0 and 7 are the same. */
function daysFrom(from: number, to: number): string {
  const days = Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => (from + index) % 7);
  return [...new Set(days)].join(",");
}

function isDateTime(text: string): boolean {
  if (!AT.test(text)) {
    return false;
  }
  const date = new Date(`${text}Z`);
  // 30 February would be 2 March otherwise.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
