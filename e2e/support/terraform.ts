import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "./emulator";
import { type Finished, run } from "./run";

/** A change that Terraform plans: `create`, `update`, `delete`, or both of the last two in the order in which they happen. */
export interface PlannedChange {
  /** Of a resource, or `output.<name>`. */
  readonly address: string;
  readonly actions: readonly string[];
}

export type Engine = "terraform" | "tofu";

/** Enough that waiting for one resource does not hold up the others. */
const APPLYING = ["-input=false", "-auto-approve", "-parallelism=30"];

/** Exit code of `plan -detailed-exitcode` when there are changes. */
const CHANGES = 2;

const PLAN_FILE = "plan.tfplan";

/** What else a stack reaches, like a Kubernetes API. */
export interface Reached {
  /** Variables that lead there. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it has to say when a run fails. @default - nothing */
  explain?(): Promise<string>;
}

/** Terraform or OpenTofu in the folder of one stack, against one emulated account. */
export class Terraform {
  constructor(
    private readonly folder: string,
    private readonly emulator: Emulator,
    private readonly engine: Engine = "terraform",
    private readonly reached: Reached = { environment: {} },
  ) {}

  async init(...args: string[]): Promise<void> {
    await this.succeed("init", "-input=false", ...args);
  }

  validate(): Promise<string> {
    return this.succeed("validate");
  }

  /** What would change in resources and outputs: nothing, when Terraform itself says so. */
  async plan(): Promise<PlannedChange[]> {
    const args = ["-input=false", "-detailed-exitcode", `-out=${PLAN_FILE}`];
    const { exitCode, output } = await this.run("plan", args);
    if (exitCode === 0) {
      return [];
    }
    if (exitCode !== CHANGES) {
      throw await this.failure("plan", output);
    }
    return plannedChanges(await this.succeed("show", "-json", PLAN_FILE));
  }

  /**
   * What each resource would be by the last plan with changes, by its address. What is known after the apply alone is not
   * among it.
   */
  async plannedValues(): Promise<Readonly<Record<string, unknown>>> {
    const { planned_values: planned } = JSON.parse(await this.succeed("show", "-json", PLAN_FILE)) as PlanJson;
    return Object.fromEntries((planned?.root_module.resources ?? []).map(({ address, values }) => [address, values]));
  }

  /** Plans and keeps nothing of it. */
  async planOnly(): Promise<void> {
    await this.succeed("plan", "-input=false");
  }

  /** @param args a `-target`, or variables */
  async apply(...args: string[]): Promise<void> {
    await this.succeed("apply", ...APPLYING, ...args);
  }

  /** @param args a `-target` */
  async destroy(...args: string[]): Promise<void> {
    await this.succeed("destroy", ...APPLYING, ...args);
  }

  /** The outputs of what is applied, by name. */
  async outputs(): Promise<Record<string, unknown>> {
    const outputs = JSON.parse(await this.succeed("output", "-json")) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** What a failing plan prints, on one line. @throws Error when it does not fail */
  failToPlan(): Promise<string> {
    return this.fail("plan", "-input=false");
  }

  /** What a failing apply prints, on one line. @throws Error when it does not fail */
  failToApply(): Promise<string> {
    return this.fail("apply", ...APPLYING);
  }

  /** What a failing destroy prints, on one line. @throws Error when it does not fail */
  failToDestroy(...args: string[]): Promise<string> {
    return this.fail("destroy", ...APPLYING, ...args);
  }

  /** Overrides what was synthesized, as Terraform's users do. */
  override(configuration: unknown): void {
    writeFileSync(join(this.folder, "override.tf.json"), JSON.stringify(configuration));
  }

  private async fail(command: string, ...args: string[]): Promise<string> {
    const { exitCode, output } = await this.run(command, args);
    if (exitCode === 0) {
      throw new Error(`${this.engine} ${command} was to fail, and did not:\n${output}`);
    }
    // Terraform draws a frame around errors and breaks their lines.
    return output.replaceAll(/[│╷╵]/g, " ").replaceAll(/\s+/g, " ");
  }

  private async succeed(command: string, ...args: string[]): Promise<string> {
    const { exitCode, output } = await this.run(command, args);
    if (exitCode !== 0) {
      throw await this.failure(command, output);
    }
    return output;
  }

  private async run(command: string, args: readonly string[]): Promise<Finished> {
    const terraform = { TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
    try {
      return await run(this.engine, [command, "-no-color", ...args], {
        cwd: this.folder,
        environment: { ...this.emulator.environment, ...this.reached.environment, ...terraform },
      });
    } catch (error) {
      throw await this.failure(command, error instanceof Error ? error.message : String(error));
    }
  }

  /** What failed, with what the emulator and the rest have to say about it. */
  private async failure(command: string, output: string): Promise<Error> {
    const unknown = await this.emulator.unknownActions();
    const refused = await this.emulator.refusedCalls();
    return new Error(
      [
        `${this.engine} ${command} failed:`,
        output.slice(-6000),
        `actions that the emulator does not know: ${JSON.stringify(unknown)}`,
        `calls that it refused last: ${JSON.stringify(refused.slice(-5), undefined, 1)}`,
      ].join("\n"),
    );
  }
}

interface PlanJson {
  readonly planned_values?: {
    readonly root_module: { readonly resources?: readonly { readonly address: string; readonly values: unknown }[] };
  };
  readonly resource_changes?: { readonly address: string; readonly change: { readonly actions: string[] } }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: string[] }>>;
}

/** Everything but `no-op` and reads. */
function plannedChanges(json: string): PlannedChange[] {
  const { resource_changes: resources = [], output_changes: outputs = {} } = JSON.parse(json) as PlanJson;
  return [
    ...resources.map(({ address, change: { actions } }) => ({ address, actions })),
    ...Object.entries(outputs).map(([name, { actions }]) => ({ address: `output.${name}`, actions })),
  ].filter(({ actions }) => !["no-op", "read"].includes(actions.join()));
}
