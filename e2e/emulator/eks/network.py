"""What EKS asks of a cluster's network (https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html)."""
from __future__ import annotations

from ipaddress import IPv4Network, ip_network
from typing import Any

from .. import aws
from .data import FORBIDDEN_ZONE_IDS
from .errors import EksError, invalid_parameter
from .state import Context

_RFC1918 = [IPv4Network("10.0.0.0/8"), IPv4Network("172.16.0.0/12"), IPv4Network("192.168.0.0/16")]
# For documentation (RFC 5737): AWS's own examples of publicAccessCidrs name them.
_DOCUMENTATION = [IPv4Network("192.0.2.0/24"), IPv4Network("198.51.100.0/24"), IPv4Network("203.0.113.0/24")]
_DEFAULT_SERVICE_CIDRS = ("10.100.0.0/16", "172.20.0.0/16")
_MIN_FREE_ADDRESSES = 6
_MAX_SECURITY_GROUPS = 5
_MAX_PUBLIC_CIDRS = 40


def find_subnets(ctx: Context, ids: list[str]) -> list[Any]:
    """The subnets, all existing and in one VPC."""
    if len(set(ids)) != len(ids):
        raise invalid_parameter("Subnet IDs must be unique")
    subnets = []
    for subnet_id in ids:
        found = aws.subnet(ctx.account, ctx.region, subnet_id)
        if found is None:
            raise invalid_parameter(f"The subnet ID '{subnet_id}' does not exist (Service: AmazonEC2; Status Code: "
                                    "400; Error Code: InvalidSubnetID.NotFound)")
        subnets.append(found)
    if len({subnet.vpc_id for subnet in subnets}) > 1:
        raise invalid_parameter("Subnets specified must belong to the same VPC")
    return subnets


def check_subnets(ctx: Context, cluster: str, ids: list[str]) -> Any:
    """The rules for the subnets of the control plane; answers their VPC."""
    if len(ids) < 2:
        raise invalid_parameter("Subnets specified must be at least two", clusterName=cluster)
    subnets = find_subnets(ctx, ids)
    bad = [subnet for subnet in subnets if subnet.availability_zone_id in FORBIDDEN_ZONE_IDS]
    if bad:
        zones = sorted(zone.name for zone in aws.ec2(ctx.account, ctx.region).describe_availability_zones()
                       if zone.zone_id not in FORBIDDEN_ZONE_IDS)
        raise EksError("UnsupportedAvailabilityZoneException",
                       f"Cannot create cluster '{cluster}' because {bad[0].availability_zone}, the targeted "
                       "availability zone, does not currently have sufficient capacity to support the cluster. Retry "
                       f"and choose from these availability zones: {', '.join(zones)}",
                       clusterName=cluster, validZones=zones)
    if len({subnet.availability_zone for subnet in subnets}) < 2:
        raise invalid_parameter("Subnets specified must be in at least two different AZs", clusterName=cluster)
    for subnet in subnets:
        if subnet.available_ip_address_count < _MIN_FREE_ADDRESSES:
            raise invalid_parameter(f"Subnet {subnet.id} does not have enough free IP addresses: EKS needs at least "
                                    f"{_MIN_FREE_ADDRESSES}", clusterName=cluster)
    return aws.ec2(ctx.account, ctx.region).get_vpc(subnets[0].vpc_id)


def check_security_groups(ctx: Context, ids: list[str], vpc_id: str) -> None:
    if len(ids) > _MAX_SECURITY_GROUPS:
        raise invalid_parameter(f"At most {_MAX_SECURITY_GROUPS} security groups are allowed")
    for group_id in ids:
        group = aws.ec2(ctx.account, ctx.region).get_security_group_from_id(group_id)
        if group is None:
            raise invalid_parameter(f"The security group '{group_id}' does not exist (Service: AmazonEC2; Status "
                                    "Code: 400; Error Code: InvalidGroup.NotFound)")
        if group.vpc_id != vpc_id:
            raise invalid_parameter(f"Security group {group_id} does not belong to the VPC {vpc_id} of the cluster")


def check_endpoint_access(public: bool, private: bool, cidrs: list[str], vpc: Any) -> None:
    """https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"""
    if not public and not private:
        raise invalid_parameter("Private and public endpoint access cannot be false")
    if private and not (_on(vpc.enable_dns_support) and _on(vpc.enable_dns_hostnames)):
        raise invalid_parameter("Private endpoint access needs enableDnsSupport and enableDnsHostnames in the VPC "
                                f"{vpc.id}")
    if len(cidrs) > _MAX_PUBLIC_CIDRS:
        raise invalid_parameter(f"The number of public access CIDRs must be at most {_MAX_PUBLIC_CIDRS}")
    for cidr in cidrs:
        try:
            network = ip_network(cidr)
        except ValueError:
            raise invalid_parameter(f"The following CIDRs are invalid in publicAccessCidrs: [{cidr}]") from None
        if network.prefixlen and _is_reserved(network):
            raise invalid_parameter(f"The following CIDRs are not allowed in publicAccessCidrs: [{cidr}]")


def _is_reserved(network: Any) -> bool:
    if network.version == 4 and any(network.subnet_of(example) for example in _DOCUMENTATION):
        return False
    return bool(network.is_private or network.is_reserved or network.is_loopback or network.is_link_local
                or network.is_multicast)


def _on(attribute: Any) -> bool:
    """moto keeps a VPC's DNS attributes as a bool at first and as "true" or "false" once modified."""
    return str(attribute).lower() == "true"


def service_cidr(given: str | None, vpc: Any) -> str:
    """Checks the CIDR of Kubernetes services, or chooses it as EKS does when none is given."""
    networks = aws.vpc_networks(vpc)
    if given is None:
        return next(cidr for cidr in _DEFAULT_SERVICE_CIDRS
                    if cidr == _DEFAULT_SERVICE_CIDRS[-1] or not _overlaps(IPv4Network(cidr), networks))
    try:
        network = IPv4Network(given)
    except ValueError:
        raise invalid_parameter(f"serviceIpv4Cidr {given} is not a valid CIDR block") from None
    if not 12 <= network.prefixlen <= 24:
        raise invalid_parameter(f"serviceIpv4Cidr {given} must have a prefix length between /24 and /12")
    if not any(network.subnet_of(private) for private in _RFC1918):
        raise invalid_parameter(f"serviceIpv4Cidr {given} must be within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16")
    if _overlaps(network, networks):
        raise invalid_parameter(f"serviceIpv4Cidr {given} must not overlap with the CIDR blocks of the cluster's VPC")
    return given


def _overlaps(network: IPv4Network, others: list[IPv4Network]) -> bool:
    return any(network.overlaps(other) for other in others)
