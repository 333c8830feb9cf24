"""What is there before a test starts, and is no leftover: the caller's user, and what the test seeds itself."""
from __future__ import annotations

import json
from typing import Any

from moto.s3.models import s3_backends

from . import aws

# Whose calls a test makes: moto takes every key that does not look like one of AWS's for the second one.
ACCESS_KEYS = ("test", "AKIAEXAMPLE")
CALLER = "e2e"
_TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}


class Seeds:
    """Remembers what was seeded, as ARNs (of principals, certificates), names (of buckets) and ids (of the others)."""

    def __init__(self, account: str) -> None:
        self.account = account
        self.known: set[str] = set()
        for partition, region in (("aws", "us-east-1"), ("aws-cn", "cn-north-1"), ("aws-us-gov", "us-gov-west-1")):
            backend = aws.iam(account, partition)
            user = backend.create_user(region, CALLER)
            for access_key in ACCESS_KEYS:
                key = backend.create_access_key(CALLER)
                del backend.access_keys[key.access_key_id]
                key.access_key_id = access_key
                backend.access_keys[access_key] = key
            self.known.add(user.arn)

    def role(self, name: str, path: str, partition: str) -> str:
        backend = aws.iam(self.account, partition)
        role = backend.create_role(name, json.dumps(_TRUST), path, None, "", [], "3600")
        return self._remember(role.arn)

    def user(self, name: str, path: str, partition: str) -> str:
        region = {"aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}.get(partition, "us-east-1")
        return self._remember(aws.iam(self.account, partition).create_user(region, name, path).arn)

    def bucket(self, name: str, region: str) -> str:
        partition = aws.partition_of(region)
        s3_backends[self.account][partition].create_bucket(name, region)
        self._remember(name)
        return f"arn:{partition}:s3:::{name}"

    def hosted_zone(self, identifier: str, name: str) -> str:
        """A public zone with the id that a configuration names."""
        from moto.route53.models import route53_backends  # only where a test has a zone, as it takes time

        zones = route53_backends[self.account]["aws"].zones
        zone = route53_backends[self.account]["aws"].create_hosted_zone(f"{name}.", private_zone=False)
        del zones[zone.resource_id]
        zone.resource_id = identifier
        zones[identifier] = zone
        return self._remember(zone.id)

    def certificate(self, arn: str) -> str:
        """An issued certificate of ACM with the ARN that a configuration names."""
        from moto.acm.models import acm_backends

        backend = acm_backends[self.account][arn.split(":")[3]]
        requested = backend.request_certificate("seeded.example.com", None, [], [])  # type: ignore[arg-type]
        certificate = backend._certificates.pop(requested)
        certificate.arn, certificate.status = arn, "ISSUED"
        backend._certificates[arn] = certificate
        return self._remember(arn)

    def security_group(self, identifier: str, region: str) -> str:
        """A security group of the default VPC with the id that a configuration names."""
        backend = aws.ec2(self.account, region)
        group = backend.create_security_group(identifier.replace("sg-", "seeded-"), "seeded",
                                              backend.get_default_vpc().id)
        del backend.groups[group.vpc_id][group.id]
        group.id = group.group_id = identifier
        backend.groups[group.vpc_id][identifier] = group
        return self._remember(identifier)

    def _remember(self, identifier: Any) -> str:
        self.known.add(str(identifier))
        return str(identifier)
