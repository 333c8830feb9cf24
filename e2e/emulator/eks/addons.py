"""Add-ons (https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html)."""
from __future__ import annotations

import copy
import json
import re
from typing import Any

from .. import aws
from . import roles, tags
from .data import ADDONS, CONFIGURATION_KEYS, SUPPORTED, TEXT_BOOLEANS, VERSIONS
from .errors import in_use, invalid_parameter, invalid_request, not_found
from .state import Body, Cluster, Context, Params, action, new_id, now, page
from .updates import new_update

_VERSION = re.compile(r"v\d+\.\d+\.\d+-eksbuild\.\d+")
_COREDNS_LABELS = {"k8s-app": "kube-dns"}
_EBS_LABELS = {"app": "ebs-csi-controller"}
_KUBELET_SKEW = 3  # kube-proxy may be this many minor versions older than the control plane


@action("CreateAddon")
def create_addon(ctx: Context, params: Params) -> Body:
    cluster, name = ctx.active_cluster(params["clusterName"]), params["addonName"]
    if name not in ADDONS:
        raise invalid_parameter(f"Addon {name} specified is not supported", clusterName=cluster.name, addonName=name)
    if name in cluster.addons:
        raise in_use("Addon already exists.", clusterName=cluster.name, addonName=name)
    if params.get("resolveConflicts") == "PRESERVE":
        raise invalid_parameter("resolveConflicts PRESERVE is only for updates", clusterName=cluster.name,
                                addonName=name)
    version = _version(cluster, name, params.get("addonVersion") or _offered(name, cluster.body["version"])[0])
    _check(ctx, cluster, name, params)
    body: Body = {
        "addonName": name, "clusterName": cluster.name, "status": "CREATING", "addonVersion": version,
        "addonArn": ctx.arn(f"addon/{cluster.name}/{name}/{new_id()}"), "createdAt": now(), "modifiedAt": now(),
        "health": {"issues": []}, "tags": tags.checked(params.get("tags")), "owner": "aws", "publisher": "eks",
        **{key: params[key] for key in ("serviceAccountRoleArn", "configurationValues") if key in params},
        "namespaceConfig": params.get("namespaceConfig") or {"namespace": ADDONS[name].namespace},
    }
    cluster.addons[name] = body
    ctx.state.waiting.after_delay(lambda: _place_pods(cluster, body))
    return {"addon": copy.deepcopy(body)}


def _check(ctx: Context, cluster: Cluster, name: str, params: Params) -> None:
    _configuration(name, params.get("configurationValues"))
    if params.get("serviceAccountRoleArn"):
        roles.existing(ctx, params["serviceAccountRoleArn"], cluster.name)
    if params.get("podIdentityAssociations"):
        raise invalid_request("the emulator has no podIdentityAssociations of add-ons", clusterName=cluster.name,
                              addonName=name)


def _configuration(name: str, text: str | None) -> dict[str, Any]:
    """Configuration values are JSON that the add-on's schema allows (EKS takes YAML too, the emulator does not)."""
    if not text:
        return {}
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise invalid_parameter("ConfigurationValue provided in request is not a valid JSON object", addonName=name)
    unknown = sorted(values.keys() - CONFIGURATION_KEYS.get(name, values.keys()))
    if unknown:
        raise invalid_parameter(f"ConfigurationValue provided in request is not supported: Json schema validation "
                                f"failed with error: $: additional properties {unknown} not allowed", addonName=name)
    for key in TEXT_BOOLEANS.get(name, ()):
        if values.get(key, "true") not in ("true", "false"):
            raise invalid_parameter("ConfigurationValue provided in request is not supported: Json schema validation "
                                    f"failed with error: $.{key}: must be a boolean in quotes", addonName=name)
    return values


