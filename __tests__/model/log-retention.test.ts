import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../../src/model/log-retention";

/** API model of CloudWatch Logs, PutRetentionPolicy. */
const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

test("exactly the days that CloudWatch Logs knows are accepted", () => {
  const accepted = Array.from({ length: 4000 }, (_, day) => day).filter(
    (day) => retentionProblem("retentionInDays", day) === undefined,
  );
  expect(accepted).toEqual(DAYS);
});

test("the default is one year and is accepted", () => {
  expect(DEFAULT_RETENTION_DAYS).toBe(365);
  expect(DAYS).toContain(DEFAULT_RETENTION_DAYS);
});

test("another number is refused with the next longer one", () => {
  expect(retentionProblem("logRetentionInDays", 31)).toBe(
    `'logRetentionInDays' must be one of ${DAYS.join(", ")} days, got 31; the next longer one is 60`,
  );
});

test("more than the longest is refused with the longest", () => {
  expect(retentionProblem("retentionInDays", 3654)).toMatch(/got 3654; the longest is 3653$/);
});

test.each([0, -1, 7.5, Number.NaN])("%p days are refused", (days) => {
  expect(retentionProblem("retentionInDays", days)).toContain(`got ${days};`);
});
