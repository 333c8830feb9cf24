import { type ContainerSpec, portsOf } from "../container-spec";
import type { HealthProbe } from "../health-probe";
import { type Problem, quote } from "../problem";

/** What a container may ask of the home it runs in, and not every home can do. */
export interface HomeFeature {
  /** As a table calls it. */
  readonly title: string;
  /**
   * How a message calls it, such as `'workingDir'`.
   *
   * @param name the last part of the place, such as the name of the variable
   */
  readonly asked: (name: string) => string;
  /** What to do without it. */
  readonly instead: string;
  /** Where the container asks for it; nowhere when it does not. */
  readonly places: (container: ContainerSpec, known: (value: string) => boolean) => Problem["at"][];
}

/** Repositories of Amazon ECR, private and public. Source: API model of App Runner, ImageIdentifier, 2026-11-17. */
const IN_ECR = /^(\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?|public\.ecr\.aws\/[^/]+)\/./;

/** What Kubernetes puts another variable in the place of; `$$(NAME)` stands for the text itself. */
const VARIABLE_REFERENCE = /(?<!\$)\$\([-._a-zA-Z][-._a-zA-Z0-9]*\)/;
const ESCAPED_REFERENCE = /\$(\$\([-._a-zA-Z][-._a-zA-Z0-9]*\))/g;

/** Every such feature by its key, in the order of the tables. */
export const HOME_FEATURES = {
  anyRegistry: {
    title: "Images of any registry",
    asked: () => "an image outside of Amazon ECR",
    instead: "copy the image into a repository of Amazon ECR, or have ECR cache the registry",
    places: ({ image }, known) => (known(image) && !IN_ECR.test(image) ? [["image"]] : []),
  },
  entryPoint: {
    title: "Another entry point (`command`)",
    asked: () => "'command'",
    instead: "leave it out, and give what the image's entry point shall be told as 'args'",
    places: ({ command }) => (command === undefined ? [] : [["command"]]),
  },
  workingDir: {
    title: "Working directory",
    asked: () => "'workingDir'",
    instead: "set WORKDIR in the image",
    places: ({ workingDir }) => (workingDir === undefined ? [] : [["workingDir"]]),
  },
  user: {
    title: "User and group",
    asked: () => "'user' or 'group'",
    instead: "set USER in the image",
    places: (container) =>
      (["user", "group"] as const).filter((key) => container[key] !== undefined).map((key) => [key]),
  },
  readOnlyRootFilesystem: {
    title: "Read-only root file system",
    asked: () => "'readOnlyRootFilesystem'",
    instead: "leave it out, and the image's files can be written to there",
    places: ({ readOnlyRootFilesystem }) => (readOnlyRootFilesystem === true ? [["readOnlyRootFilesystem"]] : []),
  },
  capabilities: {
    title: "Linux capabilities",
    asked: () => "'addCapabilities'",
    instead: "leave it out",
    places: ({ addCapabilities = [] }) => (addCapabilities.length === 0 ? [] : [["addCapabilities"]]),
  },
  kubernetesSecrets: {
    title: "Secrets: keys of a Kubernetes Secret",
    asked: (name) => `a key of a Kubernetes Secret for ${quote(name)}`,
    instead: "keep it in AWS Secrets Manager or Parameter Store, where the home reads those",
    places: (container) => secretsWith(container, "secretName"),
  },
  secretsManager: {
    title: "Secrets: AWS Secrets Manager",
    asked: (name) => `a secret of AWS Secrets Manager for ${quote(name)}`,
    instead: "leave it out",
    places: (container) => secretsWith(container, "secretArn"),
  },
  parameterStore: {
    title: "Secrets: Parameter Store",
    asked: (name) => `a parameter of Parameter Store for ${quote(name)}`,
    instead: "leave it out",
    places: (container) => secretsWith(container, "parameterArn"),
  },
  podFields: {
    title: "Fields of the pod",
    asked: (name) => `a field of its pod for ${quote(name)}`,
    instead: "leave it out",
    places: ({ podFields = {} }) => Object.keys(podFields).map((name) => ["podFields", name]),
  },
  variableReferences: {
    title: "`$(NAME)` in a variable",
    asked: (name) => `a value with other variables in it, as $(NAME), for ${quote(name)}`,
    instead: "write the value out, or let the program put it together",
    places: referringVariables,
  },
  noPort: {
    title: "A container without a port",
    asked: () => "a container without a port",
    instead: "give it the port on which it answers HTTP",
    places: (container) => (portsOf(container).length === 0 ? [["ports"]] : []),
  },
  severalPorts: {
    title: "Several ports",
    asked: () => "more than one port",
    instead: "keep the one that requests come in by",
    places: (container) => (portsOf(container).length > 1 ? [["ports"]] : []),
  },
  udpPorts: {
    title: "UDP",
    asked: (name) => `UDP on port ${quote(name)}`,
    instead: "leave it out",
    places: (container) =>
      portsOf(container)
        .filter(([, { protocol }]) => protocol === "UDP")
        .map(([name]) => ["ports", name]),
  },
  livenessHttp: {
    title: "`liveness` by HTTP",
    asked: () => "a 'liveness' by HTTP",
    instead: "leave it to 'readiness', or ask by a command",
    places: (container) => probeBy(container, "liveness", "http"),
  },
  livenessTcp: {
    title: "`liveness` by TCP",
    asked: () => "a 'liveness' by TCP",
    instead: "leave it to 'readiness', or leave it out",
    places: (container) => probeBy(container, "liveness", "tcp"),
  },
  livenessCommand: {
    title: "`liveness` by a command",
    asked: () => "a 'liveness' by a command",
    instead: "ask by HTTP, or leave it out",
    places: (container) => probeBy(container, "liveness", "exec"),
  },
  readinessHttp: {
    title: "`readiness` by HTTP",
    asked: () => "a 'readiness' by HTTP",
    instead: "leave it out",
    places: (container) => probeBy(container, "readiness", "http"),
  },
  readinessTcp: {
    title: "`readiness` by TCP",
    asked: () => "a 'readiness' by TCP",
    instead: "ask by HTTP, or leave it out",
    places: (container) => probeBy(container, "readiness", "tcp"),
  },
  readinessCommand: {
    title: "`readiness` by a command",
    asked: () => "a 'readiness' by a command",
    instead: "ask by HTTP, or leave it out",
    places: (container) => probeBy(container, "readiness", "exec"),
  },
  twoProbes: {
    title: "`readiness` beside another `liveness`",
    asked: () => "a 'readiness' that asks something else than 'liveness'",
    instead: "keep one of the two, or let both ask the same",
    places: (container) => (asksTwoThings(container) ? [["readiness"]] : []),
  },
  startupProbe: {
    title: "`startup` probe",
    asked: () => "'startup'",
    instead: "leave it out, and let the program answer soon",
    places: ({ startup }) => (startup === undefined ? [] : [["startup"]]),
  },
  initialDelay: {
    title: "Probes after a delay",
    asked: () => "'initialDelaySeconds'",
    instead: "leave it out, and allow more failures by 'failureThreshold'",
    places: (container) =>
      (["liveness", "readiness"] as const)
        .filter((purpose) => (container[purpose]?.initialDelaySeconds ?? 0) > 0)
        .map((purpose) => [purpose, "initialDelaySeconds"]),
  },
  preStop: {
    title: "`preStop` command",
    asked: () => "'preStop'",
    instead: "leave it out, and let the program wait for its requests when it is told to stop",
    places: ({ preStop }) => (preStop === undefined ? [] : [["preStop"]]),
  },
  volumes: {
    title: "Volumes",
    asked: (name) => `a volume on ${quote(name)}`,
    instead: "leave it out, and keep data in S3 or a database",
    places: ({ mounts = {} }) => Object.keys(mounts).map((path) => ["mounts", path]),
  },
  ephemeralStorage: {
    title: "Disk space by request",
    asked: () => "'ephemeralStorage'",
    instead: "leave it out",
    places: ({ ephemeralStorage }) => (ephemeralStorage === undefined ? [] : [["ephemeralStorage"]]),
  },
} as const satisfies Record<string, HomeFeature>;

