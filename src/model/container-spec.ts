import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { parseQuantity } from "../units/quantity";
import type { LinuxCapability } from "./capabilities";
import { type HealthProbe, type ProbePurpose, probeProblems } from "./health-probe";
import { imageProblem, imageWarning } from "./image-reference";
import { dnsLabelProblem } from "./kubernetes-names";
import { type Problem, problemAt, quote, under } from "./problem";

/**
 * One container, wherever it runs. What the container gets is what it requests and its limit at once, as Fargate bills
 * what is requested and does not burst. What a home cannot do is refused there, with its reason: see `src/model/homes`.
 */
export interface ContainerSpec {
  /** Unique among the containers that run together. */
  readonly name: string;
  /** With a tag or a digest. */
  readonly image: string;
  /** Replaces the image's `ENTRYPOINT`. @default - the image's */
  readonly command?: readonly string[];
  /** Replaces the image's `CMD`. @default - the image's, or none where `command` is given */
  readonly args?: readonly string[];
  /** @default - the image's */
  readonly workingDir?: string;
  /** Environment variables. A value may refer to secrets and pod fields, as `$(NAME)`. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Environment variables whose values are kept elsewhere. @default - none */
  readonly secrets?: Readonly<Record<string, SecretSource>>;
  /** Environment variables that hold a field of the pod, such as `metadata.name` or `status.podIP`. @default - none */
  readonly podFields?: Readonly<Record<string, string>>;
  /** Ports that the container listens on, by name. @default - none */
  readonly ports?: Readonly<Record<string, number | PortSpec>>;
  /** CPU as a Kubernetes quantity: `250m`, `1`, `0.5`. */
  readonly cpu: string;
  /** Memory as a Kubernetes quantity: `512Mi`, `2Gi`. */
  readonly memory: string;
  /** Disk space for its files and logs, as a Kubernetes quantity. @default - what every pod has: 20 GiB, shared */
  readonly ephemeralStorage?: string;
  /** Restarts the container when it fails. @default - none */
  readonly liveness?: HealthProbe;
  /** Keeps traffic away while it fails. @default - none: traffic as soon as the container has started */
  readonly readiness?: HealthProbe;
  /** Holds the other probes back until it succeeds. @default - none */
  readonly startup?: HealthProbe;
  /** Command that runs before the container is told to stop, such as `["sleep", "15"]`. @default - none */
  readonly preStop?: readonly string[];
  /** Volumes by the path on which they are mounted. @default - none */
  readonly mounts?: Readonly<Record<string, MountSpec>>;
  /** Id of the user that runs it; 0 is root. @default - the image's, which must be a number other than 0 */
  readonly user?: number;
  /** Id of the user's group. @default - the image's */
  readonly group?: number;
  /** Whether only mounts can be written to. @default true */
  readonly readOnlyRootFilesystem?: boolean;
  /** Linux capabilities, of which a container has none otherwise. Only root can use them. @default - none */
  readonly addCapabilities?: readonly LinuxCapability[];
}

/** A port on which a container listens. */
export interface PortSpec {
  /** Number of the port, 1 to 65535. */
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: "TCP" | "UDP";
}

/** Where a secret value is kept. One shape for each kind of store; a home knows those of its own. */
export type SecretSource = KubernetesSecretKey | SecretsManagerSecret | SsmParameter;

/** A key of a Kubernetes Secret in the pod's namespace. */
export interface KubernetesSecretKey {
  readonly secretName: string;
  readonly key: string;
}

/** A secret of AWS Secrets Manager. */
export interface SecretsManagerSecret {
  /** ARN of the secret. */
  readonly secretArn: string;
  /** Key in the secret's JSON. @default - the whole secret */
  readonly jsonKey?: string;
  /** Such as `AWSPREVIOUS`. @default "AWSCURRENT" */
  readonly versionStage?: string;
}

/** A parameter of AWS Systems Manager Parameter Store, whether encrypted or not. */
export interface SsmParameter {
  /** ARN of the parameter. */
  readonly parameterArn: string;
}

/** Where a container finds a volume, and what it may do there. */
export interface MountSpec {
  /** Name of one of the volumes. */
  readonly volume: string;
  /** @default false */
  readonly readOnly?: boolean;
  /** Path in the volume. @default - the whole volume */
  readonly subPath?: string;
}

