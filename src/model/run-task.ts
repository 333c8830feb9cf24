import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { parseQuantity } from "../units/quantity";
import type { Known } from "./container-spec";
import { type CapacityMix, type CapacityProvider, capacityMixProblems, FARGATE, FARGATE_SPOT } from "./ecs-capacity";
import type { FargateSize } from "./fargate-sizes";
import { instanceFileSystemProblem } from "./instance-file-systems";
import { compareText } from "./order";
import { plainTextProblems } from "./plain-text-secret";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { taskInstancesProblems } from "./task-instances";
import type { CpuArchitecture } from "./task-platform";
import { wholeProblems } from "./whole-number";

/** A field of what has started the task, by its path: `detail.object.key`, `resources[0]`. */
export interface FromField {
  /** Path of the field: `detail.object.key`. */
  readonly from: string;
}

/** What differs in one container from what the task definition says. */
export interface ContainerOverride<Value extends string | FromField = string> {
  /** In place of the container's `args` (the image's `CMD`), which ECS calls its command. @default - the container's */
  readonly args?: readonly string[];
  /** Environment variables beside those of the container, or in their place. @default - none */
  readonly environment?: Readonly<Record<string, Value>>;
  /** CPU as a Kubernetes quantity, within the task's. @default - the container's */
  readonly cpu?: string;
  /** Memory as a Kubernetes quantity, within the task's. @default - the container's */
  readonly memory?: string;
  /** Names of variables in `environment` that look like secrets and are none. @default - none */
  readonly plainText?: readonly string[];
}

/** How a task is run. */
export interface RunTaskOptions<Value extends string | FromField = string> {
  /** On what it runs. @default - the cluster's 'defaultCapacity' where it suits, or Fargate, or the instances of the cluster */
  readonly capacity?: CapacityMix;
  /** Version of Fargate's platform, like `1.4.0`. @default "LATEST" */
  readonly platformVersion?: string;
  /** Whether tasks get the tags of the task definition. @default true */
  readonly propagateTags?: boolean;
  /** What differs in containers, by their names. @default - nothing */
  readonly containers?: Readonly<Record<string, ContainerOverride<Value>>>;
}

/** How EventBridge or its Scheduler runs tasks. */
export interface RunTaskTarget {
  /** How many tasks each time, 1 to 10. @default 1 */
  readonly taskCount?: number;
  readonly capacity?: CapacityMix;
}

/** What has to be known of a task definition before it is run. */
export interface RunnableTask {
  /** Name of the task definition. @default - unknown */
  readonly family?: string;
  readonly launch: "FARGATE" | "EC2" | "EXTERNAL";
  readonly operatingSystem: "linux" | "windows";
  /** Whether it has a network interface of its own. @default true */
  readonly ownNetworkInterface?: boolean;
  /** One for each file system that it mounts. @default - none */
  readonly fileSystems?: readonly unknown[];
  /** @default - unknown */
  readonly architecture?: CpuArchitecture;
  readonly containers: readonly {
    readonly name: string;
    readonly secrets?: Readonly<Record<string, unknown>>;
    readonly logging?: { readonly driver: string };
  }[];
  /** CPU and memory of the whole task. @default - unknown, or as much as the containers have */
  readonly size?: FargateSize | undefined;
  /** Oldest version of Fargate's platform that runs it. @default - any */
  readonly oldestPlatformVersion?: string | undefined;
}

