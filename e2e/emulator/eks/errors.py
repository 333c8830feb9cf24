"""The error codes of the EKS API (https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html)."""
from __future__ import annotations

from typing import Any

STATUS = {
    "AccessDeniedException": 403,
    "BadRequestException": 400,
    "InvalidParameterException": 400,
    "InvalidRequestException": 400,
    "InvalidStateException": 400,
    "NotFoundException": 404,
    "NotImplementedByEmulator": 400,
    "ResourceInUseException": 409,
    "ResourceLimitExceededException": 400,
    "ResourceNotFoundException": 404,
    "UnsupportedAvailabilityZoneException": 400,
}


class EksError(Exception):
    """A refusal: the code goes into the x-amzn-errortype header and the JSON body, further fields into the body."""

    def __init__(self, code: str, message: str, http_status: int | None = None, **fields: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields
        self.status = http_status or STATUS.get(code, 400)

    def body(self) -> dict[str, Any]:
        return {"__type": self.code, "code": self.code, "message": self.message, **self.fields}


def invalid_parameter(message: str, **fields: Any) -> EksError:
    return EksError("InvalidParameterException", message, **fields)


def invalid_request(message: str, **fields: Any) -> EksError:
    return EksError("InvalidRequestException", message, **fields)


def in_use(message: str, **fields: Any) -> EksError:
    return EksError("ResourceInUseException", message, **fields)


def not_found(message: str, **fields: Any) -> EksError:
    return EksError("ResourceNotFoundException", message, **fields)


def limit_exceeded(message: str, **fields: Any) -> EksError:
    return EksError("ResourceLimitExceededException", message, **fields)
