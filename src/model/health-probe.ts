import { type Problem, quote, quoteAll } from "./problem";

/**
 * How to ask a container whether it is well. Exactly one of `http`, `tcp` and `exec`.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export type HealthProbe = ProbeTiming & (HttpProbe | TcpProbe | ExecProbe);

/** The container is well when it answers with a status from 200 to 399. */
export interface HttpProbe {
  readonly http: {
    /** Name or number of one of the container's ports. */
    readonly port: string | number;
    /** @default "/" */
    readonly path?: string;
    /** @default "HTTP" */
    readonly scheme?: "HTTP" | "HTTPS";
  };
}

/** The container is well when it takes a connection. */
export interface TcpProbe {
  readonly tcp: {
    /** Name or number of one of the container's ports. */
    readonly port: string | number;
  };
}

/** The container is well when the command ends with status 0. */
export interface ExecProbe {
  readonly exec: readonly string[];
}

export interface ProbeTiming {
  /** Seconds before the first probe. @default 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds from probe to probe. @default 10 */
  readonly periodSeconds?: number;
  /** Seconds after which a probe without an answer has failed. @default 1 */
  readonly timeoutSeconds?: number;
  /** Failures in a row after which the container is no longer well. @default 3 */
  readonly failureThreshold?: number;
  /** Successes in a row after which it is well again; 1 but for readiness. @default 1 */
  readonly successThreshold?: number;
}

/** What a probe decides: whether the container is restarted, gets traffic, or has started. */
export type ProbePurpose = "liveness" | "readiness" | "startup";

/** Kubernetes' own defaults. Source: Kubernetes API reference, Probe, 1.36. */
export const PROBE_DEFAULTS: Required<ProbeTiming> = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
};

/**
 * What is wrong with a probe.
 *
 * @param container how messages call the container, such as `container "web"`
 * @param ports numbers of the container's TCP ports by name
 */
export function probeProblems(
  purpose: ProbePurpose,
  probe: HealthProbe,
  container: string,
  ports: Readonly<Record<string, number>>,
): Problem[] {
  const called = `'${purpose}' of ${container}`;
  return [
    ...waysProblems(probe, called),
    ...portProblems(probe, called, ports),
    ...timingProblems(purpose, probe, called),
  ];
}

function waysProblems(probe: HealthProbe, called: string): Problem[] {
  const ways = ["http", "tcp", "exec"].filter((way) => Object.hasOwn(probe, way));
  if (ways.length !== 1) {
    return [
      {
        at: [],
        message: `${called} must have one of 'http', 'tcp' and 'exec', got ${ways.length === 0 ? "none" : quoteAll(ways)}`,
      },
    ];
  }
  if ("exec" in probe && probe.exec.length === 0) {
    return [
      {
        at: ["exec"],
        message: `'exec' of ${called} must hold a command, like ["cat", "/tmp/ready"], got an empty list`,
      },
    ];
  }
  return "http" in probe && probe.http.path !== undefined && !probe.http.path.startsWith("/")
    ? [{ at: ["http", "path"], message: `'path' of ${called} must begin with "/", got ${quote(probe.http.path)}` }]
    : [];
}

function portProblems(probe: HealthProbe, called: string, ports: Readonly<Record<string, number>>): Problem[] {
  const [way, port] = "http" in probe ? ["http", probe.http.port] : "tcp" in probe ? ["tcp", probe.tcp.port] : [];
  if (way === undefined || port === undefined) {
    return [];
  }
  const there = typeof port === "number" ? Object.values(ports).includes(port) : Object.hasOwn(ports, port);
  const names = Object.keys(ports);
  return there
    ? []
    : [
        {
          at: [way, "port"],
          message: `'port' of ${called} must be one of the container's TCP ports${names.length === 0 ? ", of which it has none" : ` (${quoteAll(names)})`}, got ${quote(port)}; add it to 'ports', or probe another`,
        },
      ];
}

/** Bounds of the Kubernetes API. */
const LEAST: Required<ProbeTiming> = { ...PROBE_DEFAULTS, periodSeconds: 1, failureThreshold: 1 };

function timingProblems(purpose: ProbePurpose, probe: ProbeTiming, called: string): Problem[] {
  const outOfBounds = (Object.keys(LEAST) as (keyof ProbeTiming)[]).flatMap((property) => {
    const value = probe[property];
    return value === undefined || (Number.isInteger(value) && value >= LEAST[property])
      ? []
      : [
          {
            at: [property],
            message: `'${property}' of ${called} must be a whole number of at least ${LEAST[property]}, got ${quote(value)}`,
          },
        ];
  });
  const { successThreshold = 1 } = probe;
  return purpose !== "readiness" && successThreshold > 1
    ? [
        ...outOfBounds,
        {
          at: ["successThreshold"],
          message: `'successThreshold' of ${called} must be 1, got ${quote(successThreshold)}; only 'readiness' may wait for more`,
        },
      ]
    : outOfBounds;
}
