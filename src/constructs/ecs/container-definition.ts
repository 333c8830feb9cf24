import { FARGATE_CAPABILITIES } from "../../model/capabilities";
import { amountsOf, portsOf, type SecretSource } from "../../model/container-spec";
import { type FireLens, LOG_ROUTER, logRouterOf } from "../../model/fire-lens";
import { compareText } from "../../model/order";
import { valueFrom } from "../../model/secret-source";
import type { TaskContainer, TaskPort } from "../../model/task-container";
import { DEFAULT_BUFFER_MIB, type TaskDefinitionOptions } from "../../model/task-definition";
import { taskHealthCheckOf } from "../../model/task-health-check";
import { isWindows, type TaskLaunch } from "../../model/task-platform";
import { cpuUnits, memoryMib } from "../../model/task-size";

type Definition = Readonly<Record<string, unknown>>;

/** What containers of a task have in common. */
export interface TaskSurroundings {
  readonly options: TaskDefinitionOptions;
  readonly launch: TaskLaunch;
  readonly networkMode: "awsvpc" | "bridge" | "host";
  readonly logGroupName: string;
  readonly region: string;
}

/**
 * The containers as ECS registers them. What is a set to ECS is in order, and what ECS would add is written out, so that
 * neither the order of the input nor ECS's answer makes a change of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinitions(task: TaskSurroundings): Definition[] {
  const { containers, fireLens } = task.options;
  const definitions = containers.map((container) => definitionOf(container, task));
  return fireLens === undefined ? definitions : [logRouter(fireLens, task), ...definitions];
}

function definitionOf(container: TaskContainer, task: TaskSurroundings): Definition {
  const { cpu, memory } = amountsOf(container);
  const { mounts = {}, repositoryCredentials, openFiles, gpus } = container;
  return present({
    name: container.name,
    image: container.image,
    essential: container.essential ?? true,
    entryPoint: container.command,
    command: container.args,
    workingDirectory: container.workingDir,
    cpu: cpuUnits(cpu),
    memory: memoryMib(memory),
    user: userOf(container),
    environment: sorted(container.environment).map(([name, value]) => ({ name, value: literal(value) })),
    secrets: secrets(container.secrets),
    portMappings: portMappings(container, task),
    mountPoints: sorted(mounts).map(([containerPath, { volume, readOnly = false }]) => ({
      sourceVolume: volume,
      containerPath,
      readOnly,
    })),
    healthCheck: taskHealthCheckOf(container),
    dependsOn: dependencies(container, task),
    startTimeout: container.startTimeoutInSeconds,
    stopTimeout: container.stopTimeoutInSeconds,
    repositoryCredentials: repositoryCredentials && { credentialsParameter: repositoryCredentials },
    restartPolicy: restartPolicy(container),
    resourceRequirements: gpus === undefined ? [] : [{ type: "GPU", value: String(gpus) }],
    ulimits: openFiles === undefined ? [] : [{ name: "nofile", softLimit: openFiles.soft, hardLimit: openFiles.hard }],
    ...(isWindows(task.options) ? {} : linuxOnly(container, task)),
    logConfiguration: logConfiguration(container, task),
  });
}

/** The definition without what is not there, and without empty lists. */
function present(definition: Definition): Definition {
  return Object.fromEntries(
    Object.entries(definition).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function sorted<T>(record: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareText(a, b));
}

/** In Kubernetes `$$(NAME)` stands for `$(NAME)` itself; here it has to be that already. */
function literal(value: string): string {
  return value.replaceAll(/\$\$(\([-._a-zA-Z][-._a-zA-Z0-9]*\))/g, "$$$1");
}

function secrets(sources: Readonly<Record<string, SecretSource>> = {}): Definition[] {
  return sorted(sources).map(([name, source]) => ({ name, valueFrom: valueFrom(source) }));
}

function userOf({ user, group }: TaskContainer): string | undefined {
  return user === undefined ? undefined : group === undefined ? String(user) : `${user}:${group}`;
}

/** With a bridge, Docker chooses the port of the instance; otherwise there is none but the container's. */
function portMappings(container: TaskContainer, { networkMode }: TaskSurroundings): Definition[] {
  return portsOf(container).map(([name, { port, protocol }]) => {
    const given: number | TaskPort | undefined = container.ports?.[name];
    return present({
      name,
      containerPort: port,
      hostPort: networkMode === "bridge" ? 0 : port,
      protocol: protocol.toLowerCase(),
      appProtocol: typeof given === "object" ? given.appProtocol : undefined,
    });
  });
}

/** Whose logs the router takes starts after it. */
function dependencies({ name, dependsOn }: TaskContainer, { options }: TaskSurroundings): Definition[] {
  const routed = options.fireLens !== undefined && Object.hasOwn(options.fireLens.outputs, name);
  return sorted({ ...(routed ? { [LOG_ROUTER]: "START" } : {}), ...dependsOn }).map(([containerName, condition]) => ({
    containerName,
    condition,
  }));
}

function restartPolicy({ restartPolicy: policy }: TaskContainer): Definition | undefined {
  return (
    policy &&
    present({
      enabled: true,
      ignoredExitCodes: [...(policy.ignoredExitCodes ?? [])].sort((a, b) => a - b),
      restartAttemptPeriod: policy.attemptPeriodInSeconds ?? 300,
    })
  );
}

function linuxOnly(container: TaskContainer, { launch }: TaskSurroundings): Definition {
  return {
    readonlyRootFilesystem: container.readOnlyRootFilesystem ?? true,
    linuxParameters: {
      capabilities: capabilities(container, launch),
      initProcessEnabled: container.initProcess ?? true,
    },
  };
}

/**
 * No capabilities but those asked for. Fargate adds none that Docker gives anyway, so there all others of Docker's are
 * dropped, one by one.
 */
function capabilities({ addCapabilities = [] }: TaskContainer, launch: TaskLaunch): Definition {
  const wanted: ReadonlySet<string> = new Set(addCapabilities);
  if (launch !== "FARGATE") {
    return present({ add: [...wanted].sort(), drop: ["ALL"] });
  }
  const kept = FARGATE_CAPABILITIES.filter((capability) => wanted.has(capability));
  return present({
    add: [...wanted].filter((capability) => !(kept as readonly string[]).includes(capability)).sort(),
    drop: kept.length === 0 ? ["ALL"] : FARGATE_CAPABILITIES.filter((capability) => !wanted.has(capability)),
  });
}

function logConfiguration({ name, logging }: TaskContainer, task: TaskSurroundings): Definition {
  const output = task.options.fireLens?.outputs[name];
  if (logging !== undefined) {
    const given = logging.driver === "awslogs" ? awslogsOptions(task) : {};
    return present({
      logDriver: logging.driver,
      options: Object.fromEntries(sorted({ ...given, ...logging.options })),
      secretOptions: secrets(logging.secrets),
    });
  }
  return output === undefined
    ? awslogs(task)
    : present({
        logDriver: "awsfirelens",
        options: Object.fromEntries(sorted(output.options)),
        secretOptions: secrets(output.secrets),
      });
}

function awslogs(task: TaskSurroundings): Definition {
  return { logDriver: "awslogs", options: awslogsOptions(task) };
}

function awslogsOptions({ options, logGroupName, region }: TaskSurroundings): Readonly<Record<string, string>> {
  const { mode = "non-blocking", bufferInMib = DEFAULT_BUFFER_MIB } = options.logs ?? {};
  return {
    "awslogs-group": logGroupName,
    "awslogs-region": region,
    "awslogs-stream-prefix": "ecs",
    ...(mode === "non-blocking" ? { "max-buffer-size": `${bufferInMib}m` } : {}),
    mode,
  };
}

/** The router's own logs go to the task's log group: they say why others do not arrive. */
function logRouter(fireLens: FireLens, task: TaskSurroundings): Definition {
  const { name, image, user, ...amounts } = logRouterOf(fireLens);
  const { cpu, memory } = amountsOf({ name, image, ...amounts });
  const { configuration, metadata = true } = fireLens;
  return {
    name,
    image,
    essential: true,
    cpu: cpuUnits(cpu),
    memory: memoryMib(memory),
    user: String(user),
    ...(isWindows(task.options) ? {} : { readonlyRootFilesystem: false }),
    firelensConfiguration: {
      type: "fluentbit",
      options: {
        ...(configuration === undefined
          ? {}
          : "file" in configuration
            ? { "config-file-type": "file", "config-file-value": configuration.file }
            : { "config-file-type": "s3", "config-file-value": configuration.s3Arn }),
        "enable-ecs-log-metadata": String(metadata),
      },
    },
    logConfiguration: awslogs(task),
  };
}
