import { FARGATE_CAPABILITIES, LINUX_CAPABILITIES } from "../capabilities";
import { loggingProblems } from "../container-logging";
import {
  amountsOf,
  type ContainerSpec,
  containerProblems,
  containerWarnings,
  type Known,
  LEAST_MEMORY,
} from "../container-spec";
import { plainTextProblems, secretIn } from "../plain-text-secret";
import { type Problem, problemAt, quote, quoteAll, under } from "../problem";
import { awsSecretProblems, secretArnProblem } from "../secret-source";
import type { TaskContainer } from "../task-container";
import { taskHealthCheckProblems, taskHealthCheckWarnings } from "../task-health-check";
import { isWindows, type TaskLaunch, type TaskPlatform } from "../task-platform";
import { wholeProblems } from "../whole-number";

/** Least memory of a container. Source: API model of ECS, ContainerDefinition, 2026-11-17. */
const LEAST_MEMORY_MIB = 6;

/** Source: ECS Developer Guide, fargate-tasks-services, 2026-11-21. */
const FARGATE_ADDS = "SYS_PTRACE";

const KEPT: ReadonlySet<string> = new Set(FARGATE_CAPABILITIES);

/** Seconds that ECS waits for a container to start or stop, on Fargate. Source: API model of ECS, 2026-11-17. */
const TIMEOUT_MIN = 2;
const TIMEOUT_MAX_FARGATE = 120;

const MAX_IGNORED_CODES = 50;
const ATTEMPT_PERIOD = [60, 1800] as const;

const REFERENCE = /(?<!\$)\$\(([-._a-zA-Z][-._a-zA-Z0-9]*)\)/;

/** What is wrong with one container of an ECS task, apart from the others and the volumes. */
export function ecsContainerProblems(
  container: TaskContainer,
  launch: TaskLaunch,
  platform: TaskPlatform = {},
  known: Known = () => true,
): Problem[] {
  const called = `container ${quote(container.name)}`;
  return [
    ...containerProblems(container, known, isWindows(platform)),
    ...variableProblems(container, called, known),
    ...plainTextProblems(container, "everybody who may describe the task definition", known),
    ...taskHealthCheckProblems(container),
    ...missingProblems(container, called, launch),
    ...(isWindows(platform)
      ? windowsProblems(container, called, platform, launch)
      : capabilityProblems(container, called, launch)),
    ...timeoutProblems(container, called, launch),
    ...(container.logging === undefined
      ? []
      : under("logging", loggingProblems(container.logging, called, launch, known))),
    ...otherProblems(container, called, launch, known),
  ];
}

/** What may go wrong with one container of an ECS task, or is not certain to. */
export function ecsContainerWarnings(container: TaskContainer, known: Known = () => true): string[] {
  const called = `container ${quote(container.name)}`;
  return [
    ...containerWarnings(container, known, "tasks"),
    ...taskHealthCheckWarnings(container),
    ...(["command", "args"] as const).flatMap((property) => {
      const what = (container[property] ?? []).filter(known).map(secretIn).find(Boolean);
      return what === undefined
        ? []
        : [
            `'${property}' of ${called} holds ${what}, and everybody who may describe the task definition reads it; keep it in AWS Secrets Manager or Parameter Store, name it in 'secrets', and let the program read the variable`,
          ];
    }),
  ];
}

function variableProblems(container: ContainerSpec, called: string, known: Known): Problem[] {
  const { environment = {}, secrets = {}, podFields = {} } = container;
  return [
    ...problemAt(
      ["podFields"],
      Object.keys(podFields).length === 0
        ? undefined
        : `'podFields' of ${called} are fields of a Kubernetes pod, and ECS has none; leave them out, and let the program ask the task metadata endpoint, at the address in the variable "ECS_CONTAINER_METADATA_URI_V4"`,
    ),
    ...Object.entries(secrets).flatMap(([name, source]) =>
      under(
        ["secrets", name],
        awsSecretProblems(
          source,
          `secret ${quote(name)} of ${called}`,
          "which is in a cluster of Kubernetes, where ECS does not look",
          known,
        ),
      ),
    ),
    ...Object.entries(environment).flatMap(([name, value]) =>
      problemAt(
        ["environment", name],
        known(value) && REFERENCE.test(value) ? referenceMessage(name, value, called) : undefined,
      ),
    ),
  ];
}

function referenceMessage(name: string, value: string, called: string): string {
  const [, referred = ""] = REFERENCE.exec(value) ?? [];
  return `variable ${quote(name)} of ${called} refers to "$(${referred})", which Kubernetes replaces and ECS does not; write the value itself, let the program put it together, or write "$$(${referred})" where it stands for itself`;
}

/** What ECS has no word for. */
function missingProblems(container: ContainerSpec, called: string, launch: TaskLaunch): Problem[] {
  const { preStop, mounts = {}, ephemeralStorage } = container;
  return [
    ...problemAt(
      ["preStop"],
      preStop === undefined
        ? undefined
        : `'preStop' of ${called} is a hook of Kubernetes, and ECS sends SIGTERM at once; let the program finish what it does on SIGTERM, within 'stopTimeoutInSeconds'`,
    ),
    ...Object.entries(mounts).flatMap(([path, { subPath }]) =>
      problemAt(
        ["mounts", path, "subPath"],
        subPath === undefined
          ? undefined
          : `mount ${quote(path)} of ${called} has 'subPath', and ECS mounts whole volumes; give each directory a volume of its own, in EFS by an access point`,
      ),
    ),
    ...problemAt(
      ["ephemeralStorage"],
      ephemeralStorage === undefined || launch === "FARGATE"
        ? undefined
        : `'ephemeralStorage' of ${called} cannot be kept free on instances, whose tasks share the instance's disk; leave it out, and make the disk of the capacity large enough`,
    ),
  ];
}

