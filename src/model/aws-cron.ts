import { quote } from "./problem";

/** Minutes of hours of days. */
export interface Calendar {
  readonly years: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly minutes: ReadonlySet<number>;
  readonly isDue: DayRule;
}

/** Whether something is due on a day. */
type DayRule = (day: Day) => boolean;

/** Months are counted from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Field {
  readonly what: string;
  readonly first: number;
  readonly last: number;
  /** What the first value and those behind it may also be called. */
  readonly names?: readonly string[];
  /** How the field is described to somebody who got it wrong. */
  readonly allowed: string;
  /** Whether it may have a step, as `0/15` has. @default true */
  readonly steps?: boolean;
  /** Whether a range goes on with the first value after the last, as `22-2` does. @default true */
  readonly wraps?: boolean;
}

export const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/**
 * The fields of AWS's cron: with a year, Sunday being 1. EventBridge's rules, EventBridge Scheduler and Application Auto
 * Scaling have the same, and the last of them refers to EventBridge. Ranges wrap: EventBridge's own example is `20-2`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
const MINUTE: Field = { what: "minute", first: 0, last: 59, allowed: '0-59, "*", "," "-" "/"' };
const HOUR: Field = { what: "hour", first: 0, last: 23, allowed: '0-23, "*", "," "-" "/"' };
const DAY: Field = {
  what: "day of the month",
  first: 1,
  last: 31,
  allowed: '1-31, "*", "?", "L", "W", "," "-" "/"',
};
const MONTH: Field = {
  what: "month",
  first: 1,
  last: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  allowed: '1-12 or JAN-DEC, "*", "," "-" "/"',
};
const WEEKDAY: Field = {
  what: "day of the week",
  first: 1,
  last: 7,
  names: WEEKDAYS,
  allowed: '1-7 (1 is Sunday) or SUN-SAT, "*", "?", "L", "#" (alone), "," "-"',
  steps: false,
};
const YEAR: Field = {
  what: "year",
  first: 1970,
  last: 2199,
  allowed: '1970-2199, "*", "," "-" "/"',
  wraps: false,
};

const NAMES = [MINUTE, HOUR, DAY, MONTH, WEEKDAY, YEAR].map(({ what }) => what);

/** What stands between the commas of a field: all, a value or a range of them, and a step. */
const ENTRY = /^(?:\*|(?<from>\d+|[A-Za-z]{3})(?:-(?<to>\d+|[A-Za-z]{3}))?)(?:\/(?<step>\d+))?$/;
const NEAREST_WORKDAY = /^(\d+)W$/;
const LAST_OF_WEEKDAY = /^(\d|[A-Za-z]{3})L$/i;
const NTH_OF_WEEKDAY = /^(\d|[A-Za-z]{3})#([1-5])$/;

/**
 * What a cron stands for, or what is wrong with it, to stand behind its name.
 *
 * @param expression the whole, as it is told
 * @param inner its six fields
 * @param fix what to write where it has other than six fields
 */
export function readCron(expression: string, inner: string, fix: string): Calendar | { readonly problem: string } {
  const fields = inner.trim().split(/\s+/);
  if (fields.length !== NAMES.length) {
    return {
      problem: `must have the six fields of AWS's cron (${NAMES.join(", ")}), got ${fields.length} in ${quote(expression)}; ${fix}`,
    };
  }
  const [minute = "", hour = "", day = "", month = "", weekday = "", year = ""] = fields;
  const noDays = [day, weekday].filter((text) => text === "?").length;
  if (noDays !== 1) {
    const which = noDays === 2 ? 'write "*" for every day in one of them' : 'write "?" in the one that does not decide';
    return {
      problem: `must have "?" in exactly one of day of the month and day of the week, got ${quote(expression)}; ${which}`,
    };
  }
  const [minutes, hours, months, years] = [
    valuesOf(minute, MINUTE),
    valuesOf(hour, HOUR),
    valuesOf(month, MONTH),
    valuesOf(year, YEAR),
  ];
  const isDue = day === "?" ? weekdayRule(weekday) : dayRule(day);
  if (minutes === undefined) {
    return wrongField(expression, minute, MINUTE);
  }
  if (hours === undefined) {
    return wrongField(expression, hour, HOUR);
  }
  if (months === undefined) {
    return wrongField(expression, month, MONTH);
  }
  if (isDue === undefined) {
    return day === "?" ? wrongField(expression, weekday, WEEKDAY) : wrongField(expression, day, DAY);
  }
  if (years === undefined) {
    return wrongField(expression, year, YEAR);
  }
  const calendar = { years, months, hours, minutes, isDue };
  return daysOf(calendar, YEAR).next().value === undefined
    ? {
        problem: `must name a day that there is, got ${quote(expression)}, which never comes; "L" is the last day of a month`,
      }
    : calendar;
}

