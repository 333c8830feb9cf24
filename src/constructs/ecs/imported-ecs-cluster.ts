import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type CapacityProvider, FARGATE, FARGATE_SPOT } from "../../model/ecs-capacity";
import { kmsKeyArnProblem } from "../../model/kms-key";
import { nameProblem } from "../../model/names";
import { compareText } from "../../model/order";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import type { ExecLogging, IEcsCluster } from "./iecs-cluster";

/** What is known of a cluster that is there already. */
export interface EcsClusterAttributes {
  readonly clusterName: string;
  /** The VPC in which its tasks run. */
  readonly vpc: IVpc;
  /** Names of the capacity providers that it has; those of Fargate are known by theirs. @default - unknown, so that every name may be meant */
  readonly capacityProviders?: readonly string[];
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
  readonly ready: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, attributes: EcsClusterAttributes) {
    super(scope, id);
    const { clusterName, capacityProviders = [], execLogging } = attributes;
    refuse(this, [
      ifKnown(clusterName, (name) => nameProblem("ecsCluster", name, "give the 'clusterName' that it has")),
      execLogging === undefined
        ? undefined
        : ifKnown(execLogging.kmsKeyArn, (arn) => kmsKeyArnProblem("kmsKeyArn", arn)),
    ]);
    this.clusterName = clusterName;
    this.clusterArn = AwsEnvironment.of(this).arn("ecs", `cluster/${clusterName}`);
    this.vpc = attributes.vpc;
    this.capacityProviders = [...new Set(capacityProviders)].sort(compareText).map(providerOf);
    this.execLogging = execLogging;
    this.serviceConnectNamespaceArn = attributes.serviceConnectNamespaceArn;
  }
}

function providerOf(name: string): CapacityProvider {
  return [FARGATE, FARGATE_SPOT].find((provider) => provider.name === name) ?? { name, kind: "ec2" };
}
