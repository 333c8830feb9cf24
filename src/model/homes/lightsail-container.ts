import { amountsOf, type ContainerSpec, containerProblems, type Known } from "../container-spec";
import type { HealthProbe } from "../health-probe";
import { LIGHTSAIL_POWERS, smallestPower } from "../lightsail-powers";
import { plainTextProblems } from "../plain-text-secret";
import { type Problem, problemAt, quote, under } from "../problem";
import { type HomeContainer, missingFeatures } from "./home-data";

/** Source: API model of Lightsail, ContainerName in CreateContainerServiceDeployment, 2026-11-17. */
const MAX_NAME = 53;

/** Source: Lightsail API Reference, ContainerServiceHealthCheckConfig. */
const CHECK = {
  periodSeconds: { min: 5, max: 300 },
  timeoutSeconds: { min: 2, max: 60 },
} as const;

/** How Lightsail asks a container whether it is well. */
export interface LightsailHealthCheck {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Statuses that are well. */
  readonly successCodes: string;
}

/** Lightsail's own. Source: Lightsail API Reference, ContainerServiceHealthCheckConfig. */
const DEFAULT_CHECK: LightsailHealthCheck = {
  path: "/",
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  successCodes: "200-499",
};

/** What a probe by HTTP takes for an answer that is well. */
const PROBE_SUCCESS = "200-399";

/** What is wrong with a container for Lightsail, apart from the others of its deployment. */
export function lightsailContainerProblems(container: HomeContainer, known: Known = () => true): Problem[] {
  const called = `container ${quote(container.name)}`;
  return [
    ...containerProblems(container, known),
    ...missingFeatures("lightsail", container, known),
    ...nameProblems(container),
    ...sizeProblems(container, called),
    ...secretLikeProblems(container, called, known),
    ...checkProblems(container, called),
  ];
}

function nameProblems({ name }: ContainerSpec): Problem[] {
  return problemAt(
    ["name"],
    name.length <= MAX_NAME
      ? undefined
      : `'name' of a container must be at most ${MAX_NAME} characters on Lightsail, got ${quote(name)} (${name.length}); choose a shorter one`,
  );
}

function sizeProblems(container: ContainerSpec, called: string): Problem[] {
  const { cpu, memory } = amountsOf(container);
  const largest = LIGHTSAIL_POWERS.at(-1);
  return problemAt(
    ["cpu"],
    largest === undefined || smallestPower(cpu, memory) !== undefined
      ? undefined
      : `${called} must fit into the largest power of Lightsail, ${quote(largest.name)} (${largest.cpu} of CPU and ${largest.memory} of memory), got ${quote(container.cpu)} of CPU and ${quote(container.memory)} of memory; ask for less, or run it on ECS on Fargate`,
  );
}

/** Lightsail has no place for secrets, so what looks like one belongs into another home. */
function secretLikeProblems(container: HomeContainer, called: string, known: Known): Problem[] {
  return plainTextProblems(container, "everybody who may see the deployment", known).map((problem) =>
    problem.at[0] === "environment"
      ? {
          at: problem.at,
          message: `variable ${quote(problem.at[1])} of ${called} looks like a secret, and Lightsail has variables in plain text alone, which everybody reads who may see the deployment; run it on ECS on Fargate or App Runner, which read secrets where AWS keeps them, or put ${quote(problem.at[1])} into 'plainText' if it is none`,
        }
      : problem,
  );
}

function checkProblems(container: ContainerSpec, called: string): Problem[] {
  return (["liveness", "readiness"] as const).flatMap((purpose) => {
    const probe = container[purpose];
    return probe === undefined || !("http" in probe)
      ? []
      : under(purpose, [
          ...problemAt(
            ["http", "scheme"],
            probe.http.scheme === "HTTPS"
              ? `${called} asks for a probe by HTTPS, and Lightsail ends TLS before the container; ask by HTTP`
              : undefined,
          ),
          ...boundProblems(probe, `'${purpose}' of ${called}`),
        ]);
  });
}

function boundProblems(probe: HealthProbe, called: string): Problem[] {
  return (["periodSeconds", "timeoutSeconds"] as const).flatMap((property) => {
    const value = probe[property];
    const { min, max } = CHECK[property];
    return problemAt(
      [property],
      value === undefined || (Number.isInteger(value) && value >= min && value <= max)
        ? undefined
        : `'${property}' of ${called} must be a whole number from ${min} to ${max} on Lightsail, got ${quote(value)}`,
    );
  });
}

/**
 * The health check that a container's probe stands for; what the probe leaves open is Lightsail's own. Lightsail cannot
 * ask as hastily as Kubernetes' defaults do.
 */
export function lightsailHealthCheck({ liveness, readiness }: ContainerSpec): LightsailHealthCheck {
  const probe = readiness ?? liveness;
  if (probe === undefined || !("http" in probe)) {
    return DEFAULT_CHECK;
  }
  return {
    path: probe.http.path ?? DEFAULT_CHECK.path,
    intervalSeconds: probe.periodSeconds ?? DEFAULT_CHECK.intervalSeconds,
    timeoutSeconds: probe.timeoutSeconds ?? DEFAULT_CHECK.timeoutSeconds,
    healthyThreshold: probe.successThreshold ?? DEFAULT_CHECK.healthyThreshold,
    unhealthyThreshold: probe.failureThreshold ?? DEFAULT_CHECK.unhealthyThreshold,
    successCodes: PROBE_SUCCESS,
  };
}
