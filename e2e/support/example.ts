import { CLUSTER, type Stage, setStage, turnOffDeletionProtection } from "./story";
import { Terraform } from "./terraform";

export interface ExampleStory {
  /** What has to be there before. @default - nothing but IAM roles */
  readonly prepare?: (stage: Stage) => Promise<void>;
  /** Tests of what stands once the example is applied. @default - none */
  readonly meanwhile?: (stage: Stage) => void;
  /** Address of what the example is for, which its plan must hold. @default - the EKS cluster */
  readonly main?: string;
  /** Whether the example has deletion protection on. @default false */
  readonly deletionProtection?: boolean;
}

/** The whole life of an example: it plans, applies, has nothing left to do, and goes without a trace. */
export function tellExample(name: string, story: ExampleStory = {}): void {
  describe(`the ${name} example`, () => {
    const stage = setStage();
    let terraform: Terraform;

    test("is valid Terraform", async () => {
      await story.prepare?.(stage);
      terraform = new Terraform(await stage.workspace.synthesizeExample(name), stage.emulator);
      await terraform.init();
      expect(await terraform.validate()).toContain("The configuration is valid");
    });

    test("plans to create and nothing else", async () => {
      const changes = await terraform.plan();
      expect(changes.map(({ address }) => address)).toContain(story.main ?? CLUSTER);
      expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
    });

    test("applies, after which a second plan has no changes", async () => {
      await terraform.apply();
      expect(await terraform.plan()).toEqual([]);
    });

    story.meanwhile?.(stage);

    if (story.deletionProtection === true) {
      test("keeps its cluster while deletion protection is on", async () => {
        expect(await terraform.failToDestroy(`-target=${CLUSTER}`)).toMatch(/deletion ?protection/i);
      });

      test("lets go of it once an override has turned that off", async () => {
        terraform.override({ resource: { aws_eks_cluster: { cluster: { deletion_protection: false } } } });
        await turnOffDeletionProtection(stage, terraform);
      });
    }

    test("is destroyed with nothing left", async () => {
      await terraform.destroy();
      expect(await stage.emulator.leftovers()).toEqual({});
    });
  });
}
