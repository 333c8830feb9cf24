"""Instances that ECS runs tasks on: those of Auto Scaling groups, and those outside AWS."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from moto.autoscaling.models import AutoScalingBackend, autoscaling_backends
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models.instances import Instance
from moto.ecs.exceptions import ECSException, EcsClientException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.kms.models import KmsBackend
from moto.moto_api._internal import mock_random
from moto.ssm.models import SimpleSystemManagerBackend
from moto.ssm.responses import SimpleSystemManagerResponse

_AMI_VOLUME_IN_GIB = 8


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _take_sizes_from_the_ami()
    _end_interfaces_with_their_instance()
    _have_default_keys_of_aws()
    _refuse_to_delete_what_is_in_use()
    _keep_what_groups_are_told()
    _end_instances_without_protection()
    AutoScalingResponse.start_instance_refresh = _start_instance_refresh  # type: ignore[attr-defined]
    AutoScalingResponse.describe_instance_refreshes = _describe_instance_refreshes  # type: ignore[attr-defined]
    for action in (_create_activation, _describe_activations, _delete_activation):
        setattr(SimpleSystemManagerResponse, action.__name__[1:], action)


def activations_of(backend: SimpleSystemManagerBackend) -> dict[str, dict[str, Any]]:
    """The activations of an account and a Region, by id."""
    if not hasattr(backend, "activations"):
        backend.activations = {}  # type: ignore[attr-defined]
    return backend.activations  # type: ignore[attr-defined, no-any-return]


def _take_sizes_from_the_ami() -> None:
    """A volume for which a launch template names no size has that of the AMI's snapshot.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html
    """
    add = Instance.add_block_device

    def add_block_device(self: Any, size: int | None, device_path: str, snapshot_id: str | None, *rest: Any,
                         **more: Any) -> None:
        known = size if size is not None or snapshot_id is not None else _AMI_VOLUME_IN_GIB
        add(self, known, device_path, snapshot_id, *rest, **more)  # type: ignore[arg-type]

    Instance.add_block_device = add_block_device  # type: ignore[method-assign, assignment]


def _end_interfaces_with_their_instance() -> None:
    """The network interface that EC2 makes for an instance goes with it.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/scenarios-enis.html
    """
    prepare = Instance.prep_nics

    def prep_nics(self: Any, nic_spec: list[dict[str, Any]], *rest: Any, **more: Any) -> None:
        given = {nic.get("NetworkInterfaceId") for nic in nic_spec}
        prepare(self, nic_spec, *rest, **more)
        for nic in self.nics.values():
            if nic.id not in given:
                nic.delete_on_termination = True

    Instance.prep_nics = prep_nics  # type: ignore[method-assign]


def _have_default_keys_of_aws() -> None:
    """The keys of AWS services that nobody created, such as that of EBS, are AWS's.

    https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
    """
    create_alias = KmsBackend.create_alias

    def create_alias_(self: Any, target_key_id: str, alias_name: str) -> None:
        create_alias(self, target_key_id, alias_name)
        if alias_name.startswith("alias/aws/"):
            self.describe_key(target_key_id).key_manager = "AWS"

    KmsBackend.create_alias = create_alias_  # type: ignore[method-assign]


def _keep_what_groups_are_told() -> None:
    """A group has the greatest age of its instances, and whether Spot Instances are replaced before they are lost.

    https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
    """
    for action in ("create_auto_scaling_group", "update_auto_scaling_group"):
        _remember(action)


def _remember(action: str) -> None:
    original = getattr(AutoScalingResponse, action)

    def remembering(self: Any) -> Any:
        answer = original(self)
        group = self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]
        lifetime, rebalance = self._get_int_param("MaxInstanceLifetime"), self._get_bool_param("CapacityRebalance")
        if lifetime is not None:
            group.max_instance_lifetime = lifetime or None
        if rebalance is not None:
            group.capacity_rebalance = rebalance
        return answer

    setattr(AutoScalingResponse, action, remembering)


def _end_instances_without_protection() -> None:
    """A group that is too large shrinks as soon as its instances are no longer protected.

    https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-protection.html
    """
    protect = AutoScalingBackend.set_instance_protection

    def set_instance_protection(self: Any, group_name: str, *rest: Any) -> None:
        protect(self, group_name, *rest)
        self.set_desired_capacity(group_name, self.autoscaling_groups[group_name].desired_capacity)

    AutoScalingBackend.set_instance_protection = set_instance_protection  # type: ignore[method-assign]


def _refreshes_of(response: Any) -> list[dict[str, Any]]:
    group = response.autoscaling_backend.autoscaling_groups[response._get_param("AutoScalingGroupName")]
    if not hasattr(group, "refreshes"):
        group.refreshes = []
    return group.refreshes  # type: ignore[no-any-return]


def _start_instance_refresh(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_StartInstanceRefresh.html"""
    refresh = {"InstanceRefreshId": str(mock_random.uuid4()), "Status": "Successful", "PercentageComplete": 100,
               "AutoScalingGroupName": self._get_param("AutoScalingGroupName")}
    _refreshes_of(self).insert(0, refresh)
    return ActionResult({"InstanceRefreshId": refresh["InstanceRefreshId"]})


