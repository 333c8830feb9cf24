import { SECONDS_PER_HOUR } from "../../units/time";
import type { Rule } from "../rule";
import { FARGATE_GUIDE } from "./support/sources";

const KINDS = new Set(["Job", "CronJob", "ScaledJob"]);

/** Longer than anybody needs to look at a finished pod while it is billed. */
const LONG_SECONDS = SECONDS_PER_HOUR;

export const jobTtl: Rule = {
  id: "job-ttl",
  severity: "warning",
  title: "Finished pods of a Job are deleted",
  reason: "a finished pod keeps its Fargate capacity, and is billed, until it is deleted",
  fix: "set 'ttlSecondsAfterFinished' of the Job to a few minutes",
  source: FARGATE_GUIDE,
  check({ kind, podPath, runTime }) {
    if (!KINDS.has(kind) || runTime.kind !== "runs") {
      return [];
    }
    // The Job's specification holds the pod template.
    const at = podPath.slice(0, -2);
    const { keptSeconds, retained } = runTime;
    if (keptSeconds !== undefined) {
      return keptSeconds > LONG_SECONDS
        ? [
            {
              at: [...at, "ttlSecondsAfterFinished"],
              message: `finished pods are kept for ${keptSeconds} s ('ttlSecondsAfterFinished')`,
              severity: "advice",
            },
          ]
        : [];
    }
    const history = kind === "Job" ? "" : `, and the ${kind} keeps ${retained} of those that succeeded`;
    return [
      {
        at,
        message: `nothing deletes a Job when it has finished ('ttlSecondsAfterFinished' is not set)${history}`,
      },
    ];
  },
};
