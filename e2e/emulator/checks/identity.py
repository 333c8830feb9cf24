"""Checks of access entries, access policies, pod identity, tags, partitions and the control API."""
from __future__ import annotations

import urllib.error
from typing import Any

from .workloads import CLUSTER
from .world import IN_USE, MISSING, PARAMETER, REQUEST, World, trust

_POLICIES = "arn:aws:eks::aws:cluster-access-policy/"


def entries(world: World) -> None:
    eks = world.eks
    principal = world.control("POST", "iam/roles", {"name": "operators", "path": "/team/"})["arn"]

    def no(rule: str, code: str, text: str, **change: Any) -> None:
        world.refused(f"CreateAccessEntry: {rule}", code, text, eks.create_access_entry,
                      **{"clusterName": CLUSTER, "principalArn": principal, **change})

    found = eks.list_access_entries(clusterName=CLUSTER)["accessEntries"]
    creator = world.client("sts").get_caller_identity()["Arn"]
    world.holds("the cluster's creator gets an entry as administrator", lambda: eks.list_associated_access_policies(
        clusterName=CLUSTER, principalArn=creator)["associatedAccessPolicies"][0]["policyArn"]
        == _POLICIES + "AmazonEKSClusterAdminPolicy")
    world.holds("a pod execution role gets an entry", lambda: world.pod_role in found)
    no("principal that does not exist", PARAMETER, "invalid principal", principalArn=principal + "x")
    no("principal of another account", PARAMETER, "invalid principal", principalArn="arn:aws:iam::123456789012:role/x")
    no("a session", PARAMETER, "invalid principal", principalArn="arn:aws:sts::111122223333:assumed-role/x/y")
    for prefix in ("system:", "eks:", "aws:", "amazon:", "iam:"):
        no(f"group {prefix}", PARAMETER, "cannot start", kubernetesGroups=[prefix + "masters"])
    no("groups of another type", REQUEST, "type", type="EC2_LINUX", kubernetesGroups=["x"])
    no("unknown type", PARAMETER, "type", type="FARGATE")
    eks.create_access_entry(clusterName=CLUSTER, principalArn=principal, kubernetesGroups=["viewers"])
    no("exists already", IN_USE, "already in use")
    world.holds("service-linked role", lambda: bool(eks.create_access_entry(
        clusterName=CLUSTER, principalArn="arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/X")))
    _policies(world, principal)


