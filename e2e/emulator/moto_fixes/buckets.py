"""S3: moto forgets the tags that a bucket is made with, and denies everybody what is denied without TLS."""
from __future__ import annotations

import json
from typing import Any

import xmltodict
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _answer_as_by_tls()
    _keep_tags()


def _keep_tags() -> None:
    """A bucket has the tags that it was created with.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucketConfiguration.html
    """
    put = S3Response._bucket_response_put

    def _bucket_response_put(self: Any, *arguments: Any, **named: Any) -> Any:
        answer = put(self, *arguments, **named)
        body = self.body
        if body and b"<CreateBucketConfiguration" in (body if isinstance(body, bytes) else body.encode()):
            given = (xmltodict.parse(body)["CreateBucketConfiguration"] or {}).get("Tags") or {}
            tags = given.get("Tag", [])
            pairs = {tag["Key"]: tag["Value"] or "" for tag in (tags if isinstance(tags, list) else [tags])}
            if pairs:
                self.backend.put_bucket_tagging(self.bucket_name, pairs)
        return answer

    S3Response._bucket_response_put = _bucket_response_put  # type: ignore[method-assign]


def _answer_as_by_tls() -> None:
    """Everybody reaches the emulator without TLS, and AWS with it: what is denied without does not concern them.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
    """
    ask = FakeBucket.get_permission

    def get_permission(self: Any, action: str, resource: str) -> Any:
        policy = self.policy
        if policy is None:
            return ask(self, action, resource)
        document = json.loads(policy)
        statements = document["Statement"]
        document["Statement"] = [each for each in (statements if isinstance(statements, list) else [statements])
                                 if not _is_of_plain_requests(each)]
        self.policy = json.dumps(document).encode()
        try:
            return ask(self, action, resource)
        finally:
            self.policy = policy

    FakeBucket.get_permission = get_permission  # type: ignore[method-assign]


def _is_of_plain_requests(statement: dict[str, Any]) -> bool:
    condition = statement.get("Condition", {}).get("Bool", {})
    return statement["Effect"] == "Deny" and str(condition.get("aws:SecureTransport")).lower() == "false"
