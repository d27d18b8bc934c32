"""The clock of API mode: when an answer came, and waiting; tests bring their own."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and lets it pass."""

    def now(self) -> datetime:
        """Return the moment, UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class MachineClock:
    """The clock of this machine; it stamps answers and never decides what is in a table."""

    def now(self) -> datetime:
        """Return the moment, UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
