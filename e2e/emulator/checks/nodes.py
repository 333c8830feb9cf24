"""Checks of managed node groups, their launch templates, and what their nodes need to join."""
from __future__ import annotations

import json
from typing import Any

from .world import LIMIT, PARAMETER, World, trust

CLUSTER = "nodes"
_GIB = {"small": 10, "large": 100}


def _attach(world: World, role: str, *policies: str) -> None:
    for policy in policies:
        world.iam.attach_role_policy(RoleName=role.rsplit("/", 1)[-1], PolicyArn=f"arn:aws:iam::aws:policy/{policy}")


def _role(world: World, name: str, *policies: str, service: str = "ec2.amazonaws.com") -> str:
    role = world.role(f"{CLUSTER}-{name}", trust(service))
    _attach(world, role, *policies)
    return role


def _template(world: World, name: str, **data: Any) -> dict[str, str]:
    made = world.ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data, TagSpecifications=[
        {"ResourceType": "launch-template", "Tags": [{"Key": "of", "Value": "the template"}]}])
    return {"id": made["LaunchTemplate"]["LaunchTemplateId"], "version": "1"}


def groups(world: World) -> None:
    world.cluster(CLUSTER, accessConfig={"authenticationMode": "API"}, bootstrapSelfManagedAddons=False)
    linux = _role(world, "linux", "AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")
    _refusals(world, linux)
    _templates(world, linux)
    _joining(world, linux)
    _updates(world)
    _windows(world, linux)
    _quota(world, linux)


def _group(world: World, role: str, name: str = "refused", **change: Any) -> dict[str, Any]:
    return {"clusterName": CLUSTER, "nodegroupName": name, "nodeRole": role, "subnets": world.private,
            "instanceTypes": ["m6i.large"], **change}


def _refusals(world: World, role: str) -> None:
    def no(rule: str, text: str, **change: Any) -> None:
        world.refused(f"CreateNodegroup: {rule}", PARAMETER, text, world.eks.create_nodegroup,
                      **_group(world, role, **change))

    def sizes(least: int, most: int, desired: int) -> dict[str, int]:
        return {"minSize": least, "maxSize": most, "desiredSize": desired}

    no("bad name", "at most 63 characters", nodegroupName="a.b")
    no("fewest above desired", "Minimum capacity 3 can't be greater", scalingConfig=sizes(3, 4, 2))
    no("desired above most", "can't be greater than max size", scalingConfig=sizes(1, 2, 3))
    no("label of Kubernetes' own", "reserved prefixes", labels={"node.kubernetes.io/x": "y"})
    no("51 taints", "at most 50", taints=[{"key": f"t{number}", "effect": "NO_SCHEDULE"} for number in range(51)])
    no("role that trusts another service", "service principals", nodeRole=world.pod_role)
    no("role of the cluster", "by the cluster itself", nodeRole=world.cluster_role)
    no("role that does not exist", "does not exist", nodeRole=role + "x")
    no("instance type of another architecture", "not a valid instance type", instanceTypes=["m7g.large"])
    no("AMI of another architecture", "not a valid instance type", amiType="BOTTLEROCKET_ARM_64")
    no("instance type that does not exist", "do not exist", instanceTypes=["m6i.huge"])
    no("other version than the cluster's", "must be equal", version="1.30")
    other = world.subnet(world.vpc("10.8.0.0/16"), "10.8.0.0/24", "a")
    no("subnet of another VPC", "not in the VPC", subnets=[other])


