"""Services of ECS, of which moto keeps the half."""
from __future__ import annotations

from typing import Any

from moto.core.utils import camelcase_to_underscores, utcnow
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.moto_api._internal import mock_random

# What a request to create a service may say and moto drops; the same names stand in what describes the service.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
_DROPPED = ("availabilityZoneRebalancing", "capacityProviderStrategy", "deploymentConfiguration",
            "enableECSManagedTags", "enableExecuteCommand", "healthCheckGracePeriodSeconds", "placementConstraints",
            "placementStrategy")
# What the deployment of a service has, not the service. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
_OF_DEPLOYMENT = ("serviceConnectConfiguration", "capacityProviderStrategy", "taskDefinition", "networkConfiguration")
# Which of the arguments of the backend's create_service is the launch type, behind self.
_LAUNCH_TYPE = 8
_DAEMON = {"maximumPercent": 100, "minimumHealthyPercent": 0}


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _take_external_instances()
    _keep_what_services_are_told()
    _keep_what_services_are_told_later()
    _drain_before_the_end()


def _take_external_instances() -> None:
    """Services run on instances outside AWS too. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html"""
    create = EC2ContainerServiceBackend.create_service

    def create_service(self: Any, *args: Any, launch_type: str | None = None, **more: Any) -> Any:
        *before, given = args if len(args) > _LAUNCH_TYPE else (*args, launch_type)
        service = create(self, *before, launch_type="EC2" if given == "EXTERNAL" else given, **more)
        service.launch_type = given or service.launch_type
        return service

    EC2ContainerServiceBackend.create_service = create_service  # type: ignore[method-assign]


def _keep_what_services_are_told() -> None:
    """A service is described with all that it was created with; one with a capacity provider has no launch type."""
    create = EC2ContainerServiceResponse.create_service

    def create_service(self: Any) -> Any:
        answer = create(self)
        service = answer.result["service"]
        for name in _DROPPED:
            value = self._get_param(name)
            if value is not None:
                setattr(service, camelcase_to_underscores(name), value)
        # The provider stumbles over an empty one.
        service.network_configuration = service.network_configuration or None
        if self._get_param("schedulingStrategy") == "DAEMON":
            service.deployment_configuration = {**_DAEMON, **getattr(service, "deployment_configuration", {})}
        if self._get_param("capacityProviderStrategy"):
            service.launch_type = None
            for deployment in service.deployments:
                deployment.pop("launchType")
        _tell_deployment(service, self._get_params())
        return answer

    EC2ContainerServiceResponse.create_service = create_service  # type: ignore[method-assign]


def _keep_what_services_are_told_later() -> None:
    """An update changes what it names and no more. A new task definition, or force, is a new deployment."""
    update = EC2ContainerServiceResponse.update_service

    def update_service(self: Any) -> Any:
        told = self._get_params()
        service = self.ecs_backend._get_service(told.get("cluster", "default"), told["service"])
        configuration = {**getattr(service, "deployment_configuration", {}), **told.get("deploymentConfiguration", {})}
        answer = update(self)
        service.deployment_configuration = configuration
        _tell_deployment(service, told)
        if told.get("forceNewDeployment") or "taskDefinition" in told:
            now = utcnow()
            service.deployments[0].update(id=f"ecs-svc/{mock_random.randint(0, 32**12)}", createdAt=now, updatedAt=now)
        return answer

    EC2ContainerServiceResponse.update_service = update_service  # type: ignore[method-assign]


def _tell_deployment(service: Any, told: dict[str, Any]) -> None:
    for deployment in service.deployments:
        for name in _OF_DEPLOYMENT:
            if name in told:
                deployment[name] = told[name]


def _drain_before_the_end() -> None:
    """A service that is deleted drains first: who asks sees it once as DRAINING, and then as INACTIVE.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
    """
    delete = EC2ContainerServiceBackend.delete_service
    describe = EC2ContainerServiceBackend.describe_services

    def delete_service(self: Any, cluster_name: str, service_name: str, force: bool) -> Any:
        service = delete(self, cluster_name, service_name, force)
        service.status = "DRAINING"
        return service

    def describe_services(self: Any, cluster_str: str, service_names_or_arns: list[str]) -> Any:
        found, failures = describe(self, cluster_str, service_names_or_arns)
        for service in found:
            if service.status == "DRAINING":
                if getattr(service, "seen_draining", False):
                    service.status = "INACTIVE"
                service.seen_draining = True
        return found, failures

    EC2ContainerServiceBackend.delete_service = delete_service  # type: ignore[method-assign]
    EC2ContainerServiceBackend.describe_services = describe_services  # type: ignore[method-assign]
