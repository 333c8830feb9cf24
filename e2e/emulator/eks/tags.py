"""Tags of EKS resources (https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html)."""
from __future__ import annotations

from .errors import EksError
from .state import Body, Context, Params, action

_MAX_TAGS = 50


def checked(tags: dict[str, str] | None, code: str = "InvalidParameterException") -> dict[str, str]:
    tags = dict(tags or {})
    if len(tags) > _MAX_TAGS:
        raise EksError(code, f"Too many tags: a resource can have at most {_MAX_TAGS}")
    for key, value in tags.items():
        if key.lower().startswith("aws:"):
            raise EksError(code, f"Tag key {key!r} is not allowed: the prefix 'aws:' is reserved for AWS use")
        if not 1 <= len(key) <= 128 or len(value) > 256:
            raise EksError(code, f"Tag {key!r}: a key has 1 to 128 characters, a value at most 256")
    return tags


def _resource(ctx: Context, arn: str) -> Body:
    if not arn.startswith(f"arn:{ctx.partition}:eks:{ctx.region}:{ctx.account}:"):
        raise EksError("BadRequestException", f"Invalid resource ARN: {arn}")
    for (region, _), cluster in ctx.state.clusters.items():
        for candidate, body in cluster.tagged_bodies():
            if region == ctx.region and candidate == arn:
                return body
    raise EksError("NotFoundException", f"Resource not found for ARN: {arn}")


@action("TagResource")
def tag_resource(ctx: Context, params: Params) -> Body:
    body = _resource(ctx, params["resourceArn"])
    checked(params["tags"], "BadRequestException")
    body["tags"] = checked({**body["tags"], **params["tags"]}, "BadRequestException")
    return {}


@action("UntagResource")
def untag_resource(ctx: Context, params: Params) -> Body:
    body = _resource(ctx, params["resourceArn"])
    body["tags"] = {key: value for key, value in body["tags"].items() if key not in params["tagKeys"]}
    return {}


@action("ListTagsForResource")
def list_tags(ctx: Context, params: Params) -> Body:
    return {"tags": _resource(ctx, params["resourceArn"])["tags"]}
