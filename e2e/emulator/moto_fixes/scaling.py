"""Application Auto Scaling, of which moto does not know the tags."""
from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _keep_tags()


def _keep_tags() -> None:
    """A scalable target has the tags that it was registered with, and those that were added.

    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html
    """
    register = ApplicationAutoScalingResponse.register_scalable_target

    def tags_of(self: Any, arn: str) -> dict[str, str]:
        backend = self.applicationautoscaling_backend
        if not hasattr(backend, "tags_by_arn"):
            backend.tags_by_arn = {}
        return backend.tags_by_arn.setdefault(arn, {})

    def register_scalable_target(self: Any) -> Any:
        answered = register(self)
        given = self._get_param("Tags")
        if given:
            tags_of(self, json.loads(answered)["ScalableTargetARN"]).update(given)
        return answered

    def list_tags_for_resource(self: Any) -> str:
        return json.dumps({"Tags": tags_of(self, self._get_param("ResourceARN"))})

    def tag_resource(self: Any) -> str:
        tags_of(self, self._get_param("ResourceARN")).update(self._get_param("Tags"))
        return "{}"

    def untag_resource(self: Any) -> str:
        tags = tags_of(self, self._get_param("ResourceARN"))
        for key in self._get_param("TagKeys"):
            tags.pop(key, None)
        return "{}"

    for handler in (register_scalable_target, list_tags_for_resource, tag_resource, untag_resource):
        setattr(ApplicationAutoScalingResponse, handler.__name__, handler)
