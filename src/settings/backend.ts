import * as v from "valibot";
import { described, text } from "./pieces";

export const backend = described(
  v.variant("type", [
    v.strictObject({
      type: v.literal("local"),
      path: v.exactOptional(
        described(text, "State file, relative to the folder of the synthesized stack. Default: in the project's root."),
      ),
    }),
    v.strictObject({
      type: v.literal("s3"),
      bucket: text,
      region: text,
      key: v.exactOptional(described(text, "Default: <stack>.tfstate.")),
      kmsKeyId: v.exactOptional(text),
      dynamodbTable: v.exactOptional(
        described(text, "Table that holds the lock. Default: a lock file in the bucket (Terraform or OpenTofu 1.10)."),
      ),
    }),
  ]),
  "Where Terraform keeps the state. Default: a local file.",
);