def _offered(name: str, kubernetes: str) -> list[str]:
    """The builds offered for a Kubernetes version; the first one is the default."""
    data, minor = ADDONS[name], VERSIONS[kubernetes].minor
    if name in ("kube-proxy", "coredns"):
        middle = minor if name == "kube-proxy" else minor - 22  # CoreDNS 1.11 came with 1.33, and so on
        return [f"v{data.series}.{middle}.{patch}-eksbuild.{patch + 2}" for patch in (2, 3, 1)]
    return [f"v{data.series}.{patch}-eksbuild.1" for patch in (1, 2, 0)]


def _version(cluster: Cluster, name: str, version: str) -> str:
    """A build number of the add-on's series; kube-proxy is neither newer than the cluster nor much older."""
    plausible = _VERSION.fullmatch(version) and version.startswith(f"v{ADDONS[name].series.split('.')[0]}.")
    if plausible and name == "kube-proxy":
        minor = VERSIONS[cluster.body["version"]].minor
        plausible = minor - _KUBELET_SKEW <= int(version.split(".")[1]) <= minor
    if not plausible:
        raise invalid_parameter(f"Addon version specified is not supported: {version}", clusterName=cluster.name,
                                addonName=name)
    return version


def _place_pods(cluster: Cluster, body: Body) -> None:
    """Add-ons of pods need somewhere to run; on a cluster without nodes that is a Fargate profile which selects them."""
    runs = {"coredns": _coredns_runs, "aws-ebs-csi-driver": _ebs_runs}.get(body["addonName"], lambda *_: True)(
        cluster, body)
    body["status"] = "ACTIVE" if runs else "DEGRADED"
    body["health"] = {"issues": [] if runs else [{
        "code": "InsufficientNumberOfReplicas", "resourceIds": [],
        "message": "The add-on is unhealthy because it doesn't have the desired number of replicas."}]}
    body["modifiedAt"] = now()


def _coredns_runs(cluster: Cluster, body: Body) -> bool:
    if _on_nodes(cluster):
        return True
    values = _configuration("coredns", body.get("configurationValues"))
    if str(values.get("computeType", "")).lower() != "fargate":
        return False
    return _on_fargate(cluster, {**_COREDNS_LABELS, **values.get("podLabels", {})})


def _ebs_runs(cluster: Cluster, _: Body) -> bool:
    return _on_nodes(cluster) or _on_fargate(cluster, _EBS_LABELS)


def _on_fargate(cluster: Cluster, labels: dict[str, str]) -> bool:
    """Whether a profile takes pods of kube-system with these labels."""
    return any(_selects(selector, "kube-system", labels) for profile in cluster.profiles.values()
               if profile["status"] == "ACTIVE" for selector in profile["selectors"])


def _on_nodes(cluster: Cluster) -> bool:
    """Whether there are Linux nodes that the pods of these add-ons tolerate."""
    return any(group["status"] in ("ACTIVE", "UPDATING") and not group["amiType"].startswith("WINDOWS")
               and group["scalingConfig"]["desiredSize"] > 0
               and all(taint["effect"] == "PREFER_NO_SCHEDULE" or taint["key"] == "CriticalAddonsOnly"
                       for taint in group["taints"])
               for group in cluster.nodegroups.values())


def _selects(selector: dict[str, Any], namespace: str, labels: dict[str, str]) -> bool:
    """A selector matches its namespace and all its labels, with wildcards in each of them."""
    return aws.wildcard(selector["namespace"], namespace) and all(
        any(aws.wildcard(key, label) and aws.wildcard(value, text) for label, text in labels.items())
        for key, value in selector.get("labels", {}).items())


def pods_moved(cluster: Cluster) -> None:
    """To be called when pods were deleted along with a Fargate profile or a node group."""
    for body in cluster.addons.values():
        if body["status"] in ("ACTIVE", "DEGRADED"):
            _place_pods(cluster, body)


def _find(ctx: Context, params: Params) -> tuple[Cluster, Body]:
    cluster, name = ctx.cluster(params["clusterName"]), params["addonName"]
    if name not in cluster.addons:
        raise not_found(f"No addon: {name} found in cluster: {cluster.name}", clusterName=cluster.name, addonName=name)
    return cluster, cluster.addons[name]


