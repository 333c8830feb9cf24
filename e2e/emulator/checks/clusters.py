"""Checks of clusters and their updates."""
from __future__ import annotations

from typing import Any

from .world import IN_USE, PARAMETER, REGION, REQUEST, ZONE, World


def refusals(world: World) -> None:
    def no(rule: str, code: str, text: str, vpc: dict[str, Any] | None = None, **more: Any) -> None:
        params = {**world.request("refused", vpc), **more}
        world.refused(f"CreateCluster: {rule}", code, text, world.eks.create_cluster, **params)

    no("name pattern", PARAMETER, "name", name="-x")
    no("name with a newline or blank", PARAMETER, "name", name="a b")
    no("name of 101 characters", PARAMETER, "length", name="a" * 101)
    no("no role", PARAMETER, "roleArn", roleArn="")
    no("role that does not exist", PARAMETER, "does not exist", roleArn=world.cluster_role + "x")
    no("role trusting another service", PARAMETER, "could not be assumed", roleArn=world.pod_role)
    no("unknown version", PARAMETER, "unsupported Kubernetes version", version="1.99")
    no("ended version", PARAMETER, "unsupported Kubernetes version", version="1.30")
    no("STANDARD support of an older version", PARAMETER, "extended support", version="1.33",
       upgradePolicy={"supportType": "STANDARD"})
    no("log type", PARAMETER, "etcd", logging={"clusterLogging": [{"types": ["etcd"], "enabled": True}]})
    no("aws: tag", PARAMETER, "aws:", tags={"aws:x": "y"})
    no("51 tags", PARAMETER, "", tags={f"k{number}": "v" for number in range(51)})
    no("unknown authentication mode", PARAMETER, "authenticationMode", accessConfig={"authenticationMode": "IAM"})
    no("Auto Mode, which is not emulated", REQUEST, "computeConfig", computeConfig={"enabled": True})
    _subnet_refusals(world, no)
    _endpoint_refusals(world, no)
    _encryption_refusals(world, no)


def _subnet_refusals(world: World, no: Any) -> None:
    no("one subnet", PARAMETER, "two", {"subnetIds": world.private[:1]})
    no("one zone", PARAMETER, "two different AZs", {"subnetIds": [world.private[0], world.public]})
    no("subnet that does not exist", PARAMETER, "does not exist", {"subnetIds": [world.private[0], "subnet-0"]})
    other = world.vpc("10.9.0.0/16", hostnames=False)
    theirs = [world.subnet(other, "10.9.0.0/28", "a"), world.subnet(other, "10.9.1.0/28", "b")]
    no("two VPCs", PARAMETER, "same VPC", {"subnetIds": [world.private[0], theirs[1]]})
    for number in range(6):
        world.ec2.create_network_interface(SubnetId=theirs[0], PrivateIpAddress=f"10.9.0.{number + 4}")
    no("fewer than 6 free addresses", PARAMETER, "free IP", {"subnetIds": theirs})
    no("private endpoint without DNS hostnames", PARAMETER, "enableDnsHostnames",
       {"subnetIds": [theirs[1], world.subnet(other, "10.9.2.0/24", "a")], "endpointPrivateAccess": True})
    group = world.ec2.create_security_group(GroupName="g", Description="g", VpcId=other)["GroupId"]
    no("security group of another VPC", PARAMETER, "does not belong", {"securityGroupIds": [group]})
    no("security group that does not exist", PARAMETER, "does not exist", {"securityGroupIds": ["sg-0"]})
    world.ec2.delete_security_group(GroupId=group)
    _zone_refusal(world)


def _zone_refusal(world: World) -> None:
    east = world.client("ec2", "us-east-1")
    zones = {zone["ZoneId"]: zone["ZoneName"][-1] for zone in east.describe_availability_zones()["AvailabilityZones"]}
    vpc_id = east.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    ids = [world.subnet(vpc_id, f"10.1.{number}.0/24", zones[f"use1-az{number}"], "us-east-1") for number in (1, 3)]
    create = world.client("eks", "us-east-1").create_cluster
    world.refused("CreateCluster: zone use1-az3", ZONE, "availability zone", create,
                  **world.request("refused", {"subnetIds": ids}))


def _endpoint_refusals(world: World, no: Any) -> None:
    no("both endpoints off", PARAMETER, "cannot be false", {"endpointPublicAccess": False})
    no("private public CIDR", PARAMETER, "not allowed", {"publicAccessCidrs": ["10.0.0.0/8"]})
    no("invalid public CIDR", PARAMETER, "invalid", {"publicAccessCidrs": ["8.8.8.8/8"]})
    no("41 public CIDRs", PARAMETER, "at most 40", {"publicAccessCidrs": [f"8.8.{n}.0/24" for n in range(41)]})
    for cidr, text in (("10.0.0.0/16", "overlap"), ("10.200.0.0/25", "prefix"), ("10.0.0.0/8", "prefix"),
                       ("11.0.0.0/16", "within"), ("nonsense", "valid")):
        no(f"service CIDR {cidr}", PARAMETER, text, kubernetesNetworkConfig={"serviceIpv4Cidr": cidr})


