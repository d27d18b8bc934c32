"""What a large first load from files costs: Jira issues with ten changes each, and scaling.

`python -m benchmarks.run_connectors` loads 30,000 and 300,000 issues (or the counts it is given)
and prints processor seconds, wall time and the peak of memory of each; the goal for the large one
is four minutes and 2.5 GB on two cores.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.connectors.loading_company import LoadingCompany
from tests.connectors.native_records import comment, history, issue, person, worklog

COUNTS = (30_000, 300_000)
CHANGES = 10
FILES = 6
_STATUSES = ("To Do", "In Progress", "In Review", "Done")
_PROSE = "As a customer I want to pay twice so that nobody asks me again. " * 6


def _record(number: int) -> dict[str, object]:
    """Return an issue as a busy company's tracker holds it."""
    day = f"2026-{number % 9 + 1:02d}-{number % 28 + 1:02d}T"
    moves = [
        history(
            number * CHANGES + n, f"{day}{8 + n:02d}:15:00.000+0000", f"person{number % 997}",
            ("status", _STATUSES[n % 4], _STATUSES[(n + 1) % 4])
            if n % 2
            else ("assignee", f"id-person{n}", f"id-person{n + 1}"),
        )
        for n in range(CHANGES)
    ]  # fmt: skip
    return issue(
        number, updated=f"{day}18:00:00.000+0000", histories=moves,
        worklogs=[worklog(number, f"{day}09:00:00.000+0000", f"person{number % 997}", 3600)],
        comments=[comment(number, f"{day}09:30:00.000+0000", f"person{number % 499}")],
        labels=["wallet", f"team-{number % 40}"], assignee=person(f"person{number % 997}"),
        reporter=person(f"person{number % 499}"), customfield_10014=f"CHK-{number % 900 + 1}",
        description=_PROSE,
    )  # fmt: skip


def _write(folder: Path, count: int) -> int:
    """Write the export; return its size, unpacked."""
    folder.mkdir(parents=True)
    size = 0
    for part in range(FILES):
        with gzip.open(
            folder / f"{part}.jsonl.gz", "wt", encoding="utf-8", compresslevel=1
        ) as file:
            for number in range(part, count, FILES):
                size += file.write(json.dumps(_record(number)) + "\n")
    return size


def _load(root: Path) -> None:
    """Load the export in this process and print what it took."""
    begun, started = time.perf_counter(), time.process_time()
    company = LoadingCompany(root, kind="jira", mode="files", path="sources/*.jsonl.gz")
    counts = company.load().counts
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        f"{counts['work_items']:>9,} items {counts['work_item_changes']:>11,} changes"
        f"  {time.process_time() - started:7.1f} CPU s  {time.perf_counter() - begun:7.1f} s"
        f"  {used.ru_maxrss / 1024:6,.0f} MB"
    )


def main(counts: list[int]) -> None:
    """Write and load an export of each size, each load in a process of its own."""
    for count in counts:
        with TemporaryDirectory() as folder:
            size = _write(Path(folder) / "sources", count)
            print(f"{size / 1e6:,.0f} MB of JSON")
            subprocess.run(
                [sys.executable, "-m", "benchmarks.run_connectors", "--load", folder], check=True
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        _load(Path(sys.argv[2]))
    else:
        main([int(each) for each in sys.argv[1:]] or list(COUNTS))
