import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import {
  amountsOf,
  type ContainerAmounts,
  type ContainerSpec,
  containerWarnings,
  type Known,
  sharedPortProblems,
} from "./container-spec";
import {
  describeSize,
  FARGATE_EPHEMERAL_STORAGE_MAX,
  FARGATE_POD_OVERHEAD,
  FARGATE_POD_SIZES,
  type FargateSize,
  roundUpToSize,
} from "./fargate-sizes";
import { eksContainerProblems } from "./homes/eks-container";
import { annotationProblems, dnsLabelProblem, dnsSubdomainProblem, labelProblems } from "./kubernetes-names";
import { type PodVolume, volumeProblems } from "./pod-volume";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";

/**
 * The pods of a workload on Fargate. What Fargate refuses of every pod (host network and ports, privileged containers,
 * block devices) cannot be said here.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
 */
export interface PodTemplate {
  /** Containers that run side by side. */
  readonly containers: readonly ContainerSpec[];
  /** Containers that run before them, one after the other. @default - none */
  readonly initContainers?: readonly ContainerSpec[];
  /** Volumes by name. @default - none */
  readonly volumes?: Readonly<Record<string, PodVolume>>;
  /** Labels beside `app.kubernetes.io/name`, which is the workload's. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** @default - the namespace's default, which may do nothing */
  readonly serviceAccountName?: string;
  /** Whether containers get a token for the Kubernetes API. A token for AWS (IRSA) they get anyway. @default false */
  readonly automountServiceAccountToken?: boolean;
  /** Id of the group that owns the volumes' files. @default - the user's own */
  readonly fsGroup?: number;
  /** Seconds between the request to stop and the end by force. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
}

/** Label by which a workload finds its pods. */
export const NAME_LABEL = "app.kubernetes.io/name";

/** Labels of the pods of the workload that is called `name`. */
export function podLabels(name: string, { labels }: PodTemplate): Readonly<Record<string, string>> {
  return { ...labels, [NAME_LABEL]: name };
}

/** What the pod gets: its containers together or the largest init container, whichever is more. */
export function podAmounts({ containers, initContainers = [] }: PodTemplate): ContainerAmounts {
  const nothing = { cpu: Cpu.ZERO, memory: Memory.ZERO, ephemeralStorage: Memory.ZERO };
  const together = containers.map(amountsOf).reduce(
    (sum, each) => ({
      cpu: sum.cpu.plus(each.cpu),
      memory: sum.memory.plus(each.memory),
      ephemeralStorage: sum.ephemeralStorage.plus(each.ephemeralStorage),
    }),
    nothing,
  );
  return initContainers.map(amountsOf).reduce(
    (most, each) => ({
      cpu: most.cpu.max(each.cpu),
      memory: most.memory.max(each.memory),
      ephemeralStorage: most.ephemeralStorage.max(each.ephemeralStorage),
    }),
    together,
  );
}

/** The size that Fargate gives each pod and bills; `undefined` when none is large enough. */
export function podTemplateSize(template: PodTemplate): FargateSize | undefined {
  const { cpu, memory } = podAmounts(template);
  return roundUpToSize(cpu, memory.plus(FARGATE_POD_OVERHEAD));
}

/**
 * What is wrong with the pods of a workload.
 *
 * @param name of the workload
 */
export function podTemplateProblems(name: string, template: PodTemplate, known: Known = () => true): Problem[] {
  const { containers, initContainers = [], volumes = {} } = template;
  return [
    ...(containers.length === 0
      ? [{ at: ["containers"], message: "'containers' of a pod must hold at least one container, got none" }]
      : []),
    ...containers.flatMap((container, index) => under(["containers", index], eksContainerProblems(container, known))),
    ...initContainers.flatMap((container, index) => initContainerProblems(container, index, known)),
    ...nameProblems(template),
    ...sharedPortProblems(containers, "pod"),
    ...mountProblems(template),
    ...Object.entries(volumes).flatMap(([key, volume]) =>
      under(
        ["volumes", key],
        [...problemAt([], dnsLabelProblem("the name of a volume", key)), ...volumeProblems(key, volume, known)],
      ),
    ),
    ...sizeProblems(template),
    ...metadataProblems(name, template, known),
  ];
}

/** What may go wrong with the pods of a workload, or is not certain to. */
export function podTemplateWarnings({ containers, initContainers = [] }: PodTemplate, known?: Known): string[] {
  return [...initContainers, ...containers].flatMap((container) => containerWarnings(container, known));
}

/** Kubernetes asks an init container nothing: it has to end. */
function initContainerProblems(container: ContainerSpec, index: number, known: Known): Problem[] {
  const asked = (["liveness", "readiness", "startup", "preStop"] as const).filter(
    (key) => container[key] !== undefined,
  );
  return under(
    ["initContainers", index],
    [
      ...eksContainerProblems(container, known),
      ...asked.flatMap((key) =>
        problemAt(
          [key],
          `init container ${quote(container.name)} must not have '${key}', as it has to end; leave it out`,
        ),
      ),
    ],
  );
}

function nameProblems({ containers, initContainers = [] }: PodTemplate): Problem[] {
  const all = [
    ...containers.map(({ name }, index) => ({ name, path: ["containers", index, "name"] })),
    ...initContainers.map(({ name }, index) => ({ name, path: ["initContainers", index, "name"] })),
  ];
  return all.flatMap(({ name, path }, index) =>
    problemAt(
      path,
      all.slice(0, index).some((other) => other.name === name)
        ? `two containers of the pod are called ${quote(name)}; give each a name of its own`
        : undefined,
    ),
  );
}

function mountProblems({ containers, initContainers = [], volumes = {} }: PodTemplate): Problem[] {
  const lists = Object.entries({ containers, initContainers });
  const mounts = lists.flatMap(([list, all]) =>
    all.flatMap((container, index) =>
      Object.entries(container.mounts ?? {}).map(([path, { volume }]) => ({ list, container, index, path, volume })),
    ),
  );
  const used = new Set(mounts.map(({ volume }) => volume));
  return [
    ...mounts.flatMap(({ list, container, index, path, volume }) =>
      problemAt(
        [list, index, "mounts", path, "volume"],
        Object.hasOwn(volumes, volume)
          ? undefined
          : `container ${quote(container.name)} mounts volume ${quote(volume)} on ${quote(path)}, which is not among 'volumes'${Object.keys(volumes).length === 0 ? "" : ` (${quoteAll(Object.keys(volumes))})`}; add it there`,
      ),
    ),
    ...Object.keys(volumes).flatMap((volume) =>
      problemAt(
        ["volumes", volume],
        used.has(volume) ? undefined : `no container mounts volume ${quote(volume)}; mount it, or remove it`,
      ),
    ),
  ];
}

function sizeProblems(template: PodTemplate): Problem[] {
  const { cpu, memory, ephemeralStorage } = podAmounts(template);
  const largest = FARGATE_POD_SIZES.at(-1);
  return [
    ...problemAt(
      ["containers"],
      largest === undefined || podTemplateSize(template) !== undefined
        ? undefined
        : `a pod's containers must fit into the largest size of Fargate, ${describeSize(largest)}, with ${FARGATE_POD_OVERHEAD} for Fargate itself, got ${cpu} of CPU and ${memory} of memory; request less, or split the pod`,
    ),
    ...problemAt(
      ["containers"],
      FARGATE_EPHEMERAL_STORAGE_MAX.covers(ephemeralStorage)
        ? undefined
        : `a pod on Fargate has at most ${FARGATE_EPHEMERAL_STORAGE_MAX} of ephemeral storage, got ${ephemeralStorage}; request less, and keep large data in EFS or S3`,
    ),
  ];
}

function metadataProblems(name: string, template: PodTemplate, known: Known): Problem[] {
  const { labels = {}, annotations = {}, serviceAccountName, fsGroup, terminationGracePeriodSeconds } = template;
  const label = labels[NAME_LABEL];
  return [
    ...under("labels", labelProblems(labels)),
    ...problemAt(
      ["labels", NAME_LABEL],
      label === undefined || label === name
        ? undefined
        : `label ${quote(NAME_LABEL)} must be ${quote(name)}, by which the workload finds its pods, got ${quote(label)}; leave it out`,
    ),
    ...under("annotations", annotationProblems(annotations)),
    ...problemAt(
      ["serviceAccountName"],
      serviceAccountName === undefined || !known(serviceAccountName)
        ? undefined
        : dnsSubdomainProblem("'serviceAccountName'", serviceAccountName),
    ),
    ...Object.entries({ fsGroup, terminationGracePeriodSeconds }).flatMap(([property, value]) =>
      problemAt(
        [property],
        value === undefined || (Number.isInteger(value) && value >= 0 && value <= 2_147_483_647)
          ? undefined
          : `'${property}' must be a whole number from 0 to 2147483647, got ${quote(value)}`,
      ),
    ),
  ];
}