def _templates(world: World, role: str) -> None:
    def no(rule: str, text: str, **change: Any) -> None:
        world.refused(f"CreateNodegroup: {rule}", PARAMETER, text, world.eks.create_nodegroup,
                      **_group(world, role, **change))

    volumes = {name: [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": gib}}] for name, gib in _GIB.items()}
    template = _template(world, "good", BlockDeviceMappings=volumes["large"])
    no("launch template that does not exist", "was not found", launchTemplate={"id": "lt-0", "version": "1"})
    no("version that does not exist", "was not found", launchTemplate={**template, "version": "2"})
    no("disk size beside a launch template", "Disk size", launchTemplate=template, diskSize=30)
    no("remote access beside a launch template", "Remote access", launchTemplate=template, remoteAccess={"ec2SshKey": "x"})
    no("instance type in both", "in both", launchTemplate=_template(world, "typed", InstanceType="m6i.large"))
    no("instance profile", "IamInstanceProfile", launchTemplate=_template(
        world, "profiled", IamInstanceProfile={"Name": "x"}))
    no("volume smaller than the AMI", "smaller than snapshot", launchTemplate=_template(
        world, "small", BlockDeviceMappings=volumes["small"]))
    found = world.ec2.describe_launch_template_versions(LaunchTemplateId=template["id"])
    world.holds("CreateLaunchTemplate: its own tags are not those of instances",
                lambda: "TagSpecifications" not in found["LaunchTemplateVersions"][0]["LaunchTemplateData"])


def _ends(world: World, name: str, status: str, reason: str = "") -> bool:
    def held() -> bool:
        group = world.eks.describe_nodegroup(clusterName=CLUSTER, nodegroupName=name)["nodegroup"]
        said = " ".join(issue["message"] for issue in group["health"]["issues"])
        return group["status"] == status and reason in said

    return world.until(held)


def _fails(world: World, rule: str, reason: str, role: str, **change: Any) -> None:
    world.eks.create_nodegroup(**_group(world, role, "failing", **change))
    world.holds(f"node group: CREATE_FAILED {rule}", lambda: _ends(world, "failing", "CREATE_FAILED", reason))
    world.eks.delete_nodegroup(clusterName=CLUSTER, nodegroupName="failing")
    _ends(world, "failing", "GONE")


def _addon(world: World, name: str, **more: Any) -> bool:
    world.eks.create_addon(clusterName=CLUSTER, addonName=name, **more)
    return world.until(lambda: world.eks.describe_addon(clusterName=CLUSTER, addonName=name)["addon"]["status"]
                       == "ACTIVE")


def _joining(world: World, role: str) -> None:
    _fails(world, "with a role that may not join", "lacks AmazonEKSWorkerNodePolicy", _role(world, "bare"))
    _fails(world, "without the VPC CNI", "no add-on vpc-cni and kube-proxy", role)
    world.refused("CreateAddon: vpc-cni takes booleans as text", PARAMETER, "enableWindowsIpam", world.eks.create_addon,
                  clusterName=CLUSTER, addonName="vpc-cni", configurationValues='{"enableWindowsIpam": true}')
    cni = _role(world, "cni", service="pods.example.com")
    _addon(world, "vpc-cni", serviceAccountRoleArn=cni, configurationValues='{"enableNetworkPolicy": "true"}')
    _addon(world, "kube-proxy")
    _fails(world, "with a VPC CNI that may nothing", "may not use EC2", role)
    _attach(world, cni, "AmazonEKS_CNI_Policy")
    taint = [{"key": "a", "effect": "NO_SCHEDULE"}]
    world.eks.create_nodegroup(**_group(world, role, "tainted", taints=taint))
    world.holds("node group: ACTIVE once its nodes can join", lambda: _ends(world, "tainted", "ACTIVE"))
    entry = world.eks.describe_access_entry(clusterName=CLUSTER, principalArn=role)["accessEntry"]
    world.holds("node group: EKS adds the access entry", lambda: entry["type"] == "EC2_LINUX")
    world.eks.create_addon(clusterName=CLUSTER, addonName="aws-ebs-csi-driver")
    ebs = {"clusterName": CLUSTER, "addonName": "aws-ebs-csi-driver"}
    world.holds("aws-ebs-csi-driver: DEGRADED with tainted nodes only", lambda: world.until(
        lambda: world.eks.describe_addon(**ebs)["addon"]["status"] == "DEGRADED"))
    world.eks.create_nodegroup(**_group(world, role, "open"))
    world.holds("aws-ebs-csi-driver: ACTIVE with nodes", lambda: world.until(
        lambda: world.eks.describe_addon(**ebs)["addon"]["status"] == "ACTIVE"))


def _updates(world: World) -> None:
    update = world.eks.update_nodegroup_config
    world.refused("UpdateNodegroupConfig: fewest above desired", PARAMETER, "Minimum capacity 3", update,
                  clusterName=CLUSTER, nodegroupName="open", scalingConfig={"minSize": 3, "maxSize": 4})
    world.refused("UpdateNodegroupVersion: newer than the cluster", PARAMETER, "newer than the cluster",
                  world.eks.update_nodegroup_version, clusterName=CLUSTER, nodegroupName="open", version="1.99")


def _windows(world: World, linux: str) -> None:
    windows = _role(world, "windows", "AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")
    ami = {"amiType": "WINDOWS_CORE_2022_x86_64"}
    _fails(world, "with Windows and the role of Linux nodes", "of type EC2_LINUX", linux, **ami)
    _fails(world, "with Windows without IPAM", "IPAM is not enabled", windows, **ami)
    update = world.eks.update_addon(clusterName=CLUSTER, addonName="vpc-cni",
                                    configurationValues=json.dumps({"enableWindowsIpam": "true"}))["update"]
    world.until(lambda: world.eks.describe_update(name=CLUSTER, addonName="vpc-cni", updateId=update["id"])["update"][
        "status"] == "Successful")
    _fails(world, "with Windows and a cluster role that may give no addresses", "AmazonEKSVPCResourceController",
           windows, **ami)
    _attach(world, world.cluster_role, "AmazonEKSVPCResourceController")
    world.eks.create_nodegroup(**_group(world, windows, "windows", **ami))
    world.holds("node group: ACTIVE with Windows", lambda: _ends(world, "windows", "ACTIVE"))


def _quota(world: World, role: str) -> None:
    for number in range(27):
        world.eks.create_nodegroup(**_group(world, role, f"more{number}"))
    world.refused("CreateNodegroup: 31st group", LIMIT, "at most 30", world.eks.create_nodegroup, **_group(world, role))
    names = world.eks.list_nodegroups(clusterName=CLUSTER)["nodegroups"]
    world.until(lambda: all(world.eks.describe_nodegroup(clusterName=CLUSTER, nodegroupName=name)["nodegroup"][
        "status"] == "ACTIVE" for name in names))
    for name in names:
        world.eks.delete_nodegroup(clusterName=CLUSTER, nodegroupName=name)
    world.until(lambda: not world.eks.list_nodegroups(clusterName=CLUSTER)["nodegroups"])
    world.eks.delete_cluster(name=CLUSTER)
    world.until(lambda: not world.eks.describe_cluster(name=CLUSTER))
