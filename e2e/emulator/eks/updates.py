"""Updates of clusters: one at a time, each really changing something.

https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html and API_UpdateClusterVersion.html
"""
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .. import aws
from . import network
from .cluster import (check_encryption, check_logging, check_support_type, check_version, enabled_logs,
                      refuse_not_emulated, write_logs)
from .data import VERSIONS
from .errors import in_use, invalid_parameter, invalid_request, not_found
from .state import Body, Cluster, Context, Params, action, new_id, now, page

_MODES = ("CONFIG_MAP", "API_AND_CONFIG_MAP", "API")
_ENDPOINT = ("endpointPublicAccess", "endpointPrivateAccess", "publicAccessCidrs")
_PARAM_TYPES = {
    "EndpointAccessUpdate": "PublicAccessCidrs", "VpcConfigUpdate": "Subnets", "LoggingUpdate": "ClusterLogging",
    "AccessConfigUpdate": "AuthenticationMode", "UpgradePolicyUpdate": "UpgradePolicy",
    "ZonalShiftConfigUpdate": "ZonalShiftConfig", "DeletionProtectionUpdate": "DeletionProtection",
    "ControlPlaneScalingConfigUpdate": "UpdatedTier", "VersionUpdate": "Version",
    "AssociateEncryptionConfig": "EncryptionConfig",
}
# What an update does: its type, and the new values by key of the cluster's body.
Change = tuple[str, dict[str, Any]]


@action("UpdateClusterConfig")
def update_cluster_config(ctx: Context, params: Params) -> Body:
    cluster = _updatable(ctx, params["name"])
    refuse_not_emulated(params)
    changes: list[Change] = []
    vpc_config = params.get("resourcesVpcConfig", {})
    if any(key in vpc_config for key in _ENDPOINT):
        changes.append(_endpoint_change(ctx, cluster, vpc_config))
    if any(vpc_config.get(key) is not None for key in ("subnetIds", "securityGroupIds")):
        changes.append(_vpc_change(ctx, cluster, vpc_config))
    changes += [change(cluster, params[key]) for key, change in _CHANGES.items() if key in params]
    if len(changes) != 1:
        raise invalid_parameter("Only one type of update can be allowed." if changes else
                                "No changes needed: the request names nothing to update", clusterName=cluster.name)
    kind, new = changes[0]
    if all(cluster.body[key] == value for key, value in new.items()):
        raise invalid_parameter("Cluster is already at the desired configuration with "
                                f"{json.dumps(params.get('resourcesVpcConfig') or new)}", clusterName=cluster.name)
    return _start(ctx, cluster, kind, new)


def _updatable(ctx: Context, name: str) -> Cluster:
    cluster = ctx.cluster(name)
    if cluster.body["status"] != "ACTIVE":
        raise in_use(f"Cannot update because cluster {name} currently has an update in progress (it is "
                     f"{cluster.body['status']})", clusterName=name)
    return cluster


def _start(ctx: Context, cluster: Cluster, kind: str, new: dict[str, Any]) -> Body:
    update = new_update(kind, {_PARAM_TYPES[kind]: json.dumps(new)})
    cluster.updates[update["id"]] = update
    cluster.body["status"] = "UPDATING"

    def done() -> None:
        cluster.body.update(new)
        cluster.body["status"], update["status"] = "ACTIVE", "Successful"
        write_logs(ctx, cluster)

    ctx.state.waiting.after_delay(done)
    return {"update": dict(update)}


def new_update(kind: str, params: dict[str, str]) -> Body:
    return {"id": new_id(), "status": "InProgress", "type": kind, "createdAt": now(), "errors": [],
            "params": [{"type": key, "value": value} for key, value in params.items()]}


def _endpoint_change(ctx: Context, cluster: Cluster, given: dict[str, Any]) -> Change:
    current = cluster.body["resourcesVpcConfig"]
    new = {**current, **{key: given[key] for key in _ENDPOINT if key in given}}
    vpc = aws.ec2(ctx.account, ctx.region).get_vpc(current["vpcId"])
    if new["endpointPublicAccess"]:
        new["publicAccessCidrs"] = sorted(new["publicAccessCidrs"] or ["0.0.0.0/0"])
        if new["publicAccessCidrs"] == sorted(current["publicAccessCidrs"]):
            new["publicAccessCidrs"] = current["publicAccessCidrs"]
    else:
        new["publicAccessCidrs"] = []
    network.check_endpoint_access(new["endpointPublicAccess"], new["endpointPrivateAccess"],
                                  given.get("publicAccessCidrs", []), vpc)
    return "EndpointAccessUpdate", {"resourcesVpcConfig": new}


