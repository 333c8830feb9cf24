import type { Problem } from "../model/problem";
import type { RawObject } from "./objects";
import { isMapping, type Mapping } from "./schema";

/** A pod template in an object of a kind that is not known. */
export interface FoundTemplate {
  /** Path of what holds `spec`, and maybe `metadata`. */
  readonly at: Problem["at"];
  /** Of the nearest mapping around it that says how many, each as many times as a Job around it runs pods at once. */
  readonly replicas?: number;
}

/** Levels that are searched; no kind that is known has its template deeper. */
const MAX_DEPTH = 20;

/** Objects that hold templates of pods, or what looks like one, and run none of them. */
const NO_WORKLOADS: ReadonlySet<string> = new Set([
  "/PodTemplate",
  "/ConfigMap",
  "/Secret",
  "apps/ControllerRevision",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "argoproj.io/AnalysisTemplate",
  "argoproj.io/ClusterAnalysisTemplate",
]);

/** Groups whose objects hold patterns of pods. */
const POLICY_GROUPS: ReadonlySet<string> = new Set([
  "kyverno.io",
  "policies.kyverno.io",
  "constraints.gatekeeper.sh",
  "templates.gatekeeper.sh",
]);

/** Every pod template in an object: `spec` with `containers`, each with a name and an image or resources. */
export function findPodTemplates({ group, kind, value }: RawObject): FoundTemplate[] {
  const found: FoundTemplate[] = [];
  if (!NO_WORKLOADS.has(`${group}/${kind}`) && !POLICY_GROUPS.has(group)) {
    search(value, [], {}, found);
  }
  return found;
}

/** What the mappings around a value say of how many pods there are. */
interface Around {
  readonly replicas?: number | undefined;
  readonly parallelism?: number | undefined;
}

function search(value: unknown, at: Problem["at"], outer: Around, found: FoundTemplate[]): void {
  if (at.length > MAX_DEPTH || typeof value !== "object" || value === null) {
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      search(inner, [...at, index], outer, found);
    }
    return;
  }
  const around = within(value as Mapping, outer);
  for (const [key, inner] of Object.entries(value)) {
    if (key === "spec" && isMapping(inner) && hasContainers(inner)) {
      const { replicas, parallelism = 1 } = within(inner, around);
      found.push({
        at,
        ...(replicas === undefined && parallelism === 1 ? {} : { replicas: (replicas ?? 1) * parallelism }),
      });
    } else if (key !== "status" && key !== "metadata") {
      search(inner, [...at, key], around, found);
    }
  }
}

function within({ replicas, parallelism }: Mapping, outer: Around): Around {
  return { replicas: countIn(replicas) ?? outer.replicas, parallelism: countIn(parallelism) ?? outer.parallelism };
}

function countIn(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
}

function hasContainers({ containers }: Mapping): boolean {
  return (
    Array.isArray(containers) &&
    containers.length > 0 &&
    containers.every(
      (container) => isMapping(container) && typeof container.name === "string" && hasImageOrResources(container),
    )
  );
}

function hasImageOrResources({ image, resources }: Mapping): boolean {
  return typeof image === "string" || isMapping(resources);
}
