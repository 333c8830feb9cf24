import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What can be imported from the library. */
const ENTRIES = ["src/index.ts", "src/in-cluster.ts", "src/ecs.ts"];

interface Declared {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** Where the declaration begins. */
  readonly at: number;
}

/** The names that an entry exports, each with the text of the file that declares it. */
function declaredIn(entry: string): Declared[] {
  return [...readFileSync(entry, "utf8").matchAll(/^export (?:type )?\{([^}]*)\} from "([^"]+)";$/gm)].flatMap(
    ([, names = "", path = ""]) =>
      names
        .split(",")
        .map((name) => name.trim().replace(/^type /, ""))
        .filter((name) => name !== "")
        .map((name) => find(name, `${join("src", path)}.ts`)),
  );
}

/** Follows a declaration to the file that it stands in. */
function find(name: string, file: string): Declared {
  const text = readFileSync(file, "utf8");
  const at = text.search(new RegExp(`^export (?:abstract )?(?:interface|type|class|const|function) ${name}\\b`, "m"));
  const [, from] = new RegExp(`^export (?:type )?\\{[^}]*\\b${name}\\b[^}]*\\} from "([^"]+)";$`, "m").exec(text) ?? [];
  if (at < 0 && from !== undefined) {
    return find(name, `${join(file, "..", from)}.ts`);
  }
  return { name, file, text, at };
}

/** Whether a comment for readers ends right before. */
const isDocumented = (before: string) => before.trimEnd().endsWith("*/");

/** Members of an interface, or of a class that takes none of their meanings from an interface, without a comment. */
function silentMembers({ text, at }: Declared): string[] {
  const [head = ""] = /^export (?:abstract )?(?:interface|class) [^{}]*\{\n/.exec(text.slice(at)) ?? [];
  if (head === "" || head.includes(" implements ")) {
    return [];
  }
  const start = at + head.length;
  const body = text.slice(start, text.indexOf("\n}", start - 1) + 1);
  return [...body.matchAll(/^ {2}(?:static |readonly |get )*(?!private|protected|constructor)"?([\w-]+)"?\??[:(<]/gm)]
    .filter(({ index }) => !isDocumented(body.slice(0, index)))
    .map(([, name = ""]) => name);
}

describe.each(ENTRIES)("what %s exports", (entry) => {
  const declared = declaredIn(entry);

  test("is found where it is declared", () => {
    expect(declared.filter(({ at }) => at < 0).map(({ name }) => name)).toEqual([]);
    expect(declared.length).toBeGreaterThan(70);
  });

  test("is documented where it is declared", () => {
    const silent = declared.filter(({ text, at }) => !isDocumented(text.slice(0, at)));
    expect(silent.map(({ name, file }) => `${name} in ${file}`)).toEqual([]);
  });
});

test("what is beside Kubernetes says of each member what it means", () => {
  const silent = declaredIn("src/ecs.ts").flatMap((one) =>
    silentMembers(one).map((member) => `${one.name}.${member} in ${one.file}`),
  );
  expect(silent).toEqual([]);
});
