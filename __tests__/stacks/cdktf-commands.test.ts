import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cdktfCommands } from "../../src/stacks/cdktf-commands";

describe("the commands that go on with what was synthesized", () => {
  test("are those of the reference settings, where the environment names no others", () => {
    expect(cdktfCommands(["platform"], undefined)).toEqual(["npm run diff", "npm run deploy"]);
  });

  test("name the first of several stacks, as a diff is of one", () => {
    expect(cdktfCommands(["platform-cluster", "platform-in-cluster"], undefined)).toEqual([
      "npm run diff -- platform-cluster",
      "npm run deploy",
    ]);
  });

  test("name the settings file that the environment has named, as they would read the reference settings otherwise", () => {
    expect(cdktfCommands(["shop-ecs"], "settings/ecs.yaml")).toEqual([
      "SETTINGS_FILE=settings/ecs.yaml npm run diff",
      "SETTINGS_FILE=settings/ecs.yaml npm run deploy",
    ]);
  });

  test.each([
    ["my settings/ecs.yaml", "'my settings/ecs.yaml'"],
    ["it's.yaml", `'it'\\''s.yaml'`],
    ["$HOME/ecs.yaml", "'$HOME/ecs.yaml'"],
  ])("have %s as one word of the shell", (file, word) => {
    expect(cdktfCommands(["shop-ecs"], file)).toEqual([
      `SETTINGS_FILE=${word} npm run diff`,
      `SETTINGS_FILE=${word} npm run deploy`,
    ]);
  });
});

describe("the app", () => {
  const outdir = mkdtempSync(join(tmpdir(), "main-"));

  afterEach(() => {
    jest.restoreAllMocks();
    jest.resetModules();
    delete process.env.SETTINGS_FILE;
    delete process.env.CDKTF_OUTDIR;
  });
  afterAll(() => rmSync(outdir, { recursive: true }));

  test.each([
    ["settings/ecs.yaml", "SETTINGS_FILE=settings/ecs.yaml npm run diff"],
    ["", "npm run diff"],
  ])("with SETTINGS_FILE=%s prints %s", (file, command) => {
    let printed = "";
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      printed += String(text);
      return true;
    });
    process.env.SETTINGS_FILE = file;
    process.env.CDKTF_OUTDIR = outdir;
    require("../../main");
    expect(printed).toContain(`Next:\n  ${command}\n`);
  });
});
