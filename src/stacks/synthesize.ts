import { AnnotationMetadataEntryType, type App, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { withoutStackTraces } from "./stack-traces";

/**
 * Builds an app, writes its Terraform JSON and says on standard output what was written and what to run next.
 * What the input has wrong goes to standard error, without a stack trace, and the process ends with exit code 1.
 *
 * @param build returns the app with its stacks
 * @param next commands to suggest beside terraform's own, such as `npm run deploy`, by the ids of the stacks
 */
export function synthesize(build: () => App, next: (stacks: readonly string[]) => readonly string[] = () => []): void {
  try {
    const app = withoutStackTraces(() => {
      const built = build();
      built.synth();
      return built;
    });
    process.stderr.write(warnings(app));
    process.stdout.write(summary(app, next));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? describe(error) : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** An error of the user's is told by its message; one of ours, by where it happened too. */
function describe(error: Error): string {
  const expected =
    ["SettingsError", "InvalidPropsError"].includes(error.name) ||
    /^(App-level v|V)alidation failed/.test(error.message);
  return expected ? `error: ${error.message}` : (error.stack ?? error.message);
}

function warnings(app: App): string {
  return app.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === AnnotationMetadataEntryType.WARN)
        .map(({ data }) => `warning: [${node.path}] ${data}\n`),
    )
    .join("");
}

function summary(app: App, next: (stacks: readonly string[]) => readonly string[]): string {
  const stacks = app.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));
  const ids = stacks.map(({ node: { id } }) => id);
  const lines = stacks.map((stack) => {
    const { id } = stack.node;
    const count = countResources(stack);
    return `  ${id}: ${count} ${count === 1 ? "resource" : "resources"} in ${app.outdir}/stacks/${id}/cdk.tf.json\n`;
  });
  const folders = ids.map((id) => `${app.outdir}/stacks/${id}`);
  const commands = [
    ...next(ids),
    ...folders.map((folder) => `terraform -chdir=${folder} init && terraform -chdir=${folder} plan`),
  ];
  return [
    `Synthesized ${stacks.length} ${stacks.length === 1 ? "stack" : "stacks"}:\n`,
    ...lines,
    stacks.length === 0 ? "" : `Next:\n${commands.map((command) => `  ${command}\n`).join("")}`,
    stacks.length > 1 ? "Apply them in this order, and destroy them in the opposite one.\n" : "",
  ].join("");
}

function countResources(stack: IConstruct): number {
  return stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node)).length;
}
