import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { quote } from "../model/problem";
import { ifKnown } from "./errors";

const TAKEN = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * Enters a name that AWS has once among those of the stack. A name that is known to Terraform alone is the same as itself,
 * and may be the same as others.
 *
 * @param what has the name, such as "schedule"
 * @returns the path of the construct that has it already
 */
export function takeName(scope: Construct, what: string, name: string): string | undefined {
  const stack = TerraformStack.of(scope);
  const taken = TAKEN.get(stack) ?? new Map<string, string>();
  TAKEN.set(stack, taken);
  const key = `${what} ${name}`;
  const other = taken.get(key);
  taken.set(key, other ?? scope.node.path);
  return other;
}

/**
 * Why something cannot have the name, or `undefined`: another construct of the stack has it, and AWS has it once. A name
 * that is known to Terraform alone is left to AWS.
 *
 * @param what has the name, such as "ECS service"
 * @param property that gives it another name
 * @param among what names are told apart in, where that is not the Region
 */
export function takenNameProblem(
  scope: Construct,
  what: string,
  name: string,
  property: string,
  among = "",
): string | undefined {
  const other = ifKnown(name, (known) => takeName(scope, what, `${among} ${known}`));
  return other === undefined
    ? undefined
    : `[${other}] is the ${what} ${quote(name)} already, of which AWS has one; give one of the two another '${property}'`;
}
