import { Emulator } from "./emulator";
import { Workspace } from "./project";
import type { Terraform } from "./terraform";

/** Address of the cluster in every stack. */
export const CLUSTER = "aws_eks_cluster.cluster";

/** What every story has: an AWS account of its own, and a folder of its own. */
export interface Stage {
  readonly emulator: Emulator;
  readonly workspace: Workspace;
}

/** Sets the stage before the tests of a file and clears it after them. */
export function setStage(): Stage {
  const stage: { emulator?: Emulator; workspace?: Workspace } = {};
  beforeAll(async () => {
    stage.workspace = new Workspace();
    stage.emulator = await Emulator.start();
    await stage.emulator.hasRoles("platform-admin", "web-developer", "shop-developer");
  });
  afterAll(() => {
    stage.emulator?.stop();
    stage.workspace?.remove();
  });
  return stage as Stage;
}

/** Applies a configuration that has deletion protection off to the cluster alone, which is all that has to change. */
export async function turnOffDeletionProtection({ emulator }: Stage, terraform: Terraform): Promise<void> {
  await terraform.apply(`-target=${CLUSTER}`);
  const updates = (await emulator.calls("eks")).filter(({ action }) => action === "UpdateClusterConfig");
  expect(updates.map(({ params }) => params?.deletionProtection)).toEqual([false]);
}
