import { quote, quoteAll } from "./problem";

/**
 * Units of CloudWatch, which are told apart by capital letters too: of any other a metric has no values.
 *
 * As of 2026-11-22. Source: Amazon CloudWatch API Reference, Datapoint and MetricDatum.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
 */
const SIZES = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"];
const BITS = ["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"];
export const METRIC_UNITS: readonly string[] = [
  ...["Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"],
  ...[...SIZES, ...BITS].flatMap((size) => [size, `${size}/Second`]),
];

/** Why CloudWatch has no such unit, or `undefined`. */
export function unitProblem(unit: string, called: string): string | undefined {
  const meant = METRIC_UNITS.find((known) => known.toLowerCase() === unit.toLowerCase());
  return meant === unit
    ? undefined
    : `'unit' of the metric of ${called} must be a unit of CloudWatch (${quoteAll(METRIC_UNITS)}), got ${quote(unit)}${meant === undefined ? "" : `; write ${quote(meant)}`}`;
}