@action("DescribeAddon")
def describe_addon(ctx: Context, params: Params) -> Body:
    return {"addon": _find(ctx, params)[1]}


@action("ListAddons")
def list_addons(ctx: Context, params: Params) -> Body:
    return page(sorted(ctx.cluster(params["clusterName"]).addons), params, "addons")


@action("UpdateAddon")
def update_addon(ctx: Context, params: Params) -> Body:
    cluster, body = _find(ctx, params)
    name = body["addonName"]
    if body["status"] not in ("ACTIVE", "DEGRADED"):
        raise in_use(f"Addon {name} cannot be updated as it is currently in {body['status']} state",
                     clusterName=cluster.name, addonName=name)
    if params.get("addonVersion"):
        _version(cluster, name, params["addonVersion"])
    _check(ctx, cluster, name, params)
    names = {"addonVersion": "AddonVersion", "configurationValues": "ConfigurationValues",
             "serviceAccountRoleArn": "ServiceAccountRoleArn", "resolveConflicts": "ResolveConflicts"}
    update = new_update("AddonUpdate", {names[key]: params[key] for key in names if key in params})
    cluster.updates[update["id"]] = update
    body["status"] = "UPDATING"

    def done() -> None:
        body.update({key: params[key] for key in names if key in params and key != "resolveConflicts"})
        _place_pods(cluster, body)
        update["status"] = "Successful"

    ctx.state.waiting.after_delay(done)
    return {"update": copy.deepcopy(update)}


@action("DeleteAddon")
def delete_addon(ctx: Context, params: Params) -> Body:
    cluster, body = _find(ctx, params)
    if body["status"] in ("CREATING", "UPDATING", "DELETING"):
        raise invalid_request(f"Addon {body['addonName']} cannot be deleted as it is currently in {body['status']} "
                              "state", clusterName=cluster.name, addonName=body["addonName"])
    body["status"] = "DELETING"
    ctx.state.waiting.after_delay(lambda: _forget(cluster, body))
    return {"addon": copy.deepcopy(body)}


def _forget(cluster: Cluster, body: Body) -> None:
    del cluster.addons[body["addonName"]]


@action("DescribeAddonVersions")
def describe_addon_versions(_: Context, params: Params) -> Body:
    wanted = params.get("addonName")
    if wanted and wanted not in ADDONS:
        raise not_found(f"Addon {wanted} not found", addonName=wanted)
    kubernetes = [params["kubernetesVersion"]] if params.get("kubernetesVersion") else SUPPORTED
    if not set(kubernetes) <= set(SUPPORTED):
        raise invalid_parameter(f"Kubernetes version {kubernetes[0]} is not supported")
    infos = [_info(name, kubernetes) for name in sorted(ADDONS) if wanted in (None, name)]
    return page(infos, params, "addons")


def _info(name: str, kubernetes: list[str]) -> Body:
    data = ADDONS[name]
    compatible: dict[str, list[Body]] = {}
    for cluster_version in kubernetes:
        offered = _offered(name, cluster_version)
        for version in offered:
            compatible.setdefault(version, []).append({
                "clusterVersion": cluster_version, "platformVersions": ["*"], "defaultVersion": version == offered[0]})
    newest_first = sorted(compatible, key=lambda text: [int(part) for part in re.findall(r"\d+", text)], reverse=True)
    return {
        "addonName": name, "type": "networking" if name in ("vpc-cni", "kube-proxy", "coredns") else "storage"
        if "driver" in name or "snapshot" in name else "observability", "owner": "aws", "publisher": "eks",
        "defaultNamespace": data.namespace,
        "addonVersions": [{
            "addonVersion": version, "architecture": ["amd64", "arm64"], "compatibilities": compatible[version],
            "computeTypes": ["ec2", "auto", "hybrid"] + (["fargate"] if data.on_fargate else []),
            "requiresConfiguration": False, "requiresIamPermissions": "csi" in name or name == "vpc-cni",
        } for version in newest_first],
    }
