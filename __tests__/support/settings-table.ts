/** What is used of JSON Schema. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

interface Row {
  readonly path: string;
  readonly values: string;
  readonly meaning: string;
}

/** Objects of fewer settings are shown wherever they are; larger ones once. */
const LARGE = 5;

/** More values are not listed. */
const MANY = 12;

/**
 * Every setting of a section by its path, as a table: `*` stands for a name of one's own, `[]` for each of a list.
 *
 * @param shown objects that other sections have shown, with the path where; the section adds its own
 */
export function settingsTable(schema: JsonSchema, path: string, shown: Map<string, string>): string {
  const rows = rowsOf(schema, path, shown);
  return [
    "| Setting | Values | What it is |",
    "|---|---|---|",
    ...rows.map((row) => `| \`${row.path}\` | ${row.values} | ${row.meaning} |`),
  ].join("\n");
}

/** The settings in a value, not the value itself. */
function rowsOf(schema: JsonSchema, path: string, shown: Map<string, string>): Row[] {
  const { properties, required = [], additionalProperties, items, anyOf = [], oneOf = [] } = schema;
  const rows: Row[] = [];
  if (properties !== undefined && !isShown(schema, path, shown)) {
    for (const [key, property] of Object.entries(properties)) {
      const at = `${path}.${key}`;
      const before = elsewhere(property, at, shown);
      const needed = required.includes(key) && !("const" in property) ? "needed" : undefined;
      const meaning = [text(property.description), needed, before && `as \`${before}\``].filter(Boolean).join("; ");
      rows.push({ path: at, values: valuesOf(property), meaning }, ...rowsOf(property, at, shown));
    }
  }
  if (typeof additionalProperties === "object") {
    rows.push(...rowsOf(additionalProperties, `${path}.*`, shown));
  }
  if (items !== undefined) {
    rows.push(...rowsOf(items, `${path}[]`, shown));
  }
  for (const one of [...anyOf, ...oneOf]) {
    rows.push(...rowsOf(one, path, shown));
  }
  return rows;
}

function isLarge({ properties = {} }: JsonSchema): boolean {
  return Object.keys(properties).length >= LARGE;
}

function shapeOf(schema: JsonSchema): string {
  return JSON.stringify(schema, (key, each: unknown) => (key === "description" ? undefined : each));
}

/** Whether a large object of the same shape stands somewhere else; the first keeps its place. */
function isShown(schema: JsonSchema, path: string, shown: Map<string, string>): boolean {
  if (!isLarge(schema)) {
    return false;
  }
  const shape = shapeOf(schema);
  const first = shown.get(shape) ?? path;
  shown.set(shape, first);
  return first !== path;
}

/** Where the objects in a setting are shown, when that is somewhere else. */
function elsewhere(schema: JsonSchema, path: string, shown: ReadonlyMap<string, string>): string | undefined {
  const { additionalProperties, items, anyOf = [], oneOf = [] } = schema;
  const first = isLarge(schema) ? shown.get(shapeOf(schema)) : undefined;
  if (first !== undefined && first !== path) {
    return first;
  }
  const inner = [
    ...(typeof additionalProperties === "object" ? [[additionalProperties, `${path}.*`] as const] : []),
    ...(items === undefined ? [] : [[items, `${path}[]`] as const]),
    ...[...anyOf, ...oneOf].map((one) => [one, path] as const),
  ];
  return inner.map(([each, at]) => elsewhere(each, at, shown)).find((each) => each !== undefined);
}

/** What can be given, in a few words. */
function valuesOf(schema: JsonSchema): string {
  const { type, enum: options, items, additionalProperties, anyOf, oneOf } = schema;
  const several = anyOf ?? oneOf;
  if (several !== undefined) {
    return [...new Set(several.map(valuesOf))].join(", or ");
  }
  if ("const" in schema) {
    return `\`${String(schema.const)}\``;
  }
  if (options !== undefined && options.length > MANY) {
    return `one of ${options.length}, such as \`${String(options[0])}\``;
  }
  if (options !== undefined) {
    return options.map((option) => `\`${String(option)}\``).join(", ");
  }
  switch (type) {
    case "string":
      return "text";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "`true`, `false`";
    case "array":
      return items === undefined ? "list" : `list of ${valuesOf(items)}`;
    default:
      return typeof additionalProperties === "object" ? `by name: ${valuesOf(additionalProperties)}` : "settings";
  }
}

/** The description in a cell of a table, as part of a sentence. */
function text(description = ""): string {
  return description.replaceAll("|", "\\|").replace(/\.$/, "");
}
