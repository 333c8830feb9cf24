"""Managed node groups, as far as their status goes: no instance is started.

https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
"""
from __future__ import annotations

import copy

from . import access, addons, node_checks, tags
from .data import VERSIONS
from .errors import in_use, invalid_parameter, invalid_request, not_found
from .state import Body, Cluster, Context, Params, action, new_id, now, page
from .updates import new_update

_KEPT = ("scalingConfig", "instanceTypes", "amiType", "labels", "taints", "capacityType", "diskSize", "updateConfig",
         "launchTemplate", "remoteAccess", "releaseVersion", "nodeRepairConfig")


@action("CreateNodegroup")
def create_nodegroup(ctx: Context, params: Params) -> Body:
    cluster, name = ctx.active_cluster(params["clusterName"]), params["nodegroupName"]
    node_checks.check(ctx, cluster, params)
    body = {
        "scalingConfig": {"minSize": 1, "maxSize": 2, "desiredSize": 2}, "instanceTypes": ["t3.medium"],
        "amiType": "AL2023_x86_64_STANDARD", "capacityType": "ON_DEMAND", "labels": {}, "taints": [],
        "updateConfig": {"maxUnavailable": 1}, "releaseVersion": f"{cluster.body['version']}.0-20261101",
        **({} if "launchTemplate" in params else {"diskSize": 20}),
        **{key: params[key] for key in _KEPT if key in params},
        "nodegroupName": name, "nodegroupArn": ctx.arn(f"nodegroup/{cluster.name}/{name}/{new_id()}"),
        "clusterName": cluster.name, "version": params.get("version") or cluster.body["version"], "createdAt": now(),
        "modifiedAt": now(), "status": "CREATING", "subnets": params["subnets"], "nodeRole": params["nodeRole"],
        "resources": {"autoScalingGroups": [{"name": f"eks-{name}-{new_id()}"}]}, "health": {"issues": []},
        "tags": tags.checked(params.get("tags")),
    }
    cluster.nodegroups[name] = body
    access.add_node_entry(ctx, cluster, params["nodeRole"], node_checks.is_windows(body))

    def ready() -> None:
        reason = node_checks.obstacle(ctx, cluster, body)
        body["status"] = "ACTIVE" if reason is None else "CREATE_FAILED"
        body["health"] = {"issues": [] if reason is None else [{
            "code": "NodeCreationFailure", "resourceIds": [],
            "message": f"Instances failed to join the kubernetes cluster: {reason}"}]}
        addons.pods_moved(cluster)

    ctx.state.waiting.after_delay(ready)
    return {"nodegroup": copy.deepcopy(body)}


def _find(ctx: Context, params: Params) -> tuple[Cluster, Body]:
    cluster, name = ctx.cluster(params["clusterName"]), params["nodegroupName"]
    if name not in cluster.nodegroups:
        raise not_found(f"No node group found for name: {name}.", clusterName=cluster.name, nodegroupName=name)
    return cluster, cluster.nodegroups[name]


@action("DescribeNodegroup")
def describe_nodegroup(ctx: Context, params: Params) -> Body:
    return {"nodegroup": _find(ctx, params)[1]}


@action("ListNodegroups")
def list_nodegroups(ctx: Context, params: Params) -> Body:
    return page(sorted(ctx.cluster(params["clusterName"]).nodegroups), params, "nodegroups")


@action("UpdateNodegroupConfig")
def update_nodegroup_config(ctx: Context, params: Params) -> Body:
    cluster, body = _find(ctx, params)
    new: Body = {key: {**body.get(key, {}), **params[key]} for key in ("scalingConfig", "updateConfig",
                                                                       "nodeRepairConfig") if key in params}
    labels = params.get("labels", {})
    kept = {key: value for key, value in body["labels"].items() if key not in labels.get("removeLabels", [])}
    new["labels"] = {**kept, **labels.get("addOrUpdateLabels", {})}
    node_checks.check_sizes({**body["scalingConfig"], **params.get("scalingConfig", {})})
    taints = params.get("taints", {})
    changed = taints.get("removeTaints", []) + taints.get("addOrUpdateTaints", [])
    named = {(taint.get("key"), taint.get("effect")) for taint in changed}
    new["taints"] = [taint for taint in body["taints"] if (taint.get("key"), taint.get("effect")) not in named]
    new["taints"] += taints.get("addOrUpdateTaints", [])
    node_checks.check_labels(new["labels"], new["taints"])
    return _start(ctx, cluster, body, "ConfigUpdate", new)


@action("UpdateNodegroupVersion")
def update_nodegroup_version(ctx: Context, params: Params) -> Body:
    cluster, body = _find(ctx, params)
    version = params.get("version") or body["version"]
    if version not in VERSIONS or VERSIONS[version].minor > VERSIONS[cluster.body["version"]].minor:
        raise invalid_parameter(f"Requested Nodegroup version {version} is newer than the cluster's",
                                clusterName=cluster.name)
    new = {"version": version, "releaseVersion": params.get("releaseVersion") or f"{version}.0-20261101"}
    if "launchTemplate" in params:
        if not body.get("launchTemplate"):
            raise invalid_request("Cannot use a launch template for a node group that was created without one")
        node_checks.launch_template(ctx, params["launchTemplate"])
        new["launchTemplate"] = {**body["launchTemplate"], **params["launchTemplate"]}
    return _start(ctx, cluster, body, "VersionUpdate", new)


def _start(ctx: Context, cluster: Cluster, body: Body, kind: str, new: Body) -> Body:
    if body["status"] != "ACTIVE":
        raise in_use(f"Nodegroup cannot be updated as it is currently not in Active State, it is {body['status']}",
                     clusterName=cluster.name, nodegroupName=body["nodegroupName"])
    update = new_update(kind, {})
    cluster.updates[update["id"]] = update
    body["status"] = "UPDATING"

    def done() -> None:
        body.update(new, status="ACTIVE", modifiedAt=now())
        update["status"] = "Successful"

    ctx.state.waiting.after_delay(done)
    return {"update": copy.deepcopy(update)}


@action("DeleteNodegroup")
def delete_nodegroup(ctx: Context, params: Params) -> Body:
    cluster, body = _find(ctx, params)
    if body["status"] == "DELETING":
        raise in_use(f"Nodegroup {body['nodegroupName']} is being deleted", clusterName=cluster.name,
                     nodegroupName=body["nodegroupName"])
    body["status"] = "DELETING"

    def gone() -> None:
        del cluster.nodegroups[body["nodegroupName"]]
        addons.pods_moved(cluster)

    ctx.state.waiting.after_delay(gone)
    return {"nodegroup": copy.deepcopy(body)}
