import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { SettingsError } from "../../../src/settings/errors";
import { parseEcsSettings } from "../../../src/settings/load";

/** Names that every object answers to, without having them. */
const NAMES = ["toString", "constructor", "hasOwnProperty", "valueOf", "__proto__", "prototype"] as const;

const EVERYTHING = readFileSync("settings/ecs-everything.yaml", "utf8");

type Path = readonly (string | number)[];

/** Where texts stand in the settings. */
function textPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === "string") {
    return [path];
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, each]) => textPaths(each, [...path, key]))
    : [];
}

/** What is said of everything with the name at these places; nothing where it is accepted. */
function problems(paths: readonly Path[], name: string): string[] {
  const settings = parse(EVERYTHING);
  for (const path of paths) {
    path.slice(0, -1).reduce((at, key) => at[key], settings)[path.at(-1) ?? ""] = name;
  }
  try {
    parseEcsSettings(stringify(settings), "ecs.yaml");
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message.split("\n").slice(1);
  }
}

/** Settings that hold the key of another. */
const REFERENCES: readonly Path[] = [
  ["ecs", "services", "gradual", "taskDefinition"],
  ["ecs", "services", "api", "serviceConnect", "namespace"],
  ["ecs", "services", "api", "discovery", "namespace"],
  ["ecs", "services", "store", "loadBalancer", "shared"],
  ["ecs", "taskDefinitions", "web", "volumes", "uploads", "efs", "fileSystem"],
  ["ecs", "taskDefinitions", "web", "containers", 0, "image", "repository"],
  ["ecs", "scheduledTasks", "hourly", "taskDefinition"],
  ["ecs", "queueWorkers", "orders", "sendFrom", 0],
];

test.each(NAMES)("%j names no other setting, as none of that name is there", (name) => {
  const said = problems(REFERENCES, name);
  for (const path of REFERENCES) {
    expect(said).toContainEqual(expect.stringMatching(new RegExp(` ${path.join("\\.")}: .* got "${name}"`)));
  }
});

test("a name that every object answers to breaks no rule's look-ups, wherever it stands", () => {
  const anyPlace = fc.constantFrom(...textPaths(parse(EVERYTHING).ecs, ["ecs"]));
  fc.assert(
    fc.property(anyPlace, fc.constantFrom(...NAMES), (path, name) => {
      problems([path], name);
    }),
    { numRuns: 50 },
  );
});
