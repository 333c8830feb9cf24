"""Load balancers, which moto deletes though they are protected, and takes all for the application kind."""
from __future__ import annotations

from threading import local
from types import SimpleNamespace
from typing import Any

from moto.elbv2 import models
from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer
from moto.wafv2.models import WAFV2Backend

_being_made = local()
# How the ARN of a web ACL ends that stands in settings as somebody else's.
_OF_OTHERS = "/01234567-89ab-cdef-0123-456789abcdef"


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _refuse_to_delete_protected_ones()
    _name_their_kind()
    _tell_fixed_addresses()
    _know_web_acls_of_others()


def _refuse_to_delete_protected_ones() -> None:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html"""
    delete = ELBv2Backend.delete_load_balancer

    def delete_load_balancer(self: Any, arn: str) -> None:
        balancer = self.load_balancers.get(arn)
        if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
            raise ELBClientError("OperationNotPermitted", f"Load balancer '{arn}' cannot be deleted because deletion "
                                                          "protection is enabled")
        delete(self, arn)

    ELBv2Backend.delete_load_balancer = delete_load_balancer  # type: ignore[method-assign]


def _name_their_kind() -> None:
    """ARNs of Network Load Balancers say "net", by which Terraform tells metrics' names from them.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
    """
    create = ELBv2Backend.create_load_balancer
    make_arn = models.make_arn_for_load_balancer

    def create_load_balancer(self: Any, *args: Any, **more: Any) -> Any:
        _being_made.kind = more.get("loadbalancer_type")
        return create(self, *args, **more)

    def make_arn_for_load_balancer(**parts: Any) -> str:
        arn = make_arn(**parts)
        return arn.replace("loadbalancer/app/", "loadbalancer/net/") if _being_made.kind == "network" else arn

    ELBv2Backend.create_load_balancer = create_load_balancer  # type: ignore[method-assign]
    models.make_arn_for_load_balancer = make_arn_for_load_balancer  # type: ignore[attr-defined]


def _tell_fixed_addresses() -> None:
    """Zones tell the Elastic IP that a Network Load Balancer has in them.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAddress.html
    """
    create = ELBv2Backend.create_load_balancer
    zones = FakeLoadBalancer.availability_zones.fget  # type: ignore[attr-defined]

    def create_load_balancer(self: Any, *args: Any, **more: Any) -> Any:
        balancer = create(self, *args, **more)
        balancer.allocations = {mapping["SubnetId"]: mapping["AllocationId"]
                                for mapping in more.get("subnet_mappings") or [] if "AllocationId" in mapping}
        return balancer

    def availability_zones(self: Any) -> list[Any]:
        told = zones(self)
        for zone in told:
            allocation = getattr(self, "allocations", {}).get(zone.subnet_id)
            if allocation is not None:
                zone.load_balancer_addresses = [{"AllocationId": allocation}]
        return told

    ELBv2Backend.create_load_balancer = create_load_balancer  # type: ignore[method-assign]
    FakeLoadBalancer.availability_zones = property(availability_zones)  # type: ignore[method-assign,assignment]


def _know_web_acls_of_others() -> None:
    """A web ACL may be there that no story makes. https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html"""
    associate, disassociate = WAFV2Backend.associate_web_acl, WAFV2Backend.disassociate_web_acl
    find = WAFV2Backend.get_web_acl_for_resource

    def associate_web_acl(self: Any, web_acl_arn: str, resource_arn: str) -> None:
        if web_acl_arn.endswith(_OF_OTHERS):
            vars(self).setdefault("of_others", {})[resource_arn] = web_acl_arn
        else:
            associate(self, web_acl_arn, resource_arn)

    def disassociate_web_acl(self: Any, resource_arn: str) -> None:
        if vars(self).get("of_others", {}).pop(resource_arn, None) is None:
            disassociate(self, resource_arn)

    def get_web_acl_for_resource(self: Any, resource_arn: str) -> Any:
        arn = vars(self).get("of_others", {}).get(resource_arn)
        if arn is None:
            return find(self, resource_arn)
        *_, name, identity = arn.split("/")
        return SimpleNamespace(to_dict=lambda: {"Name": name, "Id": identity, "ARN": arn})

    WAFV2Backend.associate_web_acl = associate_web_acl  # type: ignore[method-assign]
    WAFV2Backend.disassociate_web_acl = disassociate_web_acl  # type: ignore[method-assign]
    WAFV2Backend.get_web_acl_for_resource = get_web_acl_for_resource  # type: ignore[method-assign]
