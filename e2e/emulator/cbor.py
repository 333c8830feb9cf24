"""Smithy's RPC v2 CBOR, in which the SDKs ask CloudWatch and which moto does not know: moto is asked in JSON instead.

https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html, https://www.rfc-editor.org/rfc/rfc8949
"""
from __future__ import annotations

import io
import json
import re
import struct
from typing import Any

from werkzeug.wrappers import Response

_PATH = re.compile(r"^/service/(?P<service>\w+)/operation/(?P<operation>\w+)$")
# JSON has numbers where CBOR has tagged times.
_TIME = re.compile(r"(Timestamp|^LastModified)$")
_EPOCH_TAG = 1
_FLOATS = {25: (2, ">e"), 26: (4, ">f"), 27: (8, ">d")}
_SIMPLE = {20: False, 21: True, 22: None, 23: None}
_BREAK = object()


def operation_of(environ: dict[str, Any]) -> str | None:
    """The operation that a request in CBOR asks for; nothing for any other request."""
    found = _PATH.match(environ.get("PATH_INFO", ""))
    return found["operation"] if found else None


def as_json(environ: dict[str, Any]) -> dict[str, Any]:
    """The same request in JSON."""
    found = _PATH.match(environ["PATH_INFO"])
    assert found
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    text = json.dumps(decode(body) if body else {}).encode()
    return {**environ, "PATH_INFO": "/", "CONTENT_TYPE": "application/x-amz-json-1.0",
            "HTTP_X_AMZ_TARGET": f"{found['service']}.{found['operation']}",
            "CONTENT_LENGTH": str(len(text)), "wsgi.input": io.BytesIO(text)}


def from_json(response: Response) -> Response:
    """The same answer in CBOR."""
    value = json.loads(response.get_data() or b"{}")
    if isinstance(value.get("__type"), str):
        value["__type"] = value["__type"].rsplit("#", 1)[-1]
    return answer(value, response.status_code)


def answer(value: dict[str, Any], status: int) -> Response:
    headers = {"smithy-protocol": "rpc-v2-cbor", "x-amzn-requestid": "00000000-0000-0000-0000-000000000000"}
    return Response(encode(value), status, headers, content_type="application/cbor")


def decode(data: bytes) -> Any:
    return _read(io.BytesIO(data))


def _read(stream: io.BytesIO) -> Any:
    first = stream.read(1)[0]
    major, info = first >> 5, first & 31
    if major == 7:
        return _read_simple(stream, info)
    length = _read_length(stream, info)
    if major in (4, 5) or length is None:
        return _read_many(stream, major, length)
    if major < 2:
        return length if major == 0 else -1 - length
    if major == 6:
        return _read(stream)
    content = stream.read(length)
    return content.decode() if major == 3 else content


def _read_length(stream: io.BytesIO, info: int) -> int | None:
    """The number that stands in or behind the first byte; nothing when the end is marked instead."""
    if info < 24:
        return info
    return None if info == 31 else int.from_bytes(stream.read(1 << (info - 24)), "big")


def _read_many(stream: io.BytesIO, major: int, length: int | None) -> Any:
    per_entry = 2 if major == 5 else 1
    items: list[Any] = []
    while length is None or len(items) < length * per_entry:
        item = _read(stream)
        if item is _BREAK:
            break
        items.append(item)
    if major == 5:
        return dict(zip(items[::2], items[1::2], strict=True))
    return items if major == 4 else (b"" if major == 2 else "").join(items)


def _read_simple(stream: io.BytesIO, info: int) -> Any:
    if info in _FLOATS:
        size, how = _FLOATS[info]
        return struct.unpack(how, stream.read(size))[0]
    return _BREAK if info == 31 else _SIMPLE[info]


def encode(value: Any, key: str = "") -> bytes:
    match value:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int() | float() if _TIME.search(key):
            return _head(6, _EPOCH_TAG) + b"\xfb" + struct.pack(">d", value)
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case float():
            return b"\xfb" + struct.pack(">d", value)
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case list():
            return _head(4, len(value)) + b"".join(encode(item) for item in value)
        case dict():
            entries = [encode(name) + encode(item, name) for name, item in value.items()]
            return _head(5, len(entries)) + b"".join(entries)
    raise TypeError(f"no CBOR for {type(value)}")


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 1 << 8 * size)
    return bytes([major << 5 | 24 + size.bit_length() - 1]) + number.to_bytes(size, "big")
