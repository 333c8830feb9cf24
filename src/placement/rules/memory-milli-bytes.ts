import type { Problem } from "../../model/problem";
import { Memory } from "../../units/memory";
import type { Rule } from "../rule";
import { containersOf } from "./support/containers";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

/** No container runs in less. */
const LEAST = Memory.ofMib(1);

export const memoryMilliBytes: Rule = {
  id: "memory-milli-bytes",
  severity: "warning",
  title: "Amounts of memory have the suffix that is meant",
  reason: `no container runs in less than ${LEAST}; "m" is a thousandth of a byte, and no suffix means bytes`,
  fix: 'write "Mi" for mebibytes: 512Mi, not 512m and not 512',
  source: POD_CONFIGURATION_GUIDE,
  check: (workload) =>
    containersOf(workload).flatMap(({ container: { resources }, at, called }) =>
      (["requests", "limits"] as const).flatMap((list) => {
        const { memory } = resources[list];
        return memory === undefined || memory.bytes === 0 || memory.covers(LEAST)
          ? []
          : [violation([...at, "resources", list, "memory"], `${called} ${VERBS[list]}`, memory)];
      }),
    ),
};

const VERBS = { requests: "requests", limits: "is limited to" } as const;

function violation(at: Problem["at"], who: string, { bytes }: Memory) {
  return { at, message: `${who} ${bytes} ${bytes === 1 ? "byte" : "bytes"} of memory` };
}