/** What a container gets, in numbers. */
export interface ContainerAmounts {
  readonly cpu: Cpu;
  readonly memory: Memory;
  readonly ephemeralStorage: Memory;
}

/** Whether a value is known when it is checked; a token of Terraform is not, and is left to whom it reaches. */
export type Known = (value: string) => boolean;

/** Ports below it are root's, unless the node's kernel is told otherwise. */
const FIRST_UNPRIVILEGED_PORT = 1024;

/** No container runs in less: it is a slip of the suffix ("m" is a thousandth of a byte). */
export const LEAST_MEMORY = Memory.ofMib(1);

const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

const PROBES: readonly ProbePurpose[] = ["liveness", "readiness", "startup"];

/** The container's ports with their protocols, by name, in alphabetical order. */
export function portsOf({ ports = {} }: ContainerSpec): [string, Required<PortSpec>][] {
  return Object.entries(ports)
    .map(([name, port]): [string, Required<PortSpec>] => [
      name,
      { protocol: "TCP", ...(typeof port === "number" ? { port } : port) },
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What the container gets; nothing where a quantity is malformed. */
export function amountsOf({ cpu, memory, ephemeralStorage = "0" }: ContainerSpec): ContainerAmounts {
  return {
    cpu: Cpu.ofMillis(parseQuantity(cpu, 3) ?? 0),
    memory: Memory.ofBytes(parseQuantity(memory, 0) ?? 0),
    ephemeralStorage: Memory.ofBytes(parseQuantity(ephemeralStorage, 0) ?? 0),
  };
}

/**
 * What is wrong with one container in every home, apart from the others and the volumes.
 *
 * @param windows whether it runs on Windows, whose paths may begin with a drive
 */
export function containerProblems(container: ContainerSpec, known: Known = () => true, windows = false): Problem[] {
  const called = `container ${quote(container.name)}`;
  const { image, user, group } = container;
  return [
    ...problemAt(["name"], dnsLabelProblem("'name' of a container, wherever it runs,", container.name)),
    ...problemAt(["image"], known(image) ? imageProblem(`'image' of ${called}`, image) : undefined),
    ...variableProblems(container, called),
    ...portProblems(container, called),
    ...amountProblems(container, called),
    ...PROBES.flatMap((purpose) => {
      const probe = container[purpose];
      return probe === undefined ? [] : under(purpose, probeProblems(purpose, probe, called, tcpPorts(container)));
    }),
    ...mountProblems(container, called, windows),
    ...[...Object.entries({ user, group })].flatMap(([property, id]) =>
      problemAt([property], idProblem(property, id, called)),
    ),
  ];
}

/**
 * What may go wrong with one container, or is not certain to.
 *
 * @param runs what its home runs, such as "tasks"
 */
export function containerWarnings(container: ContainerSpec, known: Known = () => true, runs = "pods"): string[] {
  const called = `container ${quote(container.name)}`;
  const image = known(container.image) ? imageWarning(`'image' of ${called}`, container.image, runs) : undefined;
  const low = container.user === 0 ? [] : portsOf(container).filter(([, { port }]) => port < FIRST_UNPRIVILEGED_PORT);
  return [
    ...(image === undefined ? [] : [image]),
    ...low.map(
      ([name, { port }]) =>
        `port ${quote(name)} of ${called} is ${port}, and a user other than root may not be able to listen below ${FIRST_UNPRIVILEGED_PORT}; let the image listen on another, such as 8080`,
    ),
  ];
}

function variableProblems(container: ContainerSpec, called: string): Problem[] {
  const { environment = {}, secrets = {}, podFields = {} } = container;
  const sources = Object.entries({ environment, secrets, podFields });
  return sources.flatMap(([property, variables]) =>
    Object.keys(variables).flatMap((name) => {
      const twice = sources.find(([other, them]) => other < property && Object.hasOwn(them, name));
      return [
        ...problemAt(
          [property, name],
          VARIABLE.test(name)
            ? undefined
            : `'${property}' of ${called} must have names of letters, digits, "_", "-" and ".", not beginning with a digit, got ${quote(name)}`,
        ),
        ...problemAt(
          [property, name],
          twice === undefined
            ? undefined
            : `variable ${quote(name)} of ${called} stands in '${twice[0]}' and in '${property}'; keep one`,
        ),
      ];
    }),
  );
}

function portProblems(container: ContainerSpec, called: string): Problem[] {
  const ports = portsOf(container);
  return ports.flatMap(([name, { port, protocol }], index) => {
    const [twice] = ports.slice(0, index).find(([, it]) => it.port === port && it.protocol === protocol) ?? [];
    return problemAt(
      ["ports", name],
      !PORT_NAME.test(name)
        ? `'ports' of ${called}, wherever it runs, must have names of 1 to 15 lower-case letters, digits and single "-", with a letter among them, got ${quote(name)}`
        : !(Number.isInteger(port) && port >= 1 && port <= 65_535)
          ? `port ${quote(name)} of ${called} must be a whole number from 1 to 65535, got ${quote(port)}`
          : twice === undefined
            ? undefined
            : `ports ${quote(twice)} and ${quote(name)} of ${called} are both ${port}; keep one`,
    );
  });
}

/** All containers of a pod or task have one address, so that a port can be had once. */
export function sharedPortProblems(containers: readonly ContainerSpec[], what: string): Problem[] {
  return containers.flatMap((container, index) =>
    portsOf(container).flatMap(([name, { port, protocol }]) => {
      const other = containers
        .slice(0, index)
        .find((each) => portsOf(each).some(([, theirs]) => theirs.port === port && theirs.protocol === protocol));
      return problemAt(
        ["containers", index, "ports", name],
        other === undefined
          ? undefined
          : `containers ${quote(other.name)} and ${quote(container.name)} both listen on port ${port}, and the containers of a ${what} share one address; change one`,
      );
    }),
  );
}

function tcpPorts(container: ContainerSpec): Readonly<Record<string, number>> {
  return Object.fromEntries(
    portsOf(container)
      .filter(([, { protocol }]) => protocol === "TCP")
      .map(([name, { port }]) => [name, port]),
  );
}

function amountProblems({ cpu, memory, ephemeralStorage }: ContainerSpec, called: string): Problem[] {
  const bytes = parseQuantity(memory, 0);
  return [
    ...problemAt(
      ["cpu"],
      parseQuantity(cpu, 3)
        ? undefined
        : `'cpu' of ${called} must be a Kubernetes quantity above 0, like "250m" or "1", got ${quote(cpu)}`,
    ),
    ...problemAt(
      ["memory"],
      bytes !== undefined && bytes >= LEAST_MEMORY.bytes
        ? undefined
        : `'memory' of ${called} must be a Kubernetes quantity of at least ${LEAST_MEMORY}, like "512Mi" or "2Gi", got ${quote(memory)}${bareMemoryHint(memory)}`,
    ),
    ...problemAt(
      ["ephemeralStorage"],
      ephemeralStorage === undefined || parseQuantity(ephemeralStorage, 0)
        ? undefined
        : `'ephemeralStorage' of ${called} must be a Kubernetes quantity above 0, like "30Gi", got ${quote(ephemeralStorage)}`,
    ),
  ];
}

/** Whoever counts memory in MiB, as ECS does, may leave the unit out. */
export function bareMemoryHint(memory: string): string {
  return /^[1-9]\d*$/.test(memory) ? `, which are bytes; ${memory} MiB are ${quote(`${memory}Mi`)}` : "";
}

function mountProblems({ mounts = {} }: ContainerSpec, called: string, windows: boolean): Problem[] {
  const [begins, like] = windows ? [/^(\/|[A-Za-z]:[\\/])/, "C:\\data"] : [/^\//, "/var/cache"];
  return Object.keys(mounts).flatMap((path) =>
    problemAt(
      ["mounts", path],
      begins.test(path) && !path.replace(begins, "").includes(":")
        ? undefined
        : `'mounts' of ${called} must have absolute paths without ":"${windows ? " behind the drive" : ""}, like ${quote(like)}, got ${quote(path)}`,
    ),
  );
}

function idProblem(property: string, id: number | undefined, called: string): string | undefined {
  return id === undefined || (Number.isInteger(id) && id >= 0 && id <= 2_147_483_647)
    ? undefined
    : `'${property}' of ${called} must be a whole number from 0 to 2147483647, got ${quote(id)}`;
}
