import { type HealthProbe, PROBE_DEFAULTS } from "./health-probe";
import { type Problem, problemAt, quote, under } from "./problem";
import {
  findPort,
  type HealthCheckOptions,
  type LoadBalancerKind,
  portProblem,
  type ResolvedTarget,
} from "./target-group";
import { wholeProblems } from "./whole-number";

/** How a load balancer asks, with nothing left open. */
export interface HealthCheck {
  readonly protocol: "HTTP" | "HTTPS" | "TCP";
  /** Nothing when it only connects. */
  readonly path: string | undefined;
  readonly codes: string | undefined;
  /** Nothing for the port that takes the requests. */
  readonly port: number | undefined;
  readonly intervalInSeconds: number;
  readonly timeoutInSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** Source: API model of Elastic Load Balancing, CreateTargetGroup, 2026-11-17. */
const INTERVAL = [5, 300] as const;
const TIMEOUT = [2, 120] as const;
const THRESHOLD = [2, 10] as const;
const MAX_PATH = 1024;

/** Soon enough for a deployment to go on, seldom enough not to be a load. */
const DEFAULTS = { interval: 15, timeout: 5, healthy: 2, unhealthy: 3 } as const;

/** The least and the most that a status can be. Sources: as above, and "gRPC status codes". */
const HTTP_CODES = { application: [200, 499], network: [200, 599] } as const;
const GRPC_CODES = [0, 99] as const;
/** What a gRPC server answers for a method that it does not have, and so when it is up. AWS's own default. */
const GRPC = { path: "/AWS.ALB/healthcheck", codes: "12" } as const;

/** A probe of the container as health check, as far as it asks over HTTP. */
interface Readiness extends HealthCheckOptions {
  readonly codes?: string;
}

/** The health check of a target: what is said, else what the container's readiness probe says, else defaults. */
export function healthCheckOf(kind: LoadBalancerKind, target: ResolvedTarget): HealthCheck {
  const { options, container } = target;
  const given = options.healthCheck ?? {};
  const grpc = options.protocolVersion === "GRPC";
  const probe = grpc ? {} : readinessOf(container.readiness);
  const overHttp = kind === "application" || given.path !== undefined || probe.path !== undefined;
  const spoken = kind === "application" && target.protocol === "HTTPS" ? "HTTPS" : "HTTP";
  const protocol = given.protocol ?? probe.protocol ?? (overHttp ? spoken : "TCP");
  const http = protocol !== "TCP";
  const wanted = given.port ?? probe.port;
  const port = wanted === undefined ? undefined : findPort(container, wanted)?.port;
  const interval = given.intervalInSeconds ?? probe.intervalInSeconds ?? DEFAULTS.interval;
  return {
    protocol,
    path: http ? (given.path ?? probe.path ?? (grpc ? GRPC.path : "/")) : undefined,
    codes: http
      ? (given.codes ?? (given.path === undefined ? probe.codes : undefined) ?? (grpc ? GRPC.codes : "200"))
      : undefined,
    port: port === target.port ? undefined : port,
    intervalInSeconds: interval,
    timeoutInSeconds: given.timeoutInSeconds ?? Math.min(probe.timeoutInSeconds ?? DEFAULTS.timeout, interval - 1),
    healthyThreshold: given.healthyThreshold ?? probe.healthyThreshold ?? DEFAULTS.healthy,
    unhealthyThreshold: given.unhealthyThreshold ?? probe.unhealthyThreshold ?? DEFAULTS.unhealthy,
  };
}

/** What a readiness probe over HTTP says, within what a load balancer can do. */
function readinessOf(probe: HealthProbe | undefined): Readiness {
  if (probe === undefined || !("http" in probe)) {
    return {};
  }
  const { http, periodSeconds, timeoutSeconds, failureThreshold, successThreshold } = { ...PROBE_DEFAULTS, ...probe };
  return {
    path: http.path ?? "/",
    protocol: http.scheme ?? "HTTP",
    port: http.port,
    // As Kubernetes takes them.
    codes: "200-399",
    intervalInSeconds: within(INTERVAL, periodSeconds),
    timeoutInSeconds: within(TIMEOUT, timeoutSeconds),
    healthyThreshold: within(THRESHOLD, successThreshold),
    unhealthyThreshold: within(THRESHOLD, failureThreshold),
  };
}

const OF_CHECK = "of a health check";

type Range = readonly [min: number, max: number];

function within([min, max]: Range, value: number): number {
  return Math.min(max, Math.max(min, Math.ceil(value)));
}

/** What is wrong with the health check of a target. */
export function healthCheckProblems(kind: LoadBalancerKind, target: ResolvedTarget): Problem[] {
  const { healthCheck: given = {}, protocolVersion } = target.options;
  const planned = healthCheckOf(kind, target);
  const unknown = given.port !== undefined && findPort(target.container, given.port) === undefined;
  return under("healthCheck", [
    ...problemAt(["path"], given.path === undefined ? undefined : pathProblem(given.path)),
    ...problemAt(["port"], unknown ? portProblem("port", target.container, given.port) : undefined),
    ...problemAt(
      ["protocol"],
      kind === "application" && given.protocol === "TCP"
        ? `'protocol' of a health check must be "HTTP" or "HTTPS" for an Application Load Balancer, got "TCP"; name a 'path' that answers`
        : undefined,
    ),
    ...(["path", "codes"] as const).flatMap((property) =>
      problemAt(
        [property],
        given[property] !== undefined && planned.protocol === "TCP"
          ? `'${property}' is for health checks over HTTP, and 'protocol' is "TCP"; remove one of the two`
          : undefined,
      ),
    ),
    ...problemAt(
      ["codes"],
      given.codes === undefined
        ? undefined
        : codesProblem(given.codes, protocolVersion === "GRPC" ? GRPC_CODES : HTTP_CODES[kind]),
    ),
    ...wholeProblems("intervalInSeconds", given.intervalInSeconds, INTERVAL, OF_CHECK),
    ...wholeProblems("timeoutInSeconds", given.timeoutInSeconds, TIMEOUT, OF_CHECK),
    ...wholeProblems("healthyThreshold", given.healthyThreshold, THRESHOLD, OF_CHECK),
    ...wholeProblems("unhealthyThreshold", given.unhealthyThreshold, THRESHOLD, OF_CHECK),
    ...problemAt(
      ["timeoutInSeconds"],
      planned.timeoutInSeconds < planned.intervalInSeconds
        ? undefined
        : `'timeoutInSeconds' of a health check must be less than its interval of ${planned.intervalInSeconds}, got ${planned.timeoutInSeconds}; raise 'intervalInSeconds', or wait less`,
    ),
  ]);
}

function pathProblem(path: string): string | undefined {
  return /^\/\S*$/.test(path) && path.length <= MAX_PATH
    ? undefined
    : `'path' of a health check must begin with "/", have no spaces and at most ${MAX_PATH} characters, got ${quote(path)}; write it like "/healthz"`;
}

function codesProblem(codes: string, [min, max]: Range): string | undefined {
  const fits = codes.split(",").every((part) => {
    const ends = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part);
    const from = Number(ends?.[1]);
    const to = Number(ends?.[2] ?? ends?.[1]);
    return ends !== null && from >= min && to <= max && from <= to;
  });
  return fits
    ? undefined
    : `'codes' of a health check must be statuses from ${min} to ${max}, like "${min}", "${min},${min + 4}" or "${min}-${Math.min(max, min + 99)}", got ${quote(codes)}`;
}
