import type { Inventory, PersistentVolumeClaim, Service } from "../../src/model/inventory";
import type { Container, PodSpec, ResourceAmounts, Resources, Volume } from "../../src/model/pod";
import type { Source, Workload } from "../../src/model/workload";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";
import { parseQuantity } from "../../src/units/quantity";

/*
 * Builders of what manifests say, for tests: each gives a value that nothing is wrong with, and takes what a test
 * wants different. A pod of these defaults requests 250m and 256Mi, which is exactly Fargate's smallest size.
 */

/** Amounts as manifests write them; every other name is an extended resource. */
export type Amounts = Readonly<Record<string, string>>;

/** What `source` says of every line that it is asked for, unless told otherwise. */
export const SOURCE_LINE = 1;

export function source(overrides: Partial<Source> = {}): Source {
  return { file: "manifests.yaml", document: 1, line: SOURCE_LINE, lineOf: () => SOURCE_LINE, ...overrides };
}

/** `amounts({ cpu: "250m", memory: "1Gi", "nvidia.com/gpu": "1" })`. */
export function amounts(written: Amounts): ResourceAmounts {
  const { cpu, memory, "ephemeral-storage": ephemeralStorage, ...extended } = written;
  return {
    ...(cpu === undefined ? {} : { cpu: Cpu.ofMillis(parsed(cpu, 3)) }),
    ...(memory === undefined ? {} : { memory: Memory.ofBytes(parsed(memory, 0)) }),
    ...(ephemeralStorage === undefined ? {} : { ephemeralStorage: Memory.ofBytes(parsed(ephemeralStorage, 0)) }),
    extended,
  };
}

function parsed(text: string, decimals: 0 | 3): number {
  const value = parseQuantity(text, decimals);
  if (value === undefined) {
    throw new RangeError(`"${text}" is not a Kubernetes quantity`);
  }
  return value;
}

/** Limits are the requests unless given; `resources({})` requests nothing. */
export function resources(requests: Amounts, limits: Amounts = requests): Resources {
  return { requests: amounts(requests), limits: amounts(limits) };
}

export function container(overrides: Partial<Container> = {}): Container {
  return {
    name: "app",
    index: 0,
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/app:1.0",
    command: [],
    args: [],
    env: [],
    ports: [],
    resources: resources({ cpu: "250m", memory: "256Mi" }),
    restartable: false,
    privileged: false,
    capabilitiesAdded: [],
    volumeMounts: [],
    volumeDevices: [],
    ...overrides,
  };
}

/** Containers get the index of their place in the list. */
export function podSpec(overrides: Partial<PodSpec> = {}): PodSpec {
  const { containers = [container()], initContainers = [], ...rest } = overrides;
  return {
    containers: numbered(containers),
    initContainers: numbered(initContainers),
    volumes: [],
    nodeSelector: {},
    topologySpreadConstraints: [],
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    hostProcess: false,
    ...rest,
  };
}

function numbered(containers: readonly Container[]): Container[] {
  return containers.map((each, index) => ({ ...each, index }));
}

/** A workload; of its pod only what differs need be given. */
export type WorkloadOverrides = Partial<Omit<Workload, "pod">> & { readonly pod?: Partial<PodSpec> };

/** A Deployment `web/api` with one pod that is labelled `app=api`. */
export function workload({ pod, ...overrides }: WorkloadOverrides = {}): Workload {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    namespace: "web",
    name: "api",
    source: source(),
    podLabels: { app: "api" },
    podAnnotations: {},
    pod: podSpec(pod),
    podPath: ["spec", "template", "spec"],
    replicas: { min: 1, max: 1, from: "the default of 1" },
    runTime: { kind: "always" },
    claimTemplates: [],
    ...overrides,
  };
}

/** A workload whose only container has what is given. */
export function workloadWith(overrides: Partial<Container>): Workload {
  return workload({ pod: { containers: [container(overrides)] } });
}

/** A Pod by itself. */
export function barePod(overrides: WorkloadOverrides = {}): Workload {
  return workload({ apiVersion: "v1", kind: "Pod", podPath: ["spec"], ...overrides });
}

export function daemonSet(overrides: WorkloadOverrides = {}): Workload {
  return workload({ kind: "DaemonSet", ...overrides });
}

export function statefulSet(overrides: WorkloadOverrides = {}): Workload {
  return workload({ kind: "StatefulSet", ...overrides });
}

/** A Job whose finished pods are deleted after five minutes. */
export function job(overrides: WorkloadOverrides = {}): Workload {
  return workload({
    apiVersion: "batch/v1",
    kind: "Job",
    runTime: { kind: "runs", secondsPerRun: 600, from: "the default of 600 s", keptSeconds: 300, retained: 0 },
    ...overrides,
  });
}

/** A CronJob that runs daily, whose finished pods are deleted after five minutes. */
export function cronJob(overrides: WorkloadOverrides = {}): Workload {
  return workload({
    apiVersion: "batch/v1",
    kind: "CronJob",
    podPath: ["spec", "jobTemplate", "spec", "template", "spec"],
    runTime: {
      kind: "runs",
      runsPerMonth: 30,
      secondsPerRun: 600,
      from: "the default of 600 s",
      keptSeconds: 300,
      retained: 0,
    },
    ...overrides,
  });
}

export function volume(overrides: Partial<Volume> = {}): Volume {
  return { name: "data", type: "emptyDir", ...overrides };
}

/** A volume that is a claim. */
export function claimVolume(claimName: string): Volume {
  return volume({ type: "persistentVolumeClaim", claimName });
}

export function inventory(overrides: Partial<Inventory> = {}): Inventory {
  return {
    workloads: [],
    services: [],
    ingresses: [],
    claims: [],
    volumes: [],
    storageClasses: [],
    disruptionBudgets: [],
    podIdentities: [],
    serviceAccounts: [],
    problems: [],
    counts: { files: 1, documents: 1, objects: 1 },
    ...overrides,
  };
}

/** Namespace `web`, which is that of `workload()`, and a source. */
export function object(name: string) {
  return { namespace: "web", name, source: source() };
}

/** A Service `web/api` in front of the pods of `workload()`. */
export function service(overrides: Partial<Service> = {}): Service {
  return { ...object("api"), type: "ClusterIP", selector: { app: "api" }, annotations: {}, ...overrides };
}

export function claim(name: string, overrides: Partial<PersistentVolumeClaim> = {}): PersistentVolumeClaim {
  return { ...object(name), ...overrides };
}
