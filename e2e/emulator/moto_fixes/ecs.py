"""Services of ECS, of which moto keeps the half."""
from __future__ import annotations

from typing import Any

from moto.core.utils import camelcase_to_underscores
from moto.ecs.responses import EC2ContainerServiceResponse

# What a request to create a service may say and moto drops; the same names stand in what describes the service.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
_DROPPED = ("availabilityZoneRebalancing", "capacityProviderStrategy", "deploymentConfiguration",
            "enableECSManagedTags", "enableExecuteCommand", "healthCheckGracePeriodSeconds", "placementConstraints",
            "placementStrategy")


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _keep_what_services_are_told()


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
        if self._get_param("capacityProviderStrategy"):
            service.launch_type = None
            for deployment in service.deployments:
                deployment.pop("launchType")
        return answer

    EC2ContainerServiceResponse.create_service = create_service  # type: ignore[method-assign]
