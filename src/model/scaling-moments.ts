import { quote } from "./problem";

/** When something is due: at minutes of hours of days, or every so often. */
export type Moments =
  | { readonly everyMinutes: number }
  | {
      readonly years: ReadonlySet<number>;
      readonly months: ReadonlySet<number>;
      readonly hours: ReadonlySet<number>;
      readonly minutes: ReadonlySet<number>;
      /** Whether it is due on a day, the months counted from 1. */
      readonly isDue: (day: Day) => boolean;
    };

type Calendar = Exclude<Moments, { readonly everyMinutes: number }>;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** What the first value and those behind it may also be called. */
  readonly names?: readonly string[];
}

/**
 * The fields of cron as EventBridge and Application Auto Scaling read them: with a year, Sunday being 1.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
const MINUTE: Field = { name: "minute", first: 0, last: 59 };
const HOUR: Field = { name: "hour", first: 0, last: 23 };
const DAY: Field = { name: "day of the month", first: 1, last: 31 };
const MONTH: Field = {
  name: "month",
  first: 1,
  last: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
const WEEKDAY: Field = {
  name: "day of the week",
  first: 1,
  last: 7,
  names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
};
const YEAR: Field = { name: "year", first: 1970, last: 2199 };

const CRON = /^cron\((.*)\)$/;
const RATE = /^rate\((\d+) (minutes?|hours?|days?)\)$/;
const AT = /^at\((\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?\)$/;
const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** What stands between the commas of a field: all, a value or a range of them, and a step. */
const PART = /^(?:\*|(?<from>\d+|[A-Za-z]{3})(?:-(?<to>\d+|[A-Za-z]{3}))?)(?:\/(?<step>\d+))?$/;
const NEAREST_WEEKDAY = /^(\d+)W$/;
const LAST_OF_WEEKDAY = /^(\d|[A-Za-z]{3})L$/;
const NTH_OF_WEEKDAY = /^(\d|[A-Za-z]{3})#([1-5])$/;

const EXAMPLES = '"cron(0 8 ? * MON-FRI *)", "rate(1 hour)" or "at(2027-03-01T08:00:00)"';
/** The years that are looked at for days on which nothing or two things are due. */
const YEARS_AHEAD = 10;
const FIRST_YEAR = 2026;

/** When a schedule of Application Auto Scaling is due, or what is wrong with it, to stand behind its name. */
export function readMoments(schedule: string): Moments | { readonly problem: string } {
  const cron = CRON.exec(schedule)?.[1];
  if (cron !== undefined) {
    return readCron(schedule, cron.trim().split(/\s+/));
  }
  const [, count, unit = ""] = RATE.exec(schedule) ?? [];
  if (count !== undefined) {
    return readRate(schedule, Number(count), unit);
  }
  const at = AT.exec(schedule);
  return at === null ? { problem: `must be written like ${EXAMPLES}, got ${quote(schedule)}` } : readAt(schedule, at);
}

function readRate(schedule: string, count: number, unit: string): Moments | { readonly problem: string } {
  if (count < 1) {
    return { problem: `must have a rate of at least 1, got ${quote(schedule)}` };
  }
  const one = unit.replace(/s$/, "");
  const right = count === 1 ? one : `${one}s`;
  return unit === right
    ? { everyMinutes: count * (MINUTES[one] ?? 0) }
    : {
        problem: `must have its unit in the ${count === 1 ? "singular" : "plural"}, got ${quote(schedule)}; write "rate(${count} ${right})"`,
      };
}

function readAt(schedule: string, at: RegExpExecArray): Moments | { readonly problem: string } {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = at.slice(1).map((text) => Number(text ?? 0));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour <= 23 && minute <= 59 && second <= 59;
  return same
    ? {
        years: new Set([year]),
        months: new Set([month]),
        hours: new Set([hour]),
        minutes: new Set([minute]),
        isDue: (other) => other.day === day,
      }
    : { problem: `must be a time that there is, got ${quote(schedule)}` };
}

