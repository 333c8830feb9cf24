"""Checks of what moto_fixes.py mends in moto's EC2."""
from __future__ import annotations

from .world import REGION, World


def gateway_endpoints(world: World) -> None:
    """A gateway endpoint's route follows the endpoint from route table to route table."""
    ec2 = world.ec2
    vpc = world.vpc("10.8.0.0/16")
    first, second = (ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2))
    endpoint = ec2.create_vpc_endpoint(VpcId=vpc, VpcEndpointType="Gateway", ServiceName=f"com.amazonaws.{REGION}.s3",
                                       RouteTableIds=[first])["VpcEndpoint"]["VpcEndpointId"]

    def leads_from(table: str) -> bool:
        routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
        return any(route.get("GatewayId") == endpoint for route in routes)

    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[second])
    world.holds("ModifyVpcEndpoint: an added route table gets the route", lambda: leads_from(first)
                and leads_from(second))
    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, RemoveRouteTableIds=[first])
    world.holds("ModifyVpcEndpoint: a removed one loses it", lambda: not leads_from(first) and leads_from(second))
    world.holds("DeleteVpcEndpoints: after a change of route tables", lambda: not ec2.delete_vpc_endpoints(
        VpcEndpointIds=[endpoint])["Unsuccessful"] and not leads_from(second))
    for table in (first, second):
        ec2.delete_route_table(RouteTableId=table)
    ec2.delete_vpc(VpcId=vpc)