def _vpc_change(ctx: Context, cluster: Cluster, given: dict[str, Any]) -> Change:
    """Subnets can move, within the cluster's VPC and its zones."""
    current = cluster.body["resourcesVpcConfig"]
    new = dict(current)
    if given.get("subnetIds") is not None and sorted(given["subnetIds"]) != sorted(current["subnetIds"]):
        vpc = network.check_subnets(ctx, cluster.name, given["subnetIds"])
        if vpc.id != current["vpcId"]:
            raise invalid_parameter("Provided subnets belong to a different VPC than the cluster's",
                                    clusterName=cluster.name)
        if _zones(ctx, given["subnetIds"]) != _zones(ctx, current["subnetIds"]):
            raise invalid_parameter("Provided subnets must belong to the same set of availability zones as the "
                                    "cluster's", clusterName=cluster.name)
        new["subnetIds"] = given["subnetIds"]
    if given.get("securityGroupIds") is not None and set(given["securityGroupIds"]) != set(current["securityGroupIds"]):
        network.check_security_groups(ctx, given["securityGroupIds"], current["vpcId"])
        new["securityGroupIds"] = given["securityGroupIds"]
    return "VpcConfigUpdate", {"resourcesVpcConfig": new}


def _zones(ctx: Context, ids: list[str]) -> set[str]:
    found = (aws.subnet(ctx.account, ctx.region, subnet_id) for subnet_id in ids)
    return {subnet.availability_zone for subnet in found if subnet}


def _logging_change(cluster: Cluster, given: dict[str, Any]) -> Change:
    return "LoggingUpdate", {"logging": check_logging(given, enabled_logs(cluster.body))}


def _access_change(cluster: Cluster, given: dict[str, Any]) -> Change:
    """https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html: the mode never goes back."""
    mode = given.get("authenticationMode", cluster.authentication_mode)
    if _MODES.index(mode) < _MODES.index(cluster.authentication_mode):
        raise invalid_parameter(f"Unsupported authentication mode update from {cluster.authentication_mode} to {mode}",
                                clusterName=cluster.name)
    return "AccessConfigUpdate", {"accessConfig": {"authenticationMode": mode}}


def _upgrade_policy_change(cluster: Cluster, given: dict[str, Any]) -> Change:
    support, current = given.get("supportType", "EXTENDED"), cluster.body["upgradePolicy"]["supportType"]
    if support != current:
        check_support_type(support, cluster.body["version"])
    return "UpgradePolicyUpdate", {"upgradePolicy": {"supportType": support}}


_CHANGES: dict[str, Callable[[Cluster, Any], Change]] = {
    "logging": _logging_change,
    "accessConfig": _access_change,
    "upgradePolicy": _upgrade_policy_change,
    "zonalShiftConfig": lambda _, given: ("ZonalShiftConfigUpdate", {"zonalShiftConfig": given}),
    "deletionProtection": lambda _, given: ("DeletionProtectionUpdate", {"deletionProtection": given}),
    "controlPlaneScalingConfig":
        lambda _, given: ("ControlPlaneScalingConfigUpdate", {"controlPlaneScalingConfig": given}),
}


@action("UpdateClusterVersion")
def update_cluster_version(ctx: Context, params: Params) -> Body:
    """One minor version up at a time (https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html)."""
    cluster = _updatable(ctx, params["name"])
    current, wanted = cluster.body["version"], params["version"]
    if wanted == current:
        raise invalid_parameter(f"Cluster is already at the desired configuration with version {wanted}",
                                clusterName=cluster.name)
    check_version(wanted)
    if VERSIONS[wanted].minor != VERSIONS[current].minor + 1:
        raise invalid_parameter(f"Unsupported Kubernetes minor version update from {current} to {wanted}",
                                clusterName=cluster.name)
    check_support_type(cluster.body["upgradePolicy"]["supportType"], wanted)
    return _start(ctx, cluster, "VersionUpdate", {"version": wanted})


@action("AssociateEncryptionConfig")
def associate_encryption_config(ctx: Context, params: Params) -> Body:
    """Encryption can be turned on once, and neither changed nor removed."""
    cluster = _updatable(ctx, params["clusterName"])
    if cluster.body["encryptionConfig"]:
        raise invalid_request("Encryption config is already enabled: it cannot be changed", clusterName=cluster.name)
    config = check_encryption(ctx, params["encryptionConfig"])
    return _start(ctx, cluster, "AssociateEncryptionConfig", {"encryptionConfig": config})


@action("DescribeUpdate")
def describe_update(ctx: Context, params: Params) -> Body:
    update = ctx.cluster(params["name"]).updates.get(params["updateId"])
    if update is None:
        raise not_found(f"No update found for ID: {params['updateId']}", clusterName=params["name"])
    return {"update": update}


@action("ListUpdates")
def list_updates(ctx: Context, params: Params) -> Body:
    return page(list(ctx.cluster(params["name"]).updates), params, "updateIds")
