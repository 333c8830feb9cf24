import { choiceProblem } from "../../src/model/choice";

test("a value may be one of the choices, or left out, and nothing else", () => {
  const choices = ["strictest", "monitor"];
  expect(choiceProblem("'desyncMode'", choices, "monitor")).toBeUndefined();
  expect(choiceProblem("'desyncMode'", choices, undefined)).toBeUndefined();
  expect(choiceProblem("'desyncMode'", choices, "Monitor")).toBe(
    `'desyncMode' must be one of "monitor", "strictest", got "Monitor"`,
  );
});
