import { readFileSync } from "node:fs";
import { join } from "node:path";
import { succeeded } from "../support/emulator";
import { onPath } from "../support/programs";
import { ROOT } from "../support/project";
import { CLUSTER, setStage, turnOffDeletionProtection } from "../support/story";
import { Terraform } from "../support/terraform";

const PRODUCTION = readFileSync(join(ROOT, "settings/production.yaml"), "utf8");
const STATE = "/platform-terraform-state/platform-production-cluster.tfstate";

// The lock file of the S3 backend needs Terraform 1.10 or OpenTofu 1.10.
(onPath("tofu") ? describe : describe.skip)("the production settings, with OpenTofu and state in S3", () => {
  const stage = setStage();
  let tofu: Terraform;

  async function synthesize(yaml: string): Promise<void> {
    tofu = new Terraform(await stage.workspace.synthesizeSettings(yaml), stage.emulator, "tofu");
  }

  test("apply, after which a second plan has no changes", async () => {
    await stage.emulator.hasBucket("platform-terraform-state", "eu-west-1");
    await synthesize(PRODUCTION);
    await tofu.init();
    await tofu.apply();
    expect(await tofu.plan()).toEqual([]);
  });

  test("keep their state in the bucket, locked by a file beside it", async () => {
    const changes = (await stage.emulator.calls("s3"))
      .filter(succeeded)
      .map(({ action }) => action)
      .filter((action) => /^(PUT|DELETE) /.test(action));
    const [locked, written] = [changes.indexOf(`PUT ${STATE}.tflock`), changes.lastIndexOf(`PUT ${STATE}`)];
    expect(locked).toBeGreaterThanOrEqual(0);
    expect(written).toBeGreaterThan(locked);
    expect(changes.indexOf(`DELETE ${STATE}.tflock`)).toBeGreaterThan(written);
  });

  test("keep the cluster while deletion protection is on", async () => {
    expect(await tofu.failToDestroy(`-target=${CLUSTER}`)).toMatch(/deletion ?protection/i);
  });

  test("let go of it once the settings have turned that off", async () => {
    const unprotected = PRODUCTION.replace("cluster:\n", "cluster:\n  deletionProtection: false\n");
    expect(unprotected).not.toBe(PRODUCTION);
    await synthesize(unprotected);
    await turnOffDeletionProtection(stage, tofu);
  });

  test("are destroyed with nothing left", async () => {
    await tofu.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
