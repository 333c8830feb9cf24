import type { ContainerSpec } from "./container-spec";
import type { ProbeTiming } from "./health-probe";
import { type Problem, problemAt, quote } from "./problem";

/** How ECS asks a container whether it is well. */
export interface TaskHealthCheck {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
}

/** Source: API model of ECS, HealthCheck, 2026-11-17: seconds, and a number of retries. */
const BOUNDS = { periodSeconds: [5, 300], timeoutSeconds: [2, 60], failureThreshold: [1, 10] } as const;

const MAX_START_PERIOD = 300;

/** What ECS writes before a command to say how it is run; `NONE` is no check at all. */
const DOCKER_WORDS: ReadonlySet<string> = new Set(["CMD", "CMD-SHELL", "NONE"]);

/** Kubernetes' own 1 s is less than ECS takes: this is ECS's default. */
const DEFAULT_TIMEOUT = 5;
const DEFAULT_PERIOD = 10;
const DEFAULT_FAILURES = 3;

/** The container's health check, which is its `liveness`; nothing where it has none. */
export function taskHealthCheckOf(container: ContainerSpec): TaskHealthCheck | undefined {
  const { liveness } = container;
  return liveness === undefined || !("exec" in liveness)
    ? undefined
    : {
        command: ["CMD", ...liveness.exec],
        interval: liveness.periodSeconds ?? DEFAULT_PERIOD,
        timeout: liveness.timeoutSeconds ?? DEFAULT_TIMEOUT,
        retries: liveness.failureThreshold ?? DEFAULT_FAILURES,
        startPeriod: startPeriodOf(container),
      };
}

/** Seconds in which failures do not count: what comes before the first question, and what `startup` allows. */
function startPeriodOf({ liveness, startup }: ContainerSpec): number {
  return (liveness?.initialDelaySeconds ?? 0) + (startup === undefined ? 0 : allowed(startup));
}

function allowed({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 }: ProbeTiming): number {
  return initialDelaySeconds + periodSeconds * failureThreshold;
}

/** What ECS cannot do of a container's probes. */
export function taskHealthCheckProblems(container: ContainerSpec): Problem[] {
  const called = `container ${quote(container.name)}`;
  return [...livenessProblems(container, called), ...otherProblems(container, called)];
}

function livenessProblems({ liveness }: ContainerSpec, called: string): Problem[] {
  if (liveness === undefined) {
    return [];
  }
  if (!("exec" in liveness)) {
    const way = ["http", "tcp"].find((each) => each in liveness);
    // That it asks in some way is a rule of probes everywhere.
    return way === undefined
      ? []
      : [
          {
            at: ["liveness", way],
            message: `'liveness' of ${called} asks by '${way}', and ECS asks by a command that runs in the container; give 'exec', like ["curl", "--fail", "http://localhost:8080/"], or leave it out and let the load balancer ask by 'readiness'`,
          },
        ];
  }
  return [
    ...problemAt(["liveness", "exec", 0], programProblem(liveness.exec[0], called)),
    ...(Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]).flatMap((property) => {
      const [least, most] = BOUNDS[property];
      const value = liveness[property];
      return problemAt(
        ["liveness", property],
        value === undefined || (value >= least && value <= most)
          ? undefined
          : `'${property}' of 'liveness' of ${called} must be from ${least} to ${most}, which is what ECS takes, got ${quote(value)}`,
      );
    }),
  ];
}

/** Why the first word of a command runs no program, or `undefined`. */
function programProblem(word: string | undefined, called: string): string | undefined {
  if (word?.trim() === "") {
    return `'exec' of 'liveness' of ${called} must begin with the name of a program, got ${quote(word)}`;
  }
  return word !== undefined && DOCKER_WORDS.has(word)
    ? `'exec' of 'liveness' of ${called} must begin with the name of a program, got ${quote(word)}, which is a word of Docker's own; leave it out, and for a shell write ["sh", "-c", "…"]`
    : undefined;
}

/** What may go wrong with a container's health check. */
export function taskHealthCheckWarnings({ name, liveness }: ContainerSpec): string[] {
  const [program = "", ...words] = liveness !== undefined && "exec" in liveness ? liveness.exec : [];
  return words.length === 0 && /\S\s+\S/.test(program)
    ? [
        `'exec' of 'liveness' of container ${quote(name)} is one word, ${quote(program)}, which ECS takes for the name of a program; give each word by itself, or for a shell write ["sh", "-c", ${quote(program)}]`,
      ]
    : [];
}

function otherProblems(container: ContainerSpec, called: string): Problem[] {
  const { liveness, readiness, startup } = container;
  const startPeriod = startPeriodOf(container);
  return [
    ...problemAt(
      ["readiness", "exec"],
      readiness !== undefined && "exec" in readiness
        ? `'readiness' of ${called} asks by a command, and in ECS it is the load balancer that keeps traffic away, which asks by network; give 'http' or 'tcp', or give the command as 'liveness'`
        : undefined,
    ),
    ...problemAt(
      ["startup"],
      startup !== undefined && liveness === undefined
        ? `'startup' of ${called} needs 'liveness', as ECS knows it only as the time in which 'liveness' may fail; give 'liveness', or leave 'startup' out`
        : undefined,
    ),
    ...problemAt(
      [startup === undefined ? "liveness" : "startup"],
      startPeriod <= MAX_START_PERIOD
        ? undefined
        : `${called} must be given at most ${MAX_START_PERIOD} seconds to start in ECS, got ${startPeriod} ('initialDelaySeconds' of 'liveness', and of 'startup' 'initialDelaySeconds' and 'periodSeconds' times 'failureThreshold'); allow less`,
    ),
  ];
}
