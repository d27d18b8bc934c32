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

import pyarrow as pa
import pyarrow.compute as pc

from capstream import warehouse
from capstream.types import Month
from orchestration.lib.stamps import draft_stamp
from reports.pack import write_workbooks
from reports.workbooks.shared.facts import Reader

LARGEST_SECONDS, LARGEST_MEGABYTES, LARGEST_FILE = 60, 700, 15
REPEATED = ("rpt_finance__cost_detail", "rpt_finance__person_detail")


def main() -> None:
    """Print what writing took, beside what it may take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("company", type=Path)
    parser.add_argument("month")
    parser.add_argument("--times", type=int, default=33, help="how often each person is shown")
    given = parser.parse_args()
    company = given.company.resolve()
    stamp = draft_stamp(company, Month.parse(given.month))
    started, processor = time.perf_counter(), time.process_time()
    with TemporaryDirectory() as folder, warehouse.reading(company) as stored:
        reader = _repeating(stored, given.times)
        paths = write_workbooks(company, given.month, Path(folder), stamp, reader=reader)
        sizes = {path.name: path.stat().st_size / 2**20 for path in paths}
    seconds, spent = time.perf_counter() - started, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.0f} s ({spent:.0f} s of processor; at most {LARGEST_SECONDS} s)")
    print(f"{memory:.0f} MB of memory (at most {LARGEST_MEGABYTES} MB)")
    for name, size in sizes.items():
        print(f"{name}: {size:.1f} MB (a workbook at most {LARGEST_FILE} MB)")


def _repeating(stored: Reader, times: int) -> Reader:
    """Show every person several times, under keys of their own."""

    def read(relation: str) -> pa.Table:
        table = stored(relation)
        if relation not in REPEATED:
            return table
        place = table.column_names.index("person_id")
        persons = table["person_id"]
        copies = [
            pc.binary_join_element_wise(persons, f"-{copy}" if copy else "", "")
            for copy in range(times)
        ]
        return pa.concat_tables(table.set_column(place, "person_id", copy) for copy in copies)

    return read


if __name__ == "__main__":
    main()
