import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { type JsonSchema, settingsTable } from "../support/settings-table";

const FILE = "docs/ecs-settings.md";

const SCHEMA = JSON.parse(readFileSync("settings/ecs-settings.schema.json", "utf8")) as {
  readonly properties: { readonly ecs: { readonly properties: Readonly<Record<string, JsonSchema>> } };
};

/** The page of each feature. */
const PAGES: Readonly<Record<string, string>> = {
  appRunner: "app-runner",
  beanstalk: "beanstalk",
  certificates: "ecs-load-balancing",
  cluster: "ecs-cluster",
  efs: "ecs-tasks",
  eventTasks: "scheduled-tasks",
  hostedZones: "ecs-load-balancing",
  lightsail: "lightsail",
  loadBalancers: "ecs-load-balancing",
  namespaces: "ecs-services",
  pullThroughCaches: "ecr",
  registryScanning: "ecr",
  queueWorkers: "queue-workers",
  repositories: "ecr",
  scheduledTasks: "scheduled-tasks",
  services: "ecs-services",
  taskDefinitions: "ecs-tasks",
  webAcl: "web-acl",
  workflows: "workflows",
};

/** Tasks are what most of the others are about, so that their containers are shown with them. */
const FIRST = "taskDefinitions";

function sections(): string {
  const features = SCHEMA.properties.ecs.properties;
  const shown = new Map<string, string>();
  settingsTable(features[FIRST] ?? {}, FIRST, shown);
  return Object.keys(features)
    .sort()
    .map((feature) => {
      const schema = features[feature] ?? {};
      return `## ${feature}\n\n${schema.description} [More](${PAGES[feature]}.md).\n\n${settingsTable(schema, feature, shown)}\n`;
    })
    .join("\n");
}

const MARK = "<!-- every setting of 'ecs', from its schema -->\n";

/** `UPDATE_GOLDEN=1 npx jest __tests__/docs/ecs-settings` writes the page anew below the mark. */
function page(): string {
  const text = readFileSync(FILE, "utf8");
  if (process.env.UPDATE_GOLDEN !== "1") {
    return text;
  }
  const updated = `${text.slice(0, text.indexOf(MARK) + MARK.length)}\n${sections()}`;
  writeFileSync(FILE, updated);
  return updated;
}

const PAGE = page();

test("the page shows every setting of containers without Kubernetes, as the schema has it", () => {
  expect(PAGE.slice(PAGE.indexOf(MARK) + MARK.length + 1)).toBe(sections());
});

test("every feature has a page", () => {
  const features = Object.keys(SCHEMA.properties.ecs.properties);
  expect(features.filter((feature) => !existsSync(`docs/${PAGES[feature]}.md`))).toEqual([]);
});

/** Settings that exclude others which the file has. */
const EXCLUDED: readonly string[] = [
  "ecs.efs.*.throughput.provisionedInMibps",
  // Names security groups that have to be there already.
  "ecs.queueWorkers.*.service.additionalSecurityGroupIds",
];

/** Settings that no home without Kubernetes takes, which are there to be refused with the reason. */
const REFUSED: readonly string[] = ["key", "podFields", "preStop", "secretName", "subPath"];

/** Every setting that the value does not have; one that stands in several places alike may be in any of them. */
function missing(root: JsonSchema, value: unknown): string[] {
  const shown = new Map<string, { readonly path: string; is: boolean }>();
  visit(root, [value], "ecs");
  return [...shown.values()].filter(({ is }) => !is).map(({ path }) => path);

  function visit(schema: JsonSchema, values: readonly unknown[], path: string): void {
    const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = schema;
    const objects = values.filter((each): each is Record<string, unknown> => typeof each === "object" && each !== null);
    for (const [key, property] of Object.entries(properties)) {
      const there = objects.filter((each) => Object.hasOwn(each, key)).map((each) => each[key]);
      const identity = `${key}: ${JSON.stringify(property)}`;
      const setting = shown.get(identity) ?? {
        path: `${path}.${key}`,
        is: "const" in property || REFUSED.includes(key),
      };
      shown.set(identity, { ...setting, is: setting.is || there.length > 0 });
      visit(property, there, `${path}.${key}`);
    }
    if (typeof additionalProperties === "object") {
      visit(additionalProperties, objects.flatMap(Object.values), `${path}.*`);
    }
    if (items !== undefined) {
      visit(items, values.flat(), `${path}[]`);
    }
    for (const one of [...anyOf, ...oneOf]) {
      visit(one, values, path);
    }
  }
}

test("the file with everything that there is without Kubernetes has every setting, but for those that exclude others", () => {
  const { ecs } = parse(readFileSync("settings/ecs-everything.yaml", "utf8")) as { ecs: Record<string, unknown> };
  expect(missing(SCHEMA.properties.ecs, ecs).filter((path) => !EXCLUDED.includes(path))).toEqual([]);
  const { lightsail: _, ...rest } = ecs;
  expect(missing(SCHEMA.properties.ecs, rest)).toContain("ecs.lightsail.*.power");
});

describe("a table of settings", () => {
  const mount: JsonSchema = {
    type: "object",
    properties: { volume: { type: "string" }, readOnly: { type: "boolean" } },
  };
  const large: JsonSchema = {
    type: "object",
    properties: Object.fromEntries(["a", "b", "c", "d", "e"].map((key) => [key, { type: "number" }])),
    required: ["a"],
  };
  const rows = (schema: JsonSchema, shown = new Map<string, string>()) =>
    settingsTable(schema, "x", shown).split("\n").slice(2);

  test("names values, what is needed, and what stands in lists and under names", () => {
    expect(
      rows({
        properties: {
          size: { type: "string", description: "How large. Default: small." },
          mode: { enum: ["a", "b"] },
          ports: { type: "object", additionalProperties: { anyOf: [{ type: "number" }, mount] } },
          all: { type: "array", items: { type: "string" } },
        },
        required: ["all"],
      }),
    ).toEqual([
      "| `x.size` | text | How large. Default: small |",
      "| `x.mode` | `a`, `b` |  |",
      "| `x.ports` | by name: number, or settings |  |",
      "| `x.ports.*.volume` | text |  |",
      "| `x.ports.*.readOnly` | `true`, `false` |  |",
      "| `x.all` | list of text | needed |",
    ]);
  });

  test("shows a large object once, and says elsewhere where that is", () => {
    const shown = new Map<string, string>();
    const found = rows({ properties: { one: large, more: { type: "array", items: large } } }, shown);
    expect(found).toEqual([
      "| `x.one` | settings |  |",
      "| `x.one.a` | number | needed |",
      ...["b", "c", "d", "e"].map((key) => `| \`x.one.${key}\` | number |  |`),
      "| `x.more` | list of settings | as `x.one` |",
    ]);
    expect(rows({ properties: { other: large } }, shown)).toEqual(["| `x.other` | settings | as `x.one` |"]);
  });
});
