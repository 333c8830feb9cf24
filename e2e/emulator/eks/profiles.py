"""Fargate profiles (https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html)."""
from __future__ import annotations

import copy
from typing import Any

from .. import aws
from . import access, addons, network, tags
from .errors import in_use, invalid_parameter, invalid_request, limit_exceeded, not_found
from .roles import check_pod_execution_role
from .state import Body, Cluster, Context, Params, action, new_id, now, page

# Quotas: https://docs.aws.amazon.com/general/latest/gr/eks.html
_MAX_PROFILES = 10
_MAX_SELECTORS = 5
_MAX_LABELS = 5


@action("CreateFargateProfile")
def create_profile(ctx: Context, params: Params) -> Body:
    cluster = ctx.active_cluster(params["clusterName"])
    name, role_arn, subnets = params["fargateProfileName"], params["podExecutionRoleArn"], params.get("subnets", [])
    _check_others(cluster)
    _check_name(cluster, name)
    _check_selectors(params.get("selectors", []))
    arn = ctx.arn(f"fargateprofile/{cluster.name}/{name}/{new_id()}")
    check_pod_execution_role(ctx, role_arn, cluster.name, arn)
    if any(group["nodeRole"] == role_arn for group in cluster.nodegroups.values()):
        raise invalid_request(f"The pod execution role {role_arn} is already used as a node role by a node group of "
                              "the cluster (PodExecutionRoleAlreadyInUse)", clusterName=cluster.name)
    _check_subnets(ctx, cluster, subnets)
    body = {
        "fargateProfileName": name, "fargateProfileArn": arn, "clusterName": cluster.name, "createdAt": now(),
        "podExecutionRoleArn": role_arn, "subnets": subnets, "selectors": params["selectors"], "status": "CREATING",
        "tags": tags.checked(params.get("tags")), "health": {"issues": []},
    }
    cluster.profiles[name] = body
    access.add_fargate_entry(ctx, cluster, role_arn)
    ctx.state.waiting.after_delay(lambda: body.update(status="ACTIVE"))
    return {"fargateProfile": copy.deepcopy(body)}


def _check_name(cluster: Cluster, name: str) -> None:
    if name.startswith("eks-"):
        raise invalid_parameter("The fargate profile name starts with the reserved prefix: 'eks-'",
                                clusterName=cluster.name, fargateProfileName=name)
    if name in cluster.profiles:
        raise in_use(f"Fargate Profile already exists with this name {name} and cluster name {cluster.name}",
                     clusterName=cluster.name)
    if len(cluster.profiles) >= _MAX_PROFILES:
        raise limit_exceeded(f"Fargate profile limit exceeded: at most {_MAX_PROFILES} per cluster",
                             clusterName=cluster.name)


def _check_others(cluster: Cluster) -> None:
    """https://docs.aws.amazon.com/eks/latest/APIReference/API_DeleteFargateProfile.html: one at a time."""
    for other in cluster.profiles.values():
        if other["status"] in ("CREATING", "DELETING"):
            raise in_use(f"Cannot create Fargate Profile while profile {other['fargateProfileName']} is in "
                         f"{other['status']} status", clusterName=cluster.name)


def _check_selectors(selectors: list[dict[str, Any]]) -> None:
    if not 1 <= len(selectors) <= _MAX_SELECTORS:
        raise invalid_parameter(f"A Fargate profile must have 1 to {_MAX_SELECTORS} selectors")
    for selector in selectors:
        labels = selector.get("labels", {})
        if not selector.get("namespace"):
            raise invalid_parameter("Fargate profile selector namespace must not be empty")
        if len(labels) > _MAX_LABELS:
            raise invalid_parameter(f"A Fargate profile selector can have at most {_MAX_LABELS} labels")
        for key, value in labels.items():
            if not 1 <= len(key) <= 127 or not 1 <= len(value) <= 255:
                raise invalid_parameter(f"Selector label {key!r}: a key has 1 to 127 characters, a value 1 to 255")


def _check_subnets(ctx: Context, cluster: Cluster, ids: list[str]) -> None:
    """Private subnets of the cluster's VPC: pods on Fargate get no public addresses."""
    if not ids:
        raise invalid_parameter("A Fargate profile must have at least one subnet", clusterName=cluster.name)
    for subnet in network.find_subnets(ctx, ids):
        if subnet.vpc_id != cluster.body["resourcesVpcConfig"]["vpcId"]:
            raise invalid_parameter(f"Subnet {subnet.id} provided in Fargate Profile does not belong to the VPC of "
                                    "the cluster", clusterName=cluster.name)
        if aws.has_internet_route(ctx.account, ctx.region, subnet):
            raise invalid_parameter(f"Subnet {subnet.id} provided in Fargate Profile is not a private subnet",
                                    clusterName=cluster.name)


def _find(ctx: Context, params: Params) -> tuple[Cluster, Body]:
    cluster, name = ctx.cluster(params["clusterName"]), params["fargateProfileName"]
    if name not in cluster.profiles:
        raise not_found(f"No Fargate Profile found with name: {name}.", clusterName=cluster.name,
                        fargateProfileName=name)
    return cluster, cluster.profiles[name]


@action("DescribeFargateProfile")
def describe_profile(ctx: Context, params: Params) -> Body:
    return {"fargateProfile": _find(ctx, params)[1]}


@action("ListFargateProfiles")
def list_profiles(ctx: Context, params: Params) -> Body:
    return page(sorted(ctx.cluster(params["clusterName"]).profiles), params, "fargateProfileNames")


@action("DeleteFargateProfile")
def delete_profile(ctx: Context, params: Params) -> Body:
    """Deletes the profile and the pods it placed, so add-ons that ran there are looked at again."""
    cluster, body = _find(ctx, params)
    for other in cluster.profiles.values():
        if other["status"] == "DELETING":
            raise in_use(f"Cannot delete Fargate Profile while profile {other['fargateProfileName']} is in DELETING "
                         "status", clusterName=cluster.name)
    if body["status"] == "CREATING":
        raise invalid_request(f"Fargate Profile {body['fargateProfileName']} is being created",
                              clusterName=cluster.name)
    body["status"] = "DELETING"

    def gone() -> None:
        del cluster.profiles[body["fargateProfileName"]]
        addons.pods_moved(cluster)

    ctx.state.waiting.after_delay(gone)
    return {"fargateProfile": copy.deepcopy(body)}
