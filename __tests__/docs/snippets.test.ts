import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * The programs of the pages stand in `snippets/` as files, where the compiler sees them. `UPDATE_GOLDEN=1 npx jest
 * __tests__/docs` writes them anew.
 */
const FOLDER = join(__dirname, "snippets");

const outdir = mkdtempSync(join(tmpdir(), "snippets-"));
beforeAll(() => {
  process.env.CDKTF_OUTDIR = outdir;
});
afterAll(() => {
  delete process.env.CDKTF_OUTDIR;
  rmSync(outdir, { recursive: true });
});

/** The whole programs of a page; a few lines of one are left to its reader. */
function programs(page: string): string[] {
  return [...page.matchAll(/```ts\n([\s\S]*?)```/g)]
    .map(([, block = ""]) => block)
    .filter((block) => block.includes("synthesize("));
}

/** What the page says that synthesis warns of: nothing, on most pages. */
function warnings(page: string): string {
  return /^```\n(warning: [\s\S]*?)```$/m.exec(page)?.[1] ?? "";
}

const SNIPPETS = readdirSync("docs")
  .filter((file) => file.endsWith(".md"))
  .flatMap((file) => {
    const page = readFileSync(`docs/${file}`, "utf8");
    return programs(page).map((text, index) => ({
      name: `${file.slice(0, -".md".length)}${index === 0 ? "" : `-${index + 1}`}`,
      text,
      warnings: warnings(page),
    }));
  });

if (process.env.UPDATE_GOLDEN === "1") {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  for (const { name, text } of SNIPPETS) {
    writeFileSync(join(FOLDER, `${name}.ts`), text);
  }
}

test("every program in docs/ is a file that is compiled, and every such file is shown", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(SNIPPETS.map(({ name }) => `${name}.ts`).sort());
});

describe.each(SNIPPETS)("the program in docs/$name", ({ name, text, warnings }) => {
  test("is the file that is compiled", () => {
    expect(readFileSync(join(FOLDER, `${name}.ts`), "utf8")).toBe(text);
  });

  test("synthesizes without an error, and without a warning that the page does not show", () => {
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      jest.spyOn(process[stream], "write").mockImplementation((chunk) => {
        said[stream] += String(chunk);
        return true;
      });
    }
    try {
      require(join(FOLDER, `${name}.ts`));
    } finally {
      jest.restoreAllMocks();
      process.exitCode = undefined;
    }
    expect(said.stderr).toBe(warnings);
    expect(said.stdout).toMatch(/^Synthesized \d+ stacks?:\n/);
  });
});

test("the page of the lab shows the example as it is", () => {
  expect(readFileSync(join(FOLDER, "lab.ts"), "utf8")).toBe(readFileSync("examples/lab/main.ts", "utf8"));
});
