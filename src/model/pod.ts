import type { Cpu } from "../units/cpu";
import type { Memory } from "../units/memory";

/**
 * The part of a Kubernetes pod specification that decides where a pod runs, how large it is and what it costs. Names
 * are those of the Kubernetes API; lists and mappings that a manifest leaves out are empty here.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly nodeName?: string;
  readonly affinity?: Affinity;
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[];
  readonly hostNetwork: boolean;
  readonly hostPID: boolean;
  readonly hostIPC: boolean;
  readonly schedulerName?: string;
  readonly runtimeClassName?: string;
  readonly serviceAccountName?: string;
  /** `spec.os.name`. */
  readonly os?: string;
  /** Resources of the pod as a whole (`spec.resources`), where it has them. */
  readonly resources?: Resources;
  /** Whether the pod's Windows options ask for a host process. */
  readonly hostProcess: boolean;
}

export interface Container {
  readonly name: string;
  /** Index of the container in the list that it stands in. */
  readonly index: number;
  readonly image?: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly EnvironmentVariable[];
  readonly ports: readonly ContainerPort[];
  readonly resources: Resources;
  /** Whether an init container is a sidecar: `restartPolicy: Always`. */
  readonly restartable: boolean;
  readonly privileged: boolean;
  /** As written; `undefined` when the manifest does not say. */
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilitiesAdded: readonly string[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  /** Names of raw block devices. */
  readonly volumeDevices: readonly string[];
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort?: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
}

export interface Resources {
  readonly requests: ResourceAmounts;
  readonly limits: ResourceAmounts;
}

/** Amounts by resource; one that is not named is `undefined`, which is not the same as 0. */
export interface ResourceAmounts {
  readonly cpu?: Cpu;
  readonly memory?: Memory;
  readonly ephemeralStorage?: Memory;
  /** Extended resources such as `nvidia.com/gpu`, as written. */
  readonly extended: Readonly<Record<string, string>>;
}

export interface Volume {
  readonly name: string;
  /** The key of the volume's source, such as `emptyDir`, `hostPath`, `persistentVolumeClaim` or `csi`. */
  readonly type: string;
  /** Of a `persistentVolumeClaim`. */
  readonly claimName?: string;
  /** Of an inline `csi` volume. */
  readonly driver?: string;
}

export interface Affinity {
  /** Terms of which one must hold, from `requiredDuringSchedulingIgnoredDuringExecution`; empty when nothing is required. */
  readonly requiredNodeTerms: readonly (readonly NodeRequirement[])[];
  readonly preferredNodeTerms: readonly (readonly NodeRequirement[])[];
  /** Topology keys of required pod affinities. */
  readonly requiredPodAffinity: readonly string[];
  /** Topology keys of required pod anti-affinities. */
  readonly requiredPodAntiAffinity: readonly string[];
}

export interface NodeRequirement {
  readonly key: string;
  /** `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`. */
  readonly operator: string;
  readonly values: readonly string[];
}

export interface TopologySpreadConstraint {
  readonly topologyKey: string;
  /** `DoNotSchedule` or `ScheduleAnyway`. */
  readonly whenUnsatisfiable: string;
}