function wrongField(expression: string, text: string, { what, allowed }: Field): { readonly problem: string } {
  return { problem: `must have ${allowed} as its ${what}, got ${quote(text)} in ${quote(expression)}` };
}

/** The values that a field stands for, `undefined` when AWS does not take it. */
function valuesOf(text: string, field: Field): Set<number> | undefined {
  const values = text.split(",").map((entry) => valuesOfEntry(entry, field));
  return values.every((some) => some !== undefined) ? new Set(values.flat()) : undefined;
}

function valuesOfEntry(entry: string, field: Field): number[] | undefined {
  const { first, last, steps = true, wraps = true } = field;
  const groups = ENTRY.exec(entry)?.groups;
  if (groups === undefined || (groups.step !== undefined && (!steps || Number(groups.step) === 0))) {
    return undefined;
  }
  const { from, to, step } = groups;
  const start = from === undefined ? first : numberOf(from, field);
  // 5/15 is from 5 on.
  const open = from === undefined || (to === undefined && step !== undefined);
  const end = open ? last : to === undefined ? start : numberOf(to, field);
  if (start === undefined || end === undefined || (end < start && !wraps)) {
    return undefined;
  }
  const span = last - first + 1;
  const values: number[] = [];
  for (let value = start; value <= (end < start ? end + span : end); value += Number(step ?? 1)) {
    values.push(first + ((value - first) % span));
  }
  return values;
}

function numberOf(text: string, { first, last, names = [] }: Field): number | undefined {
  const index = names.indexOf(text.toUpperCase());
  const value = index < 0 ? Number(text) : first + index;
  return value >= first && value <= last ? value : undefined;
}

function dayRule(text: string): DayRule | undefined {
  return anyOf(text.split(",").map(ofMonth));
}

function ofMonth(entry: string): DayRule | undefined {
  if (entry === "L") {
    return (date) => date.day === lastDay(date);
  }
  if (entry === "LW") {
    return (date) => date.day === nearestWorkday(date, lastDay(date));
  }
  const [, nearest] = NEAREST_WORKDAY.exec(entry) ?? [];
  if (nearest !== undefined) {
    const day = numberOf(nearest, DAY);
    return day === undefined ? undefined : (date) => date.day === nearestWorkday(date, day);
  }
  const days = valuesOf(entry, DAY);
  return days && (({ day }) => days.has(day));
}

function weekdayRule(text: string): DayRule | undefined {
  const entries = text.split(",");
  // Source: EventBridge User Guide, "Cron expressions reference": two with "#" are not valid.
  return entries.length > 1 && text.includes("#") ? undefined : anyOf(entries.map(ofWeek));
}

function ofWeek(entry: string): DayRule | undefined {
  const [, ofLast] = LAST_OF_WEEKDAY.exec(entry) ?? [];
  const [, ofNth, nth] = NTH_OF_WEEKDAY.exec(entry) ?? [];
  if (ofLast !== undefined || ofNth !== undefined) {
    const weekday = numberOf(ofLast ?? ofNth ?? "", WEEKDAY);
    const inWeek = (date: Day) =>
      ofLast === undefined ? Math.ceil(date.day / 7) === Number(nth) : date.day > lastDay(date) - 7;
    return weekday === undefined ? undefined : (date) => weekdayOf(date) === weekday && inWeek(date);
  }
  const weekdays = entry === "L" ? new Set([WEEKDAY.last]) : valuesOf(entry, WEEKDAY);
  return weekdays && ((date) => weekdays.has(weekdayOf(date)));
}

function anyOf(rules: readonly (DayRule | undefined)[]): DayRule | undefined {
  return rules.every((rule) => rule !== undefined) ? (date) => rules.some((rule) => rule(date)) : undefined;
}

function lastDay({ year, month }: Day): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function weekdayOf({ year, month, day }: Day): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

/** The working day nearest to a day of the month, within that month. */
function nearestWorkday(date: Day, nearest: number): number | undefined {
  const last = lastDay(date);
  if (nearest > last) {
    return undefined;
  }
  const weekday = weekdayOf({ ...date, day: nearest });
  if (weekday === WEEKDAY.last) {
    return nearest === 1 ? nearest + 2 : nearest - 1;
  }
  if (weekday === WEEKDAY.first) {
    return nearest === last ? nearest - 2 : nearest + 1;
  }
  return nearest;
}

/** The days on which it is due, in these years. */
export function* daysOf(
  calendar: Calendar,
  { first, last }: { readonly first: number; readonly last: number },
): Generator<Day, undefined> {
  for (const year of [...calendar.years].sort((a, b) => a - b).filter((one) => one >= first && one <= last)) {
    for (const month of [...calendar.months].sort((a, b) => a - b)) {
      for (let day = 1; day <= lastDay({ year, month, day: 1 }); day++) {
        if (calendar.isDue({ year, month, day })) {
          yield { year, month, day };
        }
      }
    }
  }
  return undefined;
}
