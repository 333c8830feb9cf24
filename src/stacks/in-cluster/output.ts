import { TerraformOutput, type TerraformStack } from "cdktf";

type OutputValue = string | Readonly<Record<string, string | readonly string[]>>;

/** An output of the stack; none where there is nothing to tell. */
export function addOutput(stack: TerraformStack, name: string, description: string, value: OutputValue): void {
  if (typeof value === "string" || Object.keys(value).length > 0) {
    new TerraformOutput(stack, name, { description, value });
  }
}
