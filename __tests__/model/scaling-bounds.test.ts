import fc from "fast-check";
import type { ScheduledScaling } from "../../src/model/scaling-schedule";
import { serviceScalingProblems } from "../../src/model/service-scaling";

const count = fc.integer({ min: 0, max: 12 });
const bounds = fc.tuple(count, fc.integer({ min: 1, max: 12 })).map(([minimum, maximum]) => ({ minimum, maximum }));
const changes = fc
  .record({ minimum: count, maximum: count }, { requiredKeys: [] })
  .filter(({ minimum, maximum }) => minimum !== undefined || maximum !== undefined);

/** Schedules by name, each due at a time of its own. */
const schedules = fc
  .array(changes, { minLength: 1, maxLength: 4 })
  .map(
    (all): Record<string, ScheduledScaling> =>
      Object.fromEntries(all.map((change, hour) => [`at-${hour}`, { ...change, schedule: `rate(${hour + 2} hours)` }])),
  );

describe("schedules that are accepted", () => {
  test("never leave a minimum above the maximum, in whatever order they are due", () => {
    let accepted = 0;
    fc.assert(
      fc.property(bounds, schedules, fc.infiniteStream(fc.nat()), (given, all, order) => {
        const options = { ...given, schedules: all, targetTracking: { load: { metric: LOAD, target: 1 } } };
        fc.pre(serviceScalingProblems(options, { hasRequestCounter: false }).length === 0);
        accepted++;
        const names = Object.keys(all);
        let now = given;
        for (const pick of order.take(20)) {
          const { minimum = now.minimum, maximum = now.maximum } = all[names[pick % names.length] ?? ""] ?? {};
          now = { minimum, maximum };
          expect(now.minimum).toBeLessThanOrEqual(now.maximum);
        }
      }),
      { numRuns: 200, maxSkipsPerRun: 1000 },
    );
    expect(accepted).toBeGreaterThan(150);
  });
});

const LOAD = { namespace: "Shop", name: "Load" };
