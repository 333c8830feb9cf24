"""What EKS refuses of managed node groups, and whether their instances would become nodes of the cluster.

https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html#troubleshoot-managed-node-groups
"""
from __future__ import annotations

import json
import re
from typing import Any

from moto.ec2.models.instance_types import INSTANCE_TYPES

from .. import aws
from . import network
from .errors import in_use, invalid_parameter, limit_exceeded
from .roles import existing
from .state import Body, Cluster, Context, Params

# Quotas: https://docs.aws.amazon.com/general/latest/gr/eks.html
_MAX_GROUPS = 30
_MAX_NODES = 450
_MAX_TAINTS = 50
_MAX_INSTANCE_TYPES = 20
_NAME = re.compile(r"[0-9A-Za-z][A-Za-z0-9_-]{0,62}")
_RESERVED_LABEL = re.compile(r"(.*\.)?(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)/.*")
_WORKER_POLICY = "AmazonEKSWorkerNodePolicy"
_IMAGE_POLICIES = ("AmazonEC2ContainerRegistryPullOnly", "AmazonEC2ContainerRegistryReadOnly")
_CNI_POLICY = "AmazonEKS_CNI_Policy"
_WINDOWS_POLICY = "AmazonEKSVPCResourceController"
# The volume that a node keeps its data on, and the GiB that the AMI needs there.
_VOLUMES = {"AL2023": ("/dev/xvda", 20), "BOTTLEROCKET": ("/dev/xvdb", 20), "WINDOWS": ("/dev/sda1", 50)}


def check(ctx: Context, cluster: Cluster, params: Params) -> None:
    """Refuses what CreateNodegroup refuses at once."""
    _check_name(cluster, params["nodegroupName"])
    check_sizes(params.get("scalingConfig") or {"minSize": 1, "maxSize": 2, "desiredSize": 2})
    check_labels(params.get("labels", {}), params.get("taints", []))
    _check_role(ctx, cluster, params["nodeRole"])
    if params.get("version") not in (None, cluster.body["version"]):
        raise invalid_parameter(f"Nodegroup Kubernetes version {params['version']} must be equal to the cluster's "
                                f"{cluster.body['version']}", clusterName=cluster.name)
    for subnet in network.find_subnets(ctx, params["subnets"]):
        if subnet.vpc_id != cluster.body["resourcesVpcConfig"]["vpcId"]:
            raise invalid_parameter(f"Subnet {subnet.id} is not in the VPC of the cluster", clusterName=cluster.name)
    template = launch_template(ctx, params.get("launchTemplate"))
    _check_template(params, template)
    _check_machines(params, template)


