import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a module and all that it imports come to, by the text of their imports: nothing is run. */
export interface Reached {
  /** Modules of the project, by their paths from its root. */
  readonly modules: readonly string[];
  /** Packages by their names, those of Node left out. */
  readonly packages: readonly string[];
}

const STATIC = /^(?:import|export)\s(?<what>[^"';]*?\bfrom\s+)?"(?<from>[^"]+)";/gm;
/** Inside of functions, for what is not always needed. */
const LAZY = /\brequire\("(?<from>[^"]+)"\)/g;

/** @param lazy whether what functions load when they are called counts as well */
export function reachedFrom(entries: readonly string[], { lazy }: { readonly lazy: boolean }): Reached {
  const modules = new Set<string>(entries);
  const packages = new Set<string>();
  for (const module of modules) {
    for (const name of importsOf(module, lazy)) {
      if (name.startsWith(".")) {
        modules.add(moduleAt(join(dirname(module), name)));
      } else if (!name.startsWith("node:")) {
        packages.add(packageOf(name));
      }
    }
  }
  return { modules: [...modules].sort(), packages: [...packages].sort() };
}

function importsOf(module: string, lazy: boolean): string[] {
  const text = module.endsWith(".ts") ? readFileSync(module, "utf8") : "";
  const found = [...text.matchAll(STATIC)].filter(({ groups }) => !isOfTypes(groups?.what ?? ""));
  return [...found, ...(lazy ? text.matchAll(LAZY) : [])].map(({ groups }) => groups?.from ?? "");
}

/** `type { A } from` and `{ type A, type B } from` leave nothing to be loaded. */
function isOfTypes(what: string): boolean {
  const names = /^\{([^}]*)\}/
    .exec(what)?.[1]
    ?.split(",")
    .filter((name) => name.trim() !== "");
  return what.startsWith("type ") || (names?.every((name) => name.trim().startsWith("type ")) ?? false);
}

function moduleAt(path: string): string {
  return existsSync(`${path}.ts`) ? `${path}.ts` : path;
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}