/** A container's override as the API of ECS has it. */
export interface RenderedOverride {
  readonly name: string;
  readonly command?: readonly string[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly cpu?: number;
  readonly memory?: number;
}

/** Source: API models of EventBridge, its Scheduler (EcsParameters) and ECS (RunTask), 2026-11-17. */
const MAX_PROVIDERS = 6;
const TASKS = [1, 10] as const;

/** Characters of all overrides as JSON. Source: API model of ECS, TaskOverride, 2026-11-17. */
export const MAX_OVERRIDES = 8192;

/** How the two amounts of a container are read, and what one looks like. */
const AMOUNTS = { cpu: { digits: 3, example: "250m" }, memory: { digits: 0, example: "512Mi" } } as const;

/** Of a vCPU, as ECS counts. */
const UNITS_PER_VCPU = 1024;

const PLATFORM_VERSION = /^(LATEST|\d+\.\d+\.\d+)$/;
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const STEP = String.raw`[\w-]+(?:\[\d+\])*`;
const PATH = new RegExp(`^${STEP}(?:\\.${STEP})*$`);

/** What is wrong with how a task is run. */
export function runTaskProblems(
  options: RunTaskOptions<string | FromField>,
  task: RunnableTask,
  available: readonly CapacityProvider[],
  known: Known = () => true,
): Problem[] {
  const { capacity, platformVersion, containers = {} } = options;
  return [
    ...(capacity === undefined ? [] : capacityProblems(capacity, task, available)),
    ...taskInstancesProblems(task, available, capacity),
    ...problemAt([], instanceFileSystemProblem(task, capacity, available)),
    ...problemAt(["platformVersion"], platformVersionProblem(platformVersion, task)),
    ...Object.entries(containers).flatMap(([name, override]) =>
      under(["containers", name], overrideProblems(name, override, task, known)),
    ),
    ...sizeProblems(containers),
  ];
}

function capacityProblems(capacity: CapacityMix, task: RunnableTask, available: readonly CapacityProvider[]) {
  const { launch, operatingSystem } = task;
  if (launch === "EXTERNAL") {
    return problemAt(
      ["capacity"],
      `'capacity' is for tasks in AWS, and the task definition is for external instances; leave it out`,
    );
  }
  const names = Object.keys(capacity);
  const onFargate = ({ name }: Pick<CapacityProvider, "name">) => name === FARGATE.name || name === FARGATE_SPOT.name;
  const strange = names.filter((name) => onFargate({ name }) !== (launch === "FARGATE"));
  return [
    ...capacityMixProblems("capacity", capacity, available),
    ...problemAt(
      ["capacity"],
      strange.length === 0
        ? undefined
        : `'capacity' must name providers ${launch === "FARGATE" ? "of Fargate" : "with Auto Scaling groups"}, for which the task definition is, got ${quoteAll(strange)}`,
    ),
    ...problemAt(
      ["capacity"],
      operatingSystem === "windows" && names.includes(FARGATE_SPOT.name)
        ? `'capacity' of a task on Windows must not name "FARGATE_SPOT", which runs Linux alone; use "FARGATE"`
        : undefined,
    ),
  ];
}

/** What is wrong with a target of EventBridge or its Scheduler that runs tasks, apart from the task. */
export function runTaskTargetProblems({ taskCount, capacity = {} }: RunTaskTarget): Problem[] {
  const { length } = Object.keys(capacity);
  return [
    ...wholeProblems("taskCount", taskCount, TASKS),
    ...problemAt(
      ["capacity"],
      length <= MAX_PROVIDERS
        ? undefined
        : `'capacity' must name at most ${MAX_PROVIDERS} capacity providers where EventBridge runs the task, got ${length}; name fewer, here or in the cluster's 'defaultCapacity'`,
    ),
  ];
}

function platformVersionProblem(
  version: string | undefined,
  { launch, oldestPlatformVersion: oldest }: RunnableTask,
): string | undefined {
  if (version === undefined) {
    return undefined;
  }
  if (launch !== "FARGATE") {
    return `'platformVersion' is for tasks on Fargate, got ${quote(version)} for a task definition for ${launch}; leave it out`;
  }
  if (!PLATFORM_VERSION.test(version)) {
    return `'platformVersion' must be "LATEST" or a version like "1.4.0", got ${quote(version)}`;
  }
  return oldest !== undefined && version !== "LATEST" && isOlder(version, oldest)
    ? `'platformVersion' must be at least "${oldest}" for what the task definition has, got ${quote(version)}; leave it out`
    : undefined;
}

function isOlder(version: string, than: string): boolean {
  const [mine, theirs] = [version, than].map((text) => text.split(".").map(Number));
  const at = mine?.findIndex((part, index) => part !== theirs?.[index]) ?? -1;
  return at >= 0 && (mine?.[at] ?? 0) < (theirs?.[at] ?? 0);
}

function overrideProblems(
  name: string,
  override: ContainerOverride<string | FromField>,
  { containers, size }: RunnableTask,
  known: Known,
): Problem[] {
  const container = containers.find((one) => one.name === name);
  if (container === undefined) {
    return problemAt(
      [],
      `'containers' must name containers of the task definition (${quoteAll(containers.map((one) => one.name))}), got ${quote(name)}`,
    );
  }
  const called = `container ${quote(name)}`;
  const { environment = {}, plainText = [] } = override;
  const plain = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  return [
    ...Object.entries(environment).flatMap(([variable, value]) =>
      problemAt(["environment", variable], variableProblem(variable, value, called, container)),
    ),
    ...plainTextProblems({ name, environment: plain, plainText }, "everybody who may see what is run", known),
    ...problemAt(["cpu"], amountProblem("cpu", override, called, size)),
    ...problemAt(["memory"], amountProblem("memory", override, called, size)),
  ];
}

function variableProblem(
  variable: string,
  value: string | FromField,
  called: string,
  { secrets = {} }: RunnableTask["containers"][number],
): string | undefined {
  if (!VARIABLE.test(variable)) {
    return `'environment' of ${called} must have names of letters, digits, "_", "-" and ".", not beginning with a digit, got ${quote(variable)}`;
  }
  if (Object.hasOwn(secrets, variable)) {
    return `variable ${quote(variable)} of ${called} is one of its 'secrets', which cannot be replaced where it is run; leave it out`;
  }
  return typeof value === "string"
    ? undefined
    : fieldPathProblem(`'from' of variable ${quote(variable)} of ${called}`, value.from);
}

/** Why it is no path of a field, or `undefined`. */
export function fieldPathProblem(property: string, path: string): string | undefined {
  return PATH.test(path)
    ? undefined
    : `${property} must be the path of a field, like "detail.object.key" or "resources[0]", got ${quote(path)}${path.startsWith("$") ? '; leave the "$." out' : ""}`;
}

/** ECS starts no task of which one container has more than the whole ("… is greater than for the task"). */
function amountProblem(
  property: "cpu" | "memory",
  { [property]: value }: ContainerOverride<string | FromField>,
  called: string,
  size: FargateSize | undefined,
): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const { digits, example } = AMOUNTS[property];
  const amount = parseQuantity(value, digits);
  if (!amount) {
    return `'${property}' of ${called} must be a Kubernetes quantity above 0, like "${example}", got ${quote(value)}`;
  }
  const fits =
    size === undefined ||
    (property === "cpu" ? size.cpu.covers(Cpu.ofMillis(amount)) : size.memory.covers(Memory.ofBytes(amount)));
  return fits
    ? undefined
    : `'${property}' of ${called} must be at most that of the whole task, ${quote(String(size[property]))}, got ${quote(value)}; lower it, or give the task definition a larger 'size'`;
}

