import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { ecsSettingsSchema } from "../src/settings/ecs/schema";
import { inClusterSchema } from "../src/settings/in-cluster/schema";
import { settingsSchema } from "../src/settings/schema";

/** Where the schemas are published, from the root of the project, with their text: JSON Schema, for editors. */
export const SCHEMA_FILES: Readonly<Record<string, () => string>> = {
  "settings/settings.schema.json": () =>
    jsonSchema(
      // With all of its parts in one place.
      v.strictObject({ ...settingsSchema.entries, inCluster: v.exactOptional(inClusterSchema) }),
      "Settings of cdktf-eks-fargate",
      "One environment: its network, its EKS cluster, and who and what runs there.",
    ),
  "settings/ecs-settings.schema.json": () =>
    jsonSchema(
      ecsSettingsSchema,
      "Settings of cdktf-eks-fargate for containers without Kubernetes",
      "One environment: its network, its ECS cluster, and what runs there and beside it.",
    ),
};

function jsonSchema(settings: v.GenericSchema, title: string, description: string): string {
  const { $schema, ...rest } = toJsonSchema(settings, { target: "draft-07", errorMode: "throw" });
  return `${JSON.stringify({ $schema, title, description, ...rest }, undefined, 2)}\n`;
}
