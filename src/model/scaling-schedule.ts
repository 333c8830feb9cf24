import { isTimeZone } from "../units/time-zone";
import { daysOf } from "./aws-cron";
import { APPLICATION_AUTO_SCALING, expressionProblem, type Moments, readExpression, runsOnce } from "./aws-schedule";
import { type Problem, problemAt, quote, under } from "./problem";
import type { TaskBounds } from "./scaling-steps";

/** Changes the minimum and maximum at a time. */
export interface ScheduledScaling {
  /** `at(2027-03-01T08:00:00)`, `rate(1 hour)`, or `cron(0 8 ? * MON-FRI *)` with its six fields. */
  readonly schedule: string;
  /** Time zone of `at` and `cron`, such as `Europe/Berlin`. @default "UTC" */
  readonly timeZone?: string;
  /** From when on it recurs, such as `2027-01-01T00:00:00Z`. @default - at once */
  readonly start?: string;
  /** Until when it recurs, such as `2027-12-31T00:00:00Z`. The numbers of tasks stay as they are then. @default - for ever */
  readonly end?: string;
  /** The new minimum. @default - as it is */
  readonly minimum?: number;
  /** The new maximum. @default - as it is */
  readonly maximum?: number;
}

const UTC = "UTC";
/** The years that are looked at for days on which two schedules are due. */
const AHEAD = { first: 2026, last: 2035 };
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** What is wrong with one scheduled action. */
export function scheduledScalingProblems(key: string, options: ScheduledScaling, bounds: TaskBounds): Problem[] {
  const called = `schedule ${quote(key)}`;
  const { schedule, timeZone } = options;
  return [
    ...problemAt(["schedule"], expressionProblem(`'schedule' of ${called}`, schedule, APPLICATION_AUTO_SCALING)),
    ...problemAt(["timeZone"], timeZoneProblem(timeZone, schedule, called)),
    ...recurrenceProblems(options, called),
    ...boundsProblems(options, called, bounds),
  ];
}

function timeZoneProblem(timeZone: string | undefined, schedule: string, called: string): string | undefined {
  if (timeZone === undefined) {
    return undefined;
  }
  if (!isTimeZone(timeZone)) {
    return `'timeZone' of ${called} must be the name of a time zone, like "Europe/Berlin", got ${quote(timeZone)}`;
  }
  return schedule.startsWith("rate(")
    ? `'timeZone' of ${called} is for "at" and "cron", and a rate is the same everywhere; leave it out`
    : undefined;
}

function recurrenceProblems({ schedule, start, end }: ScheduledScaling, called: string): Problem[] {
  const times = Object.entries({ start, end }).flatMap(([property, time]) => {
    if (time === undefined) {
      return [];
    }
    return problemAt(
      [property],
      !isInstant(time)
        ? `'${property}' of ${called} must be a time in UTC, like "2027-01-01T00:00:00Z", got ${quote(time)}`
        : runsOnce(schedule)
          ? `'${property}' of ${called} is for what recurs, and ${quote(schedule)} is once; leave it out`
          : undefined,
    );
  });
  return [
    ...times,
    ...problemAt(
      ["end"],
      times.length === 0 && start !== undefined && end !== undefined && start >= end
        ? `'end' of ${called} must be after 'start' (${quote(start)}), got ${quote(end)}`
        : undefined,
    ),
  ];
}

function isInstant(time: string): boolean {
  if (!INSTANT.test(time)) {
    return false;
  }
  const date = new Date(time);
  // 2027-02-30 would become another day.
  return !Number.isNaN(date.getTime()) && date.toISOString() === time.replace("Z", ".000Z");
}

function boundsProblems({ minimum, maximum }: ScheduledScaling, called: string, bounds: TaskBounds): Problem[] {
  if (minimum === undefined && maximum === undefined) {
    return problemAt([], `${called} changes nothing; give it 'minimum', 'maximum' or both`);
  }
  const malformed = Object.entries({ minimum, maximum }).flatMap(([property, value]) =>
    problemAt(
      [property],
      value === undefined || (Number.isInteger(value) && value >= 0)
        ? undefined
        : `'${property}' of ${called} must be a whole number of at least 0, got ${quote(value)}`,
    ),
  );
  if (malformed.length > 0) {
    return malformed;
  }
  const [least, most] = [minimum ?? bounds.minimum, maximum ?? bounds.maximum];
  if (least <= most) {
    return [];
  }
  const unless = "unless the schedule changes it too";
  if (minimum === undefined) {
    return problemAt(
      ["maximum"],
      `'maximum' of ${called} must be at least 'minimum', which is ${least} ${unless}, got ${maximum}; raise it, or give a lower 'minimum'`,
    );
  }
  return problemAt(
    ["minimum"],
    maximum === undefined
      ? `'minimum' of ${called} must be at most 'maximum', which is ${most} ${unless}, got ${minimum}; lower it, or give a higher 'maximum'`
      : `'minimum' of ${called} must be at most its 'maximum' (${maximum}), got ${minimum}; exchange them, or raise 'maximum'`,
  );
}

