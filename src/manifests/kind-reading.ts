import type * as v from "valibot";
import type { Problem } from "../model/problem";
import type { ClaimTemplate, Replicas, RunTime, Workload } from "../model/workload";
import type { Identity } from "./identity";
import type { RawObject } from "./objects";
import type { PodTemplateInput } from "./pod-schema";
import { type Checked, check } from "./schema";

/** What a kind says of its pods, apart from what all kinds have. */
export interface KindReading {
  /** Where the template stands in the object; a Pod is its own. */
  readonly templatePath: Problem["at"];
  /** `undefined` when `reference` names the object that has it. */
  readonly template?: PodTemplateInput;
  /** Of a Rollout that takes the template of another object. */
  readonly reference?: { readonly kind: string; readonly name: string };
  /** What makes a Pod. */
  readonly controller?: Workload["controller"];
  readonly replicas: Replicas;
  readonly runTime: RunTime;
  readonly claimTemplates: readonly ClaimTemplate[];
  /** Labels that Kubernetes adds to the pods. */
  readonly addedLabels: Readonly<Record<string, string>>;
  /** Whether each container must have a name, as everywhere but in Knative, init containers too. */
  readonly namesNeeded: boolean;
  /** What is wrong though every value is of the right kind. */
  readonly problems: readonly Problem[];
}

export interface KindContext {
  readonly identity: Identity;
  /** Seconds of a run of which nothing says how long it takes. */
  readonly secondsPerRun: number;
}

export type KindReader = (object: RawObject, context: KindContext) => Checked<KindReading>;

export const TEMPLATE_PATH = ["spec", "template"] as const;

export const PLAIN = {
  templatePath: TEMPLATE_PATH,
  runTime: { kind: "always" },
  claimTemplates: [],
  addedLabels: {},
  namesNeeded: true,
  problems: [],
} as const;

/** A reader that checks the object first. */
export function reader<S extends v.GenericSchema>(
  schema: S,
  read: (value: v.InferOutput<S>, context: KindContext) => KindReading,
): KindReader {
  return (object, context) => {
    const checked = check(schema, object.value);
    return "problems" in checked ? checked : { value: read(checked.value, context) };
  };
}

export function one(from: string): Replicas {
  return { min: 1, max: 1, from };
}

export function none(from: string): Replicas {
  return { min: 0, max: 0, from };
}

export function replicasOf(written: number | null | undefined): Replicas {
  return written === null || written === undefined
    ? one("the default of 1")
    : { min: written, max: written, from: "spec.replicas" };
}
