"""EKS Pod Identity associations (https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html)."""
from __future__ import annotations

import uuid

from . import roles, tags
from .errors import in_use, not_found
from .state import Body, Cluster, Context, Params, action, now, page

_SUMMARY = ("clusterName", "namespace", "serviceAccount", "associationArn", "associationId")


@action("CreatePodIdentityAssociation")
def create_association(ctx: Context, params: Params) -> Body:
    cluster = ctx.active_cluster(params["clusterName"])
    roles.check_pod_identity_role(ctx, params["roleArn"], cluster.name)
    account = (params["namespace"], params["serviceAccount"])
    if any((body["namespace"], body["serviceAccount"]) == account for body in cluster.associations.values()):
        raise in_use("Association already exists: " + "/".join(account), clusterName=cluster.name)
    identifier = "a-" + uuid.uuid4().hex[:17]
    body = {
        "clusterName": cluster.name, "namespace": account[0], "serviceAccount": account[1],
        "roleArn": params["roleArn"], "associationId": identifier, "createdAt": now(), "modifiedAt": now(),
        "associationArn": ctx.arn(f"podidentityassociation/{cluster.name}/{identifier}"),
        "disableSessionTags": params.get("disableSessionTags", False), "tags": tags.checked(params.get("tags")),
    }
    cluster.associations[identifier] = body
    return {"association": body}


def _find(ctx: Context, params: Params) -> tuple[Cluster, Body]:
    cluster, identifier = ctx.cluster(params["clusterName"]), params["associationId"]
    if identifier not in cluster.associations:
        raise not_found(f"No pod identity association found for: {identifier}", clusterName=cluster.name)
    return cluster, cluster.associations[identifier]


@action("DescribePodIdentityAssociation")
def describe_association(ctx: Context, params: Params) -> Body:
    return {"association": _find(ctx, params)[1]}


@action("ListPodIdentityAssociations")
def list_associations(ctx: Context, params: Params) -> Body:
    found = [{key: body[key] for key in _SUMMARY} for body in ctx.cluster(params["clusterName"]).associations.values()
             if all(params.get(key) in (None, body[key]) for key in ("namespace", "serviceAccount"))]
    return page(found, params, "associations")


@action("UpdatePodIdentityAssociation")
def update_association(ctx: Context, params: Params) -> Body:
    cluster, body = _find(ctx, params)
    if "roleArn" in params:
        roles.check_pod_identity_role(ctx, params["roleArn"], cluster.name)
    body.update({key: params[key] for key in ("roleArn", "disableSessionTags") if key in params}, modifiedAt=now())
    return {"association": body}


@action("DeletePodIdentityAssociation")
def delete_association(ctx: Context, params: Params) -> Body:
    cluster, body = _find(ctx, params)
    del cluster.associations[body["associationId"]]
    return {"association": body}
