import { parseDuration } from "../units/duration";
import { HOURS_PER_MONTH, SECONDS_PER_HOUR } from "../units/time";
import { quote } from "./problem";

/** A schedule's runs in a month, or why Kubernetes would refuse it. */
export type Schedule = { readonly runsPerMonth: number } | { readonly problem: string };

/** A year of 365 days that begins on a Sunday: its runs are those of a usual year. */
const YEAR = 2023;
const DAYS_PER_YEAR = 365;
const HOURS_PER_YEAR = DAYS_PER_YEAR * 24;

const MACROS: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/** What stands between the commas of a field: all, a value or a range of them, and a step. */
const PART = /^(?:[*?]|(?<from>\d+|[A-Za-z]{3})(?:-(?<to>\d+|[A-Za-z]{3}))?)(?:\/(?<step>\d+))?$/;

interface Field {
  readonly first: number;
  readonly last: number;
  /** What the first value and those behind it may also be called. */
  readonly names?: readonly string[];
}

const MINUTE: Field = { first: 0, last: 59 };
const HOUR: Field = { first: 0, last: 23 };
const DAY: Field = { first: 1, last: 31 };
const MONTH: Field = {
  first: 1,
  last: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
/** Sunday is 0, and not also 7. */
const WEEKDAY: Field = { first: 0, last: 6, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] };

const FIELDS = 5;

/** A time zone before the schedule moves its runs by hours, not their number. */
const TIME_ZONE = /^(?:CRON_TZ|TZ)=\S+\s+/;

const known = new Map<string, Schedule>();

/**
 * Runs of a CronJob's schedule in a month of 730 hours, counted over a year of 365 days.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function readSchedule(text: string): Schedule {
  const before = known.get(text);
  if (before !== undefined) {
    return before;
  }
  const schedule = count(text);
  known.set(text, schedule);
  return schedule;
}

function count(text: string): Schedule {
  const written = text.trim().replace(TIME_ZONE, "");
  if (written.startsWith("@every ")) {
    const seconds = parseDuration(written.slice("@every ".length).trim());
    return seconds === undefined ? refused(text) : { runsPerMonth: (HOURS_PER_MONTH * SECONDS_PER_HOUR) / seconds };
  }
  const [minute = "", hour = "", day = "", month = "", weekday = "", ...more] = (MACROS[written] ?? written).split(
    /\s+/,
  );
  const minutes = valuesOf(minute, MINUTE);
  const hours = valuesOf(hour, HOUR);
  const ofMonth = valuesOf(day, DAY);
  const months = valuesOf(month, MONTH);
  const ofWeek = valuesOf(weekday, WEEKDAY);
  if (!minutes || !hours || !ofMonth || !months || !ofWeek || more.length > 0) {
    return refused(text);
  }
  // A day has as many runs as any other that has some.
  const runs = daysOfYear(ofMonth, months, ofWeek) * hours.values.size * minutes.values.size;
  return { runsPerMonth: (runs * HOURS_PER_MONTH) / HOURS_PER_YEAR };
}

interface Values {
  readonly values: ReadonlySet<number>;
  /** Whether the field says nothing, as `*` does. */
  readonly all: boolean;
}

/** The values that a field stands for, `undefined` when Kubernetes does not take it. */
function valuesOf(text: string, field: Field): Values | undefined {
  const values = new Set<number>();
  let all = false;
  for (const part of text.split(",")) {
    const { from, to, step = "1" } = PART.exec(part)?.groups ?? { step: "0" };
    const start = from === undefined ? field.first : numberOf(from, field);
    // 5/15 is from 5 on.
    const end =
      to === undefined ? (from === undefined || part.includes("/") ? field.last : start) : numberOf(to, field);
    if (!(start <= end) || start < field.first || end > field.last || Number(step) === 0) {
      return undefined;
    }
    for (let value = start; value <= end; value += Number(step)) {
      values.add(value);
    }
    all ||= from === undefined && Number(step) === 1;
  }
  return { values, all };
}

/** Not a number for a name that the field does not have. */
function numberOf(text: string, { first, names = [] }: Field): number {
  const index = names.indexOf(text.toUpperCase());
  return index < 0 ? Number(text) : first + index;
}

/** Days of the year that have runs: where neither says nothing, either a day of the month or a day of the week is enough. */
function daysOfYear(ofMonth: Values, months: Values, ofWeek: Values): number {
  let count = 0;
  for (let index = 1; index <= DAYS_PER_YEAR; index++) {
    const date = new Date(Date.UTC(YEAR, 0, index));
    const day = ofMonth.values.has(date.getUTCDate());
    const weekday = ofWeek.values.has(date.getUTCDay());
    const taken = ofMonth.all || ofWeek.all ? day && weekday : day || weekday;
    count += taken && months.values.has(date.getUTCMonth() + 1) ? 1 : 0;
  }
  return count;
}

function refused(text: string): Schedule {
  const fields = text.trim().split(/\s+/);
  const fix =
    fields.length === FIELDS + 1
      ? "Kubernetes knows no seconds: remove the first field"
      : fields.length === FIELDS && fields[4]?.includes("7")
        ? "Sunday is 0"
        : 'write it like "30 2 * * 1-5" (minute, hour, day of the month, month, day of the week) or "@daily"';
  return { problem: `'schedule' must have the five fields of cron, got ${quote(text)}; ${fix}` };
}
