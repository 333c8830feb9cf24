import { createHash } from "node:crypto";
import type { Finding, Severity } from "../model/finding";
import type { ManifestProblem } from "../model/inventory";
import { allFindings, findingLine, rulePage } from "./findings";
import type { FitReport } from "./report";
import { DESCRIPTIONS, describeRule, type RuleDescription, UNREADABLE } from "./rule-descriptions";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** SARIF's words for how bad it is. */
const LEVELS: Readonly<Record<Severity, Level>> = { error: "error", warning: "warning", advice: "note" };
type Level = "error" | "warning" | "note";

interface Result {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  readonly file: string;
  readonly line: number | undefined;
  /** What is the same as long as the finding is, also when lines move. */
  readonly identity: readonly (string | number)[];
}

/**
 * The findings and the documents that could not be read, in the Static Analysis Results Interchange Format 2.1.0.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function fitSarif(report: FitReport): string {
  const results = [
    ...allFindings(report).map(findingResult),
    ...report.inventory.problems.map((problem) => problemResult(problem)),
  ];
  const rules = descriptors(results);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const [name = "", version] = report.generator.split(" ");
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name, ...(version === undefined ? {} : { version }), rules: rules.map(ruleSarif) },
        },
        columnKind: "utf16CodeUnits",
        results: withFingerprints(results).map(([result, fingerprint]) =>
          resultSarif(result, indices.get(result.rule) ?? -1, fingerprint),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Every rule that there is, and those that only results name. */
function descriptors(results: readonly Result[]): RuleDescription[] {
  const known = new Set(DESCRIPTIONS.map(({ id }) => id));
  const others = new Set(results.map(({ rule }) => rule).filter((rule) => !known.has(rule)));
  return [...DESCRIPTIONS, ...[...others].map(describeRule)];
}

/** The page stands in `help`: `helpUri` must be absolute, and the pages are in the project. */
function ruleSarif({ id, title, severity, reason }: RuleDescription) {
  const page = rulePage(id);
  return {
    id,
    shortDescription: { text: title },
    help: { text: `${reason} See ${page}`.trim(), markdown: `${reason} See [${page}](${page})`.trim() },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { page },
  };
}

function findingResult(finding: Finding): Result {
  const { rule, severity, workload, at, message, fix } = finding;
  return {
    rule,
    level: LEVELS[severity],
    message: `${workload.kind} ${workload.namespace}/${workload.name}: ${message}. Fix: ${fix}`,
    file: workload.source.file,
    line: findingLine(finding),
    identity: [rule, workload.kind, workload.namespace, workload.name, ...at],
  };
}

function problemResult({ file, document, line, message }: ManifestProblem): Result {
  return {
    rule: UNREADABLE,
    level: "error",
    message: `${document === undefined ? "" : `document ${document}: `}${message}`,
    file,
    line,
    identity: [UNREADABLE, file, message],
  };
}

/** A hash of what each result is about, and a number where several are about the same. */
function withFingerprints(results: readonly Result[]): (readonly [Result, string])[] {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const hash = createHash("sha256").update(JSON.stringify(result.identity)).digest("hex").slice(0, 32);
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return [result, `${hash}:${number}`];
  });
}

function resultSarif({ rule, level, message, file, line }: Result, ruleIndex: number, fingerprint: string) {
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(file) },
          ...(line === undefined ? {} : { region: { startLine: line } }),
        },
      },
    ],
    partialFingerprints: { "finding/v1": fingerprint },
  };
}

/** A path as a URI: relative as it was named, with forward slashes, percent-encoded; `stdin` for standard input. */
export function toUri(file: string): string {
  if (file === "-") {
    return "stdin";
  }
  const path = file.replaceAll("\\", "/").replace(/^(\.\/+)+/, "");
  const encoded = path.split("/").map(encodeSegment).join("/");
  if (/^[A-Za-z]:\//.test(path)) {
    return `file:///${path.slice(0, 2)}${encoded.slice(encodeSegment(path.slice(0, 2)).length)}`;
  }
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}

/** Lone halves of surrogate pairs have no UTF-8, and stand as the replacement character. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(Buffer.from(segment).toString());
}
