"""Where moto 5.2 differs from AWS in a way that our tests would notice."""
from __future__ import annotations

from typing import Any

from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.models.vpcs import VPCBackend


def apply() -> None:
    """Patches moto's classes; to be called once, before the first request."""
    _delete_network_interface_of_nat_gateway()
    _route_modified_gateway_endpoint()


def _delete_network_interface_of_nat_gateway() -> None:
    """A NAT gateway's network interface goes with it, and its addresses are free again; moto leaves it for ever.

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html
    """
    delete = NatGatewayBackend.delete_nat_gateway

    def delete_nat_gateway(self: Any, nat_gateway_id: str) -> Any:
        gateway = delete(self, nat_gateway_id)
        self.enis.pop(gateway._eni.id, None)
        return gateway

    NatGatewayBackend.delete_nat_gateway = delete_nat_gateway  # type: ignore[method-assign]


def _route_modified_gateway_endpoint() -> None:
    """A gateway endpoint's route is in each of its route tables; moto adds it when the endpoint is created only.

    Without it, moto refuses to delete the endpoint from a table that it was added to.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html
    """
    modify = VPCBackend.modify_vpc_endpoint

    def modify_vpc_endpoint(self: Any, vpc_id: str, *args: Any, **kwargs: Any) -> None:
        endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
        before = set(endpoint.route_table_ids)
        modify(self, vpc_id, *args, **kwargs)
        after, prefix_list = set(endpoint.route_table_ids), endpoint.destination_prefix_list_id
        if prefix_list is None:
            return
        for added in after - before:
            self.create_route(added, None, gateway_id=endpoint.id, destination_prefix_list_id=prefix_list)
        for removed in before - after:
            self.delete_route(removed, prefix_list)

    VPCBackend.modify_vpc_endpoint = modify_vpc_endpoint  # type: ignore[method-assign]
