import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformOutput, TerraformStack } from "cdktf";
import { AwsEnvironment } from "../../src/constructs/aws-environment";
import {
  ACCOUNT,
  appInMemory,
  dataSources,
  PARTITIONS,
  refusal,
  resolved,
  stackFor,
  synth,
  warnings,
} from "../support/stack";

describe("Region and partition", () => {
  test.each(PARTITIONS)("$region is in partition $partition, and every ARN says so", ({ region, partition }) => {
    const environment = AwsEnvironment.of(stackFor(region));
    expect(environment.partition.name).toBe(partition);
    expect(environment.arn("eks", "cluster/a")).toBe(`arn:${partition}:eks:${region}:${ACCOUNT}:cluster/a`);
    expect(environment.iamArn("root")).toBe(`arn:${partition}:iam::${ACCOUNT}:root`);
    expect(environment.managedPolicyArn("ReadOnly")).toBe(`arn:${partition}:iam::aws:policy/ReadOnly`);
  });

  test.each([
    ["eu-west-1", "ec2", "com.amazonaws.eu-west-1.ec2"],
    ["cn-north-1", "ec2", "cn.com.amazonaws.cn-north-1.ec2"],
    ["cn-north-1", "s3", "com.amazonaws.cn-north-1.s3"],
    ["us-gov-west-1", "sts", "com.amazonaws.us-gov-west-1.sts"],
  ])("in %s the endpoint service of %s is %s", (region, service, name) => {
    expect(AwsEnvironment.of(stackFor(region)).endpointServiceName(service)).toBe(name);
  });

  test("a stack without a provider is refused, with the line to add", () => {
    const stack = new TerraformStack(appInMemory(), "bare");
    expect(refusal(() => AwsEnvironment.of(stack))).toBe(
      `[bare] the stack needs an AwsProvider with a literal 'region' before its first construct, got no provider; add new AwsProvider(this, "aws", { region: "eu-west-1" })`,
    );
  });

  test.each([
    ["no Region", {}],
    ["a Region that only Terraform knows", { region: Fn.lower("EU-WEST-1") }],
  ])("a provider with %s is refused", (_, config) => {
    const stack = new TerraformStack(appInMemory(), "bare");
    new AwsProvider(stack, "aws", config);
    expect(refusal(() => AwsEnvironment.of(stack))).toContain("[bare] the stack needs an AwsProvider with a literal");
    expect(refusal(() => AwsEnvironment.of(stack))).toContain("got no region");
  });

  test("a Region that Fargate is not known to be in is a warning, once for a stack", () => {
    const stack = stackFor("eu-west-9");
    AwsEnvironment.of(stack);
    AwsEnvironment.of(new TerraformOutput(stack, "output", { value: 1 }));
    expect(warnings(stack)).toEqual([
      expect.stringMatching(
        /^\[test\] "eu-west-9" is not among the Regions with Fargate known as of .*; check its name/,
      ),
    ]);
  });

  test.each(["eu-west-1", "us-gov-west-1"])("%s has Fargate and gives no warning without Kubernetes", (region) => {
    const stack = stackFor(region);
    AwsEnvironment.of(stack);
    expect(warnings(stack)).toEqual([]);
  });
});

describe("account", () => {
  test("the only account that the provider allows is used as it stands, without asking AWS", () => {
    const stack = stackFor();
    expect(AwsEnvironment.of(stack).account).toBe(ACCOUNT);
    expect(synth(stack)).not.toHaveDataSource(DataAwsCallerIdentity);
  });

  test.each([
    ["no account", []],
    ["several accounts", [ACCOUNT, "111122224444"]],
  ])("a provider that states %s leaves it to one data source for the whole stack", (_, allowedAccountIds) => {
    const stack = stackFor("eu-west-1", { allowedAccountIds });
    const first = AwsEnvironment.of(stack).account;
    const output = new TerraformOutput(stack, "account-again", { value: AwsEnvironment.of(stack).account });
    expect(first).toBe(AwsEnvironment.of(output).account);
    expect(resolved(stack, first)).toBe("${data.aws_caller_identity.aws-account.account_id}");
    expect(Object.keys(dataSources(synth(stack), DataAwsCallerIdentity))).toEqual(["aws-account"]);
  });

  test("an app that never asks for the account has no data source for it", () => {
    const stack = stackFor("eu-west-1", { allowedAccountIds: [] });
    AwsEnvironment.of(stack);
    expect(synth(stack)).not.toHaveDataSource(DataAwsCallerIdentity);
  });

  test("two stacks have an environment each", () => {
    expect(AwsEnvironment.of(stackFor("eu-west-1")).region).toBe("eu-west-1");
    expect(AwsEnvironment.of(stackFor("eu-west-2")).region).toBe("eu-west-2");
  });
});
