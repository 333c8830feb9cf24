"""Where moto 5.2 differs from AWS in a way that our tests would notice: a module for each group of services."""
from __future__ import annotations

from . import around_clusters, ecs


def apply() -> None:
    """Patches moto's classes; to be called once, before the first request."""
    around_clusters.apply()
    ecs.apply()
