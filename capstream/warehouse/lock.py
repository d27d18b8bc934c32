"""One writer per company: a second run is refused, a dead one leaves nothing behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from capstream.errors import WarehouseError
from capstream.warehouse.privacy import keep_private

_held: set[Path] = set()


@contextmanager
def exclusive(company: Path, purpose: str) -> Iterator[None]:
    """Hold a company for writing while the block runs.

    The lock belongs to the open file, so the operating system drops it when the process dies:
    a killed run never blocks the next one. Inside one process the lock may be taken again by
    what the holder calls.

    Args:
        company: The company folder.
        purpose: What is being done, shown to whoever is refused (`run of 2026-10`).

    Raises:
        WarehouseError: Another process holds the company.
    """
    path = (company / "var" / "run.lock").resolve()
    if path in _held:
        yield
        return
    keep_private(path.parents[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WarehouseError(_refusal(path)) from error
        file.truncate(0)
        file.write(f"{purpose} (process {os.getpid()})")
        file.flush()
        _held.add(path)
        try:
            yield
        finally:
            _held.discard(path)
            file.truncate(0)


def _refusal(path: Path) -> str:
    holder = path.read_text(encoding="utf-8").strip() or "another command"
    return f"this company is at work already: {holder}: wait for it to end, then run again"
