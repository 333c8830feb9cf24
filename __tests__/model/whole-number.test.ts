import { wholeProblem, wholeProblems } from "../../src/model/whole-number";

describe("a whole number of a range", () => {
  test("may be either end, and may be left out", () => {
    for (const value of [undefined, 1, 2, 100]) {
      expect(wholeProblem("taskCount", value, [1, 100])).toBeUndefined();
    }
  });

  test.each([0, 101, 1.5, -1, Number.NaN, Number.POSITIVE_INFINITY])("is not %p", (value) => {
    expect(wholeProblem("taskCount", value, [1, 100])).toBe(
      `'taskCount' must be a whole number from 1 to 100, got ${value}`,
    );
  });

  test("is refused at its property, and may say whose it is", () => {
    expect(wholeProblems("delayInSeconds", 901, [0, 900], "of the queue")).toEqual([
      {
        at: ["delayInSeconds"],
        message: "'delayInSeconds' of the queue must be a whole number from 0 to 900, got 901",
      },
    ]);
    expect(wholeProblems("delayInSeconds", 900, [0, 900])).toEqual([]);
  });
});