function capabilityProblems({ addCapabilities = [] }: ContainerSpec, called: string, launch: TaskLaunch): Problem[] {
  return addCapabilities.flatMap((capability) =>
    problemAt(
      ["addCapabilities"],
      launch === "FARGATE"
        ? capability === FARGATE_ADDS || KEPT.has(capability)
          ? undefined
          : `'addCapabilities' of ${called} must be on Fargate "${FARGATE_ADDS}", which it adds, or one of those that Docker gives and that can be kept (${quoteAll(KEPT)}), got ${quote(capability)}; drop it, or run the task on EC2`
        : (LINUX_CAPABILITIES as readonly string[]).includes(capability)
          ? undefined
          : `'addCapabilities' of ${called} must hold Linux capabilities (${quoteAll(LINUX_CAPABILITIES)}), got ${quote(capability)}`,
    ),
  );
}

/** What is of Linux alone. */
function windowsProblems(
  container: TaskContainer,
  called: string,
  { operatingSystem }: TaskPlatform,
  launch: TaskLaunch,
): Problem[] {
  const given = {
    readOnlyRootFilesystem: container.readOnlyRootFilesystem === true,
    addCapabilities: (container.addCapabilities ?? []).length > 0,
    user: container.user !== undefined,
    group: container.group !== undefined,
    openFiles: container.openFiles !== undefined,
    initProcess: container.initProcess === true,
    gpus: container.gpus !== undefined,
    restartPolicy: container.restartPolicy !== undefined && launch === "FARGATE",
  };
  return Object.entries(given).flatMap(([property, is]) =>
    problemAt(
      [property],
      is
        ? `'${property}' of ${called} is not there for Windows, got 'operatingSystem' ${quote(operatingSystem)}; leave it out`
        : undefined,
    ),
  );
}

function timeoutProblems(container: TaskContainer, called: string, launch: TaskLaunch): Problem[] {
  return (["startTimeoutInSeconds", "stopTimeoutInSeconds"] as const).flatMap((property) => {
    const seconds = container[property];
    const most = launch === "FARGATE" ? TIMEOUT_MAX_FARGATE : Number.MAX_SAFE_INTEGER;
    return problemAt(
      [property],
      seconds === undefined || (Number.isInteger(seconds) && seconds >= TIMEOUT_MIN && seconds <= most)
        ? undefined
        : `'${property}' of ${called} must be a whole number ${launch === "FARGATE" ? `from ${TIMEOUT_MIN} to ${TIMEOUT_MAX_FARGATE} on Fargate` : `of at least ${TIMEOUT_MIN}`}, got ${quote(seconds)}`,
    );
  });
}

function otherProblems(container: TaskContainer, called: string, launch: TaskLaunch, known: Known): Problem[] {
  const { repositoryCredentials, openFiles, restartPolicy, gpus, ports = {} } = container;
  const { memory } = amountsOf(container);
  return [
    ...problemAt(
      ["memory"],
      // Less than any home has is told already.
      !memory.covers(LEAST_MEMORY) || memory.mib >= LEAST_MEMORY_MIB
        ? undefined
        : `'memory' of ${called} must be at least ${LEAST_MEMORY_MIB}Mi in ECS, got ${quote(container.memory)}`,
    ),
    ...problemAt(
      ["group"],
      container.group === undefined || container.user !== undefined
        ? undefined
        : `'group' of ${called} needs 'user' in ECS, which names both in one; give 'user' too, or leave 'group' out`,
    ),
    ...problemAt(
      ["repositoryCredentials"],
      repositoryCredentials === undefined || !known(repositoryCredentials)
        ? undefined
        : secretArnProblem(`'repositoryCredentials' of ${called}`, repositoryCredentials),
    ),
    ...problemAt(
      ["openFiles"],
      openFiles === undefined ||
        (isCount(openFiles.soft) && isCount(openFiles.hard) && openFiles.soft <= openFiles.hard)
        ? undefined
        : `'openFiles' of ${called} must have 'soft' and 'hard' of whole numbers above 0, 'soft' no more than 'hard', got ${quote(openFiles)}`,
    ),
    ...problemAt(
      ["gpus"],
      gpus === undefined
        ? undefined
        : launch === "FARGATE"
          ? `'gpus' of ${called} are not there on Fargate; run the task on EC2 instances that have some`
          : isCount(gpus)
            ? undefined
            : `'gpus' of ${called} must be a whole number above 0, got ${quote(gpus)}`,
    ),
    ...Object.entries(ports).flatMap(([name, port]) =>
      problemAt(
        ["ports", name, "appProtocol"],
        typeof port === "object" && port.protocol === "UDP" && port.appProtocol !== undefined
          ? `'appProtocol' of port ${quote(name)} of ${called} is for TCP, got 'protocol' "UDP"; leave it out`
          : undefined,
      ),
    ),
    ...(restartPolicy === undefined ? [] : under("restartPolicy", restartProblems(restartPolicy, called))),
  ];
}

function restartProblems(
  { ignoredExitCodes = [], attemptPeriodInSeconds }: NonNullable<TaskContainer["restartPolicy"]>,
  called: string,
): Problem[] {
  return [
    ...problemAt(
      ["ignoredExitCodes"],
      ignoredExitCodes.length <= MAX_IGNORED_CODES && ignoredExitCodes.every(Number.isInteger)
        ? undefined
        : `'ignoredExitCodes' of ${called} must hold at most ${MAX_IGNORED_CODES} whole numbers, got ${quote(ignoredExitCodes)}`,
    ),
    ...wholeProblems("attemptPeriodInSeconds", attemptPeriodInSeconds, ATTEMPT_PERIOD, `of ${called}`),
  ];
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
