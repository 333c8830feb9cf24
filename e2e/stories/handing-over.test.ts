import { cpSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { CLUSTER, setStage } from "../support/story";
import { Terraform } from "../support/terraform";

describe("the folder of a stack, handed over to somebody else's pipeline", () => {
  const stage = setStage();

  /** Plans a copy of the folder, with nothing else of the project around it. */
  async function planElsewhere(folder: string): Promise<string[]> {
    const copy = join(mkdtempSync(join(stage.workspace.folder, "pipeline-")), "a/b/c/d");
    cpSync(folder, copy, { recursive: true });
    const terraform = new Terraform(copy, stage.emulator);
    await terraform.init();
    return (await terraform.plan()).map(({ address }) => address);
  }

  test("plans as it stands: the reference settings", async () => {
    const planned = await planElsewhere(await stage.workspace.synthesizeReference());
    expect(planned).toEqual(expect.arrayContaining([CLUSTER, "aws_vpc.vpc"]));
  });

  test("brings the modules along that it uses: the existing-vpc example", async () => {
    const planned = await planElsewhere(await stage.workspace.synthesizeExample("existing-vpc"));
    expect(planned).toEqual(expect.arrayContaining([CLUSTER, "module.network.aws_vpc.this"]));
  });
});
