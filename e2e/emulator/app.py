"""Dispatch of one HTTP port: the control API, our EKS, and moto for every other service."""
from __future__ import annotations

import threading
import traceback
from collections.abc import Iterable
from typing import Any

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from . import cbor, control, moto_fixes, protocol
from .eks import service as eks_service
from .eks.state import EksState
from .record import Record
from .seed import Seeds


class Emulator:
    """The WSGI application."""

    def __init__(self, account: str, delay: float) -> None:
        moto_fixes.apply()
        self.state = EksState(account, delay)
        self.record = Record()
        self.seeds = Seeds(account)
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._one_at_a_time = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self._respond(environ)(environ, start_response)

    def _respond(self, environ: dict[str, Any]) -> Response:
        self.state.settle()
        if environ.get("PATH_INFO", "").startswith(control.PREFIX):
            return control.handle(self.state, self.record, self.seeds, environ)
        call = protocol.parse(environ)
        if call.service == "eks":
            return self._eks(call, environ)
        return self._other(call, environ)

    def _eks(self, call: protocol.Call, environ: dict[str, Any]) -> Response:
        try:
            return eks_service.handle(self.state, self.record, call, environ)
        except Exception:  # a bug of ours must fail the run, not make the provider retry
            return self._not_implemented(call, traceback.format_exc())

    def _other(self, call: protocol.Call, environ: dict[str, Any]) -> Response:
        """moto's answer. A 500, an exception or a page of Flask's own means an action that moto does not know.

        Real AWS would know it, so the run must fail at once: as a 500 the SDKs would retry it for minutes.
        """
        noted = self.record.begin(call.service, call.action, None)
        fault = self.record.take_fault(call.action)
        if fault:
            noted["status"], noted["error"] = fault.status, {"code": fault.code, "message": fault.message}
            return protocol.error(call.protocol, fault.status, fault.code, fault.message)
        try:
            response = self._ask_moto(call, environ)
        except Exception:  # moto raises whatever its code stumbles over
            response = self._not_implemented(call, traceback.format_exc())
        if response.status_code >= 500 or _is_flask_page(response):
            response = self._not_implemented(call, response.get_data(as_text=True)[:2000])
        noted["status"] = response.status_code
        if response.status_code >= 400:
            noted["error"] = {"code": response.headers.get("x-amzn-errortype", ""),
                              "message": response.get_data().decode(errors="replace")[:500]}
        return response

    def _ask_moto(self, call: protocol.Call, environ: dict[str, Any]) -> Response:
        in_cbor = call.protocol == "cbor"
        # moto goes through its dictionaries while other requests change them, and fails.
        with self._one_at_a_time:
            body, status, headers = run_wsgi_app(self._moto, cbor.as_json(environ) if in_cbor else environ,
                                                 buffered=True)
        response = Response(b"".join(body), status, headers)
        return cbor.from_json(response) if in_cbor and response.status_code < 500 else response

    def _not_implemented(self, call: protocol.Call, detail: str) -> Response:
        self.record.not_implemented(call.service, call.action, detail)
        last = detail.strip().splitlines()[-1] if detail.strip() else "HTTP 500"
        return protocol.error(call.protocol, 400, "NotImplementedByEmulator",
                              f"the emulator cannot answer {call.service} {call.action}: {last}")


def _is_flask_page(response: Response) -> bool:
    return response.status_code in (404, 405) and response.get_data()[:9].lower() == b"<!doctype"
