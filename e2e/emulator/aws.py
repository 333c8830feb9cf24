"""Looks into moto's in-process backends, for the emulated EKS to check what a request refers to."""
from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Callable
from ipaddress import IPv4Network
from typing import Any
from urllib.parse import unquote

from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.logs.models import logs_backends
from moto.utilities.utils import get_partition

PARTITIONS = ("aws", "aws-cn", "aws-us-gov")
_DNS_SUFFIX = {"aws-cn": "amazonaws.com.cn"}
_ROLE_ARN = re.compile(r"arn:(?P<partition>aws[\w-]*):iam::(?P<account>\d{12}):role/(?P<path>.*/)?(?P<name>[^/]+)")


def partition_of(region: str) -> str:
    return get_partition(region)


def dns_suffix_of(region: str) -> str:
    return _DNS_SUFFIX.get(partition_of(region), "amazonaws.com")


def ec2(account: str, region: str) -> Any:
    return ec2_backends[account][region]


def iam(account: str, partition: str) -> Any:
    return iam_backends[account][partition]


def logs(account: str, region: str) -> Any:
    return logs_backends[account][region]


def subnet(account: str, region: str, subnet_id: str) -> Any | None:
    for subnets in ec2(account, region).subnets.values():
        if subnet_id in subnets:
            return subnets[subnet_id]
    return None


def vpc_networks(vpc: Any) -> list[IPv4Network]:
    return [IPv4Network(entry["cidr_block"]) for entry in vpc.get_cidr_block_association_set()]


def has_internet_route(account: str, region: str, net: Any) -> bool:
    """Whether a subnet's effective route table (its own, else the VPC's main one) has a route to an internet gateway.

    https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
    """
    tables = [table for table in ec2(account, region).route_tables.values() if table.vpc_id == net.vpc_id]
    explicit = [table for table in tables if net.id in table._associations.values()]
    main = [table for table in tables if table.main_association_id]
    return any((route.gateway_id or "").startswith("igw-") for table in (explicit or main) for route in table.routes)


def role(account: str, partition: str, arn: str) -> Any | None:
    return next((found for found in iam(account, partition).get_roles() if found.arn == arn), None)


def parse_role_arn(arn: str) -> re.Match[str] | None:
    return _ROLE_ARN.fullmatch(arn)


def principal_exists(account: str, partition: str, arn: str) -> bool:
    backend = iam(account, partition)
    return role(account, partition, arn) is not None or any(user.arn == arn for user in backend.users.values())


def kms_key(account: str, region: str, key_id: str) -> Any | None:
    """The KMS key that a key ARN or an alias ARN names, in its own region."""
    backend = kms_backends[account][region]
    try:
        return backend.keys.get(backend.any_id_to_key_id(key_id))
    except Exception:  # moto raises several types for an alias or ARN that it does not know
        return None


def trust_allows(role_: Any, service: str, action: str, source_arn: str, account: str) -> bool:
    """Whether a role's trust policy lets a service assume it.

    Understands the condition keys against the confused deputy, aws:SourceArn and aws:SourceAccount
    (https://docs.aws.amazon.com/eks/latest/userguide/cross-service-confused-deputy-prevention.html). A condition on
    any other key does not hold: the service would not send it.
    """
    document = role_.assume_role_policy_document
    document = json.loads(unquote(document) if document.lstrip().startswith("%7B") else document)
    allowed = False
    for statement in _many(document.get("Statement")):
        matches = (_names_service(statement.get("Principal"), service)
                   and any(fnmatch.fnmatchcase(action.lower(), item.lower())
                           for item in _many(statement.get("Action")))
                   and _conditions_hold(statement.get("Condition") or {}, source_arn, account))
        if matches and statement.get("Effect") == "Deny":
            return False
        allowed = allowed or (matches and statement.get("Effect") == "Allow")
    return allowed


def _many(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _names_service(principal: Any, service: str) -> bool:
    return isinstance(principal, dict) and service in _many(principal.get("Service"))


def _conditions_hold(conditions: dict[str, dict[str, Any]], source_arn: str, account: str) -> bool:
    values = {"aws:sourcearn": source_arn, "aws:sourceaccount": account}
    for operator, keys in conditions.items():
        matches = _OPERATORS.get(operator.removesuffix("IfExists"))
        for key, patterns in keys.items():
            value = values.get(key.lower())
            if value is None or matches is None:
                return False
            if not any(matches(pattern, value) for pattern in _many(patterns)):
                return False
    return True


def wildcard(pattern: str, value: str) -> bool:
    """AWS's wildcards: * for any characters, ? for one, nothing else special."""
    expression = "".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)
    return re.fullmatch(expression, value, re.DOTALL) is not None


def _arn_like(pattern: str, arn: str) -> bool:
    """Each of an ARN's six parts is matched by itself: a wildcard does not reach over a colon."""
    patterns, parts = pattern.split(":", 5), arn.split(":", 5)
    return len(patterns) == len(parts) and all(map(wildcard, patterns, parts))


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "ArnLike": _arn_like, "ArnEquals": _arn_like, "StringLike": wildcard, "StringEquals": str.__eq__,
}
