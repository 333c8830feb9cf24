"""What exists beyond what the emulator started with: nothing, once a test has destroyed everything."""
from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.logs.models import logs_backends

from .eks.state import EksState
from .moto_fixes import beanstalk, container_instances, ecr
from .seed import Seeds


@dataclass(frozen=True)
class _Kind:
    """A kind of thing of a moto backend: where the things are, their id, and which of them count."""

    attribute: str
    identify: str = "id"
    counts: Callable[[Any], bool] = lambda _: True


_EC2 = {
    "vpcs": _Kind("vpcs", counts=lambda vpc: not vpc.is_default),
    "internetGateways": _Kind("internet_gateways"),
    "egressOnlyInternetGateways": _Kind("egress_only_internet_gateways"),
    "natGateways": _Kind("nat_gateways", counts=lambda gateway: gateway.state != "deleted"),
    "eips": _Kind("addresses", "allocation_id"),
    "routeTables": _Kind("route_tables", counts=lambda table: table.main_association_id is None),
    "vpcEndpoints": _Kind("vpc_end_points", counts=lambda endpoint: endpoint.state != "deleted"),
    "networkInterfaces": _Kind("enis"),
    "flowLogs": _Kind("flow_logs"),
    "launchTemplates": _Kind("launch_templates"),
}
# Services that are looked at only when a request has made moto load them: (module, attribute, id).
_OTHERS = {
    "repositories": ("ecr", "repositories", "arn"), "fileSystems": ("efs", "file_systems_by_id", "file_system_id"),
    "secrets": ("secretsmanager", "secrets", "arn"), "topics": ("sns", "topics", "arn"),
    "queues": ("sqs", "queues", "queue_arn"), "loadBalancers": ("elbv2", "load_balancers", "arn"),
    "targetGroups": ("elbv2", "target_groups", "arn"), "certificates": ("acm", "_certificates", "arn"),
    "alarms": ("cloudwatch", "alarms", "name"), "hostedZones": ("route53", "zones", "id"),
    "accessPoints": ("efs", "access_points", "access_point_id"),
    "mountTargets": ("efs", "mount_targets_by_id", "mount_target_id"),
    "webAcls": ("wafv2", "wacls", "arn"), "ipSets": ("wafv2", "ip_sets", "arn"),
    "webAclLogs": ("wafv2", "logging_configurations", "arn"),
    "dashboards": ("cloudwatch", "dashboards", "name"),
    "logResourcePolicies": ("logs", "resource_policies", "policy_name"),
    "capacityProviders": ("ecs", "capacity_providers", "arn"),
    "autoScalingGroups": ("autoscaling", "autoscaling_groups", "arn"),
    "stateMachines": ("stepfunctions", "state_machines", "arn"),
    "namespaces": ("servicediscovery", "namespaces", "arn"),
    "backupVaults": ("backup", "vaults", "backup_vault_arn"), "buckets": ("s3", "buckets", "name"),
}


