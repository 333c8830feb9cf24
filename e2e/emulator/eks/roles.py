"""What EKS asks of the IAM roles it is given."""
from __future__ import annotations

from typing import Any

from .. import aws
from .errors import invalid_parameter
from .state import Context


def check_cluster_role(ctx: Context, arn: str, cluster: str) -> None:
    """https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html"""
    role = aws.role(ctx.account, ctx.partition, arn)
    source = ctx.arn(f"cluster/{cluster}")
    if role is None or not aws.trust_allows(role, "eks.amazonaws.com", "sts:AssumeRole", source, ctx.account):
        raise invalid_parameter(f"Role with arn: {arn}, could not be assumed because it does not exist or the trusted "
                                "entity is not correct", clusterName=cluster)


def check_pod_execution_role(ctx: Context, arn: str, cluster: str, profile_arn: str) -> None:
    """https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html"""
    parsed = aws.parse_role_arn(arn)
    if parsed is None:
        raise invalid_parameter(f"{arn} is not a valid role ARN", clusterName=cluster)
    if parsed["path"]:
        raise invalid_parameter(f"The pod execution role {arn} must not have a path other than /", clusterName=cluster)
    role = existing(ctx, arn, cluster)
    if not aws.trust_allows(role, "eks-fargate-pods.amazonaws.com", "sts:AssumeRole", profile_arn, ctx.account):
        raise invalid_parameter("Misconfigured PodExecutionRole Trust Policy; Please add the "
                                "eks-fargate-pods.amazonaws.com Service Principal", clusterName=cluster)


def existing(ctx: Context, arn: str, cluster: str) -> Any:
    role = aws.role(ctx.account, ctx.partition, arn)
    if role is None:
        raise invalid_parameter(f"Role {arn} does not exist", clusterName=cluster)
    return role


def check_pod_identity_role(ctx: Context, arn: str, cluster: str) -> None:
    """https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html"""
    role, source = existing(ctx, arn, cluster), ctx.arn(f"cluster/{cluster}")
    if not all(aws.trust_allows(role, "pods.eks.amazonaws.com", act, source, ctx.account)
               for act in ("sts:AssumeRole", "sts:TagSession")):
        raise invalid_parameter(f"Trust policy of role {arn} must allow pods.eks.amazonaws.com sts:AssumeRole and "
                                "sts:TagSession", clusterName=cluster)
