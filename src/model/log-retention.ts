import { quote } from "./problem";

/** Days for which CloudWatch Logs keeps events. Source: API model of CloudWatch Logs, PutRetentionPolicy, 2026-11-17. */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** One year: the default for every log group of the project. */
export const DEFAULT_RETENTION_DAYS = 365;

/** Why CloudWatch Logs would refuse the retention, or `undefined`. */
export function retentionProblem(property: string, days: number): string | undefined {
  if (RETENTION_DAYS.includes(days)) {
    return undefined;
  }
  const longer = RETENTION_DAYS.find((value) => value > days);
  const fix = longer === undefined ? `the longest is ${RETENTION_DAYS.at(-1)}` : `the next longer one is ${longer}`;
  return `'${property}' must be one of ${RETENTION_DAYS.join(", ")} days, got ${quote(days)}; ${fix}`;
}
