import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator } from "../e2e/support/emulator";
import checkPrograms from "../e2e/support/programs";
import { Workspace } from "../e2e/support/project";
import { Terraform } from "../e2e/support/terraform";
import { type Comparison, compare, median } from "./figures";

const RUNS = 5;

/** The least that starts the AWS provider. */
const LONE_VPC = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "~> 6.25" } } },
  provider: { aws: [{ region: "eu-west-1" }] },
  resource: { aws_vpc: { lone: { cidr_block: "10.0.0.0/16" } } },
};

/** `terraform plan` of the reference settings against the plan of one VPC, which is what starting the provider costs. */
export async function measurePlans(): Promise<Comparison[]> {
  try {
    checkPrograms();
  } catch (error) {
    process.stderr.write(`terraform plan is not measured: ${error instanceof Error ? error.message : String(error)}\n`);
    return [];
  }
  const emulator = await Emulator.start();
  const workspace = new Workspace();
  const lone = mkdtempSync(join(tmpdir(), "bench-lone-vpc-"));
  try {
    writeFileSync(join(lone, "main.tf.json"), JSON.stringify(LONE_VPC));
    const floor = new Terraform(lone, emulator);
    const reference = new Terraform(await workspace.synthesizeReference(), emulator);
    await floor.init();
    await reference.init();
    const times = { floor: [] as number[], reference: [] as number[] };
    for (let round = 0; round < RUNS; round++) {
      times.floor.push(await timePlan(floor));
      times.reference.push(await timePlan(reference));
    }
    return [
      { name: "floor: terraform plan of one VPC", value: median(times.floor), unit: "ms" },
      compare("terraform plan of the reference", median(times.reference), median(times.floor), 1.25),
    ];
  } finally {
    emulator.stop();
    workspace.remove();
    rmSync(lone, { recursive: true, force: true });
  }
}

async function timePlan(terraform: Terraform): Promise<number> {
  const start = performance.now();
  await terraform.planOnly();
  return performance.now() - start;
}
