type Schema = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, unknown>>;

/** What a chart's defaults do not say of its values, each by dotted path. */
export interface ValueTypes {
  /** Paths by JSON type, or by several with `|` between them. An `object` may have any keys. */
  readonly types?: Readonly<Record<string, readonly string[]>>;
  /** Paths by the shape in shared/shapes.yaml. */
  readonly shapes?: Readonly<Record<string, readonly string[]>>;
  /** What a path may be. */
  readonly enums?: Readonly<Record<string, readonly unknown[]>>;
}

/**
 * The JSON Schema of a chart's values: its keys are those of the defaults, and further paths that have a type. An
 * object has only the keys that it has among the defaults; where it is empty there, it may have any.
 *
 * @throws Error when the type of a value is not known, or is given for a path that cannot be
 */
export function valuesSchema(defaults: Values, { types = {}, shapes = {}, enums = {} }: ValueTypes): Schema {
  const given = new Map(Object.entries(enums).map(([path, values]): [string, Schema] => [path, { enum: values }]));
  for (const [type, paths] of Object.entries(types)) {
    for (const path of paths) {
      given.set(path, { type: type.split("|") });
    }
  }
  for (const [shape, paths] of Object.entries(shapes)) {
    for (const path of paths) {
      given.set(path, { $ref: `#/definitions/${shape}` });
    }
  }
  const schema = objectSchema(defaults, "", given);
  if (given.size > 0) {
    throw new Error(`there is no object in the values that could have ${[...given.keys()].join(", ")}`);
  }
  return schema;
}

/** @param given types that are not used yet; what is used is taken out */
function objectSchema(defaults: Values, path: string, given: Map<string, Schema>): Schema {
  const prefix = path === "" ? "" : `${path}.`;
  const properties = Object.fromEntries(
    Object.entries(defaults).map(([key, value]) => [key, valueSchema(value, prefix + key, given)]),
  );
  for (const [at, schema] of given) {
    const key = at.slice(prefix.length);
    if (at.startsWith(prefix) && !key.includes(".")) {
      properties[key] = schema;
      given.delete(at);
    }
  }
  return { type: "object", properties, additionalProperties: false };
}

function valueSchema(value: unknown, path: string, given: Map<string, Schema>): Schema {
  const known = take(path, given);
  if (value === null) {
    if (known === undefined) {
      throw new Error(`the type of '${path}' is not known: it has no default`);
    }
    return Array.isArray(known.type) ? { type: [...known.type, "null"] } : { anyOf: [known, { type: "null" }] };
  }
  if (known !== undefined) {
    return known;
  }
  if (Array.isArray(value)) {
    return { type: "array" };
  }
  if (typeof value === "object") {
    return Object.keys(value).length === 0 ? { type: "object" } : objectSchema(value as Values, path, given);
  }
  return { type: typeof value === "number" ? "integer" : typeof value };
}

function take(path: string, given: Map<string, Schema>): Schema | undefined {
  const schema = given.get(path);
  given.delete(path);
  return schema;
}
