import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { parse } from "yaml";
import { ClusterStack, parseSettings } from "../../src";
import { InClusterStack } from "../../src/in-cluster";
import { withoutStackTraces } from "../../src/stacks/stack-traces";

const outdir = mkdtempSync(join(tmpdir(), "settings-"));
afterAll(() => rmSync(outdir, { recursive: true }));

/** The settings are shown on two pages, which are one file. */
const SHOWN = ["docs/settings.md", "docs/in-cluster-settings.md"]
  .map((page) => /```yaml\n([\s\S]*?)```/.exec(readFileSync(page, "utf8"))?.[1] ?? "")
  .join("\n");
const SCHEMA = JSON.parse(readFileSync("settings/settings.schema.json", "utf8")) as JsonSchema;

/** Settings that exclude others which are shown. */
const EXCLUDED: readonly string[] = [
  "backend.path",
  "cluster.existing",
  "network.existing",
  "network.zones.count",
  "inCluster.albController.policyName",
  "inCluster.albController.roleArn",
  "inCluster.albController.roleName",
  "inCluster.albController.serviceAccount",
  "inCluster.fargateLogging.configMap",
  "inCluster.kubeDownscaler.excludeNamespaces",
];

interface JsonSchema {
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

type Values = Readonly<Record<string, unknown>>;

/** Objects of one shape are shown whole once, wherever they stand. */
interface Shape {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly shown: Set<string>;
}

/** Every setting that the schema knows and the value does not have, by its path. */
function missing(root: JsonSchema, value: unknown, excluded = EXCLUDED): string[] {
  const shapes = new Map<string, Shape>();
  visit(root, [value], "");
  return [...shapes.values()].flatMap(({ path, schema, shown }) =>
    Object.entries(schema.properties ?? {})
      .filter(([key, property]) => !(shown.has(key) || "const" in property))
      .map(([key]) => `${path}${key}`)
      .filter((setting) => !excluded.includes(setting)),
  );

  function visit(schema: JsonSchema, values: readonly unknown[], path: string): void {
    const { properties, additionalProperties, items, anyOf = [], oneOf = [] } = schema;
    const objects = values.filter((each): each is Values => typeof each === "object" && each !== null);
    if (properties !== undefined) {
      const mine = objects.filter((each) => fits(schema, each));
      const shape = shapeOf(schema, path);
      for (const [key, property] of Object.entries(properties)) {
        const there = mine.filter((each) => key in each).map((each) => each[key]);
        if (there.length > 0) {
          shape.shown.add(key);
        }
        if (!excluded.includes(`${path}${key}`)) {
          visit(property, there, `${path}${key}.`);
        }
      }
    }
    if (typeof additionalProperties === "object") {
      visit(additionalProperties, objects.flatMap(Object.values), `${path}*.`);
    }
    if (items !== undefined) {
      visit(items, values.flat(), path);
    }
    for (const one of [...anyOf, ...oneOf]) {
      visit(one, values, path);
    }
  }

  function shapeOf(schema: JsonSchema, path: string): Shape {
    const text = JSON.stringify(schema, (key, each: unknown) => (key === "description" ? undefined : each));
    const shape = shapes.get(text) ?? { path, schema, shown: new Set() };
    shapes.set(text, shape);
    return shape;
  }
}

/** Whether the object is of the schema's kind, where it says which. */
function fits({ properties = {} }: JsonSchema, value: Values): boolean {
  return Object.entries(properties).every(([key, property]) => !("const" in property) || property.const === value[key]);
}

test("the settings that the pages show are accepted and make two valid stacks", () => {
  const settings = parseSettings(SHOWN, "docs/settings.md");
  withoutStackTraces(() => {
    const app = new App({ outdir });
    for (const Stack of [ClusterStack, InClusterStack]) {
      const stack = new Stack(app, Stack.name, settings);
      expect(() => Testing.synth(stack, true)).not.toThrow();
    }
  });
});

test("the pages show every setting that the schema knows, but for those that exclude others", () => {
  expect(missing(SCHEMA, parse(SHOWN))).toEqual([]);
});

test("a setting that is shown in one place is missed in another", () => {
  const { inCluster, ...cluster } = parse(SHOWN) as { inCluster: Values };
  const { containerInsights, ...features } = inCluster as { containerInsights: Values };
  const { roleName: _, ...insights } = containerInsights;
  const shown = { ...cluster, inCluster: { ...features, containerInsights: insights } };
  expect(missing(SCHEMA, shown)).toEqual(["inCluster.containerInsights.roleName"]);
});

test("what is left out because it excludes others is a setting, and some page names it", () => {
  expect(missing(SCHEMA, parse(SHOWN), [])).toEqual(expect.arrayContaining([...EXCLUDED]));
  const pages = ["settings", "in-cluster-settings", "in-cluster", "existing-vpc", "logging"]
    .map((page) => readFileSync(`docs/${page}.md`, "utf8"))
    .join("\n");
  const keys = EXCLUDED.map((path) => path.split(".").at(-1));
  expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(pages))).toEqual([]);
});
