"""Queues of SQS, of which moto forgets one policy when another is set."""
from __future__ import annotations

import json
from typing import Any

from moto.sqs.models import Queue


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _keep_what_is_not_set()
    _tell_policies_as_they_are()


def _keep_what_is_not_set() -> None:
    """Attributes that a request does not name stay as they are, the policy too.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
    """
    set_attributes = Queue._set_attributes

    def _set_attributes(self: Any, attributes: dict[str, Any], now: float | None = None) -> None:
        known = hasattr(self, "_policy_json")
        set_attributes(self, {"Policy": self.policy, **attributes} if known else attributes, now)

    Queue._set_attributes = _set_attributes  # type: ignore[method-assign]


def _tell_policies_as_they_are() -> None:
    """A queue tells from which queues dead letters may come, and its policies as short as JSON can be.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
    """
    attributes = Queue.attributes.fget  # type: ignore[attr-defined]

    def short_attributes(self: Any) -> dict[str, Any]:
        # One that was taken away is empty.
        told = {**attributes(self), "RedriveAllowPolicy": self.redrive_allow_policy or None}
        if self.redrive_policy:
            told["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
        return told

    Queue.redrive_allow_policy = None  # type: ignore[attr-defined]
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
    Queue.attributes = property(short_attributes)  # type: ignore[method-assign, assignment]
