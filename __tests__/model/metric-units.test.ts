import { METRIC_UNITS, unitProblem } from "../../src/model/metric-units";
import { metricProblems } from "../../src/model/scaling-metrics";

const called = 'step scaling "latency"';

test("CloudWatch has 27 units", () => {
  expect(new Set(METRIC_UNITS).size).toBe(27);
  expect(METRIC_UNITS.map((unit) => unitProblem(unit, called))).toEqual(METRIC_UNITS.map(() => undefined));
});

test("a unit in other letters is another, of which there are no values", () => {
  expect(unitProblem("milliseconds", called)).toMatch(
    /^'unit' of the metric of step scaling "latency" must be a unit of CloudWatch \(.*\), got "milliseconds"; write "Milliseconds"$/,
  );
  expect(unitProblem("ms", called)).toMatch(/, got "ms"$/);
});

test("a metric that the number of tasks follows has one of them, or none", () => {
  const metric = { namespace: "Shop", name: "Latency" };
  const service = { hasRequestCounter: false };
  expect(metricProblems({ ...metric, unit: "Milliseconds" }, called, service)).toEqual([]);
  expect(metricProblems({ ...metric, unit: "milliseconds" }, called, service)).toMatchObject([{ at: ["unit"] }]);
});
