import { type Problem, quote } from "../model/problem";
import type { RunTime } from "../model/workload";
import { parseDuration } from "../units/duration";
import type { MetadataInput } from "./pod-schema";

/** Annotation of a Job, a CronJob or its pods that says how long a run takes: `90s`, `10m`, `1h30m`. */
const RUN_TIME_ANNOTATION = "cdktf-eks-fargate/run-time";

/** Seconds of a run of which nothing says how long it takes. */
export const DEFAULT_SECONDS_PER_RUN = 300;

/** What a Job says of its runs. */
export interface RunInput {
  /** Of the object, then of what it contains, each with its path. */
  readonly annotations: readonly { readonly at: Problem["at"]; readonly metadata: MetadataInput | null | undefined }[];
  readonly activeDeadlineSeconds: number | null | undefined;
  readonly ttlSecondsAfterFinished: number | null | undefined;
  readonly runsPerMonth?: number | undefined;
  /** Finished pods that stay, when no time to live removes them. */
  readonly retained: number;
}

/** How long the pods of a Job run, and how long they are kept. */
export function readRunTime(
  input: RunInput,
  assumedSeconds: number,
): { readonly runTime: RunTime; readonly problems: Problem[] } {
  const { seconds, from, problems } = secondsPerRun(input, assumedSeconds);
  const { ttlSecondsAfterFinished: ttl, runsPerMonth, retained } = input;
  const kept = ttl ?? undefined;
  const runTime: RunTime = {
    kind: "runs",
    secondsPerRun: seconds,
    from,
    retained: kept === undefined ? retained : 0,
    ...(runsPerMonth === undefined ? {} : { runsPerMonth }),
    ...(kept === undefined ? {} : { keptSeconds: kept }),
  };
  return { runTime, problems };
}

function secondsPerRun({ annotations, activeDeadlineSeconds: deadline }: RunInput, assumedSeconds: number) {
  const annotated = annotations.find(({ metadata }) => metadata?.annotations?.[RUN_TIME_ANNOTATION] !== undefined);
  if (annotated !== undefined) {
    const text = annotated.metadata?.annotations?.[RUN_TIME_ANNOTATION] ?? "";
    const seconds = parseDuration(text);
    const problems: Problem[] =
      seconds === undefined
        ? [
            {
              at: [...annotated.at, "annotations", RUN_TIME_ANNOTATION],
              message: `annotation ${quote(RUN_TIME_ANNOTATION)} must be a duration above 0, got ${quote(text)}; write it like "90s", "10m" or "1h30m"`,
            },
          ]
        : [];
    return { seconds: seconds ?? assumedSeconds, from: `the annotation ${quote(RUN_TIME_ANNOTATION)}`, problems };
  }
  return deadline === undefined || deadline === null
    ? { seconds: assumedSeconds, from: "assumed", problems: [] }
    : { seconds: deadline, from: "activeDeadlineSeconds, an upper bound", problems: [] };
}