export type HomeFeatureName = keyof typeof HOME_FEATURES;

function secretsWith(
  { secrets = {} }: ContainerSpec,
  key: "secretName" | "secretArn" | "parameterArn",
): Problem["at"][] {
  return Object.entries(secrets)
    .filter(([, source]) => key in source)
    .map(([name]) => ["secrets", name]);
}

function referringVariables({ environment = {} }: ContainerSpec, known: (value: string) => boolean): Problem["at"][] {
  return Object.entries(environment)
    .filter(([, value]) => known(value) && VARIABLE_REFERENCE.test(value))
    .map(([name]) => ["environment", name]);
}

/** Plain variables as a home has to be given them that knows no `$(NAME)`, and so no `$$(NAME)` for the text itself. */
export function plainVariables({ environment = {} }: ContainerSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replaceAll(ESCAPED_REFERENCE, "$1")]),
  );
}

function probeBy(
  container: ContainerSpec,
  purpose: "liveness" | "readiness",
  way: "http" | "tcp" | "exec",
): Problem["at"][] {
  return way in (container[purpose] ?? {}) ? [[purpose, way]] : [];
}

/** Whether `readiness` asks something else than `liveness`, however often they ask. One that asks nothing is refused. */
function asksTwoThings(container: ContainerSpec): boolean {
  const [liveness, readiness] = [container.liveness, container.readiness].map((probe) => asks(probe, container));
  return liveness !== undefined && readiness !== undefined && liveness !== readiness;
}

function asks(probe: HealthProbe | undefined, container: ContainerSpec): string | undefined {
  if (probe === undefined || !("exec" in probe || "http" in probe || "tcp" in probe)) {
    return undefined;
  }
  if ("exec" in probe) {
    return JSON.stringify(probe.exec);
  }
  const { port } = "http" in probe ? probe.http : probe.tcp;
  const [, named] = portsOf(container).find(([name]) => name === port) ?? [];
  const { path = "/", scheme = "HTTP" } = "http" in probe ? probe.http : { path: "", scheme: "TCP" };
  return JSON.stringify([scheme, named?.port ?? port, path]);
}