function sizeProblems(containers: RunTaskOptions<string | FromField>["containers"]): Problem[] {
  const { length } = JSON.stringify({
    containerOverrides: renderOverrides(containers, (value) => (typeof value === "string" ? value : value.from)),
  });
  return problemAt(
    ["containers"],
    length <= MAX_OVERRIDES
      ? undefined
      : `'containers' must be at most ${MAX_OVERRIDES} characters as JSON, got ${length}; leave large values in a file or a parameter, and name that`,
  );
}

/** The overrides in the order of the containers' names, with values as `render` puts them. */
export function renderOverrides<Value extends string | FromField>(
  containers: RunTaskOptions<Value>["containers"] = {},
  render: (value: Value) => string,
): RenderedOverride[] {
  return Object.entries(containers)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, { args, environment = {}, cpu, memory }]) => ({
      name,
      ...(args === undefined ? {} : { command: args }),
      ...(Object.keys(environment).length === 0
        ? {}
        : {
            environment: Object.entries(environment)
              .sort(([a], [b]) => compareText(a, b))
              .map(([variable, value]) => ({ name: variable, value: render(value) })),
          }),
      ...(cpu === undefined ? {} : { cpu: cpuUnits(cpu) }),
      ...(memory === undefined ? {} : { memory: Memory.ofBytes(parseQuantity(memory, 0) ?? 0).mib }),
    }));
}

function cpuUnits(cpu: string): number {
  return Math.round(Cpu.ofMillis(parseQuantity(cpu, 3) ?? 0).vcpu * UNITS_PER_VCPU);
}

/** The path as EventBridge's input transformer reads it. */
export function jsonPathOf({ from }: FromField): string {
  return `$.${from}`;
}

/** The value of the path as a state of Step Functions reads it from its input, in JSONata. */
export function jsonataOf({ from }: FromField): string {
  const path = from.replaceAll(/[\w-]+(?=\[|\.|$)/g, (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``));
  return `$states.input.${path}`;
}
