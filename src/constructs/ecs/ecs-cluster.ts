import { EcsCluster as AwsEcsCluster, type EcsClusterConfiguration } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CLUSTER_ARNS } from "../../model/arn-places";
import {
  type CapacityMix,
  type CapacityProvider,
  capacityProviderStrategyOf,
  FARGATE,
  FARGATE_SPOT,
} from "../../model/ecs-capacity";
import {
  capacityProvidersOf,
  DEFAULT_CAPACITY,
  type EcsClusterOptions,
  ecsClusterProblems,
  ecsClusterWarnings,
  instanceGroupsOf,
  isNamespaceArn,
  type ManagedStorageOptions,
} from "../../model/ecs-cluster";
import { nameProblem } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import { Ec2Capacity } from "./ec2-capacity";
import { EcsExecLogs } from "./ecs-exec-logs";
import { ExternalInstances } from "./external-instances";
import { FargateStorageKey } from "./fargate-storage-key";
import type { ClusterInstances, ExecLogging, IEcsCluster } from "./iecs-cluster";
import { type EcsClusterAttributes, ImportedEcsCluster } from "./imported-ecs-cluster";

/** What an `EcsCluster` is told. */
export interface EcsClusterProps extends EcsClusterOptions {
  /** Name of the cluster, from which all other names are derived. */
  readonly clusterName: string;
  /** The VPC in which its tasks run. */
  readonly vpc: IVpc;
}

/**
 * A cluster of Amazon ECS: a name under which services and tasks run, what they may run on, and what is recorded of them.
 *
 * Fargate and Fargate Spot are there in any case and cost nothing by themselves; EC2 instances come with
 * 'autoScalingGroups', and ECS starts and ends them as tasks need them. Tasks for Graviton instances, as in the example,
 * need `architecture: "ARM64"`. Metrics go to Container Insights, and shells in containers are encrypted and recorded.
 *
 * Refused at synth: what ECS, EC2 and IAM refuse in names, numbers and mixes of capacity.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html
 * @example
 * new EcsCluster(this, "cluster", {
 *   clusterName: "shop",
 *   vpc,
 *   autoScalingGroups: { general: { instanceTypes: ["m7g.large"], maxSize: 6 } },
 *   defaultCapacity: { FARGATE: { base: 2 }, FARGATE_SPOT: { weight: 3 } },
 * });
 */
export class EcsCluster extends Construct implements IEcsCluster {
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly vpc: IVpc;
  readonly capacityProviders: readonly CapacityProvider[];
  readonly defaultCapacity: CapacityMix | undefined;
  readonly execLogging: ExecLogging | undefined;
  readonly containerInsights: boolean;
  /** ARN of the namespace of Service Connect for services that name none. */
  readonly serviceConnectNamespaceArn: string | undefined;
  readonly ready: readonly ITerraformDependable[];
  /** Its EC2 instances, by the key of the Auto Scaling group. */
  readonly ec2Capacity: Readonly<Record<string, Ec2Capacity>>;
  readonly instances: readonly ClusterInstances[];
  /** The registration of servers outside AWS. */
  readonly externalInstances: ExternalInstances | undefined;

  /** A cluster that is there already, in the account and the Region of the stack. */
  static fromAttributes(scope: Construct, id: string, attributes: EcsClusterAttributes): IEcsCluster {
    return new ImportedEcsCluster(scope, id, attributes);
  }

