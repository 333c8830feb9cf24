import { isTimeZone } from "../units/time-zone";
import { ADD_ON_PODS } from "./add-on-pods";
import { LOGGING_NAMESPACE } from "./fargate-logging";
import { compareText } from "./order";
import { type Problem, quote } from "./problem";

/**
 * Schedules of py-kube-downscaler, and what it leaves alone.
 *
 * As of 2026-11-21. Source: caas-team/py-kube-downscaler, kube_downscaler/helper.py, cmd.py and scaler.py at a1e03491.
 */

/**
 * Kinds that it scales. It knows daemonsets, which do not run on Fargate, and jobs too, for which it installs policies of
 * Kyverno or Gatekeeper.
 */
export const DOWNSCALED_KINDS = [
  "cronjobs",
  "deployments",
  "horizontalpodautoscalers",
  "poddisruptionbudgets",
  "rollouts",
  "scaledobjects",
  "stacks",
  "statefulsets",
] as const;

export type DownscaledKind = (typeof DOWNSCALED_KINDS)[number];

/** What may be chosen about when and what it scales. */
export interface DownscaleOptions {
  /** When workloads run, like `Mon-Fri 08:00-19:00 Europe/Berlin`. @default "always" */
  readonly defaultUptime?: string;
  /** When workloads do not run, whatever 'defaultUptime' says. @default "never" */
  readonly defaultDowntime?: string;
  /** Seconds for which a new workload runs in any case. @default 900 */
  readonly gracePeriodInSeconds?: number;
  /** Seconds between looks at the clock. @default 60 */
  readonly intervalInSeconds?: number;
  /** Kinds of workloads that it scales. @default - deployments and statefulsets */
  readonly includeResources?: readonly DownscaledKind[];
  /** The only namespaces that it may touch; they must be there already. @default - all, but those that are excluded */
  readonly namespaces?: readonly string[];
  /**
   * Namespaces that it leaves alone, `*` and `?` are wildcards; beside `kube-*`, `aws-observability` and those of the
   * project's add-ons.
   * @default - none
   */
  readonly excludeNamespaces?: readonly string[];
  /** Workloads that it leaves alone, in all namespaces. @default - none but itself */
  readonly excludeDeployments?: readonly string[];
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const RECURRING = /^([A-Za-z]{3})-([A-Za-z]{3}) (\d\d):(\d\d)-(\d\d):(\d\d) (\S+)$/;
const TIMESTAMP = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[-+]\d{2}:\d{2}`;
const ABSOLUTE = new RegExp(`^(${TIMESTAMP})-(${TIMESTAMP})$`);

/** What it reads as a time zone: none with a digit, a sign or a hyphen in its name. */
const TIME_ZONE = /^[A-Za-z/_]+$/;

const NAMESPACE = /^(?!kube-)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NAMESPACE_PATTERN = /^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$/;
const WORKLOAD = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** What is wrong with the options. */
export function downscaleProblems(options: DownscaleOptions): Problem[] {
  const { defaultUptime, defaultDowntime, namespaces, excludeNamespaces, excludeDeployments = [] } = options;
  return [
    ...(defaultUptime === undefined ? [] : scheduleProblems("defaultUptime", defaultUptime)),
    ...(defaultDowntime === undefined ? [] : scheduleProblems("defaultDowntime", defaultDowntime)),
    ...secondsProblems("gracePeriodInSeconds", options.gracePeriodInSeconds ?? 0, 0),
    ...secondsProblems("intervalInSeconds", options.intervalInSeconds ?? 1, 1),
    ...(options.includeResources?.length === 0
      ? [
          problem(
            ["includeResources"],
            "'includeResources' must name at least one kind, got none; leave it out for the default",
          ),
        ]
      : []),
    ...(namespaces !== undefined && excludeNamespaces !== undefined
      ? [
          problem(
            ["excludeNamespaces"],
            "'excludeNamespaces' has no effect with 'namespaces', which names all that may be touched; remove it",
          ),
        ]
      : []),
    ...(namespaces?.length === 0
      ? [problem(["namespaces"], "'namespaces' must hold at least one namespace, got none; leave it out for all")]
      : []),
    ...namesProblems(
      "namespaces",
      namespaces ?? [],
      NAMESPACE,
      "names of namespaces, but not of those of Kubernetes itself (kube-…)",
    ),
    ...namesProblems(
      "excludeNamespaces",
      excludeNamespaces ?? [],
      NAMESPACE_PATTERN,
      'namespaces, with "*" and "?" where they have wildcards',
    ),
    ...namesProblems("excludeDeployments", excludeDeployments, WORKLOAD, "names of workloads"),
  ];
}

function problem(at: Problem["at"], message: string): Problem {
  return { at, message };
}

function secondsProblems(property: string, seconds: number, least: number): Problem[] {
  return Number.isInteger(seconds) && seconds >= least
    ? []
    : [problem([property], `'${property}' must be a whole number of seconds, ${least} or more, got ${quote(seconds)}`)];
}

function namesProblems(property: string, names: readonly string[], pattern: RegExp, what: string): Problem[] {
  return names.flatMap((name, index) =>
    pattern.test(name) ? [] : [problem([property, index], `'${property}' must hold ${what}, got ${quote(name)}`)],
  );
}

/** What is wrong with a schedule: `always`, `never`, or times with commas between them. */
export function scheduleProblems(property: string, schedule: string): Problem[] {
  return /^(always|never)$/i.test(schedule)
    ? []
    : schedule
        .split(",")
        .map((time) => timeProblem(time.trim()))
        .filter((message) => message !== undefined)
        .map((message) => problem([property], `'${property}' ${message}`));
}

function timeProblem(time: string): string | undefined {
  const absolute = ABSOLUTE.exec(time);
  if (absolute !== null) {
    const [, from = "", to = ""] = absolute;
    const [start, end] = [Date.parse(from), Date.parse(to)];
    return start < end ? undefined : `must hold a time that ends after it begins, got ${quote(time)}`;
  }
  const recurring = RECURRING.exec(time);
  if (recurring === null) {
    return `must be "always", "never", or times like "Mon-Fri 08:00-19:00 Europe/Berlin" or "2026-12-24T00:00:00+01:00-2026-12-27T00:00:00+01:00", with commas between them, got ${quote(time)}`;
  }
  const [, first = "", last = "", ...rest] = recurring;
  const [fromHour = "", fromMinute = "", toHour = "", toMinute = "", zone = ""] = rest;
  return (
    dayProblem(time, [first, last]) ??
    hoursProblem(time, [fromHour, fromMinute], [toHour, toMinute]) ??
    zoneProblem(time, zone)
  );
}

function dayProblem(time: string, days: readonly string[]): string | undefined {
  const unknown = days.find((day) => !DAYS.includes(day.toLowerCase()));
  return unknown === undefined
    ? undefined
    : `must name days as Mon, Tue, Wed, Thu, Fri, Sat and Sun, got ${quote(unknown)} in ${quote(time)}`;
}

type ClockTime = readonly [hour: string, minute: string];

function hoursProblem(time: string, from: ClockTime, to: ClockTime): string | undefined {
  const minutes = ([hour, minute]: ClockTime) => Number(hour) * 60 + Number(minute);
  const isClock = ([hour, minute]: ClockTime) => Number(minute) < 60 && minutes([hour, minute]) <= 24 * 60;
  if (!isClock(from) || !isClock(to)) {
    return `must hold times from 00:00 to 24:00, got ${quote(time)}`;
  }
  return minutes(from) < minutes(to)
    ? undefined
    : `must hold a time that ends after it begins on the same day, got ${quote(time)}, which is never; write a night as two, like "Mon-Fri 22:00-24:00 UTC, Tue-Sat 00:00-06:00 UTC"`;
}

function zoneProblem(time: string, zone: string): string | undefined {
  if (!TIME_ZONE.test(zone)) {
    return `must have a time zone whose name is of letters, "/" and "_", because py-kube-downscaler reads no other, got ${quote(zone)} in ${quote(time)}; name a city of the same time`;
  }
  return isTimeZone(zone)
    ? undefined
    : `must have a time zone that there is, like "Europe/Berlin" or "UTC", got ${quote(zone)} in ${quote(time)}`;
}

/** Regular expressions of the namespaces that it leaves alone, as it matches them: in full. */
export function excludedNamespaces({ excludeNamespaces = [] }: DownscaleOptions): string[] {
  const ours = Object.values(ADD_ON_PODS)
    .map(({ namespace }) => namespace)
    .filter((namespace) => !namespace.startsWith("kube-"));
  const all = new Set(["kube-*", LOGGING_NAMESPACE, ...ours, ...excludeNamespaces]);
  return [...all].sort(compareText).map((pattern) => pattern.replaceAll("*", ".*").replaceAll("?", "."));
}
