import { compareText } from "./order";
import type { PodSpec } from "./pod";
import type { Problem } from "./problem";

/** Where an object was read. */
export interface Source {
  /** As the user named it; `-` is standard input. */
  readonly file: string;
  /** Number of the document in the file, from 1. */
  readonly document: number;
  /** Line on which the object begins, from 1. */
  readonly line: number;
  /** Line of the value at a path of the object, or of the nearest value around it, from 1. */
  lineOf(at: Problem["at"]): number;
}

/** Something that makes pods of one kind: a Deployment, a Job, a pod by itself, and whatever else has a pod template. */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly source: Source;
  /** Labels of the pods, not of the object that makes them. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly pod: PodSpec;
  /** Where the pod's specification stands in the object, such as `["spec", "template", "spec"]`. */
  readonly podPath: Problem["at"];
  readonly replicas: Replicas;
  readonly runTime: RunTime;
  /** What makes a Pod, where that is not among the manifests. */
  readonly controller?: { readonly kind: string; readonly name: string };
  /** Of a StatefulSet. */
  readonly claimTemplates: readonly ClaimTemplate[];
}

/** How many pods there are at once. */
export interface Replicas {
  readonly min: number;
  readonly max: number;
  /** What says so: `spec.replicas`, `HorizontalPodAutoscaler web`, `the default of 1`. */
  readonly from: string;
}

/**
 * How long each of the pods runs: always, or from time to time. A run's pods are billed until Kubernetes deletes them:
 * `retained` is how many finished pods stay, and `keptSeconds` how long each of the others is kept after its end.
 */
export type RunTime =
  | { readonly kind: "always" }
  | {
      readonly kind: "runs";
      /** Runs in a month of 730 hours. `undefined` for a Job, which runs once. */
      readonly runsPerMonth?: number;
      readonly secondsPerRun: number;
      /** What says how long a run takes. */
      readonly from: string;
      /** `ttlSecondsAfterFinished`, where it is set. */
      readonly keptSeconds?: number;
      /** Finished pods that a CronJob keeps, by `successfulJobsHistoryLimit`, when no time to live removes them. */
      readonly retained: number;
    };

export interface ClaimTemplate {
  readonly name: string;
  readonly storageClassName?: string;
}

/** How a workload is called in messages and tables: `Deployment web/api`. */
export function describeWorkload({ kind, namespace, name }: Pick<Workload, "kind" | "namespace" | "name">): string {
  return `${kind} ${namespace}/${name}`;
}

/** The order of every listing: by namespace, then name, then kind. */
export function compareWorkloads(a: Workload, b: Workload): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name) ||
    compareText(a.kind, b.kind) ||
    compareText(a.source.file, b.source.file) ||
    a.source.line - b.source.line
  );
}
