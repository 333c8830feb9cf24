"""What the emulator was asked, for tests to prove order and completeness, and the failures they ask it for."""
from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fault:
    """An answer to give instead of the real one, for the next times an action is called."""

    action: str
    times: int = 1
    code: str = "InvalidRequestException"
    message: str = "failure injected by the test"
    status: int = 400


@dataclass
class Record:
    """Every call in order; actions nobody implements; faults still to come."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, service: str, action: str, params: dict[str, Any] | None) -> dict[str, Any]:
        """Notes a call in the order of arrival; its status is None until it is answered."""
        call: dict[str, Any] = {"service": service, "action": action, "time": time.time(), "status": None}
        if params is not None:
            call["params"] = params
        with self.lock:
            self.calls.append(call)
        return call

    def not_implemented(self, service: str, action: str, detail: str) -> None:
        with self.lock:
            self.errors.append({"service": service, "action": action, "time": time.time(), "detail": detail})

    def take_fault(self, action: str) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if fault.action == action and fault.times > 0:
                    fault.times -= 1
                    return fault
        return None
