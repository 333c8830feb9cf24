import { type Calendar, readCron, WEEKDAYS } from "./aws-cron";
import { quote } from "./problem";

/** When something is due: at minutes of hours of days, or every so often. */
export type Moments = { readonly everyMinutes: number } | Calendar;

/** In what services differ that read `cron(…)`, `rate(…)` and `at(…)`. */
export interface ScheduleDialect {
  readonly service: string;
  /** Characters of an expression. */
  readonly maxLength: number;
  /** Whether `rate(1 hours)` is refused. */
  readonly oneIsSingular: boolean;
}

/**
 * Takes `rate(1 days)`, as its guide writes it.
 *
 * Source: EventBridge Scheduler User Guide, "Schedule types", 2026-11; API model of CreateSchedule, 2026-11-17.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const EVENTBRIDGE_SCHEDULER: ScheduleDialect = {
  service: "EventBridge Scheduler",
  maxLength: 256,
  oneIsSingular: false,
};

/**
 * Reads rates as EventBridge's rules do, which know no `at(…)` and no time zone but UTC; nothing here has such a rule.
 *
 * Source: API model of PutScheduledAction, 2026-11-17; EventBridge User Guide, "Rate expressions", 2026-11.
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
 */
export const APPLICATION_AUTO_SCALING: ScheduleDialect = {
  service: "Application Auto Scaling",
  maxLength: 1600,
  oneIsSingular: true,
};

const CALL = /^(?<kind>cron|rate|at)\((?<inner>[^()]*)\)$/;
const RATE = /^(?<value>\d+) (?<unit>minute|hour|day)(?<plural>s?)$/;
const AT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):\d{2}$/;

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

const CRON_EXAMPLE = 'write it like "cron(30 2 * * ? *)"';
const EXAMPLE = `${CRON_EXAMPLE}, "rate(6 hours)" or "at(2026-12-31T23:00:00)"`;

/** What words of cron stand for that AWS does not know. */
const WORDS: Readonly<Record<string, string>> = {
  "@yearly": "cron(0 0 1 1 ? *)",
  "@annually": "cron(0 0 1 1 ? *)",
  "@monthly": "cron(0 0 1 * ? *)",
  "@weekly": "cron(0 0 ? * SUN *)",
  "@daily": "cron(0 0 * * ? *)",
  "@midnight": "cron(0 0 * * ? *)",
  "@hourly": "rate(1 hour)",
};

/** When a schedule is due, or what is wrong with it, to stand behind its name. */
export function readExpression(expression: string, dialect: ScheduleDialect): Moments | { readonly problem: string } {
  const { service, maxLength } = dialect;
  if (expression.length > maxLength) {
    return {
      problem: `must be at most ${maxLength} characters, got ${expression.length}; split it into several schedules`,
    };
  }
  const { kind, inner = "" } = CALL.exec(expression)?.groups ?? {};
  switch (kind) {
    case "cron":
      return readCron(expression, inner, fixOf(inner) ?? CRON_EXAMPLE);
    case "rate":
      return readRate(expression, inner, dialect);
    case "at":
      return (
        momentOf(inner) ?? {
          problem: `must name a moment that there is, as at(yyyy-mm-ddThh:mm:ss) without a time zone, got ${quote(expression)}`,
        }
      );
    default:
      return {
        problem: `must be a cron, rate or at expression of ${service}, got ${quote(expression)}; ${fixOf(expression) ?? EXAMPLE}`,
      };
  }
}

/** Why AWS would refuse the expression of what is called so, or `undefined`. */
export function expressionProblem(called: string, expression: string, dialect: ScheduleDialect): string | undefined {
  const moments = readExpression(expression, dialect);
  return "problem" in moments ? `${called} ${moments.problem}` : undefined;
}

/** Whether it runs once only. */
export function runsOnce(expression: string): boolean {
  return expression.startsWith("at(");
}

function readRate(
  expression: string,
  inner: string,
  { oneIsSingular }: ScheduleDialect,
): Moments | { readonly problem: string } {
  const { value = "", unit = "", plural = "" } = RATE.exec(inner)?.groups ?? {};
  const count = Number(value);
  if (unit === "" || count < 1) {
    return {
      problem: `must be a rate of a whole number of minutes, hours or days, at least 1, got ${quote(expression)}; write it like "rate(6 hours)"`,
    };
  }
  if (count > 1 && plural === "") {
    return {
      problem: `must have its unit in the plural for more than one, got ${quote(expression)}; write ${quote(`rate(${value} ${unit}s)`)}`,
    };
  }
  return count === 1 && plural !== "" && oneIsSingular
    ? {
        problem: `must have its unit in the singular for one, got ${quote(expression)}; write ${quote(`rate(${value} ${unit})`)}`,
      }
    : { everyMinutes: count * (MINUTES[unit] ?? 0) };
}

function momentOf(text: string): Calendar | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = AT.exec(text)?.slice(1).map(Number) ?? [];
  const date = new Date(`${text}Z`);
  // 30 February would be 2 March otherwise.
  return AT.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
    ? {
        years: new Set([year]),
        months: new Set([month]),
        hours: new Set([hour]),
        minutes: new Set([minute]),
        isDue: (other) => other.day === day,
      }
    : undefined;
}

/** What was meant by something that AWS does not know; nothing where it has none. */
function fixOf(expression: string): string | undefined {
  const written = expression.trim();
  const meant = WORDS[written.toLowerCase()] ?? sixFields(written);
  return meant === undefined ? undefined : `did you mean ${quote(meant)}?`;
}

/** AWS's cron for five fields of Unix; nothing where it has none. */
function sixFields(text: string): string | undefined {
  const parts = text.split(/\s+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = parts;
  if (parts.length !== 5 || (day !== "*" && day !== "?" && weekday !== "*" && weekday !== "?")) {
    // With both days given, Unix takes either, which AWS cannot say in one expression.
    return undefined;
  }
  const everyDay = weekday === "*" || weekday === "?";
  const fields = `${minute} ${hour} ${everyDay ? day.replace("?", "*") : "?"} ${month} ${everyDay ? "?" : ofWeek(weekday)} *`;
  return "problem" in readCron(fields, fields, CRON_EXAMPLE) ? undefined : `cron(${fields})`;
}

/** Days of the week by name: Unix counts Sunday as 0 and 7, AWS as 1. */
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
