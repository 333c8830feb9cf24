import { APP_RUNNER_SIZES, describeAppRunnerSize } from "../app-runner-sizes";
import { amountsOf, type ContainerSpec, containerProblems, type Known, portsOf } from "../container-spec";
import { roundUpToSize } from "../fargate-sizes";
import { type HealthProbe, PROBE_DEFAULTS } from "../health-probe";
import { plainTextProblems } from "../plain-text-secret";
import { type Problem, problemAt, quote, under } from "../problem";
import { awsSecretProblems } from "../secret-source";
import { type HomeContainer, missingFeatures } from "./home-data";

/** Source: App Runner API Reference, ImageConfiguration, RuntimeEnvironmentVariables. */
const RESERVED_PREFIX = "AWSAPPRUNNER";

/** Source: API model of App Runner, HealthCheckConfiguration, 2026-11-17. */
const CHECK = { min: 1, max: 20 } as const;

/** One line, which App Runner takes apart at its spaces. Source: API model of App Runner, StartCommand, 2026-11-17. */
const WORD = /^[^\s"'\\`$]+$/;

/** How App Runner asks an instance whether it is well. */
export interface AppRunnerHealthCheck {
  readonly protocol: "HTTP" | "TCP";
  /** Of a check by HTTP alone. */
  readonly path?: string;
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

const NO_KUBERNETES = "and App Runner has no Kubernetes";

/** App Runner's own. Source: App Runner API Reference, HealthCheckConfiguration. */
const DEFAULT_CHECK: AppRunnerHealthCheck = {
  protocol: "TCP",
  interval: 5,
  timeout: 2,
  healthyThreshold: 1,
  unhealthyThreshold: 5,
};

/** What is wrong with a container for App Runner. */
export function appRunnerContainerProblems(container: HomeContainer, known: Known = () => true): Problem[] {
  const called = `container ${quote(container.name)}`;
  return [
    ...containerProblems(container, known),
    ...missingFeatures("app-runner", container, known),
    ...sizeProblems(container, called),
    ...variableProblems(container, called),
    ...plainTextProblems(container, "everybody who may describe the service", known),
    ...secretProblems(container, called, known),
    ...argumentProblems(container, called),
    ...checkProblems(container, called),
  ];
}

function sizeProblems(container: ContainerSpec, called: string): Problem[] {
  const { cpu, memory } = amountsOf(container);
  const largest = APP_RUNNER_SIZES.at(-1);
  return problemAt(
    ["cpu"],
    largest === undefined || roundUpToSize(cpu, memory, APP_RUNNER_SIZES) !== undefined
      ? undefined
      : `${called} must fit into the largest instance of App Runner, ${describeAppRunnerSize(largest)}, got ${quote(container.cpu)} of CPU and ${quote(container.memory)} of memory; ask for less, or run it on ECS on Fargate`,
  );
}

function variableProblems({ environment = {}, secrets = {} }: ContainerSpec, called: string): Problem[] {
  return Object.entries({ environment, secrets }).flatMap(([property, variables]) =>
    Object.keys(variables)
      .filter((name) => name.startsWith(RESERVED_PREFIX))
      .map((name) => ({
        at: [property, name],
        message: `'${property}' of ${called} must not have names that begin with ${quote(RESERVED_PREFIX)}, which App Runner keeps for itself, got ${quote(name)}; choose another`,
      })),
  );
}

function secretProblems({ secrets = {} }: ContainerSpec, called: string, known: Known): Problem[] {
  return Object.entries(secrets)
    .filter(([, source]) => !("secretName" in source))
    .flatMap(([name, source]) =>
      under(["secrets", name], awsSecretProblems(source, `secret ${quote(name)} of ${called}`, NO_KUBERNETES, known)),
    );
}

function argumentProblems({ args = [] }: ContainerSpec, called: string): Problem[] {
  return args.flatMap((argument, index) =>
    problemAt(
      ["args", index],
      WORD.test(argument)
        ? undefined
        : `'args' of ${called} become one line for App Runner, which takes it apart at its spaces, so each must be a word without spaces, quotes, "\\" and "$", got ${quote(argument)}; put the line into a script of the image`,
    ),
  );
}

function checkProblems(container: ContainerSpec, called: string): Problem[] {
  return (["liveness", "readiness"] as const).flatMap((purpose) => {
    const probe = container[purpose];
    return probe === undefined || "exec" in probe
      ? []
      : under(purpose, [...schemeProblems(probe, called), ...boundProblems(probe, `'${purpose}' of ${called}`)]);
  });
}

function schemeProblems(probe: HealthProbe, called: string): Problem[] {
  return problemAt(
    ["http", "scheme"],
    "http" in probe && probe.http.scheme === "HTTPS"
      ? `${called} asks for a probe by HTTPS, and App Runner ends TLS before the container; ask by HTTP`
      : undefined,
  );
}

function boundProblems(probe: HealthProbe, called: string): Problem[] {
  return (["periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold"] as const).flatMap((property) => {
    const value = probe[property] ?? PROBE_DEFAULTS[property];
    return problemAt(
      [property],
      Number.isInteger(value) && value >= CHECK.min && value <= CHECK.max
        ? undefined
        : `'${property}' of ${called} must be a whole number from ${CHECK.min} to ${CHECK.max} on App Runner, got ${quote(value)}`,
    );
  });
}

/** The one port that App Runner sends requests to. */
export function appRunnerPort(container: ContainerSpec): number | undefined {
  return portsOf(container)[0]?.[1].port;
}

/** The health check that a container's probe stands for; App Runner's own where it has none. */
export function appRunnerHealthCheck({ liveness, readiness }: ContainerSpec): AppRunnerHealthCheck {
  const probe = readiness ?? liveness;
  if (probe === undefined) {
    return DEFAULT_CHECK;
  }
  const { periodSeconds, timeoutSeconds, failureThreshold, successThreshold } = { ...PROBE_DEFAULTS, ...probe };
  return {
    ...("http" in probe ? { protocol: "HTTP", path: probe.http.path ?? "/" } : { protocol: "TCP" }),
    interval: periodSeconds,
    timeout: timeoutSeconds,
    healthyThreshold: successThreshold,
    unhealthyThreshold: failureThreshold,
  };
}
