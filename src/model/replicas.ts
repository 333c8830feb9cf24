import { type Problem, quote } from "./problem";

/** What is wrong with a number of pods. */
export function replicasProblems(replicas: number): Problem[] {
  return Number.isInteger(replicas) && replicas >= 1
    ? []
    : [{ at: ["replicas"], message: `'replicas' must be a whole number of at least 1, got ${quote(replicas)}` }];
}