  constructor(scope: Construct, id: string, props: EcsClusterProps) {
    super(scope, id);
    const { clusterName, vpc } = props;
    this.containerInsights = props.containerInsights !== false;
    refuse(this, [
      ifKnown(clusterName, (name) => nameProblem("ecsCluster", name, "choose another 'clusterName'")),
      ...ecsClusterProblems(clusterName, props, isKnown),
      ...arnPlaceProblems(props, CLUSTER_ARNS, AwsEnvironment.of(this).place, isKnown),
    ]);
    for (const warning of ecsClusterWarnings(props, isKnown)) {
      Annotations.of(this).addWarning(warning);
    }
    this.clusterName = clusterName;
    this.vpc = vpc;
    this.capacityProviders = capacityProvidersOf(clusterName, props);
    this.defaultCapacity = props.defaultCapacity;
    const exec = props.exec === false ? undefined : new EcsExecLogs(this, "exec", { ...props.exec, clusterName });
    this.execLogging = exec?.logging;
    this.serviceConnectNamespaceArn = this.namespaceOf(props);
    const cluster = this.createCluster(props, exec);
    this.clusterArn = cluster.arn;
    this.ec2Capacity = this.createInstances(props, cluster.name);
    this.instances = Object.values(this.ec2Capacity);
    this.ready = [this.attachCapacity(props, cluster.name)];
    this.externalInstances =
      props.externalInstances === undefined
        ? undefined
        : new ExternalInstances(this, "external", { ...props.externalInstances, clusterName, clusterId: cluster.name });
  }

  private namespaceOf({ serviceConnectNamespace: namespace, clusterName }: EcsClusterProps): string | undefined {
    return namespace === undefined || isNamespaceArn(namespace, isKnown)
      ? namespace
      : new ServiceDiscoveryHttpNamespace(this, "namespace", {
          name: namespace,
          description: `Service Connect in ECS cluster ${clusterName}`,
        }).arn;
  }

  private createCluster(props: EcsClusterProps, exec: EcsExecLogs | undefined): AwsEcsCluster {
    const { clusterName, containerInsights = "enhanced", managedStorage } = props;
    const configuration: EcsClusterConfiguration = {
      ...(exec === undefined ? {} : { executeCommandConfiguration: exec.configuration }),
      ...(managedStorage === undefined ? {} : { managedStorageConfiguration: this.storageKeys(managedStorage) }),
    };
    return new AwsEcsCluster(this, "cluster", {
      name: clusterName,
      setting: [{ name: "containerInsights", value: containerInsights === false ? "disabled" : containerInsights }],
      ...(Object.keys(configuration).length === 0 ? {} : { configuration }),
      ...(this.serviceConnectNamespaceArn === undefined
        ? {}
        : { serviceConnectDefaults: { namespace: this.serviceConnectNamespaceArn } }),
    });
  }

  private storageKeys({ fargateKmsKeyArn, ebsKmsKeyArn }: ManagedStorageOptions) {
    return {
      fargateEphemeralStorageKmsKeyId:
        fargateKmsKeyArn ?? new FargateStorageKey(this, "fargate-storage", this.clusterName).arn,
      ...(ebsKmsKeyArn === undefined ? {} : { kmsKeyId: ebsKmsKeyArn }),
    };
  }

  private createInstances(props: EcsClusterProps, clusterId: string): Record<string, Ec2Capacity> {
    const { clusterName, vpc } = props;
    return Object.fromEntries(
      instanceGroupsOf(props).map(([key, group]) => [
        key,
        new Ec2Capacity(this, `instances-${key}`, { ...group, key, vpc, clusterName, clusterId }),
      ]),
    );
  }

  private attachCapacity(
    { defaultCapacity = DEFAULT_CAPACITY }: EcsClusterProps,
    clusterName: string,
  ): EcsClusterCapacityProviders {
    // By the names that Terraform knows once the providers are there, so that the cluster waits for them.
    const own = new Map(
      Object.values(this.ec2Capacity).map(({ provider, providerName }) => [provider.name, providerName]),
    );
    return new EcsClusterCapacityProviders(this, "capacity", {
      clusterName,
      capacityProviders: [FARGATE.name, FARGATE_SPOT.name, ...own.values()],
      defaultCapacityProviderStrategy: capacityProviderStrategyOf(defaultCapacity).map((item) => ({
        ...item,
        capacityProvider: own.get(item.capacityProvider) ?? item.capacityProvider,
      })),
    });
  }
}
