import { type Problem, problemAt, quote } from "./problem";

/** Where Terraform keeps a stack's state, as far as it tells two states apart. */
export type StatePlace =
  | { readonly type: "local"; readonly path?: string }
  | { readonly type: "s3"; readonly bucket: string; readonly key?: string };

/** State file of a stack, relative to the folder of any synthesized stack. */
export function localStatePath({ path }: { readonly path?: string }, stackId: string): string {
  return path ?? `../../../terraform.${stackId}.tfstate`;
}

/** Key of a stack's state in its bucket. */
export function s3StateKey({ key }: { readonly key?: string }, stackId: string): string {
  return key ?? `${stackId}.tfstate`;
}

/** A stack, and where its state is. */
export interface StackState {
  readonly stackId: string;
  readonly backend: StatePlace;
}

/** What is wrong with the place of a stack's state beside that of another stack. */
export function sharedStateProblems({ stackId, backend }: StackState, other: StackState): Problem[] {
  const property = backend.type === "local" ? "path" : "key";
  const place = placeOf(backend, stackId);
  return problemAt(
    [property],
    bucketOf(backend) === bucketOf(other.backend) && place === placeOf(other.backend, other.stackId)
      ? `'${property}' must be another than that of stack ${quote(other.stackId)}, or each apply would destroy what the other stack has, got ${quote(place)}; leave it out for one derived from the stack's name`
      : undefined,
  );
}

function bucketOf(backend: StatePlace): string | undefined {
  return backend.type === "s3" ? backend.bucket : undefined;
}

function placeOf(backend: StatePlace, stackId: string): string {
  return backend.type === "local" ? localStatePath(backend, stackId) : s3StateKey(backend, stackId);
}
