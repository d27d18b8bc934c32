"""One writer per company, and a lock that dies with its holder."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import pytest

from capstream.errors import WarehouseError
from capstream.warehouse.lock import exclusive


def _hold(company: str, line: Any) -> None:
    with exclusive(Path(company), "run of 2026-09"):
        line.send("held")
        line.poll(60)


@pytest.fixture
def holder(tmp_path: Path) -> Any:
    # A pipe and not an event: an event waits for ever on a waiter that was killed.
    context = multiprocessing.get_context("spawn")
    line, other_end = context.Pipe()
    process = context.Process(target=_hold, args=(str(tmp_path), other_end))
    process.start()
    assert line.poll(60)
    yield process
    process.kill()
    process.join()


def test_a_second_process_is_refused_and_told_who_works(tmp_path: Path, holder: Any) -> None:
    with (
        pytest.raises(WarehouseError, match=rf"run of 2026-09 \(process {holder.pid}\)"),
        exclusive(tmp_path, "run of 2026-10"),
    ):
        pass


def test_a_killed_holder_leaves_no_lock(tmp_path: Path, holder: Any) -> None:
    holder.kill()
    holder.join()
    with exclusive(tmp_path, "run of 2026-10"):
        pass


def test_the_holder_may_take_it_again(tmp_path: Path) -> None:
    with exclusive(tmp_path, "run"), exclusive(tmp_path, "ingest"):
        pass
    with exclusive(tmp_path, "after"):
        pass
