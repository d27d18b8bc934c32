"""A thousand damaged companies; `make fuzz` draws tens of thousands (CAPSTREAM_FUZZ).

A case is its number: a failing one is drawn again with `spoil_and_check(folder, number)`.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from capstream.company.inputs.registry import INPUT_TABLES
from tests.fuzz import configuration_cases, input_cases, source_cases
from tests.unit.input_company import checked, write_inputs

CASES = int(os.environ.get("CAPSTREAM_FUZZ", "1000"))
BLOCKS = 10
HANGS_AFTER_SECONDS = 60
SHARES: dict[str, tuple[Callable[[Path, int], None], int]] = {
    "inputs": (input_cases.spoil_and_check, CASES * 4 // 10),
    "configuration": (configuration_cases.spoil_and_check, CASES * 2 // 10),
    "sources": (source_cases.spoil_and_check, CASES * 4 // 10),
}


def test_what_is_damaged_was_sound(tmp_path: Path) -> None:
    """Else every case would be refused for the same reason, and none would show anything."""
    assert set(input_cases.TABLES) == set(INPUT_TABLES)
    _, problems = checked(write_inputs(tmp_path, dict(input_cases.TABLES)))
    assert problems == []


@contextmanager
def _limited() -> Iterator[None]:
    """Fail a case that hangs: a minute of processor time is a thousand times what one takes."""

    def give_up(*_: object) -> None:
        raise TimeoutError("the case did not end")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS_AFTER_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.parametrize("part", SHARES)
def test_damaged_files_are_refused_or_quarantined(tmp_path: Path, part: str, block: int) -> None:
    spoil_and_check, count = SHARES[part]
    failed = []
    for number in range(block, count, BLOCKS):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            with _limited():
                spoil_and_check(folder, number)
        except Exception as error:  # noqa: BLE001 - whatever it is, the case has failed
            failed.append(f"{part} case {number}: {type(error).__name__}: {error}")
        shutil.rmtree(folder)
    assert count >= BLOCKS
    assert not failed, "\n".join(failed[:20])
