"""Routing and shape checks, taken from botocore's own model of the EKS API (eks/2017-11-01).

The model knows each action's method, URI and input shape, so a request is matched, collected from URI, query string
and body, and checked for types, required members, enums, patterns and lengths before any of our own rules runs.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote

from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape

from .errors import EksError, invalid_parameter

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "boolean": (bool,), "integer": (int,), "long": (int,), "double": (int, float),
    "list": (list,), "map": (dict,), "structure": (dict,), "timestamp": (int, float, str),
}


@dataclass(frozen=True)
class Operation:
    """One action of the API."""

    name: str
    method: str
    pattern: re.Pattern[str]
    names: tuple[str, ...]
    shape: Shape


def _load() -> list[Operation]:
    model = ServiceModel(Loader().load_service_model("eks", "service-2"))
    operations = []
    for name in model.operation_names:
        operation = model.operation_model(name)
        uri = operation.http["requestUri"]
        pattern = "/".join("([^/]+)" if part.startswith("{") else re.escape(part) for part in uri.split("/"))
        operations.append(Operation(name, operation.http["method"], re.compile(pattern),
                                    tuple(re.findall(r"{(\w+)}", uri)), operation.input_shape))
    return operations


OPERATIONS = _load()


def match(method: str, raw_path: str) -> tuple[Operation, dict[str, str]]:
    """The action a request means. The raw path keeps %2F, which separates an ARN in the URI from the path's parts."""
    path = raw_path.rstrip("/") or "/"
    for operation in OPERATIONS:
        found = operation.pattern.fullmatch(path)
        if found and operation.method == method:
            return operation, dict(zip(operation.names, map(unquote, found.groups()), strict=True))
    raise EksError("NotImplementedByEmulator", f"no EKS action has {method} {path}")


def collect(operation: Operation, uri: dict[str, str], query: str, body: dict[str, Any]) -> dict[str, Any]:
    """One dict of parameters out of URI, query string and JSON body."""
    params = {key: value for key, value in body.items() if value is not None}
    values = parse_qs(query, keep_blank_values=True)
    for member, shape in operation.shape.members.items():
        location = shape.serialization.get("location")
        wire = shape.serialization.get("name", member)
        if location == "uri":
            params[member] = uri[wire]
        elif location == "querystring" and wire in values:
            params[member] = _from_query(shape, values[wire])
    return params


def _from_query(shape: Shape, values: list[str]) -> Any:
    if shape.type_name == "list":
        return values
    if shape.type_name == "boolean":
        return values[0] == "true"
    if shape.type_name == "integer":
        if not values[0].isdigit():
            raise invalid_parameter(f"{values[0]!r} is not a number")
        return int(values[0])
    return values[0]


def check(shape: Shape, value: Any, where: str = "") -> None:
    """Refuse what the model forbids, with the InvalidParameterException of EKS."""
    fits: bool = isinstance(value, _TYPES[shape.type_name])
    if not fits or (isinstance(value, bool) and shape.type_name == "integer"):
        raise invalid_parameter(f"{where or 'request'} must be of type {shape.type_name}")
    if shape.type_name == "structure":
        _check_structure(shape, value, where)
    elif shape.type_name == "list":
        _check_range(shape, len(value), where, "length")
        for index, item in enumerate(value):
            check(shape.member, item, f"{where}[{index}]")
    elif shape.type_name == "map":
        _check_range(shape, len(value), where, "length")
        for key, item in value.items():
            check(shape.key, key, f"key of {where}")
            check(shape.value, item, f"{where}[{key}]")
    elif shape.type_name == "string":
        _check_string(shape, value, where)
    elif shape.type_name == "integer":
        _check_range(shape, value, where, "value")


def _check_structure(shape: Shape, value: dict[str, Any], where: str) -> None:
    for name in shape.required_members:
        if value.get(name) in (None, ""):
            raise invalid_parameter(f"{where + '.' if where else ''}{name} is required")
    for name, item in value.items():
        if name not in shape.members:
            raise invalid_parameter(f"unknown member {name} in {where or 'request'}")
        if item is not None:
            check(shape.members[name], item, f"{where}.{name}" if where else name)


def _check_string(shape: Shape, value: str, where: str) -> None:
    enum = shape.metadata.get("enum")
    if enum and value not in enum:
        raise invalid_parameter(f"{where}: {value!r} is not one of {', '.join(enum)}")
    _check_range(shape, len(value), where, "length")
    pattern = shape.metadata.get("pattern")
    if pattern and not re.fullmatch(pattern, value):
        raise invalid_parameter(f"{where}: {value!r} does not match {pattern}")


def _check_range(shape: Shape, number: int, where: str, what: str) -> None:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if shape.type_name == "map" and low and number == 0:
        return  # an empty map of tags is taken, although the model says at least one
    if (low is not None and number < low) or (high is not None and number > high):
        raise invalid_parameter(f"{where}: {what} {number} is not within {low if low is not None else 0}..{high}")