def _policies(world: World, principal: str) -> None:
    eks, view = world.eks, _POLICIES + "AmazonEKSViewPolicy"

    def no(rule: str, code: str, text: str, **change: Any) -> None:
        world.refused(f"AssociateAccessPolicy: {rule}", code, text, eks.associate_access_policy, **{
            "clusterName": CLUSTER, "principalArn": principal, "policyArn": view, "accessScope": {"type": "cluster"},
            **change})

    no("unknown policy", PARAMETER, "policyArn", policyArn=_POLICIES + "AmazonEKSReadPolicy")
    no("policy of another partition", PARAMETER, "policyArn", policyArn=view.replace("arn:aws:", "arn:aws-cn:"))
    no("IAM policy", PARAMETER, "policyArn", policyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    no("namespace scope without namespaces", PARAMETER, "namespace", accessScope={"type": "namespace"})
    no("no entry", MISSING, "could not be found", principalArn=principal + "x")
    eks.associate_access_policy(clusterName=CLUSTER, principalArn=principal, policyArn=view,
                                accessScope={"type": "namespace", "namespaces": ["default"]})
    world.holds("association is listed", lambda: eks.list_associated_access_policies(
        clusterName=CLUSTER, principalArn=principal)["associatedAccessPolicies"][0]["accessScope"]["namespaces"]
        == ["default"])
    eks.disassociate_access_policy(clusterName=CLUSTER, principalArn=principal, policyArn=view)
    world.refused("DisassociateAccessPolicy: not associated", MISSING, "not associated",
                  eks.disassociate_access_policy, clusterName=CLUSTER, principalArn=principal, policyArn=view)


def tags_and_identity(world: World) -> None:
    eks = world.eks
    arn = eks.describe_cluster(name=CLUSTER)["cluster"]["arn"]
    eks.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    eks.untag_resource(resourceArn=arn, tagKeys=["a"])
    world.holds("tags: added and removed", lambda: eks.list_tags_for_resource(resourceArn=arn)["tags"] == {"b": "2"})
    world.refused("tags: aws: prefix", "BadRequestException", "aws:", eks.tag_resource, resourceArn=arn,
                  tags={"aws:x": "y"})
    world.refused("tags: 51", "BadRequestException", "50", eks.tag_resource, resourceArn=arn,
                  tags={f"k{number}": "v" for number in range(50)})
    world.refused("tags: no such resource", "NotFoundException", "not found", eks.list_tags_for_resource,
                  resourceArn=arn + "x")
    params = {"clusterName": CLUSTER, "namespace": "default", "serviceAccount": "app"}
    world.refused("pod identity: trust", PARAMETER, "pods.eks.amazonaws.com", eks.create_pod_identity_association,
                  **params, roleArn=world.cluster_role)
    role = world.role("identity", trust("pods.eks.amazonaws.com"))
    world.holds("pod identity: association", lambda: bool(eks.create_pod_identity_association(**params, roleArn=role)))
    world.refused("pod identity: twice", IN_USE, "already exists", eks.create_pod_identity_association, **params,
                  roleArn=role)
    world.holds("DescribeClusterVersions: default is the newest", lambda: eks.describe_cluster_versions(
        defaultOnly=True)["clusterVersions"][0]["clusterVersion"] == "1.36")
    _partitions(world)


def _partitions(world: World) -> None:
    """ARNs and DNS suffix of a region in China."""
    region = "cn-north-1"
    ec2, iam, eks = (world.client(service, region) for service in ("ec2", "iam", "eks"))
    role = iam.create_role(RoleName="cluster", AssumeRolePolicyDocument=trust("eks.amazonaws.com"))["Role"]["Arn"]
    vpc_id = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ids = [world.subnet(vpc_id, f"10.0.{number}.0/24", zone, region) for number, zone in enumerate("ab")]
    eks.create_cluster(name="china", roleArn=role, resourcesVpcConfig={"subnetIds": ids})
    world.until(lambda: eks.describe_cluster(name="china")["cluster"]["status"] == "ACTIVE")
    made = eks.describe_cluster(name="china")["cluster"]
    world.holds("partition aws-cn", lambda: made["arn"].startswith("arn:aws-cn:eks:cn-north-1:")
                and ".amazonaws.com.cn/id/" in made["identity"]["oidc"]["issuer"])


def control_api(world: World) -> None:
    eks = world.eks
    calls = world.control("GET", "calls?service=eks")
    world.holds("calls: parameters and errors, in order", lambda: calls[0]["action"] == "CreateCluster"
                and calls[0]["error"]["code"] == PARAMETER and calls == sorted(calls, key=lambda call: call["time"]))
    world.control("POST", "fail", {"action": "ListClusters", "times": 1})
    world.refused("fault injection", REQUEST, "injected", eks.list_clusters)
    world.holds("fault injection: only once", lambda: bool(eks.list_clusters()))
    world.refused("EKS action that is not emulated", "NotImplementedByEmulator", "ListInsights", eks.list_insights,
                  clusterName=CLUSTER)
    world.refused("moto action that is not known", "NotImplementedByEmulator", "ec2 CreateCoipPool",
                  world.ec2.create_coip_pool, LocalGatewayRouteTableId="lgw-rtb-1")
    outposts = world.client("outposts")
    world.refused("moto service that is not known", "NotImplementedByEmulator", "outposts", outposts.list_outposts)
    world.holds("errors: all of them recorded", lambda: [error["service"] for error in world.control("GET", "errors")]
                == ["eks", "ec2", "outposts"])
    world.control("POST", "eks/endpoint", {"endpoint": "https://127.0.0.1:6443", "certificateAuthority": "Q0E="})
    led = eks.describe_cluster(name=CLUSTER)["cluster"]
    world.holds("clusters lead to the API server of a test", lambda: led["endpoint"] == "https://127.0.0.1:6443"
                and led["certificateAuthority"] == {"data": "Q0E="})
    world.control("POST", "s3/buckets", {"name": "state", "region": "eu-west-1"})
    world.control("POST", "route53/zones", {"id": "Z0123456789ABCDEFGHIJ", "name": "seeded.example.com"})
    zone = world.client("route53").get_hosted_zone(Id="Z0123456789ABCDEFGHIJ")["HostedZone"]
    world.holds("a seeded zone has its id", lambda: zone["Name"] == "seeded.example.com.")
    left = world.control("GET", "leftovers")
    world.holds("leftovers: what is seeded does not count", lambda: not left["buckets"] and not left["users"]
                and not any("operators" in arn for arn in left["roles"])
                and not any("ABCDEFGHIJ" in zone for zone in left["hostedZones"]))
    provider = world.iam.create_open_id_connect_provider(Url="https://example.com/id/X")["OpenIDConnectProviderArn"]
    world.holds("OIDC provider without thumbprint", lambda: provider.endswith("oidc-provider/example.com/id/X"))
    try:
        world.control("GET", "nothing")
        world.report("control API: unknown path", False, "it was answered")
    except urllib.error.HTTPError as error:
        world.report("control API: unknown path", error.code == 404)
