import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type CapacityProvider, FARGATE, FARGATE_SPOT } from "../../model/ecs-capacity";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { nameProblem } from "../../model/names";
import { compareText } from "../../model/order";
import { ownValue } from "../../model/own-value";
import { quote, quoteAll } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import type { ClusterInstances, ExecLogging, IEcsCluster } from "./iecs-cluster";

/** What is known of a cluster that is there already. */
export interface EcsClusterAttributes {
  /** Name of the cluster, in the stack's account and Region. */
  readonly clusterName: string;
  /** The VPC in which its tasks run. */
  readonly vpc: IVpc;
  /** Names of the capacity providers that it has; those of Fargate are known by theirs. @default - unknown, so that every name may be meant */
  readonly capacityProviders?: readonly string[];
  /**
   * Security groups of its EC2 instances, by the name of their capacity provider, which file systems let in for tasks
   * without a network interface of their own.
   *
   * @default - unknown, so that such tasks mount none
   */
  readonly instanceSecurityGroupIds?: Readonly<Record<string, string>>;
  /** Where ECS Exec records what is typed, and the key that encrypts the session. @default - nobody may open a shell */
  readonly execLogging?: ExecLogging;
  /** ARN of its default namespace of Service Connect. @default - none */
  readonly serviceConnectNamespaceArn?: string;
}

/** A cluster of somebody else's, in the account and the Region of the stack. */
export class ImportedEcsCluster extends Construct implements IEcsCluster {
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly vpc: IVpc;
  readonly capacityProviders: readonly CapacityProvider[];
  readonly execLogging: ExecLogging | undefined;
  readonly serviceConnectNamespaceArn: string | undefined;
  readonly instances: readonly ClusterInstances[];
  readonly ready: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, attributes: EcsClusterAttributes) {
    super(scope, id);
    const { clusterName, capacityProviders = [], execLogging, instanceSecurityGroupIds = {} } = attributes;
    refuse(this, [
      ifKnown(clusterName, (name) => nameProblem("ecsCluster", name, "give the 'clusterName' that it has")),
      execLogging === undefined
        ? undefined
        : ifKnown(execLogging.kmsKeyArn, (arn) => kmsKeyArnProblem("kmsKeyArn", arn)),
      ...Object.keys(instanceSecurityGroupIds).map((name) =>
        capacityProviders.includes(name)
          ? undefined
          : `'instanceSecurityGroupIds' must name 'capacityProviders' of the cluster (${capacityProviders.length === 0 ? "there are none" : quoteAll(capacityProviders)}), got ${quote(name)}; add it there`,
      ),
    ]);
    this.clusterName = clusterName;
    this.clusterArn = AwsEnvironment.of(this).arn("ecs", `cluster/${clusterName}`);
    this.vpc = attributes.vpc;
    this.capacityProviders = [...new Set(capacityProviders)]
      .sort(compareText)
      .map((name) => providerOf(name, instanceSecurityGroupIds));
    this.instances = this.capacityProviders.flatMap((provider) => {
      const securityGroupId = ownValue(instanceSecurityGroupIds, provider.name);
      return securityGroupId === undefined ? [] : [{ key: provider.name, provider, securityGroupId }];
    });
    this.execLogging = execLogging;
    this.serviceConnectNamespaceArn = attributes.serviceConnectNamespaceArn;
  }
}

function providerOf(name: string, securityGroupIds: Readonly<Record<string, string>>): CapacityProvider {
  return (
    [FARGATE, FARGATE_SPOT].find((provider) => provider.name === name) ?? {
      name,
      kind: "ec2",
      ...(Object.hasOwn(securityGroupIds, name) ? {} : { securityGroupUnknown: true }),
    }
  );
}
