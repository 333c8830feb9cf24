"""Clusters: create, describe, list, delete.

https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
"""
from __future__ import annotations

import copy
import re
import uuid
from typing import Any

from .. import aws
from . import access, network, security_group, tags
from .data import DEFAULT_VERSION, VERSIONS
from .errors import in_use, invalid_parameter, invalid_request, not_found
from .pki import certificate_authority
from .roles import check_cluster_role
from .state import Body, Cluster, Context, EksState, Params, action, now, page

LOG_TYPES = ("api", "audit", "authenticator", "controllerManager", "scheduler")
_NAME = re.compile(r"[0-9A-Za-z][A-Za-z0-9_-]{0,99}")
_NOT_EMULATED = ("outpostConfig", "computeConfig", "storageConfig", "remoteNetworkConfig")


@action("CreateCluster")
def create_cluster(ctx: Context, params: Params) -> Body:
    name = params["name"]
    if not _NAME.fullmatch(name):
        raise invalid_parameter("The cluster name must start with a letter or digit, have only letters, digits, "
                                "hyphens and underscores, and at most 100 characters", clusterName=name)
    if (ctx.region, name) in ctx.state.clusters:
        raise in_use(f"Cluster already exists with name: {name}", clusterName=name)
    refuse_not_emulated(params)
    check_cluster_role(ctx, params["roleArn"], name)
    body = _new_body(ctx, params)
    cluster = Cluster(region=ctx.region, body=body,
                      self_managed_addons=params.get("bootstrapSelfManagedAddons", True))
    ctx.state.clusters[ctx.region, name] = cluster
    if params.get("accessConfig", {}).get("bootstrapClusterCreatorAdminPermissions", True):
        access.bootstrap_creator(ctx, cluster)
    ctx.state.waiting.after_delay(lambda: _become_active(ctx, cluster))
    return {"cluster": copy.deepcopy(body)}


def _new_body(ctx: Context, params: Params) -> Body:
    """Checks everything that the request refers to, and answers the new cluster as Describe shows it."""
    name, given = params["name"], params["resourcesVpcConfig"]
    vpc = network.check_subnets(ctx, name, given.get("subnetIds", []))
    network.check_security_groups(ctx, given.get("securityGroupIds", []), vpc.id)
    public, private = given.get("endpointPublicAccess", True), given.get("endpointPrivateAccess", False)
    cidrs = given.get("publicAccessCidrs") or ["0.0.0.0/0"]
    network.check_endpoint_access(public, private, cidrs, vpc)
    version = check_version(params.get("version") or DEFAULT_VERSION)
    support = check_support_type(params.get("upgradePolicy", {}).get("supportType", "EXTENDED"), version)
    bootstrap = params.get("accessConfig", {})
    return {
        "name": name, "arn": ctx.arn(f"cluster/{name}"), "createdAt": now(), "version": version,
        "roleArn": params["roleArn"], "status": "CREATING", "platformVersion": "eks.1",
        "resourcesVpcConfig": {
            "subnetIds": given["subnetIds"], "securityGroupIds": given.get("securityGroupIds", []), "vpcId": vpc.id,
            "endpointPublicAccess": public, "endpointPrivateAccess": private,
            "publicAccessCidrs": cidrs if public else [],
        },
        "kubernetesNetworkConfig": _kubernetes_network(params.get("kubernetesNetworkConfig", {}), vpc),
        "logging": check_logging(params.get("logging", {}), []),
        "encryptionConfig": check_encryption(ctx, params.get("encryptionConfig", [])),
        "accessConfig": {"authenticationMode": bootstrap.get("authenticationMode", "CONFIG_MAP")},
        "upgradePolicy": {"supportType": support},
        **_given_switches(params),
        "deletionProtection": params.get("deletionProtection", False),
        "controlPlaneScalingConfig": {"tier": params.get("controlPlaneScalingConfig", {}).get("tier", "standard")},
        "health": {"issues": []}, "tags": tags.checked(params.get("tags")),
    }


