import type { SettingsKind } from "../kinds";
import { settingsSchema } from "../schema";
import { ECS_RULES } from "./rules";
import { type EcsSettings, ecsSettingsSchema } from "./schema";

/** Containers without Kubernetes. */
export const ECS: SettingsKind<EcsSettings> = {
  schema: ecsSettingsSchema,
  rules: ECS_RULES,
  strange: (key) =>
    Object.hasOwn(settingsSchema.entries, key)
      ? `'${key}' describes an EKS cluster, and 'ecs' containers without Kubernetes; give each a settings file of its own, the second with the VPC of the first in 'network.existing'`
      : undefined,
};
