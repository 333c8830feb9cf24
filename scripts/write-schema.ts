import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SCHEMA_FILES } from "./settings-json-schema";

/** Writes the schemas of settings files: `npm run schema`. */
for (const [file, text] of Object.entries(SCHEMA_FILES)) {
  writeFileSync(join(__dirname, "..", file), text());
}
