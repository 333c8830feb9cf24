import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { inClusterSchema } from "../src/settings/in-cluster/schema";
import { settingsSchema } from "../src/settings/schema";

/** Where the schema is published, from the root of the project. */
export const SCHEMA_FILE = "settings/settings.schema.json";

/** The settings with all of their parts in one place. */
const whole = v.strictObject({ ...settingsSchema.entries, inCluster: v.exactOptional(inClusterSchema) });

/** The JSON Schema of settings files, for editors: the text of the published file. */
export function settingsJsonSchema(): string {
  const { $schema, ...rest } = toJsonSchema(whole, { target: "draft-07", errorMode: "throw" });
  const schema = {
    $schema,
    title: "Settings of cdktf-eks-fargate",
    description: "One environment: its network, its EKS cluster, and who and what runs there.",
    ...rest,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
