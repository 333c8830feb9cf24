import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ManifestProblem } from "../model/inventory";
import { emptyStdin, missingPath, neitherFileNorFolder, unreadablePath } from "./errors";
import type { ManifestText } from "./manifest-text";

/** Name that stands for standard input. */
const STDIN = "-";

const EXTENSIONS = [".yaml", ".yml", ".json"];

/** Folders of other people's files. */
const SKIPPED = "node_modules";

export interface FoundManifests {
  readonly texts: ManifestText[];
  readonly problems: ManifestProblem[];
}

/**
 * Reads the files that paths name: each file itself, whatever it is called, and of a folder all `*.yaml`, `*.yml` and
 * `*.json` at any depth, in alphabetical order, without hidden folders and node_modules. A file that several paths name
 * is read once. What is in the texts is not looked at.
 *
 * @param readStdin what `-` stands for
 */
export function findManifests(paths: readonly string[], readStdin: () => Uint8Array): FoundManifests {
  const found: FoundManifests = { texts: [], problems: [] };
  const walk = { found, seen: new Set<string>(), named: new Set(paths.map(realPath)) };
  for (const path of new Set(paths)) {
    if (path === STDIN) {
      addStdin(readStdin, found);
    } else {
      addPath(path, walk);
    }
  }
  return found;
}

interface Walk {
  readonly found: FoundManifests;
  /** Real paths that were read. */
  readonly seen: Set<string>;
  /** Real paths that the user named. */
  readonly named: ReadonlySet<string>;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function addStdin(readStdin: () => Uint8Array, found: FoundManifests): void {
  try {
    const text = readStdin();
    if (text.every((byte) => BLANKS.includes(byte))) {
      found.problems.push({ file: STDIN, message: emptyStdin() });
    } else {
      found.texts.push({ file: STDIN, text });
    }
  } catch (error) {
    found.problems.push({ file: STDIN, message: unreadablePath("standard input", reasonOf(error)) });
  }
}

/** Blank, tab, line feed and carriage return. */
const BLANKS = [0x20, 0x09, 0x0a, 0x0d];

function addPath(path: string, walk: Walk): void {
  const { found, seen, named } = walk;
  try {
    const real = realPath(path);
    if (seen.has(real)) {
      return;
    }
    seen.add(real);
    const stats = statSync(path);
    if (stats.isDirectory()) {
      addFolder(path, walk);
    } else if (stats.isFile()) {
      found.texts.push({ file: path, text: readFileSync(path), ...(named.has(real) ? {} : { found: true }) });
    } else {
      found.problems.push({ file: path, message: neitherFileNorFolder(path) });
    }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    found.problems.push({ file: path, message: missing ? missingPath(path) : unreadablePath(path, reasonOf(error)) });
  }
}

function addFolder(folder: string, walk: Walk): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && isDirectory(path));
    const skipped = isFolder
      ? entry.name.startsWith(".") || entry.name === SKIPPED
      : !EXTENSIONS.some((extension) => entry.name.toLowerCase().endsWith(extension));
    if (!skipped) {
      addPath(path, walk);
    }
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
