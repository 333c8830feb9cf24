import { succeeded } from "../support/emulator";
import { tellExample } from "../support/example";

tellExample("production", {
  deletionProtection: true,

  prepare: async ({ emulator }) => {
    await emulator.hasBucket("platform-terraform-state", "eu-west-1");
    await emulator.hasLockTable("platform-terraform-locks", "eu-west-1");
  },

  meanwhile: (stage) => {
    test("keeps its state in the bucket", async () => {
      const s3 = (await stage.emulator.calls("s3")).map(({ action }) => action);
      expect(s3).toContain("PUT /platform-terraform-state/production.tfstate");
    });

    test("locks the state in the table before it is used, and unlocks it after", async () => {
      const calls = await stage.emulator.calls("dynamodb");
      const actions = calls.filter(succeeded).map(({ action }) => action);
      expect(actions.indexOf("PutItem")).toBeGreaterThanOrEqual(0);
      expect(actions.lastIndexOf("DeleteItem")).toBeGreaterThan(actions.lastIndexOf("PutItem"));
    });
  },
});
