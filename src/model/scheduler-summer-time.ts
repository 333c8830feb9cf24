import { isTimeZone, leftOutTimes } from "../units/time-zone";
import { EVENTBRIDGE_SCHEDULER, readExpression } from "./aws-schedule";
import { quote } from "./problem";
import type { ScheduleOptions } from "./scheduler-schedule";

/** So many years are looked at, as a rule about clocks may end. */
const YEARS = 2;

/**
 * A warning of a schedule whose one hour of the day is left out when clocks are put forward: EventBridge Scheduler
 * skips that run.
 *
 * Source: EventBridge Scheduler User Guide, "Schedule types", "Daylight savings time", 2026-11.
 *
 * @param year the first that counts: this one
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function summerTimeWarnings(
  { schedule, timeZone = "UTC" }: Pick<ScheduleOptions, "schedule" | "timeZone">,
  year: number,
): string[] {
  const moments = readExpression(schedule, EVENTBRIDGE_SCHEDULER);
  if ("problem" in moments || "everyMinutes" in moments || moments.hours.size !== 1 || !isTimeZone(timeZone)) {
    return [];
  }
  const [hour = 0] = moments.hours;
  const skipped = leftOutTimes(timeZone, year, year + YEARS - 1).flatMap(([from, to]) => {
    const date = new Date(from);
    const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    const isDue = moments.years.has(day.year) && moments.months.has(day.month) && moments.isDue(day);
    return isDue
      ? [...moments.minutes].filter((minute) => {
          const time = Date.UTC(day.year, day.month - 1, day.day, hour, minute);
          return time >= from && time < to;
        })
      : [];
  });
  const [first] = skipped;
  return first === undefined
    ? []
    : [
        `'schedule' ${quote(schedule)} is skipped on the day on which clocks are put forward in ${quote(timeZone)}, as that day has no ${clock(hour, first)}; choose an hour that each day has, or the 'timeZone' "UTC"`,
      ];
}

function clock(hour: number, minute: number): string {
  return [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
}