def _encryption_refusals(world: World, no: Any) -> None:
    def key(arn: str, resources: tuple[str, ...] = ("secrets",)) -> list[Any]:
        return [{"resources": list(resources), "provider": {"keyArn": arn}}]

    off = world.kms.create_key()["KeyMetadata"]["Arn"]
    world.kms.disable_key(KeyId=off.rsplit("/", 1)[-1])
    signing = world.kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]
    no("key that does not exist", PARAMETER, "does not exist", encryptionConfig=key(world.key[:-1] + "x"))
    no("disabled key", PARAMETER, "not enabled", encryptionConfig=key(off))
    no("asymmetric key", PARAMETER, "symmetric", encryptionConfig=key(signing))
    no("other resources", PARAMETER, "secrets", encryptionConfig=key(world.key, ("configmaps",)))


def lifecycle(world: World) -> None:
    eks = world.eks
    first = world.cluster("first", version="1.34", vpc={"publicAccessCidrs": ["203.0.113.0/24"]},
                          logging={"clusterLogging": [{"types": ["api"], "enabled": True}]})
    world.holds("public CIDR of documentation's is public to EKS", lambda: first["resourcesVpcConfig"][
        "publicAccessCidrs"] == ["203.0.113.0/24"])
    world.refused("CreateCluster: name is taken", IN_USE, "already exists", eks.create_cluster,
                  **world.request("first"))
    again = world.request("again", clientRequestToken="token")
    world.holds("CreateCluster: repeated with its token", lambda: eks.create_cluster(**again)["cluster"]
                == eks.create_cluster(**again)["cluster"])
    world.refused("CreateCluster: the same with another token", IN_USE, "already exists", eks.create_cluster,
                  **{**again, "clientRequestToken": "other"})
    world.active("again")
    eks.delete_cluster(name="again")
    world.holds("cluster: issuer, certificate and endpoint", lambda: first["identity"]["oidc"]["issuer"].startswith(
        f"https://oidc.eks.{REGION}.amazonaws.com/id/") and "eks.amazonaws.com" in first["endpoint"]
        and len(first["certificateAuthority"]["data"]) > 500)
    world.holds("cluster: defaults", lambda: first["kubernetesNetworkConfig"]["serviceIpv4Cidr"] == "10.100.0.0/16"
                and first["accessConfig"]["authenticationMode"] == "CONFIG_MAP"
                and first["upgradePolicy"]["supportType"] == "EXTENDED"
                and first["resourcesVpcConfig"]["endpointPublicAccess"])
    group = first["resourcesVpcConfig"]["clusterSecurityGroupId"]
    found = world.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    world.holds("cluster security group: name, itself allowed, tag", lambda: found["GroupName"].startswith(
        "eks-cluster-sg-first-") and found["IpPermissions"][0]["UserIdGroupPairs"][0]["GroupId"] == group
        and {"Key": "kubernetes.io/cluster/first", "Value": "owned"} in found["Tags"])
    world.holds("logging creates the log group", lambda: bool(
        world.logs.describe_log_groups(logGroupNamePrefix="/aws/eks/first/cluster")["logGroups"]))
    world.refused("access entries need API authentication", REQUEST, "authentication mode", eks.list_access_entries,
                  clusterName="first")
    _updates(world)


def _updates(world: World) -> None:
    eks = world.eks

    def config(**change: Any) -> Any:
        eks.update_cluster_config(name="first", **change)
        return world.active("first")

    def no(rule: str, code: str, text: str, **change: Any) -> None:
        world.refused(f"update: {rule}", code, text, eks.update_cluster_config, name="first", **change)

    no("no change", PARAMETER, "already at the desired configuration", deletionProtection=False)
    no("same endpoint access", PARAMETER, "already", resourcesVpcConfig={"endpointPublicAccess": True})
    no("two types at once", PARAMETER, "one type", deletionProtection=True,
       accessConfig={"authenticationMode": "API"})
    no("both endpoints off", PARAMETER, "cannot be false", resourcesVpcConfig={"endpointPublicAccess": False})
    eks.update_cluster_config(name="first", accessConfig={"authenticationMode": "API"})
    no("another in progress", IN_USE, "in progress", deletionProtection=True)
    world.refused("delete: update in progress", IN_USE, "in progress", eks.delete_cluster, name="first")
    world.active("first")
    no("authentication mode back", PARAMETER, "Unsupported authentication mode", accessConfig={
        "authenticationMode": "CONFIG_MAP"})
    for version, text in (("1.34", "already"), ("1.33", "Unsupported"), ("1.36", "Unsupported"),
                          ("1.40", "unsupported")):
        world.refused(f"update: version 1.34 to {version}", PARAMETER, text, eks.update_cluster_version,
                      name="first", version=version)
    update = eks.update_cluster_version(name="first", version="1.35")["update"]
    world.holds("update: one minor version up", lambda: world.active("first") and eks.describe_update(
        name="first", updateId=update["id"])["update"]["status"] == "Successful")
    config(deletionProtection=True)
    world.refused("delete: deletion protection", REQUEST, "deletion protection", eks.delete_cluster, name="first")
    world.holds("update: deletion protection off", lambda: config(deletionProtection=False))
    world.holds("update: encryption can be turned on", lambda: bool(eks.associate_encryption_config(
        clusterName="first", encryptionConfig=[{"resources": ["secrets"], "provider": {"keyArn": world.key}}]))
        and world.active("first"))
    world.refused("update: encryption only once", REQUEST, "already enabled", eks.associate_encryption_config,
                  clusterName="first", encryptionConfig=[{"resources": ["secrets"], "provider": {"keyArn": world.key}}])
