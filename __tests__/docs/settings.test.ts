import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { ClusterStack, parseSettings } from "../../src";

const outdir = mkdtempSync(join(tmpdir(), "settings-"));
afterAll(() => rmSync(outdir, { recursive: true }));

const [, SHOWN = ""] = /```yaml\n([\s\S]*?)```/.exec(readFileSync("docs/settings.md", "utf8")) ?? [];
const SCHEMA = JSON.parse(readFileSync("settings/settings.schema.json", "utf8")) as JsonSchema;

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** Every key that the schema knows by name. */
function keys(schema: JsonSchema): string[] {
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = schema;
  const nested = [
    ...Object.values(properties),
    ...(typeof additionalProperties === "object" ? [additionalProperties] : []),
    ...(items === undefined ? [] : [items]),
    ...anyOf,
    ...oneOf,
  ];
  return [...Object.keys(properties), ...nested.flatMap(keys)];
}

test("the settings that the page shows are accepted and make a valid stack", () => {
  const app = new App({ outdir: outdir });
  const stack = new ClusterStack(app, "shown", parseSettings(SHOWN, "docs/settings.md"));
  expect(() => Testing.synth(stack, true)).not.toThrow();
});

test("the page shows every setting that the schema knows, but for those that exclude others", () => {
  const EXCLUDED = ["existing", "vpcId", "privateSubnetIds", "publicSubnetIds", "path", "count"];
  const missing = new Set(keys(SCHEMA).filter((key) => !EXCLUDED.includes(key) && !SHOWN.includes(`${key}:`)));
  expect([...missing]).toEqual([]);
});
