import type { SettingsSchema } from "./issues";
import { RULES, type RuleOf } from "./rules";
import { type Settings, settingsSchema } from "./schema";

/** What a settings file may describe: its schema, and the rules of what that means. */
export interface SettingsKind<S> {
  readonly schema: SettingsSchema;
  readonly rules: readonly RuleOf<S>[];
  /** Why a key of the file stands in the wrong one, or `undefined`. */
  readonly strange: (key: string) => string | undefined;
}

/** An EKS cluster, and what runs on it. */
export const EKS: SettingsKind<Settings> = {
  schema: settingsSchema,
  rules: RULES,
  strange: (key) =>
    key === "ecs"
      ? "'ecs' makes settings those of containers without Kubernetes, and an EKS cluster is asked for here; name a file of an EKS cluster"
      : undefined,
};

/** Whether a settings file describes containers without Kubernetes. */
export function isOfEcs(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "ecs");
}
