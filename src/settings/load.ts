import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Document, LineCounter } from "yaml";
import type { Problem } from "../model/problem";
import { composeDocument } from "../yaml/compose-document";
import { type YamlWords, yamlProblems } from "../yaml/yaml-problems";
import type { EcsSettings } from "./ecs/schema";
import { fileInvalid, fileMissing, fileUnreadable } from "./errors";
import { shapeProblems } from "./issues";
import { EKS, isOfEcs, type SettingsKind } from "./kinds";
import type { Settings } from "./schema";

/** Environment variable that names the settings file. */
const SETTINGS_FILE = "SETTINGS_FILE";

/** How else the app's settings file can be named. */
const OTHERS = ` with the environment variable ${SETTINGS_FILE} or "settings" in the context of cdktf.json`;

/** So many copies may aliases make of a value; more is a file that is made to exhaust memory. */
const MAX_ALIAS_COUNT = 100;

const WORDS: YamlWords = {
  byCode: {
    MULTIPLE_DOCS: 'a second document begins here; remove "---", and keep each environment in a file of its own',
  },
  otherwise: (message) => message,
};

/**
 * Reads the settings of one environment with an EKS cluster.
 *
 * @param contextFile file that cdktf's context names; the environment variable `SETTINGS_FILE` wins over it
 * @throws SettingsError with every problem: its line, its path, the value, the rule and the fix
 */
export function loadSettings(contextFile: string | undefined): Settings {
  const { file, text } = readChosen(contextFile);
  return parseSettings(text, file);
}

/**
 * Reads the settings of one environment, of an EKS cluster or, where they have a section `ecs`, of containers without
 * Kubernetes.
 *
 * @param contextFile file that cdktf's context names; the environment variable `SETTINGS_FILE` wins over it
 * @throws SettingsError with every problem: its line, its path, the value, the rule and the fix
 */
export function loadAppSettings(contextFile: string | undefined): Settings | EcsSettings {
  const { file, text } = readChosen(contextFile);
  const { value, places } = parse(text, file);
  return isOfEcs(value) ? check<EcsSettings>(value, ecsKind(), file, places) : check(value, EKS, file, places);
}

/**
 * Reads a settings file of an EKS cluster by its name, whatever the environment says.
 *
 * @param file path, from the folder in which the program runs
 * @param source what named it, for the message when it is not there
 * @throws SettingsError with every problem
 */
export function loadSettingsFile(file: string, source = "named by the program"): Settings {
  return parseSettings(read(file, source), file);
}

/**
 * Reads a settings file of containers without Kubernetes by its name, whatever the environment says.
 *
 * @param file path, from the folder in which the program runs
 * @throws SettingsError with every problem
 */
export function loadEcsSettingsFile(file: string): EcsSettings {
  return parseEcsSettings(read(file, "named by the program"), file);
}

/** The settings file that the environment names; `undefined` where it names none. */
export function fileFromEnvironment(): string | undefined {
  const file = process.env[SETTINGS_FILE];
  return file === "" ? undefined : file;
}

/** Its schema and rules are loaded by those who have such settings. */
function ecsKind(): SettingsKind<EcsSettings> {
  return (require("./ecs/kind") as typeof import("./ecs/kind")).ECS;
}

function readChosen(contextFile: string | undefined): { readonly file: string; readonly text: string } {
  const fromEnvironment = fileFromEnvironment();
  const [file, source] =
    fromEnvironment === undefined
      ? [
          contextFile ?? "settings/development.yaml",
          contextFile === undefined ? "the default" : 'from "settings" in the context of cdktf.json',
        ]
      : [fromEnvironment, `from the environment variable ${SETTINGS_FILE}`];
  return { file, text: read(file, source, OTHERS) };
}

function read(file: string, source: string, others = ""): string {
  const path = resolve(file);
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === "ENOENT" ? fileMissing(path, source, others) : fileUnreadable(path, message);
  }
}

/**
 * Checks the text of a settings file of an EKS cluster.
 *
 * @param file name that messages show
 * @throws SettingsError with every problem
 */
export function parseSettings(text: string, file: string): Settings {
  const { value, places } = parse(text, file);
  return check(value, EKS, file, places);
}

/**
 * Checks the text of a settings file of containers without Kubernetes.
 *
 * @param file name that messages show
 * @throws SettingsError with every problem
 */
export function parseEcsSettings(text: string, file: string): EcsSettings {
  const { value, places } = parse(text, file);
  return check(value, ecsKind(), file, places);
}

/** Where values stand in a file. */
interface Places {
  readonly document: Document;
  readonly lines: LineCounter;
}

function parse(text: string, file: string): { readonly value: unknown; readonly places: Places } {
  const lines = new LineCounter();
  const document = composeDocument(text, lines);
  if (document === undefined) {
    throw fileInvalid(file, ["its lists and mappings are nested too deep to be settings; remove the nesting"]);
  }
  const malformed = yamlProblems(document, text, lines, WORDS).map(({ line, message }) => `line ${line}: ${message}`);
  if (malformed.length > 0) {
    throw fileInvalid(file, malformed);
  }
  return { value: toValue(document, file), places: { document, lines } };
}

function check<S>(value: unknown, kind: SettingsKind<S>, file: string, { document, lines }: Places): S {
  const problems = findProblems(value, kind);
  if (problems.length > 0) {
    throw fileInvalid(file, inOrder(problems, document, lines));
  }
  return deepFreeze(value) as S;
}

function toValue(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
  } catch {
    throw fileInvalid(file, [
      `its aliases ("*name") stand for more than ${MAX_ALIAS_COUNT} copies of what they name; write the values out`,
    ]);
  }
}

/** Problems of shape, and problems of meaning in those sections whose shape is right. */
function findProblems<S>(value: unknown, { schema, rules, strange }: SettingsKind<S>): Problem[] {
  const shape = shapeProblems(value, schema, strange);
  const broken = new Set<unknown>(shape.map(({ at }) => at[0]));
  if (broken.has(undefined)) {
    return shape;
  }
  const settings = value as S;
  const meaning = rules
    .filter(({ sections }) => !sections.some((section) => broken.has(section)))
    .flatMap(({ check }) => check(settings));
  return [...shape, ...meaning];
}

/** Problems as the file has them from top to bottom, those without a line first. */
function inOrder(problems: readonly Problem[], document: Document, lines: LineCounter): string[] {
  return problems
    .map((problem) => ({ problem, line: lineOf(problem.at, document, lines) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map(({ problem, line }) => locate(problem, line));
}

/** A problem with its line and path in the file: `line 12, fargate.profiles.web: …`. */
function locate({ at, message }: Problem, line: number | undefined): string {
  const path = at.map(String).join(".");
  const place = [line === undefined ? undefined : `line ${line}`, path === "" ? undefined : path].filter(
    (part) => part !== undefined,
  );
  return place.length === 0 ? message : `${place.join(", ")}: ${message}`;
}

/** Line of the value at a path, or of the nearest value around it. */
function lineOf(at: Problem["at"], document: Document, lines: LineCounter): number | undefined {
  for (let length = at.length; length > 0; length--) {
    const node = document.getIn(at.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range !== undefined && node.range !== null) {
      return lines.linePos(node.range[0]).line;
    }
  }
  return undefined;
}

function deepFreeze(value: unknown): unknown {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
