"""Checks of the instances that ECS runs tasks on: in Auto Scaling groups, and outside AWS."""
from __future__ import annotations

import base64
from typing import Any

from .world import World

_USER_DATA = "#!/bin/bash\ncat <<EOF >> /etc/ecs/ecs.config\nECS_CLUSTER=instances\nEOF\n"


def everything(world: World) -> None:
    _groups(world)
    _activations(world)


def _groups(world: World) -> None:
    ecs, scaling = world.client("ecs"), world.client("autoscaling")
    arn = _group(world, scaling)
    ecs.create_cluster(clusterName="instances")
    ecs.create_capacity_provider(name="instances", autoScalingGroupProvider={"autoScalingGroupArn": arn})
    ecs.put_cluster_capacity_providers(cluster="instances", capacityProviders=["instances"],
                                       defaultCapacityProviderStrategy=[])
    world.refused("DeleteCapacityProvider: one that a cluster has", "ClientException", "in use",
                  ecs.delete_capacity_provider, capacityProvider="instances")
    ecs.put_cluster_capacity_providers(cluster="instances", capacityProviders=[], defaultCapacityProviderStrategy=[])
    ecs.delete_capacity_provider(capacityProvider="instances")
    world.refused("DeleteCluster: one that instances have joined", "ClusterContainsContainerInstancesException",
                  "Container Instances are active", ecs.delete_cluster, cluster="instances")

    def described() -> Any:
        return scaling.describe_auto_scaling_groups(AutoScalingGroupNames=["instances"])["AutoScalingGroups"][0]

    group = described()
    world.report("CreateAutoScalingGroup: keeps the age of instances and the rebalancing of Spot Instances",
                 (group["MaxInstanceLifetime"], group["CapacityRebalance"]) == (86400, True))
    refresh = scaling.start_instance_refresh(AutoScalingGroupName="instances")["InstanceRefreshId"]
    refreshes = scaling.describe_instance_refreshes(AutoScalingGroupName="instances")["InstanceRefreshes"]
    world.report("StartInstanceRefresh: is told afterwards", refresh == refreshes[0]["InstanceRefreshId"])
    instances = [instance["InstanceId"] for instance in group["Instances"]]
    scaling.update_auto_scaling_group(AutoScalingGroupName="instances", MinSize=0, MaxSize=0, DesiredCapacity=0)
    world.report("UpdateAutoScalingGroup: keeps instances that are protected", len(described()["Instances"]) == 1)
    scaling.set_instance_protection(AutoScalingGroupName="instances", InstanceIds=instances, ProtectedFromScaleIn=False)
    world.report("SetInstanceProtection: ends instances that are too many", described()["Instances"] == [])
    scaling.delete_auto_scaling_group(AutoScalingGroupName="instances")
    ecs.delete_cluster(cluster="instances")
    world.ec2.delete_launch_template(LaunchTemplateName="instances")
    left = world.control("GET", "leftovers")
    world.report("an instance takes its network interface with it, and AWS's key for EBS is nobody's",
                 (left["networkInterfaces"], left["instances"]) == ([], [])
                 and all(key in world.key for key in left["kmsKeys"]))


def _group(world: World, scaling: Any) -> str:
    """An Auto Scaling group of one protected instance, with a volume as large as the AMI has it."""
    world.ec2.create_launch_template(LaunchTemplateName="instances", LaunchTemplateData={
        "ImageId": "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        "InstanceType": "m7i.large", "UserData": base64.b64encode(_USER_DATA.encode()).decode(),
        "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": True}}]})
    scaling.create_auto_scaling_group(
        AutoScalingGroupName="instances", MinSize=1, MaxSize=2, VPCZoneIdentifier=world.private[0],
        LaunchTemplate={"LaunchTemplateName": "instances", "Version": "1"}, NewInstancesProtectedFromScaleIn=True,
        MaxInstanceLifetime=86400, CapacityRebalance=True)
    groups = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=["instances"])
    return str(groups["AutoScalingGroups"][0]["AutoScalingGroupARN"])


def _activations(world: World) -> None:
    ssm = world.client("ssm")
    made = ssm.create_activation(IamRole="external", DefaultInstanceName="shop", RegistrationLimit=3)
    filters = [{"FilterKey": "ActivationIds", "FilterValues": [made["ActivationId"]]}]
    told = ssm.describe_activations(Filters=filters)["ActivationList"]
    world.report("CreateActivation: is told without its code", [each["RegistrationLimit"] for each in told] == [3]
                 and "ActivationCode" not in told[0] and len(made["ActivationCode"]) == 20)
    world.report("CreateActivation: ends after 24 hours",
                 (told[0]["ExpirationDate"] - told[0]["CreatedDate"]).total_seconds() == 86400)
    ssm.delete_activation(ActivationId=made["ActivationId"])
    world.report("DeleteActivation: is gone", ssm.describe_activations(Filters=filters)["ActivationList"] == []
                 and world.control("GET", "leftovers")["activations"] == [])