def leftovers(state: EksState, seeds: Seeds) -> dict[str, list[str]]:
    """Kind -> ids, of all regions and partitions."""
    with state.lock:
        state.settle()
        found = {**_eks(state), **_network(seeds.account, seeds), **_identity(seeds)}
    found["logGroups"] = [name for backend in logs_backends[seeds.account].values() for name in backend.groups]
    found["kmsKeys"] = [key.id for backend in kms_backends[seeds.account].values() for key in backend.keys.values()
                        if key.key_state != "PendingDeletion" and key.key_manager == "CUSTOMER"]
    for kind, (service, attribute, identify) in _OTHERS.items():
        found[kind] = [identifier for thing in _loaded(service, attribute, seeds.account)
                       if (identifier := str(getattr(thing, identify))) not in seeds.known]
    for kind, attribute in (("ecsClusters", "clusters"), ("ecsServices", "services")):
        # Those that are deleted stay for a while, as on AWS.
        found[kind] = [thing.arn for thing in _loaded("ecs", attribute, seeds.account) if thing.status != "INACTIVE"]
    found["scalableTargets"] = [target.resource_id for targets in _loaded("applicationautoscaling", "targets",
                                seeds.account) for target in targets.values()]
    found["eventRules"] = [rule.arn for bus in _loaded("events", "event_buses", seeds.account)
                           for rule in bus.rules.values()]
    found["schedules"] = [schedule.arn for group in _loaded("scheduler", "schedule_groups", seeds.account)
                          for schedule in group.schedules.values()]
    found["scheduleGroups"] = [group.arn for group in _loaded("scheduler", "schedule_groups", seeds.account)
                               if group.name != "default"]
    found["beanstalk"] = [name for backend in _backends("elasticbeanstalk", seeds.account)
                          for name in beanstalk.store_of(backend).applications]
    found["activations"] = [key for backend in _backends("ssm", seeds.account)
                            for key in container_instances.activations_of(backend)]
    found["pullThroughCaches"] = [prefix for backend in _backends("ecr", seeds.account)
                                  for prefix in [*ecr.rules_of(backend), *ecr.templates_of(backend)]]
    found["hostedZoneRecords"] = [f"{record.name} {record.type}" for zone in _loaded("route53", "zones", seeds.account)
                                  for record in zone.rrsets if record.type not in ("NS", "SOA")]
    return found


def _values(container: Any) -> Iterable[Any]:
    return list(container.values()) if isinstance(container, dict) else list(container)


def _network(account: str, seeds: Seeds) -> dict[str, list[str]]:
    backends = list(ec2_backends[account].values())
    found = {kind: [getattr(thing, how.identify) for backend in backends
                    for thing in _values(getattr(backend, how.attribute)) if how.counts(thing)]
             for kind, how in _EC2.items()}
    found["subnets"] = [subnet.id for backend in backends for zone in backend.subnets.values()
                        for subnet in zone.values() if not subnet.default_for_az]
    found["securityGroups"] = [group.id for backend in backends for groups in backend.groups.values()
                               for group in groups.values()
                               if group.name != "default" and group.id not in seeds.known]
    found["instances"] = [instance.id for backend in backends for reservation in backend.reservations.values()
                          for instance in reservation.instances if instance.state != "terminated"]
    return found


def _identity(seeds: Seeds) -> dict[str, list[str]]:
    backends = list(iam_backends[seeds.account].values())
    return {
        "roles": [role.arn for backend in backends for role in backend.get_roles()
                  if role.arn not in seeds.known and not role.path.startswith("/aws-service-role/")],
        "users": [user.arn for backend in backends for user in backend.users.values() if user.arn not in seeds.known],
        "policies": [arn for backend in backends for arn in backend.managed_policies if "::aws:policy/" not in arn],
        "oidcProviders": [arn for backend in backends for arn in backend.open_id_providers],
        "instanceProfiles": [profile.arn for backend in backends for profile in backend.instance_profiles.values()],
    }


def _eks(state: EksState) -> dict[str, list[str]]:
    clusters = list(state.clusters.values())
    return {
        "clusters": [cluster.body["arn"] for cluster in clusters],
        "fargateProfiles": [body["fargateProfileArn"] for cluster in clusters for body in cluster.profiles.values()],
        "nodegroups": [body["nodegroupArn"] for cluster in clusters for body in cluster.nodegroups.values()],
        "addons": [body["addonArn"] for cluster in clusters for body in cluster.addons.values()],
        "accessEntries": [entry.body["accessEntryArn"] for cluster in clusters for entry in cluster.access.values()],
        "podIdentityAssociations": [body["associationArn"] for cluster in clusters
                                    for body in cluster.associations.values()],
    }


def _loaded(service: str, attribute: str, account: str) -> Iterator[Any]:
    for backend in _backends(service, account):
        yield from _values(getattr(backend, attribute))


def _backends(service: str, account: str) -> Iterator[Any]:
    module = sys.modules.get(f"moto.{service}.models")
    if module is not None:
        name = "eb_backends" if service == "elasticbeanstalk" else f"{service}_backends"
        yield from getattr(module, name)[account].values()
