import * as v from "valibot";

/** Pieces that several sections of the settings are made of. */

export const text = v.pipe(v.string(), v.nonEmpty());
export const names = v.array(text);
export const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/**
 * The same schema, known by what it takes and gives alone: with what it is made of spelled out, the compiler of whoever
 * uses the package would find the settings too deep.
 */
export const opaque = <T extends v.GenericSchema>(schema: T): v.GenericSchema<v.InferInput<T>, v.InferOutput<T>> =>
  schema;

export const described = <T extends v.GenericSchema>(schema: T, description: string) =>
  v.pipe(schema, v.description(description));

/** Tags of everything in a stack. */
export const tags = described(v.record(text, v.string()), "Tags of everything in AWS.");

export const replicas = described(positive, "How many pods. Default: 2.");

export const chart = described(
  v.strictObject({
    repository: v.exactOptional(described(text, "https:// or oci://. Default: the publisher's, or the mirror.")),
    version: v.exactOptional(described(text, "Default: the one that this project was tested with.")),
  }),
  "Helm chart.",
);

export const image = described(
  v.strictObject({
    registry: v.exactOptional(described(text, "Default: the publisher's, or the mirror.")),
    repository: v.exactOptional(text),
    tag: v.exactOptional(text),
  }),
  "Container image. Default: the one that this project was tested with.",
);

/** A statement of an IAM policy. */
export const statement = v.strictObject({
  sid: v.exactOptional(described(text, "Name of the statement. Default: none.")),
  effect: v.exactOptional(described(v.picklist(["Allow", "Deny"]), "Default: Allow.")),
  actions: described(names, "Actions of AWS, such as s3:GetObject."),
  resources: described(names, "ARNs, * for any text in them."),
  conditions: v.exactOptional(
    described(
      v.record(text, v.record(text, v.union([v.string(), names]))),
      "Values by operator and key, such as Bool and aws:SecureTransport. Default: none.",
    ),
  ),
});
