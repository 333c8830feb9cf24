"""Checks of Fargate profiles, add-ons, node groups and the deletion of clusters."""
from __future__ import annotations

import json
from typing import Any

from .world import IN_USE, LIMIT, MISSING, PARAMETER, REGION, REQUEST, World, trust

CLUSTER = "second"
_SYSTEM = [{"namespace": "kube-*", "labels": {"k8s-app": "kube-d?s"}}]


def _profile(world: World, name: str, **change: Any) -> dict[str, Any]:
    return {"clusterName": CLUSTER, "fargateProfileName": name, "podExecutionRoleArn": world.pod_role,
            "subnets": world.private, "selectors": [{"namespace": "default"}], **change}


def _profile_is(world: World, name: str, status: str) -> bool:
    return world.until(lambda: world.eks.describe_fargate_profile(
        clusterName=CLUSTER, fargateProfileName=name)["fargateProfile"]["status"] == status)


def _delete_profile(world: World, name: str) -> bool:
    world.eks.delete_fargate_profile(clusterName=CLUSTER, fargateProfileName=name)
    return _profile_is(world, name, "GONE")


def profiles(world: World) -> None:
    def no(rule: str, code: str, text: str, **change: Any) -> None:
        world.refused(f"CreateFargateProfile: {rule}", code, text, world.eks.create_fargate_profile,
                      **_profile(world, "refused", **change))

    create = world.eks.create_fargate_profile
    no("no cluster", MISSING, "No cluster found", clusterName="none")
    world.eks.create_cluster(**world.request(CLUSTER, accessConfig={"authenticationMode": "API"}))
    no("cluster not active", REQUEST, "not in ACTIVE status")
    world.active(CLUSTER)
    no("reserved name", PARAMETER, "reserved prefix: 'eks-'", fargateProfileName="eks-mine")
    no("no selector", PARAMETER, "1 to 5", selectors=[])
    no("6 selectors", PARAMETER, "1 to 5", selectors=[{"namespace": f"n{number}"} for number in range(6)])
    no("empty namespace", PARAMETER, "namespace", selectors=[{"namespace": ""}])
    no("6 labels", PARAMETER, "at most 5", selectors=[{"namespace": "x", "labels": {str(n): "v" for n in range(6)}}])
    no("no subnet", PARAMETER, "at least one subnet", subnets=[])
    no("public subnet", PARAMETER, "is not a private subnet", subnets=[world.private[0], world.public])
    other = world.subnet(world.vpc("10.7.0.0/16"), "10.7.0.0/24", "a")
    no("subnet of another VPC", PARAMETER, "does not belong to the VPC", subnets=[other])
    no("subnet that does not exist", PARAMETER, "does not exist", subnets=["subnet-0"])
    _role_refusals(world, no)
    create(**_profile(world, "one"))
    no("another one is CREATING", IN_USE, "CREATING")
    world.holds("profile: CREATING, then ACTIVE", lambda: _profile_is(world, "one", "ACTIVE"))
    world.refused("CreateFargateProfile: name is taken", IN_USE, "already exists", create, **_profile(world, "one"))
    for number in range(9):
        create(**_profile(world, f"more{number}"))
        _profile_is(world, f"more{number}", "ACTIVE")
    no("11th profile", LIMIT, "at most 10")
    world.eks.delete_fargate_profile(clusterName=CLUSTER, fargateProfileName="more0")
    world.refused("DeleteFargateProfile: another one DELETING", IN_USE, "DELETING", world.eks.delete_fargate_profile,
                  clusterName=CLUSTER, fargateProfileName="more1")
    no("another one is DELETING", IN_USE, "DELETING")
    world.holds("profile: DELETING, then gone", lambda: _profile_is(world, "more0", "GONE"))
    for number in range(1, 9):
        _delete_profile(world, f"more{number}")


def _role_refusals(world: World, no: Any) -> None:
    service, start = "eks-fargate-pods.amazonaws.com", f"arn:aws:eks:{REGION}:111122223333:fargateprofile/"

    def only(pattern: str) -> str:
        return trust(service, condition={"ArnLike": {"aws:SourceArn": pattern}})

    no("role that does not exist", PARAMETER, "does not exist", podExecutionRoleArn=world.pod_role + "x")
    no("role with a path", PARAMETER, "path", podExecutionRoleArn=world.role("pathy", trust(service), "/team/"))
    no("role trusting another service", PARAMETER, "Misconfigured", podExecutionRoleArn=world.cluster_role)
    no("role for another cluster", PARAMETER, "Misconfigured",
       podExecutionRoleArn=world.role("other", only(f"{start}other/*")))
    no("role for the cluster without profiles", PARAMETER, "Misconfigured",
       podExecutionRoleArn=world.role("bare", only(f"{start}{CLUSTER}")))
    world.pod_role = world.role("mine", only(f"{start}{CLUSTER}/*"))


