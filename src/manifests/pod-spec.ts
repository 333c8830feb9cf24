import type { Affinity, Container, NodeRequirement, PodSpec, Resources, Volume } from "../model/pod";
import { type Problem, under } from "../model/problem";
import { type ContainerDefaults, withDefaults } from "./limit-ranges";
import type { ContainerInput, PodSpecInput } from "./pod-schema";
import { excessProblems, parseResources, resourceProblems, type WrittenAmounts, writtenResources } from "./resources";
import { defined } from "./schema";

/** What a pod's specification says wrongly though every value is of the right kind. */
export function podSpecProblems(input: PodSpecInput, namesNeeded: boolean): Problem[] {
  const missing: Problem[] =
    input.containers.length > 0
      ? []
      : [{ at: ["containers"], message: "'containers' must hold at least one container; add it" }];
  const containers = (["containers", "initContainers"] as const).flatMap((key) =>
    (input[key] ?? []).flatMap((container, index) => under([key, index], containerProblems(container, namesNeeded))),
  );
  return [...missing, ...containers, ...under(["resources"], resourceProblems(input.resources))];
}

function containerProblems(container: ContainerInput, nameNeeded: boolean): Problem[] {
  const unnamed: Problem[] =
    nameNeeded && (container.name ?? "") === "" ? [{ at: ["name"], message: "'name' is missing; add it" }] : [];
  return [...unnamed, ...under(["resources"], resourceProblems(container.resources))];
}

/** Requests above the limits that the namespace gives containers without one: Kubernetes makes no such pods. */
export function admissionProblems(input: PodSpecInput, defaults: ContainerDefaults): Problem[] {
  return (["containers", "initContainers"] as const).flatMap((key) =>
    (input[key] ?? []).flatMap(({ resources }, index) =>
      under(
        [key, index, "resources"],
        excessProblems(withDefaults(writtenResources(resources), defaults), "the limit that a LimitRange gives"),
      ),
    ),
  );
}

/** A pod's specification as Kubernetes admits it: with the defaults of the API, then those of the namespace. */
export function toPodSpec(input: PodSpecInput, defaults: ContainerDefaults): PodSpec {
  const containers = input.containers.map((container, index) => toContainer(container, index, defaults));
  const initContainers = (input.initContainers ?? []).map((container, index) =>
    toContainer(container, index, defaults, UNNAMED_INIT),
  );
  return {
    containers,
    initContainers,
    volumes: (input.volumes ?? []).map(toVolume),
    nodeSelector: input.nodeSelector ?? {},
    topologySpreadConstraints: input.topologySpreadConstraints ?? [],
    hostNetwork: input.hostNetwork ?? false,
    hostPID: input.hostPID ?? false,
    hostIPC: input.hostIPC ?? false,
    hostProcess: isHostProcess(input),
    ...defined({
      nodeName: input.nodeName,
      affinity: toAffinity(input.affinity),
      schedulerName: input.schedulerName,
      runtimeClassName: input.runtimeClassName,
      serviceAccountName: input.serviceAccountName || input.serviceAccount,
      os: input.os?.name,
      resources: podResources(input),
    }),
  };
}

function isHostProcess(input: PodSpecInput): boolean {
  return [input, ...input.containers, ...(input.initContainers ?? [])].some(
    ({ securityContext }) => securityContext?.windowsOptions?.hostProcess ?? false,
  );
}

/** Names that Knative gives containers without one. Source: Knative Serving, configuration of defaults. */
const UNNAMED = "user-container";
const UNNAMED_INIT = "init-container";

function toContainer(
  input: ContainerInput,
  index: number,
  defaults: ContainerDefaults,
  unnamed: string = UNNAMED,
): Container {
  const security = input.securityContext;
  return {
    name: input.name || unnamed,
    index,
    command: input.command ?? [],
    args: input.args ?? [],
    env: (input.env ?? []).map((variable) => defined(variable)),
    ports: (input.ports ?? []).map((port) => defined(port)),
    resources: parseResources(withDefaults(writtenResources(input.resources), defaults)),
    restartable: input.restartPolicy === "Always",
    privileged: security?.privileged ?? false,
    capabilitiesAdded: security?.capabilities?.add ?? [],
    volumeMounts: input.volumeMounts ?? [],
    volumeDevices: (input.volumeDevices ?? []).map(({ name }) => name),
    ...defined({ image: input.image, allowPrivilegeEscalation: security?.allowPrivilegeEscalation }),
  };
}

type VolumeInput = NonNullable<PodSpecInput["volumes"]>[number];

/** A volume without a source is an `emptyDir`, as for the Kubernetes API. */
function toVolume({ name, ...sources }: VolumeInput): Volume {
  const [type = "emptyDir"] = Object.keys(defined(sources));
  return {
    name,
    type,
    ...defined({ claimName: sources.persistentVolumeClaim?.claimName, driver: sources.csi?.driver }),
  };
}

function toAffinity(input: PodSpecInput["affinity"]): Affinity | undefined {
  if (input === null || input === undefined) {
    return undefined;
  }
  const { nodeAffinity, podAffinity, podAntiAffinity } = input;
  const preferred = nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return {
    requiredNodeTerms: (nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []).map(
      toRequirements,
    ),
    preferredNodeTerms: preferred.map(({ preference }) => toRequirements(preference)),
    requiredPodAffinity: topologyKeys(podAffinity),
    requiredPodAntiAffinity: topologyKeys(podAntiAffinity),
  };
}

type PodTerms = NonNullable<PodSpecInput["affinity"]>["podAffinity"];

function topologyKeys(terms: PodTerms): string[] {
  return (terms?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(({ topologyKey }) => topologyKey);
}

type Requirements = {
  readonly key: string;
  readonly operator: string;
  readonly values?: string[] | null | undefined;
}[];

function toRequirements(term: {
  readonly matchExpressions?: Requirements | null | undefined;
  readonly matchFields?: Requirements | null | undefined;
}): NodeRequirement[] {
  return [...(term.matchExpressions ?? []), ...(term.matchFields ?? [])].map(({ key, operator, values }) => ({
    key,
    operator,
    values: values ?? [],
  }));
}

/** Resources that a pod as a whole can have requests of. */
const POD_LEVEL = ["cpu", "memory"];

/**
 * Resources of the pod as a whole. A limit without a request makes the request equal the limit, unless containers
 * request the resource: then their sum is the request, and it is left undefined here.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
 */
function podResources({ resources, containers, initContainers }: PodSpecInput): Resources | undefined {
  if (resources === null || resources === undefined) {
    return undefined;
  }
  const own = writtenResources({ requests: resources.requests, limits: {} }).requests;
  const { limits } = writtenResources(resources);
  const requested = [...containers, ...(initContainers ?? [])].map(
    (container) => writtenResources(container.resources).requests,
  );
  const implied: WrittenAmounts = Object.fromEntries(
    Object.entries(limits).filter(
      ([resource]) => POD_LEVEL.includes(resource) && !requested.some((requests) => Object.hasOwn(requests, resource)),
    ),
  );
  return parseResources({ limits, requests: { ...implied, ...own } });
}
