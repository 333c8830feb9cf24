import type { ScaledService } from "../../src/model/scaling-metrics";
import { type StepScaling, stepScalingProblems } from "../../src/model/scaling-steps";

const SERVICE: ScaledService = { hasRequestCounter: false };
export const BOUNDS = { minimum: 0, maximum: 20 };
const metric = { namespace: "Shop", name: "Load" };

/** What is wrong with two steps and what else is said. */
export const problems = (options: Partial<StepScaling>, bounds = BOUNDS) =>
  stepScalingProblems("load", { metric, steps: [{ to: 10 }, { from: 10, change: 1 }], ...options }, SERVICE, bounds);
export const messages = (options: Partial<StepScaling>, bounds = BOUNDS) =>
  problems(options, bounds).map(({ message }) => message);
