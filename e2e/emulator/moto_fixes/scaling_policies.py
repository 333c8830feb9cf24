"""Policies of Application Auto Scaling, of which moto does not know those that act on a forecast."""
from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling import responses
from moto.applicationautoscaling.models import FakeApplicationAutoscalingPolicy

_TYPE = "PredictiveScaling"
_CONFIGURATION = "PredictiveScalingPolicyConfiguration"


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _keep_predictive_policies()


def _keep_predictive_policies() -> None:
    """A policy that acts on a forecast is kept as it was given, and has no alarms.

    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html
    """
    initialize = FakeApplicationAutoscalingPolicy.__init__
    build = responses._build_policy
    put = responses.ApplicationAutoScalingResponse.put_scaling_policy

    def __init__(self: Any, *given: Any, policy_type: str, policy_body: Any, **named: Any) -> None:
        # Until it is made it passes for one with steps, which has no alarms of its own either.
        passes_for = "StepScaling" if policy_type == _TYPE else policy_type
        initialize(self, *given, policy_type=passes_for, policy_body=policy_body, **named)
        self.policy_type = policy_type

    def build_policy(policy: Any) -> dict[str, Any]:
        built = build(policy)
        return {**built, _CONFIGURATION: policy._policy_body} if policy.policy_type == _TYPE else built

    def put_scaling_policy(self: Any) -> str:
        if self._get_param("PolicyType") != _TYPE:
            return put(self)
        policy = self.applicationautoscaling_backend.put_scaling_policy(
            policy_name=self._get_param("PolicyName"), service_namespace=self._get_param("ServiceNamespace"),
            resource_id=self._get_param("ResourceId"), scalable_dimension=self._get_param("ScalableDimension"),
            policy_type=_TYPE, policy_body=self._get_param(_CONFIGURATION))
        return json.dumps({"PolicyARN": policy.policy_arn, "Alarms": []})

    FakeApplicationAutoscalingPolicy.__init__ = __init__  # type: ignore[method-assign]
    responses._build_policy = build_policy
    responses.ApplicationAutoScalingResponse.put_scaling_policy = put_scaling_policy  # type: ignore[method-assign]
