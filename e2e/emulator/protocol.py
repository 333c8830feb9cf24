"""The wire formats of AWS services: which action a request means, and what an error looks like.

https://smithy.io/2.0/aws/protocols/index.html
"""
from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

from . import cbor

_SCOPE = re.compile(r"Credential=([^/,\s]*)/\d*/([^/]*)/([^/]*)/aws4_request")
_FORM = "application/x-www-form-urlencoded"
_REST_XML = ("s3", "cloudfront", "route53", "s3control")


@dataclass(frozen=True)
class Call:
    """A request as far as its headers (and an action in a form) tell."""

    service: str
    region: str
    access_key: str
    action: str
    protocol: str  # cbor, ec2, query, json, rest-json, rest-xml


def parse(environ: dict[str, Any]) -> Call:
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    access_key, region, service = scope.groups() if scope else ("", "us-east-1", "unsigned")
    operation = cbor.operation_of(environ)
    if operation:
        return Call(service, region, access_key, operation, "cbor")
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    if target:
        return Call(service, region, access_key, target.rsplit(".", 1)[-1], "json")
    if environ.get("CONTENT_TYPE", "").startswith(_FORM):
        action = _form_action(environ)
        if action:
            return Call(service, region, access_key, action, "ec2" if service == "ec2" else "query")
    action = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '/')}"
    protocol = "rest-xml" if service in _REST_XML or service == "unsigned" else "rest-json"
    return Call(service, region, access_key, action, protocol)


def _form_action(environ: dict[str, Any]) -> str:
    """The Action of a form; the body is put back for the application behind."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return parse_qs(body.decode("utf-8", "replace")).get("Action", [""])[0]


def error(protocol: str, status: int, code: str, message: str) -> Response:
    """An error that the SDKs read as code and message."""
    if protocol == "cbor":
        return cbor.answer({"__type": code, "message": message}, status)
    headers = {"x-amzn-errortype": code, "x-amzn-requestid": "00000000-0000-0000-0000-000000000000"}
    if protocol in ("json", "rest-json"):
        body = json.dumps({"__type": code, "code": code, "message": message})
        return Response(body, status, headers, content_type="application/json")
    inner = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    document = {
        "ec2": f"<Response><Errors><Error>{inner}</Error></Errors><RequestID>emulator</RequestID></Response>",
        "query": f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error></ErrorResponse>",
        "rest-xml": f"<Error>{inner}</Error>",
    }[protocol]
    return Response(document, status, headers, content_type="text/xml")
