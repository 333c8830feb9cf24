import type { Construct } from "constructs";
import { quote } from "../../model/problem";
import { takeName } from "../taken-names";

/** Why a zone cannot have the records of a name, or `undefined`: something else of the stack has made them. */
export function takenRecordProblem(scope: Construct, zoneId: string, name: string): string | undefined {
  const other = takeName(scope, "record", `${zoneId} ${name}`);
  return other === undefined
    ? undefined
    : `${quote(name)} leads to ${quote(other)} already, and a zone has its records once; leave it out of one of the two, or let services share one load balancer`;
}