function readCron(schedule: string, fields: readonly string[]): Moments | { readonly problem: string } {
  if (fields.length !== 6) {
    const fix = fields.length === 5 ? '; AWS wants the year too, which may be "*"' : "";
    return {
      problem: `must have the six fields of cron (minute, hour, day of the month, month, day of the week, year), got ${fields.length} in ${quote(schedule)}${fix}`,
    };
  }
  const [minute = "", hour = "", day = "", month = "", weekday = "", year = ""] = fields;
  const sets = { minutes: [minute, MINUTE], hours: [hour, HOUR], months: [month, MONTH], years: [year, YEAR] } as const;
  for (const [text, field] of Object.values(sets)) {
    if (valuesOf(text, field) === undefined) {
      return wrongField(schedule, text, field);
    }
  }
  if ((day === "?") === (weekday === "?")) {
    return {
      problem: `must have "?" for either the day of the month or the day of the week, got ${quote(schedule)}; write "?" for the one that does not matter`,
    };
  }
  const isDue = day === "?" ? weekdayRule(weekday) : dayRule(day);
  if (isDue === undefined) {
    return day === "?" ? wrongField(schedule, weekday, WEEKDAY) : wrongField(schedule, day, DAY);
  }
  const [minutes, hours, months, years] = Object.values(sets).map(
    ([text, field]) => valuesOf(text, field) ?? new Set<number>(),
  );
  const calendar = { minutes, hours, months, years, isDue } as Calendar;
  const [ahead] = yearsAhead(calendar);
  return ahead === undefined || daysOf(calendar).next().value !== undefined
    ? calendar
    : { problem: `must have a day that there is, got ${quote(schedule)}, which is never` };
}

function wrongField(schedule: string, text: string, { name, first, last, names }: Field): { readonly problem: string } {
  const called = names === undefined ? "" : ` or ${names[0]} to ${names.at(-1)}`;
  return { problem: `must have a ${name} of ${first} to ${last}${called}, got ${quote(text)} in ${quote(schedule)}` };
}

/** The values that a field stands for, `undefined` when AWS does not take it. */
function valuesOf(text: string, field: Field): Set<number> | undefined {
  const values = new Set<number>();
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
  }
  return values;
}

/** Not a number for a name that the field does not have. */
function numberOf(text: string, { first, names = [] }: Field): number {
  const index = names.indexOf(text.toUpperCase());
  return index < 0 ? Number(text) : first + index;
}

function dayRule(text: string): Calendar["isDue"] | undefined {
  if (text === "L") {
    return (date) => date.day === lastDay(date);
  }
  const nearest = Number(NEAREST_WEEKDAY.exec(text)?.[1]);
  if (nearest >= DAY.first && nearest <= DAY.last) {
    return (date) => date.day === nearestWeekday(date, nearest);
  }
  const days = valuesOf(text, DAY);
  return days && (({ day }) => days.has(day));
}

function weekdayRule(text: string): Calendar["isDue"] | undefined {
  const [, ofLast] = LAST_OF_WEEKDAY.exec(text) ?? [];
  const [, ofNth, nth] = NTH_OF_WEEKDAY.exec(text) ?? [];
  if (ofLast !== undefined || ofNth !== undefined) {
    const weekday = numberOf(ofLast ?? ofNth ?? "", WEEKDAY);
    const inWeek = (date: Day) =>
      ofLast === undefined ? Math.ceil(date.day / 7) === Number(nth) : date.day > lastDay(date) - 7;
    return weekday >= WEEKDAY.first && weekday <= WEEKDAY.last
      ? (date) => weekdayOf(date) === weekday && inWeek(date)
      : undefined;
  }
  const weekdays = text === "L" ? new Set([WEEKDAY.last]) : valuesOf(text, WEEKDAY);
  return weekdays && ((date) => weekdays.has(weekdayOf(date)));
}

function lastDay({ year, month }: Day): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function weekdayOf({ year, month, day }: Day): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

/** The working day nearest to a day of the month, within that month. */
function nearestWeekday(date: Day, nearest: number): number | undefined {
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

function yearsAhead({ years }: Calendar): number[] {
  return Array.from({ length: YEARS_AHEAD }, (_, index) => FIRST_YEAR + index).filter((year) => years.has(year));
}

/** The days on which it is due in the years that are looked at. */
function* daysOf(calendar: Calendar): Generator<Day, undefined> {
  for (const year of yearsAhead(calendar)) {
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

/** When two are both due, in words, or `undefined`. A rate counts from when it is created, which nobody knows. */
export function meetAt(one: Moments, other: Moments): string | undefined {
  if ("everyMinutes" in one || "everyMinutes" in other) {
    return "everyMinutes" in one && "everyMinutes" in other && one.everyMinutes === other.everyMinutes
      ? `every ${one.everyMinutes} minutes`
      : undefined;
  }
  const [hour] = [...one.hours].filter((value) => other.hours.has(value));
  const [minute] = [...one.minutes].filter((value) => other.minutes.has(value));
  if (hour === undefined || minute === undefined) {
    return undefined;
  }
  for (const date of daysOf(one)) {
    if (other.years.has(date.year) && other.months.has(date.month) && other.isDue(date)) {
      const two = (value: number) => String(value).padStart(2, "0");
      return `at ${date.year}-${two(date.month)}-${two(date.day)} ${two(hour)}:${two(minute)}`;
    }
  }
  return undefined;
}
