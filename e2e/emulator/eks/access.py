"""Access entries and access policies (https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html)."""
from __future__ import annotations

import re
from typing import Any

from .. import aws
from . import tags
from .data import ACCESS_POLICIES
from .errors import in_use, invalid_parameter, invalid_request, not_found
from .state import AccessEntry, Body, Cluster, Context, Params, action, new_id, now, page

TYPES = ("STANDARD", "EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "HYPERPOD_LINUX")
_RESERVED = ("system:", "eks:", "aws:", "amazon:", "iam:")
_PRINCIPAL = re.compile(r"arn:(aws[\w-]*):iam::(\d{12}):(role|user)/(.+)")
_SERVICE_LINKED = "aws-service-role/"


def bootstrap_creator(ctx: Context, cluster: Cluster) -> None:
    """The caller becomes an administrator, unless bootstrapClusterCreatorAdminPermissions is false.

    With authentication mode CONFIG_MAP EKS does that without an access entry.
    """
    if cluster.authentication_mode == "CONFIG_MAP":
        return
    entry = _add(ctx, cluster, ctx.caller_arn, {"type": "STANDARD"})
    arn = f"arn:{ctx.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
    entry.policies[arn] = _association(arn, {"type": "cluster", "namespaces": []})


def add_fargate_entry(ctx: Context, cluster: Cluster, role_arn: str) -> None:
    """EKS adds the entry for a pod execution role itself, and leaves it there."""
    if cluster.authentication_mode != "CONFIG_MAP" and role_arn not in cluster.access:
        entry = _add(ctx, cluster, role_arn, {"type": "FARGATE_LINUX"})
        entry.body["kubernetesGroups"] = ["system:node-proxier"]
        entry.body["username"] = "system:node:{{SessionName}}"


def add_node_entry(ctx: Context, cluster: Cluster, role_arn: str, windows: bool) -> None:
    """EKS adds the entry for the role of a managed node group itself: one, of the operating system it has first."""
    if cluster.authentication_mode != "CONFIG_MAP" and role_arn not in cluster.access:
        entry = _add(ctx, cluster, role_arn, {"type": "EC2_WINDOWS" if windows else "EC2_LINUX"})
        entry.body["kubernetesGroups"] = ["system:nodes", *(["eks:kube-proxy-windows"] if windows else [])]
        entry.body["username"] = "system:node:{{EC2PrivateDNSName}}"


def _add(ctx: Context, cluster: Cluster, principal: str, params: Params) -> AccessEntry:
    found = _PRINCIPAL.fullmatch(principal)
    kind, path = (found[3], found[4]) if found else ("user", principal)
    name = path.rsplit("/", 1)[-1]
    default_user = (f"arn:{ctx.partition}:sts::{ctx.account}:assumed-role/{name}/{{{{SessionName}}}}"
                    if kind == "role" else principal)
    entry = AccessEntry({
        "clusterName": cluster.name, "principalArn": principal, "type": params.get("type") or "STANDARD",
        "accessEntryArn": ctx.arn(f"access-entry/{cluster.name}/{kind}/{ctx.account}/{name}/{new_id()}"),
        "kubernetesGroups": params.get("kubernetesGroups", []), "username": params.get("username") or default_user,
        "createdAt": now(), "modifiedAt": now(), "tags": tags.checked(params.get("tags")),
    })
    cluster.access[principal] = entry
    return entry


def _cluster_with_entries(ctx: Context, name: str) -> Cluster:
    cluster = ctx.cluster(name)
    if cluster.authentication_mode == "CONFIG_MAP":
        raise invalid_request("The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to "
                              "perform this operation.", clusterName=name)
    return cluster


def _check_names(groups: list[str], username: str | None, entry_type: str) -> None:
    if entry_type != "STANDARD" and (groups or username):
        raise invalid_request(f"kubernetesGroups and username cannot be given for an access entry of type {entry_type}")
    for group in groups:
        if group.startswith(_RESERVED):
            raise invalid_parameter(f"The kubernetes group name {group} is invalid, it cannot start with "
                                    f"{', '.join(_RESERVED)}")
    if username and username.startswith(_RESERVED):
        raise invalid_parameter(f"The username {username} is invalid, it cannot start with {', '.join(_RESERVED)}")


@action("CreateAccessEntry")
def create_entry(ctx: Context, params: Params) -> Body:
    cluster, principal = _cluster_with_entries(ctx, params["clusterName"]), params["principalArn"]
    if principal in cluster.access:
        raise in_use("The specified access entry resource is already in use on this cluster.", clusterName=cluster.name)
    found = _PRINCIPAL.fullmatch(principal)
    if not found:
        raise invalid_parameter("The specified principalArn is invalid: invalid principal. It must be the ARN of an "
                                "IAM user or role", clusterName=cluster.name)
    linked = found[4].startswith(_SERVICE_LINKED)
    if found[2] != ctx.account or not (linked or aws.principal_exists(ctx.account, ctx.partition, principal)):
        raise invalid_parameter("The specified principalArn is invalid: invalid principal.", clusterName=cluster.name)
    entry_type = params.get("type") or "STANDARD"
    if entry_type not in TYPES:
        raise invalid_parameter(f"The specified type {entry_type} is invalid. Valid ones: {', '.join(TYPES)}",
                                clusterName=cluster.name)
    _check_names(params.get("kubernetesGroups", []), params.get("username"), entry_type)
    return {"accessEntry": _add(ctx, cluster, principal, params).body}


def _entry(ctx: Context, params: Params) -> tuple[Cluster, AccessEntry]:
    cluster = _cluster_with_entries(ctx, params["clusterName"])
    entry = cluster.access.get(params["principalArn"])
    if entry is None:
        raise not_found("The specified principalArn could not be found. You must use a principalArn that has an "
                        f"access entry on the cluster: {params['principalArn']}")
    return cluster, entry


@action("DescribeAccessEntry")
def describe_entry(ctx: Context, params: Params) -> Body:
    return {"accessEntry": _entry(ctx, params)[1].body}


@action("ListAccessEntries")
def list_entries(ctx: Context, params: Params) -> Body:
    cluster, policy = _cluster_with_entries(ctx, params["clusterName"]), params.get("associatedPolicyArn")
    principals = [arn for arn, entry in sorted(cluster.access.items()) if policy is None or policy in entry.policies]
    return page(principals, params, "accessEntries")


@action("UpdateAccessEntry")
def update_entry(ctx: Context, params: Params) -> Body:
    _, entry = _entry(ctx, params)
    _check_names(params.get("kubernetesGroups", []), params.get("username"), entry.body["type"])
    entry.body.update({key: params[key] for key in ("kubernetesGroups", "username") if key in params},
                      modifiedAt=now())
    return {"accessEntry": entry.body}


@action("DeleteAccessEntry")
def delete_entry(ctx: Context, params: Params) -> Body:
    cluster, entry = _entry(ctx, params)
    del cluster.access[entry.body["principalArn"]]
    return {}


def _association(arn: str, scope: dict[str, Any]) -> Body:
    return {"policyArn": arn, "accessScope": scope, "associatedAt": now(), "modifiedAt": now()}


@action("AssociateAccessPolicy")
def associate_policy(ctx: Context, params: Params) -> Body:
    cluster, entry = _entry(ctx, params)
    arn, scope = params["policyArn"], params["accessScope"]
    prefix = f"arn:{ctx.partition}:eks::aws:cluster-access-policy/"
    if not arn.startswith(prefix) or arn.removeprefix(prefix) not in ACCESS_POLICIES:
        raise invalid_parameter(f"The specified policyArn is invalid: {arn} is no access policy of EKS")
    if entry.body["type"] != "STANDARD":
        raise invalid_request(f"Access policies cannot be associated with an access entry of type {entry.body['type']}")
    namespaces = scope.get("namespaces", [])
    if scope.get("type") == "namespace" and not namespaces:
        raise invalid_parameter("The accessScope of type namespace must name at least one namespace")
    if scope.get("type") == "cluster" and namespaces:
        raise invalid_parameter("The accessScope of type cluster cannot have namespaces")
    before = entry.policies.get(arn, {})
    entry.policies[arn] = _association(arn, {"type": scope.get("type", "cluster"), "namespaces": namespaces})
    entry.policies[arn]["associatedAt"] = before.get("associatedAt", now())
    return {"clusterName": cluster.name, "principalArn": entry.body["principalArn"],
            "associatedAccessPolicy": entry.policies[arn]}


@action("DisassociateAccessPolicy")
def disassociate_policy(ctx: Context, params: Params) -> Body:
    _, entry = _entry(ctx, params)
    if entry.policies.pop(params["policyArn"], None) is None:
        raise not_found(f"The policy {params['policyArn']} is not associated with this access entry")
    return {}


@action("ListAssociatedAccessPolicies")
def list_associated(ctx: Context, params: Params) -> Body:
    cluster, entry = _entry(ctx, params)
    return {"clusterName": cluster.name, "principalArn": entry.body["principalArn"],
            **page(list(entry.policies.values()), params, "associatedAccessPolicies")}


@action("ListAccessPolicies")
def list_policies(ctx: Context, params: Params) -> Body:
    prefix = f"arn:{ctx.partition}:eks::aws:cluster-access-policy/"
    return page([{"name": name, "arn": prefix + name} for name in ACCESS_POLICIES], params, "accessPolicies")
