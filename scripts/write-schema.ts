import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SCHEMA_FILE, settingsJsonSchema } from "./settings-json-schema";

/** Writes settings/settings.schema.json: `npm run schema`. */
writeFileSync(join(__dirname, "..", SCHEMA_FILE), settingsJsonSchema());