def _check_name(cluster: Cluster, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise invalid_parameter("The node group name must start with a letter or digit, have only letters, digits, "
                                "hyphens and underscores, and at most 63 characters", clusterName=cluster.name)
    if name in cluster.nodegroups:
        raise in_use(f"NodeGroup already exists with name {name} and cluster name {cluster.name}",
                     clusterName=cluster.name, nodegroupName=name)
    if len(cluster.nodegroups) >= _MAX_GROUPS:
        raise limit_exceeded(f"Nodegroup limit exceeded: at most {_MAX_GROUPS} per cluster", clusterName=cluster.name)


def check_sizes(sizes: dict[str, int]) -> None:
    least, most, desired = (sizes.get(key, 0) for key in ("minSize", "maxSize", "desiredSize"))
    if least > desired:
        raise invalid_parameter(f"Minimum capacity {least} can't be greater than desired size {desired}")
    if desired > most:
        raise invalid_parameter(f"desired capacity {desired} can't be greater than max size {most}")
    if most > _MAX_NODES:
        raise limit_exceeded(f"Node limit exceeded: at most {_MAX_NODES} in a node group")


def check_labels(labels: dict[str, str], taints: list[Body]) -> None:
    if any(_RESERVED_LABEL.fullmatch(key) for key in labels):
        raise invalid_parameter("Label cannot contain reserved prefixes [kubernetes.io/, k8s.io/, eks.amazonaws.com/]")
    if len(taints) > _MAX_TAINTS:
        raise invalid_parameter(f"A node group can have at most {_MAX_TAINTS} taints")


def _check_role(ctx: Context, cluster: Cluster, arn: str) -> None:
    role = existing(ctx, arn, cluster.name)
    if arn == cluster.body["roleArn"]:
        raise invalid_parameter(f"The role {arn} is used by the cluster itself", clusterName=cluster.name)
    if any(profile["podExecutionRoleArn"] == arn for profile in cluster.profiles.values()):
        raise invalid_parameter("The node role is already used as a pod execution role by a Fargate profile",
                                clusterName=cluster.name)
    service = f"ec2.{ctx.dns_suffix}"
    if not any(aws.trust_allows(role, name, "sts:AssumeRole", "", ctx.account)
               for name in (service, "ec2.amazonaws.com")):
        raise invalid_parameter(f"Following required service principals [ec2.amazonaws.com] were not found in the "
                                f"trust relationships of nodeRole {arn}", clusterName=cluster.name)


def launch_template(ctx: Context, given: dict[str, str] | None) -> dict[str, Any] | None:
    """The content of the launch template's version that a request names."""
    if not given:
        return None
    templates = aws.ec2(ctx.account, ctx.region).launch_templates.values()
    found = next((each for each in templates if given.get("id") == each.id or given.get("name") == each.name), None)
    version = given.get("version") or "$Default"
    if found is None or (version.isdigit() and int(version) > len(found.versions)):
        raise invalid_parameter(f"Launch template {given.get('id') or given.get('name')} with version {version} was "
                                "not found")
    return dict(found.get_version(version).data)


def _check_template(params: Params, template: dict[str, Any] | None) -> None:
    """What stands in a launch template must not stand in the node group, and some of it must not stand there either.

    https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
    """
    if template is None:
        return
    if params.get("diskSize") is not None:
        raise invalid_parameter("Disk size must be specified within the launch template.")
    if params.get("remoteAccess"):
        raise invalid_parameter("Remote access configuration cannot be specified with a launch template.")
    if template.get("InstanceType") and params.get("instanceTypes"):
        raise invalid_parameter("Instance type may not be specified in both the launch template and the request")
    if template.get("IamInstanceProfile"):
        raise invalid_parameter("IamInstanceProfile in the launch template is not allowed")
    if any(each.get("SubnetId") for each in template.get("NetworkInterfaces", [])):
        raise invalid_parameter("Subnets in the launch template's network interfaces are not allowed")


def _check_machines(params: Params, template: dict[str, Any] | None) -> None:
    """One AMI fits all instance types, and the volume."""
    ami, types = params.get("amiType", "AL2023_x86_64_STANDARD"), params.get("instanceTypes", [])
    if len(types) > _MAX_INSTANCE_TYPES:
        raise invalid_parameter(f"A node group can have at most {_MAX_INSTANCE_TYPES} instance types")
    wanted = "arm64" if "ARM_64" in ami else "x86_64"
    for name in types:
        if name not in INSTANCE_TYPES:
            raise invalid_parameter(f"The following supplied instance types do not exist: [{name}]")
        if wanted not in INSTANCE_TYPES[name]["ProcessorInfo"]["SupportedArchitectures"]:
            raise invalid_parameter(f"[{name}] is not a valid instance type for requested amiType {ami}")
    device, least = _VOLUMES[ami.split("_")[0]]
    for mapping in (template or {}).get("BlockDeviceMappings", []):
        size = mapping.get("Ebs", {}).get("VolumeSize")
        if mapping.get("DeviceName") == device and size is not None and int(size) < least:
            raise invalid_parameter(f"Volume of size {size}GB is smaller than snapshot, expect size >= {least}GB")


def is_windows(group: Body) -> bool:
    return bool(group["amiType"].startswith("WINDOWS"))


def obstacle(ctx: Context, cluster: Cluster, group: Body) -> str | None:
    """Why instances of the group would not become nodes, so that EKS gives up on it after some 25 minutes."""
    role = group["nodeRole"]
    policies = _policies(ctx, role)
    if _WORKER_POLICY not in policies or not policies & set(_IMAGE_POLICIES):
        return "the node role lacks AmazonEKSWorkerNodePolicy or the right to pull images from Amazon ECR"
    entry, kind = cluster.access.get(role), "EC2_WINDOWS" if is_windows(group) else "EC2_LINUX"
    if entry is not None and entry.body["type"] != kind:
        return f"the access entry of the node role is of type {entry.body['type']}, not {kind}"
    return _no_windows(ctx, cluster) if is_windows(group) else _no_network(ctx, cluster, policies)


def _no_network(ctx: Context, cluster: Cluster, node_policies: set[str]) -> str | None:
    """Nodes are ready once the VPC CNI runs on them, and reach Services by kube-proxy."""
    if cluster.self_managed_addons:
        return None
    missing = [name for name in ("vpc-cni", "kube-proxy") if name not in cluster.addons]
    if missing:
        return f"container runtime network not ready: the cluster has no add-on {' and '.join(missing)}"
    role = cluster.addons["vpc-cni"].get("serviceAccountRoleArn")
    policies = _policies(ctx, role) if role else node_policies
    return None if _CNI_POLICY in policies else "container runtime network not ready: the VPC CNI may not use EC2"


def _no_windows(ctx: Context, cluster: Cluster) -> str | None:
    """https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html"""
    values = json.loads(cluster.addons.get("vpc-cni", {}).get("configurationValues") or "{}")
    if values.get("enableWindowsIpam") != "true":
        return "Windows IPAM is not enabled in the VPC CNI"
    if _WINDOWS_POLICY not in _policies(ctx, cluster.body["roleArn"]):
        return f"the cluster's role lacks {_WINDOWS_POLICY}"
    return None


def _policies(ctx: Context, role_arn: str) -> set[str]:
    """Names of the managed policies that a role has."""
    role = aws.role(ctx.account, ctx.partition, role_arn)
    return {policy.name for policy in role.managed_policies.values()} if role else set()
