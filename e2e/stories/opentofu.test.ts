import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onPath } from "../support/programs";
import { EXAMPLES, ROOT, type Workspace } from "../support/project";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const SETTINGS = ["development", "production"];

(onPath("tofu") ? describe : describe.skip)("OpenTofu finds valid", () => {
  const stage = setStage();

  async function expectValid(synthesize: (workspace: Workspace) => Promise<string[]>): Promise<void> {
    for (const folder of await synthesize(stage.workspace)) {
      const tofu = new Terraform(folder, stage.emulator, "tofu");
      await tofu.init("-backend=false");
      expect(await tofu.validate()).toContain("The configuration is valid");
    }
  }

  test.each(SETTINGS)("the %s settings", async (name) => {
    const yaml = readFileSync(join(ROOT, "settings", `${name}.yaml`), "utf8");
    await expectValid((workspace) => workspace.synthesizeStacks(yaml));
  });

  test.each(EXAMPLES)("the %s example", async (name) => {
    await expectValid((workspace) => workspace.synthesizeExampleStacks(name));
  });
});
