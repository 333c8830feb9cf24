"""What ECS refuses in a service, of which moto refuses next to nothing."""
from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from moto.ecs.exceptions import EcsClientException, InvalidParameterException
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import elbv2_backends
from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition

_TASKS = "ecs-tasks.amazonaws.com"


def apply() -> None:
    """Patches moto's classes; to be called once, after moto_fixes.ecs."""
    create = EC2ContainerServiceResponse.create_service
    update = EC2ContainerServiceResponse.update_service

    def create_service(self: Any) -> Any:
        told = self._get_params()
        _check(self.ecs_backend, {"schedulingStrategy": "REPLICA", **told})
        return create(self)

    def update_service(self: Any) -> Any:
        told = self._get_params()
        service = self.ecs_backend._get_service(told.get("cluster", "default"), told["service"])
        _check(self.ecs_backend, {"taskDefinition": service.task_definition, "loadBalancers": service.load_balancers,
                                  "schedulingStrategy": service.scheduling_strategy, **told})
        return update(self)

    EC2ContainerServiceResponse.create_service = create_service  # type: ignore[method-assign]
    EC2ContainerServiceResponse.update_service = update_service  # type: ignore[method-assign]


def _check(backend: Any, told: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"""
    task = backend.describe_task_definition(told["taskDefinition"])
    _check_capacity(backend, told)
    _check_roles(backend, task)
    _check_percents(told.get("deploymentConfiguration") or {})
    containers = {container["name"]: container for container in task.container_definitions}
    for balancer in told.get("loadBalancers") or []:
        _check_port(containers, balancer["containerName"], balancer["containerPort"])
        _check_target_group(backend, balancer["targetGroupArn"])
    ports = {port.get("name") for container in containers.values() for port in container.get("portMappings") or []}
    for service in (told.get("serviceConnectConfiguration") or {}).get("services") or []:
        if service["portName"] not in ports:
            raise InvalidParameterException(f"portName({service['portName']}) does not refer to any named PortMapping "
                                            "in the task definition.")


def _check_capacity(backend: Any, told: dict[str, Any]) -> None:
    strategy = told.get("capacityProviderStrategy") or []
    if strategy and told.get("launchType"):
        raise InvalidParameterException("Specifying both a launch type and capacity provider strategy is not supported. "
                                        "Remove one and try again.")
    if strategy and told["schedulingStrategy"] == "DAEMON":
        raise InvalidParameterException("Specifying a capacity provider strategy is not supported when you create a "
                                        "service using the DAEMON scheduling strategy.")
    there = backend._get_cluster(told.get("cluster", "default")).capacity_providers or []
    if any(item["capacityProvider"].rsplit("/", 1)[-1] not in there for item in strategy):
        raise InvalidParameterException("The specified capacity provider strategy cannot contain a capacity provider that "
                                        "is not associated with the cluster. Associate the capacity provider with the "
                                        "cluster and try again.")


def _check_roles(backend: Any, task: Any) -> None:
    """Roles that the account does not have, or that trust no service, are stand-ins for somebody else's.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    """
    roles = {role.arn: role for role in
             iam_backends[backend.account_id][get_partition(backend.region_name)].roles.values()}
    for arn in (getattr(task, "task_role_arn", None), getattr(task, "execution_role_arn", None)):
        services = list(_services(json.loads(roles[arn].assume_role_policy_document))) if arn in roles else []
        if services and _TASKS not in services:
            raise EcsClientException(f"ECS was unable to assume the role '{arn}' that was provided for this task. Please "
                                     "verify that the role being passed has the proper trust relationship and "
                                     "permissions and that your IAM user has permissions to pass this role.")


def _services(document: dict[str, Any]) -> Iterator[str]:
    statements = document["Statement"]
    for statement in statements if isinstance(statements, list) else [statements]:
        principal = statement["Principal"]
        services = principal.get("Service", []) if isinstance(principal, dict) else []
        yield from [services] if isinstance(services, str) else services


def _check_percents(configuration: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html"""
    if configuration.get("maximumPercent") == configuration.get("minimumHealthyPercent") == 100:
        raise InvalidParameterException("Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block "
                                        "deployments.")


def _check_port(containers: dict[str, Any], name: str, port: int) -> None:
    if name not in containers:
        raise InvalidParameterException(f"The container {name} does not exist in the task definition.")
    if all(mapping.get("containerPort") != port for mapping in containers[name].get("portMappings") or []):
        raise InvalidParameterException(f"The container {name} did not have a container port {port} defined.")


def _check_target_group(backend: Any, arn: str) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html"""
    groups = elbv2_backends[backend.account_id][backend.region_name].target_groups
    if arn not in groups:
        raise InvalidParameterException(f"The specified target group does not exist. {arn}")
    if not groups[arn].load_balancer_arns:
        raise InvalidParameterException(f"The target group with targetGroupArn {arn} does not have an associated load "
                                        "balancer.")