def refuse_not_emulated(params: Params) -> None:
    """EKS Auto Mode, hybrid nodes and Outposts are not emulated: turning them on is refused, and says so."""
    for key in _NOT_EMULATED:
        value = params.get(key)
        if value and _enabled(value):
            raise invalid_request(f"the emulator has no {key}", clusterName=params["name"])


def _enabled(value: dict[str, Any]) -> bool:
    nested = value.get("blockStorage", value)
    return bool(nested.get("enabled", "enabled" not in nested and nested))


def _given_switches(params: Params) -> Body:
    """Blocks that Describe shows only once they were set."""
    shown = {key: params[key] for key in ("zonalShiftConfig", "computeConfig", "storageConfig") if params.get(key)}
    return {"zonalShiftConfig": None, "computeConfig": None, "storageConfig": None, **shown}


def check_version(version: str) -> str:
    known = VERSIONS.get(version)
    if known is None or known.status == "UNSUPPORTED":
        raise invalid_parameter(f"unsupported Kubernetes version {version}")
    return version


def check_support_type(support: str, version: str) -> str:
    """STANDARD only within standard support: https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html"""
    if support == "STANDARD" and VERSIONS[version].status != "STANDARD_SUPPORT":
        raise invalid_parameter(f"Kubernetes version {version} is in extended support: the upgrade policy's support "
                                "type cannot be STANDARD")
    return support


def _kubernetes_network(given: dict[str, Any], vpc: Any) -> Body:
    if given.get("elasticLoadBalancing", {}).get("enabled"):
        raise invalid_request("the emulator has no elasticLoadBalancing (EKS Auto Mode)")
    family = given.get("ipFamily", "ipv4")
    balancing = {"elasticLoadBalancing": {"enabled": False}}
    if family == "ipv6":
        if given.get("serviceIpv4Cidr"):
            raise invalid_parameter("serviceIpv4Cidr cannot be given when ipFamily is ipv6")
        if not vpc.get_cidr_block_association_set(ipv6=True):
            raise invalid_parameter(f"ipFamily ipv6 needs an IPv6 CIDR block in VPC {vpc.id}")
        return {"ipFamily": family, "serviceIpv6Cidr": "fd00:ec2:10::/108", **balancing}
    return {"ipFamily": family, "serviceIpv4Cidr": network.service_cidr(given.get("serviceIpv4Cidr"), vpc), **balancing}


def check_logging(given: dict[str, Any], enabled_before: list[str]) -> Body:
    """The log types on after a request, which names only those that it turns on or off."""
    enabled = set(enabled_before)
    for setup in given.get("clusterLogging", []):
        for log_type in setup.get("types", []):
            (enabled.add if setup.get("enabled") else enabled.discard)(log_type)
    groups = [{"types": [log for log in LOG_TYPES if (log in enabled) == on], "enabled": on} for on in (True, False)]
    return {"clusterLogging": [group for group in groups if group["types"]]}


def enabled_logs(body: Body) -> list[str]:
    return [log for setup in body["logging"]["clusterLogging"] if setup["enabled"] for log in setup["types"]]


def check_encryption(ctx: Context, config: list[dict[str, Any]]) -> list[Body]:
    """An enabled symmetric key of the cluster's region: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html"""
    for entry in config:
        if entry.get("resources") != ["secrets"]:
            raise invalid_parameter('encryptionConfig: the only resource that can be encrypted is "secrets"')
        arn = entry.get("provider", {}).get("keyArn", "")
        if f":kms:{ctx.region}:" not in arn:
            raise invalid_parameter(f"Invalid keyArn in encryptionConfig: {arn!r} is no key of region {ctx.region}")
        key = aws.kms_key(ctx.account, ctx.region, arn)
        if key is None:
            raise invalid_parameter(f"Invalid keyArn in encryptionConfig: key {arn} does not exist")
        if not key.enabled or key.key_state != "Enabled":
            raise invalid_parameter(f"Invalid keyArn in encryptionConfig: key {arn} is not enabled")
        if key.key_spec != "SYMMETRIC_DEFAULT" or (key.key_usage or "ENCRYPT_DECRYPT") != "ENCRYPT_DECRYPT":
            raise invalid_parameter(f"Invalid keyArn in encryptionConfig: key {arn} is not a symmetric key")
    return config