def addons(world: World) -> None:
    eks, fargate = world.eks, json.dumps({"computeType": "Fargate"})

    def no(rule: str, code: str, text: str, **change: Any) -> None:
        world.refused(f"CreateAddon: {rule}", code, text, eks.create_addon,
                      **{"clusterName": CLUSTER, "addonName": "coredns", **change})

    def coredns(status: str) -> bool:
        return world.until(lambda: eks.describe_addon(
            clusterName=CLUSTER, addonName="coredns")["addon"]["status"] == status)

    def reconfigured(values: str, status: str) -> bool:
        update = eks.update_addon(clusterName=CLUSTER, addonName="coredns", configurationValues=values)["update"]
        return world.until(lambda: eks.describe_update(name=CLUSTER, addonName="coredns", updateId=update["id"])[
            "update"]["status"] == "Successful") and coredns(status)

    no("unknown", PARAMETER, "not supported", addonName="core-dns")
    no("implausible version", PARAMETER, "version", addonVersion="latest")
    no("kube-proxy newer than the cluster", PARAMETER, "version", addonName="kube-proxy",
       addonVersion="v1.40.0-eksbuild.1")
    no("configuration is no JSON", PARAMETER, "not a valid JSON", configurationValues="{computeType")
    no("unknown configuration key", PARAMETER, "computetype", configurationValues='{"computetype": "Fargate"}')
    eks.create_addon(clusterName=CLUSTER, addonName="coredns", configurationValues=fargate)
    world.holds("coredns: DEGRADED without a profile that selects it", lambda: coredns("DEGRADED"))
    health = eks.describe_addon(clusterName=CLUSTER, addonName="coredns")["addon"]["health"]["issues"]
    world.holds("coredns: says why", lambda: health[0]["code"] == "InsufficientNumberOfReplicas")
    no("exists already", IN_USE, "already exists")
    eks.create_fargate_profile(**_profile(world, "system", selectors=_SYSTEM))
    _profile_is(world, "system", "ACTIVE")
    world.holds("coredns: DEGRADED for EC2 without nodes", lambda: reconfigured("{}", "DEGRADED"))
    world.holds("coredns: ACTIVE with a profile that selects it by wildcards", lambda: reconfigured(fargate, "ACTIVE"))
    _delete_profile(world, "system")
    world.holds("coredns: DEGRADED once that profile is gone", lambda: coredns("DEGRADED"))
    offered = eks.describe_addon_versions(addonName="coredns", kubernetesVersion="1.35")["addons"][0]
    world.holds("DescribeAddonVersions: one default", lambda: sum(
        version["compatibilities"][0]["defaultVersion"] for version in offered["addonVersions"]) == 1)


def deletion(world: World) -> None:
    eks, delete = world.eks, world.eks.delete_cluster
    world.refused("delete: with a Fargate profile", IN_USE, "Fargate profiles attached", delete, name=CLUSTER)
    _delete_profile(world, "one")
    node_role = world.role("node", trust("ec2.amazonaws.com"))
    eks.create_nodegroup(clusterName=CLUSTER, nodegroupName="nodes", nodeRole=node_role, subnets=world.private)
    world.refused("CreateFargateProfile: role of a node group", REQUEST, "AlreadyInUse", eks.create_fargate_profile,
                  **_profile(world, "refused", podExecutionRoleArn=_as_pod_role(world, node_role)))
    world.refused("delete: with a node group", IN_USE, "nodegroups attached", delete, name=CLUSTER)
    eks.delete_nodegroup(clusterName=CLUSTER, nodegroupName="nodes")
    world.until(lambda: not eks.list_nodegroups(clusterName=CLUSTER)["nodegroups"])
    group = eks.describe_cluster(name=CLUSTER)["cluster"]["resourcesVpcConfig"]["clusterSecurityGroupId"]
    delete(name=CLUSTER)
    world.holds("delete: DELETING", lambda: eks.describe_cluster(name=CLUSTER)["cluster"]["status"] == "DELETING")
    world.holds("delete: gone", lambda: world.until(lambda: not eks.describe_cluster(name=CLUSTER)))
    left = world.control("GET", "leftovers")
    world.holds("delete: add-ons, entries and security group go along", lambda: group not in left["securityGroups"]
                and not any(CLUSTER in arn for arn in left["addons"] + left["accessEntries"]))
    delete(name="first")
    world.holds("ListClusters: empty", lambda: world.until(lambda: not eks.list_clusters()["clusters"]))


def _as_pod_role(world: World, arn: str) -> str:
    world.iam.update_assume_role_policy(RoleName=arn.rsplit("/", 1)[-1],
                                        PolicyDocument=trust("ec2.amazonaws.com", "eks-fargate-pods.amazonaws.com"))
    return arn
