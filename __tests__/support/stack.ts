import { tmpdir } from "node:os";
import "cdktf/lib/testing/adapters/jest";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import {
  AnnotationMetadataEntryType,
  type App,
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformStack,
  Testing,
  Tokenization,
} from "cdktf";
import type { Node } from "constructs";
import { withoutStackTraces } from "../../src/stacks/stack-traces";

Testing.setupJest();

/** The account of every example. */
export const ACCOUNT = "111122223333";

/** One Region of each partition that the project names. */
export const PARTITIONS = [
  { region: "eu-west-1", partition: "aws", dnsSuffix: "amazonaws.com" },
  { region: "cn-north-1", partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { region: "us-gov-west-1", partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
] as const;

/** A plain stack whose Terraform names are construct paths, so that tests can name references. */
class ReadableStack extends TerraformStack {
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { path } = TerraformElement.isTerraformElement(element) ? element.node : element;
    return path.split("/").slice(1).join("_");
  }
}

/** An app that is never written to disk, so that it needs no folder of its own. */
export function appInMemory(): App {
  return Testing.app({ outdir: tmpdir() });
}

/** A stack called "test" with an AWS provider for the Region, which allows one account unless told otherwise. */
export function stackFor(region = "eu-west-1", provider: Partial<AwsProviderConfig> = {}): TerraformStack {
  const stack = new ReadableStack(appInMemory(), "test");
  new AwsProvider(stack, "aws", { region, allowedAccountIds: [ACCOUNT], ...provider });
  return stack;
}

/** Terraform JSON of the stack, without asking the constructs' validations. */
export function synth(stack: TerraformStack): string {
  return Testing.synth(stack);
}

/** A stack for the Region in which `build` has made constructs, as Terraform JSON. */
export function synthIn(region: string, build: (stack: TerraformStack) => void): string {
  return withoutStackTraces(() => {
    const stack = stackFor(region);
    build(stack);
    return synth(stack);
  });
}

/** A value as it stands in Terraform JSON, with tokens as expressions. */
export function resolved(stack: TerraformStack, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
}

export type Properties = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Properties>>>>;
interface TerraformType {
  readonly tfResourceType: string;
}

/** Resources of one type by their Terraform name. */
export function resources(
  synthesized: string,
  { tfResourceType }: TerraformType,
): Readonly<Record<string, Properties>> {
  const { resource = {} } = JSON.parse(synthesized) as { resource?: Blocks };
  return resource[tfResourceType] ?? {};
}

/** Data sources of one type by their Terraform name. */
export function dataSources(
  synthesized: string,
  { tfResourceType }: TerraformType,
): Readonly<Record<string, Properties>> {
  const { data = {} } = JSON.parse(synthesized) as { data?: Blocks };
  return data[tfResourceType] ?? {};
}

/** The properties of a resource by its Terraform name; of the only one of its type when none is given. */
export function resource(synthesized: string, type: TerraformType, name?: string): Properties {
  const all = resources(synthesized, type);
  const [only, ...others] = Object.keys(all);
  const found = name === undefined && others.length === 0 ? all[only ?? ""] : all[name ?? ""];
  if (found === undefined) {
    throw new Error(`no ${type.tfResourceType} ${name ?? "alone"} among: ${Object.keys(all).join(", ")}`);
  }
  return found;
}

/** Addresses of everything in the stack, data sources with `data.` in front, sorted. */
export function addresses(synthesized: string): string[] {
  const { data = {}, resource: managed = {} } = JSON.parse(synthesized) as { data?: Blocks; resource?: Blocks };
  const list = (blocks: Blocks, prefix: string) =>
    Object.entries(blocks).flatMap(([type, named]) => Object.keys(named).map((name) => `${prefix}${type}.${name}`));
  return [...list(data, "data."), ...list(managed, "")].sort();
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Statements of a policy's JSON text, in which expressions may stand that have quotes of their own. */
export function statements(policy: unknown): Statement[] {
  const text = String(policy).replaceAll(/\$\{[^}]*\}/g, (expression) => JSON.stringify(expression).slice(1, -1));
  return (JSON.parse(text) as { Statement: Statement[] }).Statement;
}

/** The message of the error that `build` throws. */
export function refusal(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("nothing was refused");
}

/** Warnings in a stack, each with the path of its construct in brackets. */
export function warnings(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === AnnotationMetadataEntryType.WARN)
        .map(({ data }) => `[${node.path}] ${data}`),
    );
}
