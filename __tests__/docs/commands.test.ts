import { readdirSync, readFileSync } from "node:fs";
import { scripts } from "../../package.json";

const read = (file: string) => readFileSync(file, "utf8");

/** Commands in the shell blocks of a page. */
function commands(page: string): string[] {
  return [...read(page).matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .flatMap((line) => line.split(" && "))
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

test("the help card names every command of package.json, and no other", () => {
  const named = [...read("help").matchAll(/^ {2}npm (?:run )?([a-z0-9]+) {2,}/gm)].map(([, name]) => name);
  expect([...named].sort()).toEqual(Object.keys(scripts).sort());
});

test("every command that the pages show is run by .ci/run, by a story or by the bench", () => {
  const stories = readdirSync("e2e/stories").map((file) => read(`e2e/stories/${file}`));
  const support = readdirSync("e2e/support").map((file) => read(`e2e/support/${file}`));
  const runs = [read(".ci/run"), ...stories, ...support].join("\n");
  /** How a command looks where it is run. */
  const traces: Record<string, string> = {
    "npm run diff": 'npm("diff"',
    "npm run deploy": 'npm("deploy"',
    "npm run destroy": 'npm("destroy"',
    "npm run get": 'npm("get"',
    "SETTINGS_FILE=settings/production.yaml npm run synth": "env SETTINGS_FILE=settings/production.yaml npm run synth",
    "SETTINGS_FILE=settings/everything.yaml npm run synth": "env SETTINGS_FILE=settings/everything.yaml npm run synth",
    "SETTINGS_FILE=settings/ecs.yaml npm run synth": "env SETTINGS_FILE=settings/ecs.yaml npm run synth",
    "SETTINGS_FILE=settings/ecs-everything.yaml npm run synth":
      "env SETTINGS_FILE=settings/ecs-everything.yaml npm run synth",
  };
  const pages = [
    "README.md",
    ...readdirSync("docs")
      .filter((file) => file.endsWith(".md"))
      .map((file) => `docs/${file}`),
  ];
  const missing = pages
    .flatMap(commands)
    .map((command) => traces[command] ?? command)
    .map((command) => command.replace(/^npx tsx examples\/[a-z0-9-]+\/main\.ts$/, 'npx tsx "${example}main.ts"'))
    .map((command) => command.replace(/^terraform -chdir=\S+ /, "terraform "))
    .filter((command) => !runs.includes(command) && !["terraform init", "terraform plan"].includes(command));
  expect(missing).toEqual([]);
});

test("every example has its place in the README", () => {
  const readme = read("README.md");
  const examples = readdirSync("examples");
  expect(examples.filter((name) => !readme.includes(`examples/${name}/main.ts`))).toEqual([]);
  expect(examples.length).toBeGreaterThanOrEqual(5);
});
