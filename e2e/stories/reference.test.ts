import { readFileSync } from "node:fs";
import { join } from "node:path";
import { succeeded } from "../support/emulator";
import { ROOT } from "../support/project";
import { setStage } from "../support/story";
import { type PlannedChange, Terraform } from "../support/terraform";

const REFERENCE = readFileSync(join(ROOT, "settings/development.yaml"), "utf8");

function edited(yaml: string, from: string, to: string): string {
  if (!yaml.includes(from)) {
    throw new Error(`the reference settings no longer hold: ${from}`);
  }
  return yaml.replace(from, to);
}

const withZones = (zones: string) => edited(REFERENCE, "zones: [eu-west-1a, eu-west-1b]", `zones: [${zones}]`);

/** Adds a profile that is neither the first nor the last by name, and written before the others. */
const withProfile = (yaml: string) =>
  edited(yaml, "  profiles:\n", "  profiles:\n    batch:\n      selectors:\n        - namespace: batch\n");

const TWO_ZONES = withZones("eu-west-1a, eu-west-1c");
const THREE_ZONES = withZones("eu-west-1a, eu-west-1b, eu-west-1c");

/** The changes that take something away, even if it comes back. */
const deletions = (changes: readonly PlannedChange[]) => changes.filter(({ actions }) => actions.includes("delete"));

const updates = (changes: readonly PlannedChange[]) =>
  changes.filter(({ actions }) => actions.join() === "update").map(({ address }) => address);

describe("the reference settings, from the first plan to the last destroy", () => {
  const stage = setStage();
  let terraform: Terraform;

  async function synthesize(yaml: string): Promise<void> {
    terraform = new Terraform(await stage.workspace.synthesizeSettings(yaml), stage.emulator);
  }

  /** The Fargate profiles that were created and deleted since a call, in order. */
  async function profileCalls(since: number): Promise<string[]> {
    return (await stage.emulator.calls("eks"))
      .slice(since)
      .filter(succeeded)
      .map(({ action }) => action)
      .filter((action) => /^(Create|Delete)FargateProfile$/.test(action));
  }

  test("are valid for Terraform", async () => {
    await synthesize(TWO_ZONES);
    await terraform.init();
    expect(await terraform.validate()).toContain("The configuration is valid");
  });

  test("plan to create and nothing else", async () => {
    const changes = await terraform.plan();
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
  });

  test("apply, after which a second plan has no changes", async () => {
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("change nothing when they are written in another order", async () => {
    const sections = TWO_ZONES.split("\n\n");
    const reordered = sections
      .reverse()
      .join("\n\n")
      .replace("zones: [eu-west-1a, eu-west-1c]", "zones: [eu-west-1c, eu-west-1a]")
      .replace(/( +- namespace: default\n)( +- namespace: kube-system\n?)/, "$2\n$1");
    expect(reordered).toMatch(/kube-system\n+ +- namespace: default/);
    await synthesize(reordered);
    expect(await terraform.plan()).toEqual([]);
  });

  test("add a profile in the middle by adding only", async () => {
    await synthesize(withProfile(TWO_ZONES));
    expect(await terraform.plan()).toEqual([
      { address: "aws_eks_fargate_profile.fargate-batch_profile", actions: ["create"] },
      { address: "output.fargate_profile_names", actions: ["update"] },
    ]);
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("add a zone in the middle and replace nothing but the profiles, whose subnets AWS cannot change", async () => {
    await synthesize(withProfile(THREE_ZONES));
    const changes = await terraform.plan();
    expect(deletions(changes)).toEqual([
      { address: "aws_eks_fargate_profile.fargate-batch_profile", actions: ["create", "delete"] },
      { address: "aws_eks_fargate_profile.fargate-default_profile", actions: ["create", "delete"] },
    ]);
    expect(updates(changes)).toEqual([
      "aws_vpc_endpoint.vpc_s3",
      "output.fargate_profile_names",
      "output.private_subnet_ids",
    ]);
  });

  test("have the new profiles take over before the old ones go, so that no pod is without a place", async () => {
    const before = (await stage.emulator.calls("eks")).length;
    await terraform.apply();
    expect(await profileCalls(before)).toEqual([
      "CreateFargateProfile",
      "CreateFargateProfile",
      "DeleteFargateProfile",
      "DeleteFargateProfile",
    ]);
    expect(await terraform.plan()).toEqual([]);
  });

  test("remove a profile by deleting nothing else", async () => {
    await synthesize(THREE_ZONES);
    expect(await terraform.plan()).toEqual([
      { address: "aws_eks_fargate_profile.fargate-batch_profile", actions: ["delete"] },
      { address: "output.fargate_profile_names", actions: ["update"] },
    ]);
    const before = (await stage.emulator.calls("eks")).length;
    await terraform.apply();
    expect(await profileCalls(before)).toEqual(["DeleteFargateProfile"]);
  });

  test("are destroyed with nothing left", async () => {
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