/**
 * Schedules that set one bound beyond the other one, as another schedule leaves that. Which of them is due before which is
 * not asked: it changes with each edit.
 */
export function leftBoundsProblems(schedules: Readonly<Record<string, ScheduledScaling>>): Problem[] {
  const all = Object.entries(schedules);
  return all.flatMap(([key, { minimum, maximum }]) => {
    if ((minimum === undefined) === (maximum === undefined)) {
      return [];
    }
    const [given, left] = minimum === undefined ? (["maximum", "minimum"] as const) : (["minimum", "maximum"] as const);
    const value = minimum ?? maximum ?? 0;
    const other = all.find(([, action]) => {
      const theirs = action[left];
      return theirs !== undefined && (left === "maximum" ? value > theirs : value < theirs);
    });
    return problemAt(
      [key, given],
      other === undefined
        ? undefined
        : `'${given}' of schedule ${quote(key)} is ${value}, and schedule ${quote(other[0])} may have left a '${left}' of ${other[1][left]}; give schedule ${quote(key)} a '${left}' too`,
    );
  });
}

/** Schedules that set the number of tasks at the same time, of which nobody knows who is last. */
export function meetingProblems(schedules: Readonly<Record<string, ScheduledScaling>>): Problem[] {
  const known = Object.entries(schedules).flatMap(([key, options]) => {
    const moments = readExpression(options.schedule, APPLICATION_AUTO_SCALING);
    return "problem" in moments ? [] : [{ key, options, moments }];
  });
  return known.flatMap((one, index) => {
    const other = known.slice(0, index).find((before) => meeting(before, one) !== undefined);
    return other === undefined
      ? []
      : under(
          one.key,
          problemAt(
            ["schedule"],
            `schedules ${quote(other.key)} and ${quote(one.key)} are both due ${meeting(other, one)} (${zoneOf(one.options)}), and AWS does not say which comes last; move one of them, or make them one`,
          ),
        );
  });
}

interface Scheduled {
  readonly options: ScheduledScaling;
  readonly moments: Moments;
}

/** When both are due, in words. Of different time zones nothing is said. */
function meeting(one: Scheduled, other: Scheduled): string | undefined {
  if (apart(one.options, other.options) || apart(other.options, one.options)) {
    return undefined;
  }
  return zoneOf(one.options).toLowerCase() === zoneOf(other.options).toLowerCase()
    ? meetAt(one.moments, other.moments)
    : undefined;
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
  for (const date of daysOf(one, AHEAD)) {
    if (other.years.has(date.year) && other.months.has(date.month) && other.isDue(date)) {
      const two = (value: number) => String(value).padStart(2, "0");
      return `at ${date.year}-${two(date.month)}-${two(date.day)} ${two(hour)}:${two(minute)}`;
    }
  }
  return undefined;
}

function apart({ end }: ScheduledScaling, { start }: ScheduledScaling): boolean {
  return end !== undefined && start !== undefined && end <= start;
}

function zoneOf({ timeZone = UTC }: ScheduledScaling): string {
  return timeZone;
}

/** The bounds that some schedule sets, which then change without Terraform. */
export function scheduledBounds(schedules: Readonly<Record<string, ScheduledScaling>>): (keyof TaskBounds)[] {
  const all = Object.values(schedules);
  return (["maximum", "minimum"] as const).filter((bound) => all.some((action) => action[bound] !== undefined));
}

/** The smallest and largest numbers of tasks that there may ever be. */
export function widestBounds(
  bounds: TaskBounds,
  schedules: Readonly<Record<string, ScheduledScaling>> = {},
): TaskBounds {
  const all = Object.values(schedules);
  return {
    minimum: Math.min(bounds.minimum, ...all.flatMap(({ minimum }) => minimum ?? [])),
    maximum: Math.max(bounds.maximum, ...all.flatMap(({ maximum }) => maximum ?? [])),
  };
}
