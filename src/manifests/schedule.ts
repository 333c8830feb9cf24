import type { Cron } from "croner";
import { quote } from "../model/problem";
import { HOURS_PER_MONTH, SECONDS_PER_HOUR } from "../units/time";
import { parseDuration } from "./duration";

/** A schedule's runs in a month, or why Kubernetes would refuse it. */
export type Schedule = { readonly runsPerMonth: number } | { readonly problem: string };

/** A year of 365 days that begins on a Sunday: its runs are those of a usual year. */
const YEAR = { start: Date.UTC(2023, 0, 1), end: Date.UTC(2024, 0, 1) };
const DAY = { start: YEAR.start, end: Date.UTC(2023, 0, 2) };
const HOURS_PER_YEAR = 365 * 24;

const MACROS: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/** What Kubernetes takes between the commas of a field; the library takes more, such as L, W and #. */
const PART = /^(?<range>[*?]|\d+(?:-\d+)?|[A-Za-z]{3}(?:-[A-Za-z]{3})?)(?:\/(?<step>\d+))?$/;

/** Of each field, the largest value and how many there are. */
const FIELDS = [
  { last: 59, size: 60 },
  { last: 23, size: 24 },
  { last: 31, size: 31 },
  { last: 12, size: 12 },
  // Sunday is 0 and not also 7, which the library takes too.
  { last: 6, size: 7 },
] as const;

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
  const fields = (MACROS[written] ?? written).split(/\s+/).map(forLibrary);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== FIELDS.length || fields.includes(undefined)) {
    return refused(text);
  }
  try {
    // A day has as many runs as any other that has some: what matches is counted by days, then within one.
    const days = runsBetween(`0 0 ${day} ${month} ${weekday}`, YEAR);
    const runs = runsBetween(`${minute} ${hour} * * *`, DAY);
    return { runsPerMonth: (days * runs * HOURS_PER_MONTH) / HOURS_PER_YEAR };
  } catch {
    return refused(text);
  }
}

/** A field as the library takes it, `undefined` when Kubernetes does not take it. */
function forLibrary(field: string, index: number): string | undefined {
  const limits = FIELDS[index];
  if (limits === undefined) {
    return undefined;
  }
  const parts = field.split(",").map((part) => {
    const { range, step } = PART.exec(part)?.groups ?? {};
    if (range === undefined || (range.match(/\d+/g) ?? []).some((value) => Number(value) > limits.last)) {
      return undefined;
    }
    if (step === undefined) {
      return range === "?" ? "*" : range;
    }
    // Kubernetes reads 5/15 as from 5 on, and takes a step beyond the last value.
    const start = range === "?" ? "*" : /^\d+$/.test(range) ? `${range}-${limits.last}` : range;
    return `${start}/${Math.min(Number(step), limits.size)}`;
  });
  return parts.includes(undefined) ? undefined : parts.join(",");
}

function refused(text: string): Schedule {
  const fields = text.trim().split(/\s+/);
  const fix =
    fields.length === FIELDS.length + 1
      ? "Kubernetes knows no seconds: remove the first field"
      : fields.length === FIELDS.length && fields[4]?.includes("7")
        ? "Sunday is 0"
        : 'write it like "30 2 * * 1-5" (minute, hour, day of the month, month, day of the week) or "@daily"';
  return { problem: `'schedule' must have the five fields of cron, got ${quote(text)}; ${fix}` };
}

function runsBetween(pattern: string, { start, end }: { readonly start: number; readonly end: number }): number {
  // Loaded here because most manifests have no CronJob.
  const { Cron: CronClass } = require("croner") as { Cron: typeof Cron };
  const cron = new CronClass(pattern, { timezone: "UTC", mode: "5-part" });
  let runs = 0;
  let next = cron.nextRun(new Date(start - 1));
  while (next !== null && next.getTime() < end) {
    runs += 1;
    next = cron.nextRun(next);
  }
  return runs;
}
