import { eventPatternProblems, eventPatternWarnings } from "../../src/model/event-pattern";

const messages = (pattern: Readonly<Record<string, unknown>>) =>
  eventPatternProblems(pattern).map(({ message }) => message);

test("a pattern may use every operator", () => {
  expect(
    messages({
      source: ["aws.s3", { prefix: "shop." }],
      "detail-type": [{ "equals-ignore-case": "object created" }],
      account: ["111122223333"],
      detail: {
        object: {
          key: [{ suffix: ".csv" }, { suffix: { "equals-ignore-case": ".CSV" } }, { wildcard: "in/*/\\*.txt" }],
          size: [{ numeric: [">", 0, "<=", 1024] }, { numeric: ["=", 5] }, 7],
        },
        reason: [
          { "anything-but": ["Copy", "Move"] },
          { "anything-but": { prefix: ["x", "y"] } },
          { "anything-but": 3 },
        ],
        "source-ip-address": [{ cidr: "10.0.0.0/24" }, { cidr: "2001:db8::/32" }],
        deleted: [{ exists: false }],
        nothing: [null, "", true],
      },
      $or: [{ region: ["eu-west-1"] }, { detail: { urgent: [true] } }],
    }),
  ).toEqual([]);
});

test.each<[Readonly<Record<string, unknown>>, string]>([
  [{}, "'pattern' must name at least one field, as it would match every event otherwise"],
  [{ source: "aws.s3" }, `'source' of 'pattern' must be a list of values, got "aws.s3"; write ["aws.s3"]`],
  [{ source: [] }, "'source' of 'pattern' must hold at least one value, got []; leave it out to match any"],
  [{ detailType: ["x"] }, `got "detailType"; did you mean "detail-type"?`],
  [{ bucket: ["x"] }, "fields of the event's own lie under 'detail'"],
  [{ detail: { bucket: {} } }, `'detail.bucket' of 'pattern' must name at least one field, got {}`],
  [{ detail: { size: [[1]] } }, "'detail.size' of 'pattern' must hold texts, numbers"],
  [{ source: [{ startsWith: "a" }] }, "must have one operator of EventBridge"],
  [{ source: [{ prefix: "a", suffix: "b" }] }, "give each an object of its own"],
  [{ source: [{}] }, "must have one operator of EventBridge"],
  [{ source: [{ prefix: "" }] }, `"prefix" of 'source' in 'pattern' must be a text, got ""`],
  [{ source: [{ suffix: { prefix: "a" } }] }, `must be a text or {"equals-ignore-case": "…"}`],
  [{ detail: { x: [{ exists: "true" }] } }, `"exists" of 'detail.x' in 'pattern' must be true or false, got "true"`],
  [{ detail: { x: [{ numeric: [">", "0"] }] } }, "must be one comparison or two"],
  [{ detail: { x: [{ numeric: ["!=", 0] }] } }, "must be one comparison or two"],
  [{ detail: { x: [{ numeric: [">", 0, "<"] }] } }, "must be one comparison or two"],
  [{ detail: { x: [{ numeric: [">", 9, "<", 1] }] } }, "must have the lower limit before the higher one"],
  [{ detail: { x: [{ numeric: ["<", 9, ">", 1] }] } }, "must have the lower limit before the higher one"],
  [{ detail: { x: [{ numeric: [">", 6e9] }] } }, "must be a number from -5000000000 to 5000000000, got 6000000000"],
  [{ detail: { x: [6e9] } }, "'detail.x' of 'pattern' must be a number from -5000000000"],
  [{ detail: { x: [{ cidr: "10.0.0.1/24" }] } }, `"cidr" of 'detail.x' in 'pattern'`],
  [{ detail: { x: [{ cidr: 10 }] } }, `must be a network, like "10.0.0.0/24", got 10`],
  [{ detail: { x: [{ wildcard: "a**b" }] } }, `must not have "*" twice in a row, got "a**b"; write one`],
  [{ detail: { x: [{ wildcard: "a\\b" }] } }, 'must have a backslash only before "*"'],
  [{ detail: { x: [{ "anything-but": [] }] } }, "must be a text or a number, or a list of either, got []"],
  [{ detail: { x: [{ "anything-but": ["a", 1] }] } }, "must be a text or a number, or a list of either"],
  [{ detail: { x: [{ "anything-but": { numeric: [">", 1] } }] } }, "must be a value, a list of them, or one of"],
  [{ detail: { x: [{ "anything-but": { prefix: [] } }] } }, "must hold at least one text, got []"],
  [{ detail: { x: [{ "anything-but": { wildcard: "**" } }] } }, `must not have "*" twice in a row`],
  [{ $or: [{ source: ["a"] }] }, "'$or' of 'pattern' must be a list of at least two patterns"],
  [{ $or: [{ source: ["a"] }, { sorce: ["a"] }] }, `got "sorce"`],
])("%j is refused", (pattern, words) => {
  expect(messages(pattern).join("\n")).toContain(words);
});

test("a problem is told at its place", () => {
  expect(eventPatternProblems({ detail: { a: ["x", { nope: 1 }] } }).map(({ at }) => at)).toEqual([["detail", "a", 1]]);
  expect(eventPatternProblems({ $or: [{ source: ["a"] }, { source: [] }] }).map(({ at }) => at)).toEqual([
    ["$or", 1, "source"],
  ]);
});

test("a pattern may have 2,048 characters, more with a raised quota, and at most 4,096", () => {
  const pattern = (length: number) => ({ source: ["x".repeat(length - '{"source":[""]}'.length)] });
  expect(eventPatternWarnings(pattern(2048))).toEqual([]);
  expect(eventPatternWarnings(pattern(2049))).toEqual([
    `'pattern' is 2049 characters, and EventBridge takes 2048 unless the account's quota "Event pattern size" has been raised`,
  ]);
  expect(messages(pattern(4096))).toEqual([]);
  expect(messages(pattern(4097))).toEqual([
    `'pattern' must be at most 4096 characters of JSON, got 4097; match by "prefix", or split it into several rules`,
  ]);
});
