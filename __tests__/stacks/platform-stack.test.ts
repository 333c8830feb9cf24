import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import { type BackendSettings, PlatformStack, type PlatformStackProps } from "../../src/stacks/platform-stack";
import { ACCOUNT, addresses, appInMemory, refusal, synth } from "../support/stack";

function stackOf(props: Partial<PlatformStackProps> = {}): PlatformStack {
  return new PlatformStack(appInMemory(), "platform", { region: "eu-west-1", backend: { type: "local" }, ...props });
}

function terraform(props: Partial<PlatformStackProps> = {}): Record<string, unknown> {
  return (JSON.parse(synth(stackOf(props))) as { terraform: Record<string, unknown> }).terraform;
}

describe("provider", () => {
  test("is hashicorp/aws within one major version", () => {
    expect(terraform().required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: expect.stringMatching(/^~> 6\.\d+$/) },
    });
  });

  test("has the Region alone when nothing else is said", () => {
    const { provider } = JSON.parse(synth(stackOf())) as { provider: unknown };
    expect(provider).toEqual({ aws: [{ region: "eu-west-1" }] });
  });

  test("allows the one account that is named, and no other", () => {
    expect(synth(stackOf({ account: ACCOUNT }))).toHaveProviderWithProperties(AwsProvider, {
      allowed_account_ids: [ACCOUNT],
    });
  });

  test("gives everything the tags named", () => {
    expect(synth(stackOf({ tags: { team: "platform" } }))).toHaveProviderWithProperties(AwsProvider, {
      default_tags: [{ tags: { team: "platform" } }],
    });
  });
});

describe("backend", () => {
  const s3: BackendSettings = { type: "s3", bucket: "states", region: "eu-central-1" };

  test("that is local keeps the state in the project's root, by a path relative to the stack's folder", () => {
    expect(terraform()).toMatchObject({
      backend: { local: { path: "../../../terraform.platform.tfstate" } },
      required_version: ">= 1.5.7",
    });
  });

  test("that is local keeps the state where it is told", () => {
    expect(terraform({ backend: { type: "local", path: "state.json" } }).backend).toEqual({
      local: { path: "state.json" },
    });
  });

  test("in S3 is encrypted and locked by a file, which needs Terraform 1.10", () => {
    expect(terraform({ backend: s3 })).toMatchObject({ required_version: ">= 1.10.0" });
    expect(terraform({ backend: s3 }).backend).toEqual({
      s3: { bucket: "states", key: "platform.tfstate", region: "eu-central-1", encrypt: true, use_lockfile: true },
    });
  });

  test("in S3 is locked by DynamoDB when a table is named, which older Terraform can do", () => {
    const backend: BackendSettings = { ...s3, dynamodbTable: "locks", key: "a/b.tfstate", kmsKeyId: "alias/states" };
    expect(terraform({ backend })).toMatchObject({ required_version: ">= 1.5.7" });
    expect(terraform({ backend }).backend).toEqual({
      s3: {
        bucket: "states",
        key: "a/b.tfstate",
        region: "eu-central-1",
        encrypt: true,
        kms_key_id: "alias/states",
        dynamodb_table: "locks",
      },
    });
  });
});

describe("Terraform names", () => {
  const role = (scope: Construct, id: string) => new IamRole(scope, id, { assumeRolePolicy: "{}" });

  test("are construct paths without a hash", () => {
    const stack = stackOf();
    role(new Construct(stack, "web"), "role");
    expect(addresses(synth(stack))).toEqual(["aws_iam_role.web_role"]);
  });

  test("say once what a construct and its primary child are both called", () => {
    const stack = stackOf();
    role(new Construct(stack, "role"), "role");
    expect(addresses(synth(stack))).toEqual(["aws_iam_role.role"]);
  });

  test("have a dash for what Terraform does not take", () => {
    const stack = stackOf();
    role(new Construct(stack, "ecr.api"), "to all");
    expect(addresses(synth(stack))).toEqual(["aws_iam_role.ecr-api_to-all"]);
  });

  test("do not depend on the stack's own name", () => {
    const stack = new PlatformStack(appInMemory(), "other", { region: "eu-west-1", backend: { type: "local" } });
    role(stack, "web");
    expect(addresses(synth(stack))).toEqual(["aws_iam_role.web"]);
  });

  test("that two constructs would share are refused, with both of them", () => {
    const stack = stackOf();
    role(stack, "a.b");
    role(stack, "a b");
    expect(refusal(() => synth(stack))).toBe(
      `[platform] constructs "platform/a.b" and "platform/a b" would both have the Terraform name "a-b"; rename one of them`,
    );
  });
});
