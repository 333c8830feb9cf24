import { Lazy, Tokenization } from "cdktf";
import { withoutStackTraces } from "../../src/stacks/stack-traces";

function creationStack(): readonly string[] {
  const token = Lazy.stringValue({ produce: () => "value" });
  return Tokenization.reverseString(token).firstToken?.creationStack ?? ["no token"];
}

describe("withoutStackTraces", () => {
  test("returns what is built", () => {
    expect(withoutStackTraces(() => 42)).toBe(42);
  });

  test("builds tokens without the trace of their creation, which they have otherwise", () => {
    expect(creationStack().length).toBeGreaterThan(1);
    expect(withoutStackTraces(creationStack).filter((line) => line.includes(" at "))).toEqual([]);
    expect(withoutStackTraces(creationStack).length).toBeLessThanOrEqual(1);
  });

  test("leaves real errors their trace", () => {
    const { stack } = withoutStackTraces(() => new Error("real"));
    expect(stack).toContain("stack-traces.test");
    const caught = withoutStackTraces(() => {
      const error = new Error("real");
      error.stack = "";
      Error.captureStackTrace(error);
      return error;
    });
    expect(caught.stack).toContain("stack-traces.test");
  });

  test("restores what it changed, also after an exception", () => {
    const original = Error.captureStackTrace;
    withoutStackTraces(() => expect(Error.captureStackTrace).not.toBe(original));
    expect(Error.captureStackTrace).toBe(original);
    const fail = () =>
      withoutStackTraces(() => {
        throw new RangeError("from within");
      });
    expect(fail).toThrow(new RangeError("from within"));
    expect(Error.captureStackTrace).toBe(original);
  });
});
