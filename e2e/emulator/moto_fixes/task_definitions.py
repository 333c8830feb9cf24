"""Task definitions of ECS, whose network moto takes for Fargate's wherever they are for more than EC2."""
from __future__ import annotations

from typing import Any

from moto.ecs.models import TaskDefinition


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _keep_the_network_of_external_instances()


def _keep_the_network_of_external_instances() -> None:
    """
    Tasks on external instances are in no VPC: their network is the machine's, or Docker's bridge.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html
    """
    create = TaskDefinition.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        create(self, *args, **kwargs)
        if "EXTERNAL" in (self.requires_compatibilities or []):
            self.compatibilities = ["EXTERNAL"]
            self.network_mode = kwargs.get("network_mode") or "bridge"

    TaskDefinition.__init__ = init  # type: ignore[method-assign]
