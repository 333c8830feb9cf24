import { type WorkflowInput, workflowInputOf, workflowInputProblems } from "../../src/model/workflow-start";

const problems = (input: unknown) =>
  workflowInputProblems(input as WorkflowInput).map(({ at, message }) => `${at.join(".")}: ${message}`);

describe("what an execution gets of an event", () => {
  test("is the event where nothing is told", () => {
    expect(workflowInputOf(undefined)).toEqual({ kind: "none" });
    expect(problems(undefined)).toEqual([]);
  });

  test("is the same for each event without a field of it, in the order of the keys", () => {
    expect(workflowInputOf({ shops: ["a"], closing: "month", from: null })).toEqual({
      kind: "constant",
      input: '{"closing":"month","from":null,"shops":["a"]}',
    });
  });

  test("has fields of the event in it, as texts, numbers and lists that they are", () => {
    const input = {
      scheduledTime: { from: "time" },
      closing: { of: [{ from: "detail.closing" }, { from: "detail.closing" }], by: 'the "clerk"' },
      shops: { from: "detail.shops[0]" },
    };
    expect(workflowInputOf(input)).toEqual({
      kind: "transformed",
      inputPaths: {
        detail_closing: "$.detail.closing",
        "detail_shops-5b0-5d": "$.detail.shops[0]",
        time: "$.time",
      },
      inputTemplate:
        '{"closing":{"by":"the \\"clerk\\"","of":[<detail_closing>,<detail_closing>]},"scheduledTime":<time>,"shops":<detail_shops-5b0-5d>}',
    });
    expect(problems(input)).toEqual([]);
  });

  test("names fields by their paths", () => {
    expect(problems({ shops: [{ from: "$.detail" }] })).toEqual([
      `input.shops.0.from: 'from' in 'input' must be the path of a field, like "detail.object.key" or "resources[0]", got "$.detail"; leave the "$." out`,
    ]);
  });

  test("has no text beside fields that EventBridge would take for one", () => {
    expect(problems({ closing: { from: "detail.closing" }, note: "<b>", "<key>": ["<aws.events.rule-name>"] })).toEqual(
      [
        expect.stringMatching(/^input\.note: what an execution gets must not have "<b>" in it/),
        expect.stringMatching(/^input\.<key>: what an execution gets must not have "<key>" in it/),
      ],
    );
    expect(problems({ note: "<b>" })).toEqual([]);
  });

  test("is no more than EventBridge takes", () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, { from: `detail.f${index}` }]));
    expect(problems(fields(100))).toEqual([]);
    expect(problems(fields(101))).toEqual([
      "input: 'input' must name at most 100 fields of the event, got 101; leave 'input' out for the whole event",
    ]);
    expect(problems({ a: "x".repeat(8192 - 8) })).toEqual([]);
    expect(problems({ a: "x".repeat(8192 - 7) })).toEqual([
      "input: 'input' must be at most 8192 characters as JSON, got 8193; leave large values in a file, and name that",
    ]);
  });
});
