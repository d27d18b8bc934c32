"""A disk that takes no more is said in words, and leaves nothing half-written."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from benchmarks.faults import page
from capstream.errors import WarehouseError
from capstream.warehouse.storage_faults import storage_fault
from tests.e2e.command import python, said

LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
from orchestration.cli.main import main
main(sys.argv[1:])
"""


def test_a_file_that_may_not_grow_leaves_no_half_company(tmp_path: Path) -> None:
    folder = tmp_path / "company"
    words = ("init", str(folder), "--sample", "--people", "5", "--months", "1")
    refused = python("-c", LIMITED, *words)
    assert refused.returncode == 3, said(refused)
    assert "the file is larger than may be written" in refused.stderr
    assert "Traceback" not in said(refused)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full: /x: free some space"),
        (errno.EROFS, "the disk is read-only: /x: mount it for writing"),
        (errno.EACCES, "this user may not: /x: give it the right"),
    ],
)
def test_what_the_disk_refuses_has_words(number: int, words: str) -> None:
    fault = storage_fault(OSError(number, "refused", "/x"))
    assert isinstance(fault, WarehouseError)
    assert str(fault).startswith(words)


def test_other_errors_of_the_system_stay_defects() -> None:
    assert storage_fault(OSError(errno.EADDRINUSE, "in use")) is None


def test_the_page_of_faults_is_of_the_last_result() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.page(), (
        "stale: python -m benchmarks.faults.page"
    )