def _describe_instance_refreshes(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeInstanceRefreshes.html"""
    return ActionResult({"InstanceRefreshes": _refreshes_of(self)})


def _refuse_to_delete_what_is_in_use() -> None:
    """A capacity provider that a cluster has stays, and so does a cluster that instances have joined.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCapacityProvider.html
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html
    """
    delete_provider = EC2ContainerServiceBackend.delete_capacity_provider
    delete_cluster = EC2ContainerServiceBackend.delete_cluster

    def delete_capacity_provider(self: Any, name_or_arn: str) -> Any:
        name = name_or_arn.split("/")[-1]
        if any(name in (cluster.capacity_providers or []) for cluster in self.clusters.values()):
            raise EcsClientException("The specified capacity provider is in use and cannot be removed.")
        return delete_provider(self, name_or_arn)

    def delete_cluster_(self: Any, cluster_str: str) -> Any:
        name = cluster_str.split("/")[-1]
        groups = autoscaling_backends[self.account_id][self.region_name].autoscaling_groups.values()
        if any(group.instance_states and name in _joined(group) for group in groups):
            raise ECSException("ClusterContainsContainerInstancesException",
                               "The Cluster cannot be deleted while Container Instances are active or draining.")
        return delete_cluster(self, cluster_str)

    EC2ContainerServiceBackend.delete_capacity_provider = delete_capacity_provider  # type: ignore[method-assign]
    EC2ContainerServiceBackend.delete_cluster = delete_cluster_  # type: ignore[method-assign]


def _joined(group: Any) -> Iterator[str]:
    """Clusters that instances of the group join: what their user data says."""
    for line in (group.user_data.decode() if group.user_data else "").splitlines():
        if line.startswith(("ECS_CLUSTER=", "cluster = ")):
            yield line.split("=", 1)[1].strip().strip('"')


def _create_activation(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateActivation.html"""
    now = datetime.now(timezone.utc)
    expires = self._get_param("ExpirationDate")
    activation = {
        "ActivationId": str(mock_random.uuid4()),
        "Description": self._get_param("Description"),
        "DefaultInstanceName": self._get_param("DefaultInstanceName"),
        "IamRole": self._get_param("IamRole"),
        "RegistrationLimit": self._get_param("RegistrationLimit") or 1,
        "RegistrationsCount": 0,
        "ExpirationDate": expires or (now + timedelta(hours=24)).timestamp(),
        "Expired": False,
        "CreatedDate": now.timestamp(),
        "Tags": self._get_param("Tags") or [],
    }
    activations_of(self.ssm_backend)[activation["ActivationId"]] = activation
    return ActionResult({"ActivationId": activation["ActivationId"], "ActivationCode": mock_random.get_random_hex(20)})


def _describe_activations(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeActivations.html"""
    wanted = [value for each in self._get_param("Filters") or [] if each["FilterKey"] == "ActivationIds"
              for value in each["FilterValues"]]
    return ActionResult({"ActivationList": [each for key, each in activations_of(self.ssm_backend).items()
                                            if not wanted or key in wanted]})


def _delete_activation(self: Any) -> EmptyResult:
    """https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteActivation.html"""
    activations_of(self.ssm_backend).pop(self._get_param("ActivationId"), None)
    return EmptyResult()
