"""What a long journal costs: 10,000 lines written and read back in each of the nine formats.

`python -m benchmarks.run_journals` prints processor seconds a format.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from capstream.journals import JournalTarget, write_journals
from capstream.journals.import_check import check_import
from capstream.journals.import_rules import IMPORT_RULES
from tests.unit.journals.entries import entry

LINES = 10_000
ENTRIES = 50


def main() -> None:
    """Print, for each format, the seconds of writing and of reading back."""
    lines = [
        row
        for number in range(ENTRIES)
        for row in entry(f"J{number + 1}", components=LINES // ENTRIES // 2)
    ]
    for name in sorted(IMPORT_RULES):
        with TemporaryDirectory() as folder:
            started = time.process_time()
            paths = write_journals(
                lines,
                [JournalTarget(name, "US01", "US1")],
                Path(folder),
                month="2026-10",
                approved_entities={"US01"},
            )
            written = time.process_time()
            checked = [check_import(path, name) for path in paths]
            read = time.process_time()
        found = sum(len(file.problems) for file in checked)
        count = sum(file.line_count for file in checked)
        print(
            f"{name:<18} {count:>6} lines {len(paths):>3} files"
            f"  written {written - started:5.2f} s  checked {read - written:5.2f} s"
            f"  {found} problems"
        )


if __name__ == "__main__":
    main()
