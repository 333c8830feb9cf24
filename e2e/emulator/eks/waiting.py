"""Time: clusters, profiles, add-ons and updates stay in their transitional state for the delay of the command line.

Nothing runs in the background: what is due is done when the next request comes in, which is all a client can see.
"""
from __future__ import annotations

import time
from collections.abc import Callable


class Waiting:
    """Things to be done once their delay is over, in the order of their due times."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self._pending: list[tuple[float, Callable[[], None]]] = []

    def after_delay(self, action: Callable[[], None]) -> None:
        self._pending.append((time.monotonic() + self.delay, action))

    def settle(self) -> None:
        """Do what is due now."""
        now = time.monotonic()
        due = [entry for entry in self._pending if entry[0] <= now]
        self._pending = [entry for entry in self._pending if entry[0] > now]
        for _, action in due:
            action()
