"""The cluster security group (https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html)."""
from __future__ import annotations

import random

from .. import aws
from .state import Cluster, Context

_DESCRIPTION = ("EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well "
                "as any managed workloads.")


def create(ctx: Context, cluster: Cluster) -> str:
    """A real group in the cluster's VPC: all traffic from itself, all traffic out, tagged as owned by the cluster."""
    backend, name = aws.ec2(ctx.account, ctx.region), f"eks-cluster-sg-{cluster.name}-{random.randrange(10**8, 10**10)}"
    vpc_id = cluster.body["resourcesVpcConfig"]["vpcId"]
    owned = {"Name": name, f"kubernetes.io/cluster/{cluster.name}": "owned", "aws:eks:cluster-name": cluster.name}
    group = backend.create_security_group(name, _DESCRIPTION, vpc_id=vpc_id, tags=owned)
    backend.authorize_security_group_ingress(group.id, "-1", None, None, [], source_groups=[{"GroupId": group.id}],
                                             vpc_id=vpc_id)
    return str(group.id)


def delete(ctx: Context, cluster: Cluster) -> None:
    backend = aws.ec2(ctx.account, ctx.region)
    if backend.get_security_group_from_id(cluster.security_group_id):
        backend.delete_security_group(group_id=cluster.security_group_id)
