"""Namespaces of AWS Cloud Map."""
from __future__ import annotations

from typing import Any

from moto.route53.models import route53_backends
from moto.servicediscovery.models import ServiceDiscoveryBackend
from moto.utilities.utils import get_partition


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _delete_zones_with_their_namespaces()


def _delete_zones_with_their_namespaces() -> None:
    """Cloud Map makes the hosted zone of a namespace in DNS, and takes it away again.

    https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteNamespace.html
    """
    delete = ServiceDiscoveryBackend.delete_namespace

    def delete_namespace(self: Any, namespace_id: str) -> str:
        properties = getattr(self.namespaces.get(namespace_id), "dns_properties", None) or {}
        operation_id = delete(self, namespace_id)
        if "HostedZoneId" in properties:
            zones = route53_backends[self.account_id][get_partition(self.region_name)].zones
            zones.pop(properties["HostedZoneId"].rsplit("/", 1)[-1], None)
        return operation_id

    ServiceDiscoveryBackend.delete_namespace = delete_namespace  # type: ignore[method-assign]
