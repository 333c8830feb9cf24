"""The control API under /_emulator/, for tests: see README.md."""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from werkzeug.wrappers import Request, Response

from .eks.cluster import lead_to
from .eks.state import EksState
from .leftovers import leftovers
from .record import Fault, Record
from .seed import Seeds

PREFIX = "/_emulator/"


def handle(state: EksState, record: Record, seeds: Seeds, environ: dict[str, Any]) -> Response:
    """Answers 200 with JSON, 400 for a request that cannot be done, 404 for an unknown path."""
    request = Request(environ)
    try:
        body = json.loads(request.get_data() or b"{}")
        routes: dict[tuple[str, str], Callable[[], Any]] = {
            ("GET", "health"): lambda: {"ok": True},
            ("GET", "leftovers"): lambda: leftovers(state, seeds),
            ("GET", "calls"): lambda: _calls(record, request.args.get("service")),
            ("GET", "errors"): lambda: record.errors,
            ("POST", "fail"): lambda: _fail(record, body),
            ("POST", "iam/roles"): lambda: {"arn": seeds.role(body["name"], body.get("path", "/"),
                                                              body.get("partition", "aws"))},
            ("POST", "iam/users"): lambda: {"arn": seeds.user(body["name"], body.get("path", "/"),
                                                              body.get("partition", "aws"))},
            ("POST", "eks/endpoint"): lambda: _endpoint(state, body["endpoint"], body["certificateAuthority"]),
            ("POST", "s3/buckets"): lambda: {"arn": seeds.bucket(body["name"], body["region"])},
            ("POST", "acm/certificates"): lambda: {"arn": seeds.certificate(body["arn"])},
            ("POST", "ec2/security-groups"): lambda: {"id": seeds.security_group(body["id"], body["region"])},
            ("POST", "route53/zones"): lambda: {"id": seeds.hosted_zone(body["id"], body["name"])},
        }
        route = routes.get((request.method, request.path.removeprefix(PREFIX).rstrip("/")))
        if route is None:
            return _json({"error": f"no {request.method} {request.path}"}, 404)
        return _json(route(), 200)
    except Exception as error:  # told to the test, whatever it is
        return _json({"error": f"{type(error).__name__}: {error}"}, 400)


def _json(value: Any, status: int) -> Response:
    return Response(json.dumps(value, default=str), status, content_type="application/json")


def _calls(record: Record, service: str | None) -> list[dict[str, Any]]:
    with record.lock:
        return [dict(call) for call in record.calls if service in (None, call["service"])]


def _endpoint(state: EksState, endpoint: str, authority: str) -> dict[str, Any]:
    lead_to(state, endpoint, authority)
    return {"ok": True}


def _fail(record: Record, body: dict[str, Any]) -> dict[str, Any]:
    unknown = body.keys() - {field.name for field in fields(Fault)}
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    with record.lock:
        record.faults.append(Fault(**body))
    return {"ok": True}
