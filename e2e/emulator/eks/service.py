"""From an HTTP request to an action of the emulated EKS and back (REST with JSON)."""
from __future__ import annotations

import json
from typing import Any

from moto.sts.models import sts_backends
from werkzeug.wrappers import Request, Response

from .. import aws
from ..protocol import Call
from ..record import Record
from . import access, addons, cluster, model, nodegroups, pod_identity, profiles, tags, updates, versions
from .errors import EksError, invalid_parameter
from .state import ACTIONS, Context, EksState

MODULES = (access, addons, cluster, nodegroups, pod_identity, profiles, tags, updates, versions)


def handle(state: EksState, record: Record, call: Call, environ: dict[str, Any]) -> Response:
    """Answers one request; an action that is not emulated gets a 400 that names it."""
    request = Request(environ)
    raw_path = environ.get("RAW_URI", request.path).split("?", 1)[0]
    noted = record.begin("eks", f"{request.method} {raw_path}", {})
    try:
        operation, uri = model.match(request.method, raw_path)
        noted["action"] = operation.name
        params = model.collect(operation, uri, request.query_string.decode(), _body(request))
        noted["params"] = params
        status, body = 200, _answer(state, record, call, operation, params, noted)
    except EksError as refusal:
        status, body = refusal.status, refusal.body()
        noted["error"] = {"code": refusal.code, "message": refusal.message}
        if refusal.code == "NotImplementedByEmulator":
            record.not_implemented("eks", noted["action"], refusal.message)
    noted["status"] = status
    headers = {"x-amzn-errortype": body["code"]} if status != 200 else {}
    return Response(json.dumps(body), status, headers, content_type="application/json")


def _body(request: Request) -> dict[str, Any]:
    data = request.get_data()
    try:
        body = json.loads(data) if data.strip() else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise invalid_parameter("the request body is not a JSON object")
    return body


def _answer(state: EksState, record: Record, call: Call, operation: model.Operation,
            params: dict[str, Any], noted: dict[str, Any]) -> dict[str, Any]:
    fault = record.take_fault(operation.name)
    if fault:
        raise EksError(fault.code, fault.message, http_status=fault.status)
    handler = ACTIONS.get(operation.name)
    if handler is None:
        raise EksError("NotImplementedByEmulator", f"the emulated EKS has no action {operation.name}")
    model.check(operation.shape, params)
    context = Context(state, call.region, aws.partition_of(call.region), aws.dns_suffix_of(call.region),
                      _caller(state.account, call))
    with state.lock:
        state.settle()
        token = (operation.name, params.get("clientRequestToken"))
        before, answer = state.answers.get(token, (None, {}))
        if before == params:  # sent again, as when the answer got lost: it counts once
            noted["repeated"] = True
            return answer
        answer = json.loads(json.dumps(handler(context, params)))
        if token[1] is not None:
            state.answers[token] = params, answer
        return answer


def _caller(account: str, call: Call) -> str:
    """The IAM principal behind an access key: the role of a session, or the user."""
    partition = aws.partition_of(call.region)
    _, arn, _ = sts_backends[account][partition].get_caller_identity(call.access_key, call.region)
    if ":assumed-role/" in arn:
        name = arn.split("/")[-2]
        return str(aws.iam(account, partition).get_role(name).arn)
    return arn.replace(":sts:", ":iam:")
