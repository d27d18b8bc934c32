"""What the workbooks of a large company cost: seconds, megabytes of memory and of file.

`python -m benchmarks.run_workbooks COMPANY MONTH` takes a finished company, shows its people
`--times` over (33 times the sample of 60 is about 2,000), and writes the three workbooks.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from capstream import warehouse
from capstream.types import Month
from orchestration.lib.stamps import draft_stamp
from reports.pack import write_workbooks

LARGEST_SECONDS, LARGEST_MEGABYTES, LARGEST_FILE = 60, 700, 15
REPEATED = ("rpt_finance__cost_detail", "rpt_finance__person_detail")


def main() -> None:
    """Print what writing took, beside what it may take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("company", type=Path)
    parser.add_argument("month")
    parser.add_argument("--times", type=int, default=33, help="how often each person is shown")
    given = parser.parse_args()
    stamp = draft_stamp(given.company.resolve(), Month.parse(given.month))

    def read(relation: str) -> pd.DataFrame:
        frame = warehouse.read(given.company.resolve(), relation)
        return _repeated(frame, given.times) if relation in REPEATED else frame

    started, processor = time.perf_counter(), time.process_time()
    with TemporaryDirectory() as folder:
        paths = write_workbooks(
            given.company.resolve(), given.month, Path(folder), stamp, reader=read
        )
        sizes = {path.name: path.stat().st_size / 2**20 for path in paths}
    seconds, spent = time.perf_counter() - started, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.0f} s ({spent:.0f} s of processor; at most {LARGEST_SECONDS} s)")
    print(f"{memory:.0f} MB of memory (at most {LARGEST_MEGABYTES} MB)")
    for name, size in sizes.items():
        print(f"{name}: {size:.1f} MB (a workbook at most {LARGEST_FILE} MB)")


def _repeated(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    """Show every person several times, under keys of their own."""
    parts = [
        frame.assign(person_id=frame["person_id"] + ("" if not copy else f"-{copy}"))
        for copy in range(times)
    ]
    return pd.concat(parts, ignore_index=True)


if __name__ == "__main__":
    main()
