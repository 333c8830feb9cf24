import { readFileSync } from "node:fs";
import { groupBy } from "../../src/report/findings";
import { SCHEMA_VERSION } from "../../src/report/json";
import { commandLine } from "../support/command-line";

const SHOP = "__tests__/fixtures/manifests/shop";
const PROFILES = ["--profiles", "__tests__/fixtures/manifests/profiles.yaml"];
const PAGE = readFileSync("docs/json.md", "utf8");

interface Row {
  /** `target.profiles[].key`; empty when the row stands for all keys of another part. */
  readonly key: string;
  /** `text or null`, `list of finding`, `"a" or "b"`. */
  readonly value: string;
}

/** The tables of the page, by their headings. */
const PARTS = new Map(
  PAGE.split(/^##+ /m).map((section): [string, Row[]] => [
    section.split("\n")[0] ?? "",
    [...section.matchAll(/^\| (?:`([^`]+)`|those of) \| ([^|]+) \|/gm)].map(([, key = "", value = ""]) => ({
      key,
      value: value.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1").trim(),
    })),
  ]),
);

/** Rows of a part, with those that it takes over from another. */
function rowsOf(part: string): (Row & { readonly part: string })[] {
  return (PARTS.get(part) ?? []).flatMap((row) => (row.key === "" ? rowsOf(row.value) : [{ ...row, part }]));
}

/** What was looked at: keys of parts, behind which `null` stands where the value was that. */
const seen = new Set<string>();

/** Where a document is not as the page says. */
function differences(value: unknown, part: string, at: string): string[] {
  return compareObject(
    value,
    rowsOf(part).map((row) => ({ ...row, rest: row.key })),
    at,
  );
}

interface Pending extends Row {
  readonly part: string;
  /** What of the key is not gone down yet. */
  readonly rest: string;
}

function compareObject(value: unknown, rows: readonly Pending[], at: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${at} is no object`];
  }
  const documented = groupBy(rows, ({ rest }) => /^[^.[]+/.exec(rest)?.[0] ?? "");
  const unknown = Object.keys(value).filter((key) => !documented.has(key));
  return [
    ...unknown.map((key) => `${at}.${key} is not documented`),
    ...[...documented].flatMap(([key, below]) =>
      Object.hasOwn(value, key)
        ? compareBelow((value as Record<string, unknown>)[key], key, below, `${at}.${key}`)
        : [`${at}.${key} is missing`],
    ),
  ];
}

function compareBelow(value: unknown, key: string, rows: readonly Pending[], at: string): string[] {
  const [row] = rows;
  if (row !== undefined && row.rest === key) {
    seen.add(`${row.part}: ${row.key}${value === null ? " null" : ""}`);
    return compareValue(value, row.value, at);
  }
  const below = rows.map((each) => ({ ...each, rest: each.rest.slice(key.length).replace(/^(\[\])?\./, "") }));
  if (row?.rest.startsWith(`${key}[]`)) {
    return Array.isArray(value) ? value.flatMap((each) => compareObject(each, below, `${at}[]`)) : [`${at} is no list`];
  }
  return compareObject(value, below, at);
}

function compareValue(value: unknown, expected: string, at: string): string[] {
  const wrong = [`${at} must be ${expected}, got ${JSON.stringify(value)?.slice(0, 40)}`];
  if (expected.endsWith(" or null")) {
    return value === null ? [] : compareValue(value, expected.slice(0, -" or null".length), at);
  }
  if (expected.startsWith("list of ")) {
    const each = expected.slice("list of ".length);
    return Array.isArray(value) ? value.flatMap((item) => compareValue(item, each, `${at}[]`)) : wrong;
  }
  if (PARTS.has(expected)) {
    return differences(value, expected, at);
  }
  return isOf(expected, value) ? [] : wrong;
}

function isOf(expected: string, value: unknown): boolean {
  switch (expected) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "text or number":
      return typeof value === "string" || typeof value === "number";
    case "true or false":
      return typeof value === "boolean";
    case "amount":
      return typeof value === "string" && /^\d+(\.\d+)?$/.test(value);
    case "mapping of text":
      return typeof value === "object" && Object.values(value ?? {}).every((each) => typeof each === "string");
    default:
      return expected.split(/, | or /).includes(JSON.stringify(value));
  }
}

/** Where nearly every price is missing. */
const OSAKA = ["--region", "ap-northeast-3"];
const VIRGINIA = ["--region", "us-east-1"];

const DAMAGED = `apiVersion: v1
kind: Pod
metadata: { name: huge }
spec: { containers: [{ name: app, image: app, resources: { requests: { cpu: 100 } } }] }
---
kind: [
`;

const RUNS: [part: string, args: string[], stdin: string][] = [
  ["fit", ["fit", SHOP, ...PROFILES, ...VIRGINIA], ""],
  ["fit", ["fit", SHOP, "--nodes", ...PROFILES, ...OSAKA], ""],
  ["fit", ["fit", "-", "nowhere", ...PROFILES, ...VIRGINIA], DAMAGED],
  ["cost", ["cost", SHOP, "--instance-types", "t3.medium,m6i.large", ...PROFILES, ...VIRGINIA], ""],
  ["cost", ["cost", SHOP, ...PROFILES, ...OSAKA], ""],
  ["decide", ["decide", SHOP, ...PROFILES, ...VIRGINIA], ""],
  ["decide", ["decide", SHOP, "--instance-types", "m7i.large", ...PROFILES, ...OSAKA], ""],
  ["decide", ["decide", "-", ...PROFILES, ...VIRGINIA], DAMAGED],
  ["decide", ["decide", "examples/shop/manifests", "--selector", "web-*", ...VIRGINIA], ""],
];

test.each(RUNS)("%s is as the page says: %j", async (part, args, stdin) => {
  const { stdout } = await commandLine([...args, "--format", "json"], { stdin });
  expect(differences(JSON.parse(stdout), part, part)).toEqual([]);
});

test("the page has no key that no answer has, and no null that none is", () => {
  const rows = [...PARTS.keys()].flatMap((part) => rowsOf(part).filter((row) => row.part === part));
  expect(rows.length).toBeGreaterThan(100);
  const keys = rows.map(({ part, key }) => `${part}: ${key}`);
  const nulls = rows.filter(({ value }) => value.endsWith(" or null")).map(({ part, key }) => `${part}: ${key} null`);
  const ofOtherAnswers = ["fit: comparison", "fit: decision"];
  expect([...keys, ...nulls].filter((each) => !seen.has(each) && !ofOtherAnswers.includes(each))).toEqual([]);
});

test("the page says which version this is", () => {
  expect(PAGE).toContain(`\`schemaVersion\` is ${SCHEMA_VERSION}.`);
});
