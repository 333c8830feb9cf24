import { TerraformOutput } from "cdktf";
import { EcsCluster } from "../../constructs/ecs/ecs-cluster";
import type { IVpc } from "../../constructs/network/ivpc";
import type { EcsSettings } from "../../settings/ecs/schema";
import { addOutput } from "../in-cluster/output";
import type { PlatformStack } from "../platform-stack";

/** The cluster of the settings, and what people need to know of it. */
export function createCluster(stack: PlatformStack, { name, ecs }: EcsSettings, vpc: IVpc): EcsCluster {
  const cluster = new EcsCluster(stack, "cluster", { ...ecs.cluster, clusterName: name, vpc });
  const instances = Object.entries(cluster.ec2Capacity);
  addOutput(stack, "cluster_name", "Name of the cluster", cluster.clusterName);
  addOutput(stack, "cluster_arn", "ARN of the cluster", cluster.clusterArn);
  addOutput(
    stack,
    "capacity_providers",
    "Capacity providers with EC2 instances, by the key of their Auto Scaling group",
    Object.fromEntries(instances.map(([key, { providerName }]) => [key, providerName])),
  );
  addOutput(
    stack,
    "instance_security_group_ids",
    "Security groups of the EC2 instances, by the key of their Auto Scaling group",
    Object.fromEntries(instances.map(([key, { securityGroupId }]) => [key, securityGroupId])),
  );
  addRegistration(stack, cluster);
  return cluster;
}

function addRegistration(stack: PlatformStack, { externalInstances }: EcsCluster): void {
  if (externalInstances === undefined) {
    return;
  }
  const { activationId, activationCode, installCommand } = externalInstances;
  addOutput(stack, "external_activation_id", "Activation by which external instances register", activationId);
  new TerraformOutput(stack, "external_activation_code", {
    description: "Code of the activation by which external instances register",
    value: activationCode,
    sensitive: true,
  });
  new TerraformOutput(stack, "external_install_command", {
    description: "What joins a Linux server outside AWS to the cluster when root runs it there",
    value: installCommand,
    sensitive: true,
  });
}
