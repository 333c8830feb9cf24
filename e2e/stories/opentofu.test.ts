import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onPath } from "../support/programs";
import { EXAMPLES, ROOT, type Workspace } from "../support/project";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const SETTINGS = ["development", "production"];

(onPath("tofu") ? describe : describe.skip)("OpenTofu finds valid", () => {
  const stage = setStage();

  async function validate(synthesize: (workspace: Workspace) => Promise<string>): Promise<string> {
    const tofu = new Terraform(await synthesize(stage.workspace), stage.emulator, "tofu");
    await tofu.init("-backend=false");
    return tofu.validate();
  }

  test.each(SETTINGS)("the %s settings", async (name) => {
    const yaml = readFileSync(join(ROOT, "settings", `${name}.yaml`), "utf8");
    expect(await validate((workspace) => workspace.synthesizeSettings(yaml))).toContain("The configuration is valid");
  });

  test.each(EXAMPLES)("the %s example", async (name) => {
    expect(await validate((workspace) => workspace.synthesizeExample(name))).toContain("The configuration is valid");
  });
});
