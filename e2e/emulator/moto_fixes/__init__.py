"""Where moto 5.2 differs from AWS in a way that our tests would notice: a module for each group of services."""
from __future__ import annotations

from . import (
    around_clusters, beanstalk, buckets, cloud_map, container_instances, ecr, ecs, ecs_checks, load_balancers, queues,
    records, scaling, scaling_policies, task_definitions, workflows,
)


def apply() -> None:
    """Patches moto's classes; to be called once, before the first request."""
    around_clusters.apply()
    beanstalk.apply()
    buckets.apply()
    cloud_map.apply()
    container_instances.apply()
    ecr.apply()
    ecs.apply()
    ecs_checks.apply()
    load_balancers.apply()
    queues.apply()
    records.apply()
    scaling.apply()
    scaling_policies.apply()
    task_definitions.apply()
    workflows.apply()
