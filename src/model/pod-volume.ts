import { parseQuantity } from "../units/quantity";
import type { Known } from "./container-spec";
import { dnsSubdomainProblem } from "./kubernetes-names";
import { type Problem, quote, quoteAll } from "./problem";

/**
 * A volume of a pod, of the types that Fargate mounts; each has one of the keys.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export type PodVolume =
  | { readonly emptyDir: EmptyDirVolume }
  | { readonly configMap: ConfigMapVolume }
  | { readonly secret: SecretVolume }
  | { readonly downwardAPI: DownwardApiVolume }
  | { readonly projected: ProjectedVolume }
  | { readonly persistentVolumeClaim: ClaimVolume };

/** Scratch space that ends with the pod. */
export interface EmptyDirVolume {
  /** Most that it may hold, as a Kubernetes quantity. @default - the pod's ephemeral storage */
  readonly sizeLimit?: string;
  /** `Memory` keeps it in memory, which counts for the container that writes. @default - on disk */
  readonly medium?: "Memory";
}

/** Files by path, each with the key that it holds. */
export type VolumeItems = Readonly<Record<string, string>>;

export interface ConfigMapVolume {
  readonly name: string;
  /** Keys by the path of their file. @default - all keys, each as a file of its name */
  readonly items?: VolumeItems;
  /** @default false */
  readonly optional?: boolean;
}

export interface SecretVolume {
  readonly secretName: string;
  /** Keys by the path of their file. @default - all keys, each as a file of its name */
  readonly items?: VolumeItems;
  /** @default false */
  readonly optional?: boolean;
}

export interface DownwardApiVolume {
  /** Fields of the pod by the path of their file, such as `metadata.labels`. */
  readonly items: VolumeItems;
}

export interface ProjectedVolume {
  readonly sources: readonly ProjectedSource[];
}

export type ProjectedSource =
  | { readonly configMap: ConfigMapVolume }
  | { readonly secret: Omit<SecretVolume, "secretName"> & { readonly name: string } }
  | { readonly downwardAPI: DownwardApiVolume }
  | { readonly serviceAccountToken: ServiceAccountToken };

export interface ServiceAccountToken {
  /** Path of the file. */
  readonly path: string;
  /** Who the token is for. @default - the Kubernetes API */
  readonly audience?: string;
  /** Seconds for which it is valid, 600 or more. @default 3600 */
  readonly expirationSeconds?: number;
}

/** A claim of a volume in EFS: nothing else that is claimed can be mounted on Fargate. */
export interface ClaimVolume {
  readonly claimName: string;
  /** @default false */
  readonly readOnly?: boolean;
}

const TYPES = ["configMap", "downwardAPI", "emptyDir", "persistentVolumeClaim", "projected", "secret"];

const SOURCES = ["configMap", "downwardAPI", "secret", "serviceAccountToken"];

/** Source: Kubernetes API reference, ServiceAccountTokenProjection. */
const MIN_TOKEN_SECONDS = 600;

/** What is wrong with a volume. */
export function volumeProblems(name: string, volume: PodVolume, known: Known = () => true): Problem[] {
  const called = `volume ${quote(name)}`;
  const [type, ...more] = Object.keys(volume);
  if (type === undefined || more.length > 0 || !TYPES.includes(type)) {
    return [
      {
        at: [],
        message: `${called} must be of one type that Fargate mounts (${quoteAll(TYPES)}), got ${type === undefined ? "none" : quoteAll(Object.keys(volume))}; use 'emptyDir' for scratch space, or a claim of EFS for data that outlives the pod`,
      },
    ];
  }
  if ("emptyDir" in volume) {
    const { sizeLimit } = volume.emptyDir;
    return sizeLimit === undefined || parseQuantity(sizeLimit, 0)
      ? []
      : [
          {
            at: ["emptyDir", "sizeLimit"],
            message: `'sizeLimit' of ${called} must be a Kubernetes quantity above 0, like "1Gi", got ${quote(sizeLimit)}`,
          },
        ];
  }
  if ("persistentVolumeClaim" in volume) {
    const { claimName } = volume.persistentVolumeClaim;
    return named(["persistentVolumeClaim", "claimName"], `'claimName' of ${called}`, claimName, known);
  }
  if ("projected" in volume) {
    return projectedProblems(volume.projected, called, known);
  }
  return fileProblems(volume, called, known);
}

/** What is wrong with files that come from one object. */
function fileProblems(
  source: Exclude<PodVolume, { emptyDir: unknown } | { projected: unknown } | { persistentVolumeClaim: unknown }>,
  called: string,
  known: Known,
): Problem[] {
  if ("configMap" in source) {
    return [
      ...named(["configMap", "name"], `'configMap' of ${called}`, source.configMap.name, known),
      ...pathProblems(["configMap", "items"], source.configMap.items, called),
    ];
  }
  if ("secret" in source) {
    return [
      ...named(["secret", "secretName"], `'secretName' of ${called}`, source.secret.secretName, known),
      ...pathProblems(["secret", "items"], source.secret.items, called),
    ];
  }
  return pathProblems(["downwardAPI", "items"], source.downwardAPI.items, called);
}

function projectedProblems({ sources }: ProjectedVolume, called: string, known: Known): Problem[] {
  if (sources.length === 0) {
    return [
      { at: ["projected", "sources"], message: `'sources' of ${called} must hold at least one source, got none` },
    ];
  }
  return sources.flatMap((source, index) => {
    const at = ["projected", "sources", index];
    const [type, ...more] = Object.keys(source);
    if (type === undefined || more.length > 0 || !SOURCES.includes(type)) {
      return [
        {
          at,
          message: `each of the 'sources' of ${called} must have one of ${quoteAll(SOURCES)}, got ${type === undefined ? "none" : quoteAll(Object.keys(source))}`,
        },
      ];
    }
    if ("serviceAccountToken" in source) {
      const { path, expirationSeconds: seconds = MIN_TOKEN_SECONDS } = source.serviceAccountToken;
      return [
        ...pathProblems([...at, "serviceAccountToken"], { [path]: "" }, called),
        ...(Number.isInteger(seconds) && seconds >= MIN_TOKEN_SECONDS
          ? []
          : [
              {
                at: [...at, "serviceAccountToken", "expirationSeconds"],
                message: `'expirationSeconds' of ${called} must be a whole number of at least ${MIN_TOKEN_SECONDS}, got ${quote(seconds)}`,
              },
            ]),
      ];
    }
    const { name, items } = "downwardAPI" in source ? { name: undefined, ...source.downwardAPI } : sourceOf(source);
    return [
      ...(name === undefined ? [] : named([...at, type, "name"], `'name' of a source of ${called}`, name, known)),
      ...pathProblems([...at, type, "items"], items, called),
    ];
  });
}

function sourceOf(source: Extract<ProjectedSource, { configMap: unknown } | { secret: unknown }>): {
  readonly name: string;
  readonly items?: VolumeItems;
} {
  return "configMap" in source ? source.configMap : source.secret;
}

function named(at: Problem["at"], property: string, name: string, known: Known): Problem[] {
  const problem = known(name) ? dnsSubdomainProblem(property, name) : undefined;
  return problem === undefined ? [] : [{ at, message: problem }];
}

function pathProblems(at: Problem["at"], items: VolumeItems | undefined, called: string): Problem[] {
  return Object.keys(items ?? {}).flatMap((path) =>
    path === "" || path.startsWith("/") || path.split("/").includes("..")
      ? [
          {
            at: [...at, path],
            message: `files of ${called} must have relative paths without "..", got ${quote(path)}`,
          },
        ]
      : [],
  );
}
