"""Checks of what ECS refuses in a service, and of how services change and go."""
from __future__ import annotations

from typing import Any

from .world import PARAMETER, World, trust

_CONTAINER = {"name": "web", "image": "nginx:1", "memory": 128, "portMappings": [{"containerPort": 80, "name": "http"}]}
_FARGATE = [{"capacityProvider": "FARGATE", "weight": 1}]


def everything(world: World) -> None:
    ecs = world.client("ecs")
    ecs.create_cluster(clusterName="services", capacityProviders=["FARGATE"])
    ecs.register_task_definition(family="web", containerDefinitions=[_CONTAINER])
    _refusals(world, ecs)
    _changes(world, ecs)
    ecs.delete_cluster(cluster="services")


def _refusals(world: World, ecs: Any) -> None:
    def no(rule: str, code: str, text: str, **more: Any) -> None:
        request = {"cluster": "services", "serviceName": "refused", "taskDefinition": "web", "desiredCount": 1, **more}
        world.refused(f"CreateService: {rule}", code, text, ecs.create_service, **request)

    no("a capacity provider that the cluster does not have", PARAMETER, "not associated with the cluster",
       capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}])
    no("a capacity provider and a launch type", PARAMETER, "not supported", launchType="FARGATE",
       capacityProviderStrategy=_FARGATE)
    no("a capacity provider for a daemon", PARAMETER, "DAEMON", schedulingStrategy="DAEMON",
       capacityProviderStrategy=_FARGATE)
    no("percents that block a deployment", PARAMETER, "block deployments",
       deploymentConfiguration={"maximumPercent": 100, "minimumHealthyPercent": 100})
    no("a port that has no name", PARAMETER, "portName(https)",
       serviceConnectConfiguration={"enabled": True, "services": [{"portName": "https"}]})
    group = world.client("elbv2").create_target_group(Name="services", Protocol="HTTP", Port=80, VpcId=world.vpc_id,
                                                      TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
    for rule, text, balancer in (
        ("a container that is not there", "does not exist", {"containerName": "shop", "containerPort": 80}),
        ("a port that is not there", "container port 81", {"containerName": "web", "containerPort": 81}),
        ("a target group without a listener", "associated load balancer", {"containerName": "web", "containerPort": 80}),
    ):
        no(rule, PARAMETER, text, loadBalancers=[{"targetGroupArn": group, **balancer}])
    world.client("elbv2").delete_target_group(TargetGroupArn=group)
    role = world.role("for-ec2", trust("ec2.amazonaws.com"))
    ecs.register_task_definition(family="untrusting", containerDefinitions=[_CONTAINER], taskRoleArn=role)
    no("a role that does not trust tasks", "ClientException", "unable to assume the role", taskDefinition="untrusting")
    world.iam.delete_role(RoleName="for-ec2")


def _changes(world: World, ecs: Any) -> None:
    connect = {"enabled": True, "namespace": "mesh", "services": [{"portName": "http"}]}
    ecs.create_service(cluster="services", serviceName="web", taskDefinition="web", desiredCount=1,
                       capacityProviderStrategy=_FARGATE, serviceConnectConfiguration=connect,
                       deploymentConfiguration={"maximumPercent": 150, "minimumHealthyPercent": 50, "alarms": {
                           "alarmNames": ["errors"], "enable": True, "rollback": True}})

    def described() -> Any:
        return ecs.describe_services(cluster="services", services=["web"])["services"][0]

    world.holds("a service's deployment knows Service Connect",
                lambda: described()["deployments"][0]["serviceConnectConfiguration"]["services"] == connect["services"])
    before = described()["deployments"][0]["id"]
    ecs.update_service(cluster="services", service="web", deploymentConfiguration={"maximumPercent": 200})
    world.holds("an update leaves what it does not name",
                lambda: (described()["deploymentConfiguration"]["maximumPercent"],
                         described()["deploymentConfiguration"]["alarms"]["alarmNames"]) == (200, ["errors"]))
    world.holds("an update without a new revision is no deployment", lambda: described()["deployments"][0]["id"] == before)
    ecs.register_task_definition(family="web", containerDefinitions=[_CONTAINER])
    ecs.update_service(cluster="services", service="web", taskDefinition="web:2", desiredCount=0)
    world.holds("a new revision is a new deployment", lambda: described()["deployments"][0]["id"] != before)
    ecs.delete_service(cluster="services", service="web")
    world.holds("a deleted service drains, and is inactive then",
                lambda: [described()["status"], described()["status"]] == ["DRAINING", "INACTIVE"])
