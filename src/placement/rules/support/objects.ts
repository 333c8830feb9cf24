import { quote } from "../../../model/problem";
import type { Source } from "../../../model/workload";

/** An object other than the workload, as messages call it: `Service "api" (web.yaml, line 12)`. */
export function describeObject(kind: string, { name, source }: { readonly name: string; readonly source: Source }) {
  return `${kind} ${quote(name)} (${source.file}, line ${source.line})`;
}
