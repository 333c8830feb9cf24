import { ANNOUNCED_LOG_DRIVERS } from "./container-logging";
import { hasSpot, type InstanceGroupOptions, operatingSystemFor } from "./ecs-instances";
import { isWindows } from "./node-ami";

/**
 * What an instance reads when it starts: it joins the cluster, keeps tasks with a network interface of their own away
 * from its metadata (and so from its role), and drains itself when EC2 takes a Spot Instance back.
 *
 * @param cluster name of the cluster, or what stands for it
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
export function instanceUserData(cluster: string, group: InstanceGroupOptions): string {
  const os = operatingSystemFor(group);
  const lines = isWindows(os)
    ? windowsLines(cluster, group)
    : os === "bottlerocket"
      ? bottlerocketLines(cluster, group)
      : amazonLinuxLines(cluster, group);
  return `${lines.join("\n")}\n`;
}

function amazonLinuxLines(cluster: string, group: InstanceGroupOptions): string[] {
  return [
    "#!/bin/bash",
    "cat <<'EOF' >> /etc/ecs/ecs.config",
    `ECS_CLUSTER=${cluster}`,
    "ECS_AWSVPC_BLOCK_IMDS=true",
    "ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance",
    `ECS_AVAILABLE_LOGGING_DRIVERS=${JSON.stringify(ANNOUNCED_LOG_DRIVERS.linux)}`,
    ...(group.accelerator === "nvidia" ? ["ECS_ENABLE_GPU_SUPPORT=true"] : []),
    ...(hasSpot(group) ? ["ECS_ENABLE_SPOT_INSTANCE_DRAINING=true"] : []),
    "EOF",
  ];
}

/** @see https://bottlerocket.dev/en/os/latest/#/api/settings/ecs/ */
function bottlerocketLines(cluster: string, group: InstanceGroupOptions): string[] {
  return [
    "[settings.ecs]",
    `cluster = "${cluster}"`,
    "awsvpc-block-imds = true",
    `logging-drivers = ${JSON.stringify(ANNOUNCED_LOG_DRIVERS.linux)}`,
    ...(hasSpot(group) ? ["enable-spot-instance-draining = true"] : []),
  ];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_windows_container_instance.html */
function windowsLines(cluster: string, group: InstanceGroupOptions): string[] {
  return [
    "<powershell>",
    // Otherwise the log driver would write with the instance's role instead of the task's execution role.
    machineVariable("ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE"),
    ...(hasSpot(group) ? [machineVariable("ECS_ENABLE_SPOT_INSTANCE_DRAINING")] : []),
    "Import-Module ECSTools",
    `Initialize-ECSAgent -Cluster '${cluster}' -EnableTaskIAMRole -EnableTaskENI -AwsvpcBlockIMDS -LoggingDrivers '${JSON.stringify(ANNOUNCED_LOG_DRIVERS.windows)}'`,
    "</powershell>",
  ];
}

function machineVariable(name: string): string {
  return `[Environment]::SetEnvironmentVariable("${name}", "true", "Machine")`;
}
