import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Annotations, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Place } from "../model/place";
import { endpointServiceName, type Partition, partitionOf, regionProblem, regionWarning } from "../model/regions";
import { isKnown, refuse } from "./errors";

const ENVIRONMENT = Symbol.for("cdktf-eks-fargate.AwsEnvironment");

/**
 * The partition, Region and account that a stack deploys to, taken from its AWS provider. What the provider states is
 * used as it stands; only what it leaves open is looked up, once for a stack.
 */
export class AwsEnvironment {
  /** Region of the stack's provider, known at synth. */
  readonly region: string;
  readonly partition: Partition;
  private cachedAccount: string | undefined;

  private constructor(private readonly stack: TerraformStack) {
    const providers = stack.node.findAll().filter((node): node is AwsProvider => node instanceof AwsProvider);
    const provider = providers.find(({ alias }) => alias === undefined);
    const region = provider?.regionInput;
    if (!isKnown(region)) {
      refuse(stack, [
        `the stack needs an AwsProvider with a literal 'region' before its first construct, got ${provider === undefined ? "no provider" : "no region"}; add new AwsProvider(this, "aws", { region: "eu-west-1" })`,
      ]);
    }
    this.region = region as string;
    refuse(stack, [regionProblem(this.region)]);
    this.partition = partitionOf(this.region);
    const accounts = provider?.allowedAccountIdsInput ?? [];
    this.cachedAccount = accounts.length === 1 ? accounts[0] : undefined;
    const warning = regionWarning(this.region);
    if (warning !== undefined) {
      Annotations.of(stack).addWarning(warning);
    }
  }

  /** The environment of the stack that holds `scope`. */
  static of(scope: Construct): AwsEnvironment {
    const stack = TerraformStack.of(scope) as TerraformStack & { [ENVIRONMENT]?: AwsEnvironment };
    stack[ENVIRONMENT] ??= new AwsEnvironment(stack);
    return stack[ENVIRONMENT];
  }

  /** Account id: the provider's, when it allows exactly one, otherwise that of whoever applies. */
  get account(): string {
    this.cachedAccount ??= new DataAwsCallerIdentity(this.stack, "aws-account").accountId;
    return this.cachedAccount;
  }

  /** Region and account, for rules that compare them: without an account that is known to Terraform alone. */
  get place(): Place {
    // Not by 'account', which would look it up.
    return { region: this.region, account: isKnown(this.cachedAccount) ? this.cachedAccount : undefined };
  }

  /**
   * An ARN in this environment.
   *
   * @param service such as `eks`
   * @param resource everything after the account, such as `fargateprofile/web/*`
   */
  arn(service: string, resource: string): string {
    return `arn:${this.partition.name}:${service}:${this.region}:${this.account}:${resource}`;
  }

  /** ARN of an IAM resource of the account, such as `root` or `role/x`; IAM is not regional. */
  iamArn(resource: string): string {
    return `arn:${this.partition.name}:iam::${this.account}:${resource}`;
  }

  /** ARN of a policy that AWS manages, such as `AmazonEKSClusterPolicy`. */
  managedPolicyArn(name: string): string {
    return `arn:${this.partition.name}:iam::aws:policy/${name}`;
  }

  /** Name of the endpoint service of an AWS service, such as `ecr.api`. */
  endpointServiceName(service: string): string {
    return endpointServiceName(this.region, service);
  }
}
