import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import {
  App,
  DefaultTokenResolver,
  Fn,
  Lazy,
  StringConcat,
  TerraformOutput,
  TerraformStack,
  Token,
  Tokenization,
} from "cdktf";
import fc from "fast-check";
import { parseSettings } from "../../src/settings/load";
import { ClusterStack } from "../../src/stacks/cluster-stack";
import { InClusterStack } from "../../src/stacks/in-cluster-stack";
import { PlatformStack } from "../../src/stacks/platform-stack";
import { withQuickResolve } from "../../src/stacks/quick-resolve";

const outdir = mkdtempSync(join(tmpdir(), "prepare-"));
afterAll(() => rmSync(outdir, { recursive: true }));

interface Synthesized {
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Two stacks, of which the second puts out what is made of a role of the first; the first's outputs, and the value. */
function refer(make: (role: IamRole) => unknown): { outputs: string[]; value: unknown; reads: string[] } {
  const app = new App({ outdir });
  const [first, second] = ["first", "second"].map(
    (id) => new PlatformStack(app, id, { region: "eu-west-1", backend: { type: "local" } }),
  ) as [PlatformStack, PlatformStack];
  const role = new IamRole(first, "role", { assumeRolePolicy: "{}" });
  new TerraformOutput(second, "made", { value: make(role) });
  app.synth();
  const [written, read] = ["first", "second"].map(
    (id) => JSON.parse(readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")) as Synthesized,
  ) as [Synthesized, Synthesized];
  return {
    outputs: Object.values(written.output ?? {}).map(({ value }) => String(value)),
    value: read.output?.made?.value,
    reads: Object.keys(read.data?.terraform_remote_state ?? {}),
  };
}

const FROM_STATE =
  "data.terraform_remote_state.cross-stack-reference-input-first.outputs.cross-stack-output-aws_iam_role-role-arn";

describe("a reference to another stack", () => {
  test.each<[string, (role: IamRole) => unknown, string]>([
    ["by itself", ({ arn }) => arn, `\${${FROM_STATE}}`],
    ["within a text", ({ arn }) => `role ${arn}`, `role \${${FROM_STATE}}`],
    ["in a function", ({ arn }) => Fn.upper(arn), `\${upper(${FROM_STATE})}`],
    ["in a list", ({ arn }) => [arn], `\${${FROM_STATE}}`],
    ["in a mapping", ({ arn }) => ({ role: arn }), `\${${FROM_STATE}}`],
    ["as a key", ({ arn }) => ({ [arn]: "role" }), `\${${FROM_STATE}}`],
    [
      "in a value that is made late",
      ({ arn }) => Lazy.stringValue({ produce: () => `role ${arn}` }),
      `\${${FROM_STATE}}`,
    ],
  ])("%s is read from that stack's state, which puts it out", (_, make, expected) => {
    const { outputs, value, reads } = refer(make);
    expect(outputs).toEqual(["${aws_iam_role.role.arn}"]);
    expect(reads).toHaveLength(1);
    expect(JSON.stringify(value)).toContain(JSON.stringify(expected).slice(1, -1));
  });

  test("within one stack stays as it is", () => {
    const app = new App({ outdir });
    const stack = new PlatformStack(app, "alone", { region: "eu-west-1", backend: { type: "local" } });
    const { arn } = new IamRole(stack, "role", { assumeRolePolicy: "{}" });
    new TerraformOutput(stack, "made", { value: arn });
    app.synth();
    const { output, data } = JSON.parse(
      readFileSync(join(outdir, "stacks", "alone", "cdk.tf.json"), "utf8"),
    ) as Synthesized;
    expect(output?.made?.value).toBe("${aws_iam_role.role.arn}");
    expect(data).toBeUndefined();
  });
});

describe("resolving quickly", () => {
  const resolver = new DefaultTokenResolver(new StringConcat());

  test("gives what cdktf gives, whatever the value holds", () => {
    const stack = new PlatformStack(new App({ outdir }), "any", { region: "eu-west-1", backend: { type: "local" } });
    const { arn, id } = new IamRole(stack, "role", { assumeRolePolicy: "{}" });
    const tokens = [
      arn,
      `role ${arn} and ${id}`,
      Token.asNumber(Lazy.numberValue({ produce: () => 7 })),
      Token.asList(Lazy.listValue({ produce: () => ["a", "b"] })),
      Token.asStringMap(Lazy.anyValue({ produce: () => ({ a: "b" }) })),
      Lazy.stringValue({ produce: () => "late" }),
      Fn.upper(arn),
      Fn.max([1, Token.asNumber(Lazy.numberValue({ produce: () => 7 }))]),
      "${aws_vpc.vpc.id}",
      "$${HOME}",
      "1e5",
      undefined,
      null,
    ];
    const anyValue = fc.letrec((tie) => ({
      leaf: fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constantFrom(...tokens)),
      value: fc.oneof(
        { maxDepth: 4 },
        tie("leaf"),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constant(arn)), tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    const outcome = (value: unknown) => {
      try {
        return { value: Tokenization.resolve(value, { scope: stack, resolver, preparing: false }) as unknown };
      } catch (error) {
        return { error: (error as Error).name };
      }
    };
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(withQuickResolve(() => outcome(value))).toEqual(outcome(value));
      }),
      { numRuns: 300 },
    );
  });

  test("writes the settings with everything on as cdktf does", () => {
    const settings = parseSettings(readFileSync("settings/everything.yaml", "utf8"), "everything.yaml");
    const app = new App({ outdir });
    for (const stack of [new ClusterStack(app, "cluster", settings), new InClusterStack(app, "in-cluster", settings)]) {
      stack.prepareStack();
      expect(stack.toTerraform()).toEqual(TerraformStack.prototype.toTerraform.call(stack));
    }
  });

  test("leaves cdktf as it was", () => {
    const { resolve } = Tokenization;
    expect(() =>
      withQuickResolve(() => {
        throw new Error("broken");
      }),
    ).toThrow("broken");
    expect(Tokenization.resolve).toBe(resolve);
  });
});
