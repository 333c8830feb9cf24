import type { Known, SecretSource } from "./container-spec";
import { compareText } from "./order";
import { isCalledSecret, secretIn } from "./plain-text-secret";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { awsSecretProblems } from "./secret-source";
import type { TaskLaunch } from "./task-platform";

/** Drivers on Fargate, beside FireLens. Source: ECS Developer Guide, task_definition_parameters, 2026-11-21. */
const FARGATE_LOG_DRIVERS = ["awslogs", "splunk"] as const;

/** Drivers on instances, of which each has to allow those beside `awslogs`. */
export const LOG_DRIVERS = [...FARGATE_LOG_DRIVERS, "fluentd", "gelf", "journald", "json-file", "syslog"] as const;

/** A log driver that a container may have on ECS. */
export type LogDriver = (typeof LOG_DRIVERS)[number];

/**
 * Drivers that agents on the cluster's own instances announce: ECS places no task on one that does not announce its
 * driver. FireLens's the agent for Linux announces by itself.
 *
 * As of 2026-11-22. Sources: ECS Developer Guide, ecs-agent-config (ECS_AVAILABLE_LOGGING_DRIVERS) and
 * bootstrap_windows_container_instance, which has these two for Windows; github.com/aws/amazon-ecs-agent, ecs-init,
 * docker.go (`none` is among its defaults).
 */
export const ANNOUNCED_LOG_DRIVERS: Readonly<Record<"linux" | "windows", readonly string[]>> = {
  linux: [...[...LOG_DRIVERS].sort(compareText), "none"],
  windows: ["json-file", "awslogs"],
};

/** Where the output of one container goes, with the driver's own option names. */
export interface ContainerLogging {
  /** Driver that takes its output; on Fargate `awslogs` or `splunk`. */
  readonly driver: LogDriver;
  /** Of `awslogs` those beside what the task's `logs` say, such as `awslogs-datetime-format`. @default - none */
  readonly options?: Readonly<Record<string, string>>;
  /** Options whose values are kept elsewhere. @default - none */
  readonly secrets?: Readonly<Record<string, SecretSource>>;
}

/** Options of `awslogs` that the task definition gives. */
const GIVEN: ReadonlySet<string> = new Set([
  "awslogs-create-group",
  "awslogs-group",
  "awslogs-region",
  "awslogs-stream-prefix",
  "max-buffer-size",
  "mode",
]);

/** What is wrong with the logging of a container, seen from 'logging'. */
export function loggingProblems(
  { driver, options = {}, secrets = {} }: ContainerLogging,
  called: string,
  launch: TaskLaunch,
  known: Known = () => true,
): Problem[] {
  const drivers: readonly string[] = launch === "FARGATE" ? FARGATE_LOG_DRIVERS : LOG_DRIVERS;
  return [
    ...problemAt(
      ["driver"],
      drivers.includes(driver)
        ? undefined
        : `'driver' of 'logging' of ${called} must be one that ${launch === "FARGATE" ? "Fargate" : "ECS"} has (${quoteAll(drivers)}), got ${quote(driver)}; take one of them, or send the logs elsewhere by 'fireLens'`,
    ),
    ...missingOptionProblems(driver, options, secrets, called),
    ...Object.keys(options).flatMap((option) =>
      problemAt(
        ["options", option],
        driver === "awslogs" && GIVEN.has(option)
          ? `option ${quote(option)} of 'logging' of ${called} is given by the task definition; leave it out, and choose what there is to choose in 'logs'`
          : undefined,
      ),
    ),
    ...logOptionProblems(options, secrets, `'logging' of ${called}`, known),
  ];
}

/**
 * Options without which ECS registers no task definition.
 *
 * As of 2026-11-22. Source: Docker's documentation, "Splunk logging driver" (required options); ECS refuses with "Log
 * driver splunk requires options".
 */
const REQUIRED: Partial<Record<LogDriver, Readonly<Record<string, string>>>> = {
  splunk: {
    "splunk-url": "give it in 'options', like \"https://splunk.example.com:8088\"",
    "splunk-token": "keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets'",
  },
};

function missingOptionProblems(driver: LogDriver, options: object, secrets: object, called: string): Problem[] {
  return Object.entries(REQUIRED[driver] ?? {}).flatMap(([option, fix]) =>
    problemAt(
      [],
      Object.hasOwn(options, option) || Object.hasOwn(secrets, option)
        ? undefined
        : `'logging' of ${called} by "${driver}" needs the option ${quote(option)}, got none; ${fix}`,
    ),
  );
}

/**
 * What is wrong with the options of a log driver or an output, and with those that are secrets.
 *
 * @param of whose options they are, as messages call it
 */
export function logOptionProblems(
  options: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, SecretSource>>,
  of: string,
  known: Known,
): Problem[] {
  return [
    ...Object.entries(options).flatMap(([key, value]) =>
      problemAt(
        ["options", key],
        isCalledSecret(key) || (known(value) && secretIn(value) !== undefined)
          ? `option ${quote(key)} of ${of} looks like a secret, and everybody who may describe the task definition reads it; keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets'`
          : undefined,
      ),
    ),
    ...Object.entries(secrets).flatMap(([key, source]) =>
      under(
        ["secrets", key],
        awsSecretProblems(source, `secret ${quote(key)} of ${of}`, "which ECS cannot read", known),
      ),
    ),
  ];
}
