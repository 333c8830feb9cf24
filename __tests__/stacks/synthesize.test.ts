import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Annotations, App, TerraformOutput } from "cdktf";
import { refuse } from "../../src/constructs/errors";
import { SettingsError } from "../../src/settings/errors";
import { PlatformStack } from "../../src/stacks/platform-stack";
import { synthesize } from "../../src/stacks/synthesize";

let outdir: string;
let stdout: string;
let stderr: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "synthesize-"));
  stdout = "";
  stderr = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(outdir, { recursive: true });
});

function appOf(...ids: string[]): { app: App; stacks: PlatformStack[] } {
  const app = new App({ outdir });
  const stacks = ids.map((id) => {
    const stack = new PlatformStack(app, id, { region: "eu-west-1", backend: { type: "local" } });
    new IamRole(stack, "role", { assumeRolePolicy: "{}" });
    new TerraformOutput(stack, "one", { value: 1 });
    return stack;
  });
  return { app, stacks };
}

describe("an app that is right", () => {
  test("is written, with what was written and what to run next on standard output", () => {
    synthesize(
      () => appOf("platform").app,
      () => ["npm run deploy"],
    );
    expect(existsSync(join(outdir, "stacks", "platform", "cdk.tf.json"))).toBe(true);
    expect(stdout).toBe(
      [
        "Synthesized 1 stack:",
        `  platform: 1 resource in ${outdir}/stacks/platform/cdk.tf.json`,
        "Next:",
        "  npm run deploy",
        `  terraform -chdir=${outdir}/stacks/platform init && terraform -chdir=${outdir}/stacks/platform plan`,
        "",
      ].join("\n"),
    );
    expect(stderr).toBe("");
    expect(process.exitCode).toBeUndefined();
  });

  test("is told stack by stack", () => {
    synthesize(() => appOf("network", "cluster").app);
    expect(stdout).toMatch(
      /^Synthesized 2 stacks:\n {2}network: 1 resource in .*\n {2}cluster: 1 resource in .*\nNext:\n/,
    );
  });

  test("without a stack has nothing to run next", () => {
    synthesize(() => appOf().app);
    expect(stdout).toBe("Synthesized 0 stacks:\n");
  });

  test("has its warnings on standard error, with the path of their construct, and still ends well", () => {
    synthesize(() => {
      const { app, stacks } = appOf("platform");
      for (const stack of stacks) {
        Annotations.of(stack).addWarning("check the version");
        Annotations.of(stack).addInfo("only to know");
      }
      return app;
    });
    expect(stderr).toBe("warning: [platform] check the version\n");
    expect(stdout).toMatch(/^Synthesized 1 stack/);
    expect(process.exitCode).toBeUndefined();
  });
});

describe("an app that is wrong ends with exit code 1 and nothing on standard output,", () => {
  afterEach(() => {
    expect(process.exitCode).toBe(1);
    expect(stdout).toBe("");
  });

  test("and settings are told without a stack trace", () => {
    synthesize(() => {
      throw new SettingsError("1 problem in the settings file");
    });
    expect(stderr).toBe("error: 1 problem in the settings file\n");
  });

  test("and refused properties are told without a stack trace", () => {
    synthesize(() => {
      const { app, stacks } = appOf("platform");
      for (const stack of stacks) {
        refuse(stack, ["'cidr' is wrong", "'zones' are wrong"]);
      }
      return app;
    });
    expect(stderr).toBe("error: [platform] 'cidr' is wrong\n[platform] 'zones' are wrong\n");
  });

  test("and two constructs of one Terraform name are told without a stack trace", () => {
    synthesize(() => {
      const { app, stacks } = appOf("platform");
      for (const stack of stacks) {
        new IamRole(stack, "a.b", { assumeRolePolicy: "{}" });
        new IamRole(stack, "a b", { assumeRolePolicy: "{}" });
      }
      return app;
    });
    expect(stderr).toMatch(
      /^error: \[platform\] constructs .* would both have the Terraform name "a-b"; rename one of/,
    );
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("and what constructs find when the app is whole is told without a stack trace", () => {
    synthesize(() => {
      const { app, stacks } = appOf("platform");
      for (const { node } of stacks) {
        node.addValidation({ validate: () => ["no profile takes CoreDNS"] });
      }
      return app;
    });
    expect(stderr).toMatch(
      /^error: Validation failed with the following errors:\n {2}\[platform\] no profile takes CoreDNS/,
    );
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("and what the app finds wrong with itself is told without a stack trace", () => {
    synthesize(() => {
      const { app } = appOf("platform");
      app.node.addValidation({ validate: () => ["the app is wrong"] });
      return app;
    });
    expect(stderr).toMatch(/^error: .*validation failed with the following errors:\n {2}.*the app is wrong/i);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("and an error of ours is told by where it happened", () => {
    synthesize(() => {
      throw new TypeError("a bug");
    });
    expect(stderr).toMatch(/^TypeError: a bug\n +at .*synthesize\.test/);
  });

  test("and what is thrown without being an error is told as text", () => {
    synthesize(() => {
      throw "a text";
    });
    expect(stderr).toBe("a text\n");
  });
});