def _become_active(ctx: Context, cluster: Cluster) -> None:
    """What EKS adds while it creates a cluster: security group, endpoint, issuer, certificate, log group."""
    body, unique = cluster.body, uuid.uuid4().hex.upper()
    cluster.security_group_id = security_group.create(ctx, cluster)
    body["resourcesVpcConfig"]["clusterSecurityGroupId"] = cluster.security_group_id
    own = f"https://{unique}.gr7.{ctx.region}.eks.{ctx.dns_suffix}"
    show_endpoint(body, *(ctx.state.endpoint or (own, certificate_authority(body["arn"], body["createdAt"]))))
    body["identity"] = {"oidc": {"issuer": f"https://oidc.eks.{ctx.region}.{ctx.dns_suffix}/id/{unique}"}}
    body["status"] = "ACTIVE"
    write_logs(ctx, cluster)


def show_endpoint(body: Body, endpoint: str, authority: str) -> None:
    body["endpoint"], body["certificateAuthority"] = endpoint, {"data": authority}


def lead_to(state: EksState, endpoint: str, authority: str) -> None:
    """Gives all clusters, those to come too, the endpoint and certificate authority of an API server of a test."""
    with state.lock:
        state.endpoint = endpoint, authority
        for cluster in state.clusters.values():
            if "endpoint" in cluster.body:
                show_endpoint(cluster.body, endpoint, authority)


def write_logs(ctx: Context, cluster: Cluster) -> None:
    """A control plane that writes logs creates its log group when it is missing, at any time of its life.

    https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html. So a log group that is deleted before its
    cluster comes back, and stays behind.
    """
    backend = aws.logs(ctx.account, ctx.region)
    group = f"/aws/eks/{cluster.name}/cluster"
    if enabled_logs(cluster.body) and group not in backend.groups:
        backend.create_log_group(group, {}, kmsKeyId=None)


@action("DescribeCluster")
def describe_cluster(ctx: Context, params: Params) -> Body:
    cluster = ctx.cluster(params["name"])
    return {"cluster": cluster.body}


@action("ListClusters")
def list_clusters(ctx: Context, params: Params) -> Body:
    names = sorted(name for region, name in ctx.state.clusters if region == ctx.region)
    return page(names, params, "clusters")


@action("DeleteCluster")
def delete_cluster(ctx: Context, params: Params) -> Body:
    """Refused while something runs on the cluster; add-ons, access entries and associations go with it."""
    cluster = ctx.cluster(params["name"])
    name, status = cluster.name, cluster.body["status"]
    if status == "DELETING":
        raise not_found(f"No cluster found for name: {name}.", clusterName=name)
    if cluster.body["deletionProtection"]:
        raise invalid_request(f"Cluster {name} has deletion protection enabled: disable it before you delete it",
                              clusterName=name)
    if cluster.nodegroups:
        raise in_use("Cluster has nodegroups attached", clusterName=name, nodegroupName=next(iter(cluster.nodegroups)))
    if cluster.profiles:
        raise in_use("Cluster has Fargate profiles attached", clusterName=name)
    if status != "ACTIVE":
        raise in_use(f"Cannot delete because cluster {name} currently has an update in progress", clusterName=name)
    write_logs(ctx, cluster)
    cluster.body["status"] = "DELETING"

    def gone() -> None:
        security_group.delete(ctx, cluster)
        del ctx.state.clusters[ctx.region, name]

    ctx.state.waiting.after_delay(gone)
    return {"cluster": copy.deepcopy(cluster.body)}
