"""One further month of a company whose earlier months are closed, by history and by size.

    python -m benchmarks.scale.further --people 2000 --months 12 36

The month before the last is run and every month up to it is closed on what was computed (frozen
rows and an event of the ledger each, as a closing writes them; no packs). Then the last month is
run with `--keep-closed`, in a process of its own. Two histories of one size say whether time and
memory follow the month or the years behind it.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.ledger.company import FIRST_YEAR, MONTHS, Size
from benchmarks.run_sample import measured
from benchmarks.scale.__main__ import machine, steps_of
from benchmarks.scale.folder import fill_warehouse, last_month, write_folder
from capstream.close.frozen import freeze_month
from capstream.close.ledger import CLOSE, append_event, next_event, read_events
from capstream.types import Month

RESULTS = Path(__file__).with_name("further.json")


def main() -> None:
    """Measure the last month of each history and keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--months", type=int, nargs="+", default=[12, MONTHS])
    parser.add_argument("--folder", type=Path, help="where the companies stand while they work")
    given = parser.parse_args()
    for months in given.months:
        with TemporaryDirectory(dir=given.folder) as folder:
            found = further_month_of(Path(folder), Size(given.people, months))
        keep(found)
        run = found["run"]
        print(
            f"{given.people} people, month {months}: {run['wall_seconds']:.0f} s, "
            f"{run['processor_seconds']:.0f} CPU s, {run['peak_megabytes']:.0f} MB, "
            f"load {found['load_average']:.1f}",
            flush=True,
        )


def further_month_of(root: Path, size: Size) -> dict[str, Any]:
    """Return what the last month took after all months before it were closed."""
    write_folder(root, size)
    fill_warehouse(root, size)
    before = Month.parse(last_month(size)).plus(-1)
    measured(["run", "-c", str(root), "--month", str(before), "--no-ingest"])
    close_through(root, before)
    run = measured(
        ["run", "-c", str(root), "--month", last_month(size), "--no-ingest", "--keep-closed"]
    )
    return {
        "people": size.people,
        "months": size.months,
        "run": asdict(run),
        "load_average": os.getloadavg()[1],
        "steps": steps_of(root),
        "machine": machine(),
    }


def close_through(root: Path, last: Month) -> None:
    """Freeze every month up to the last one that was run, and append its closing."""
    for month in _months(last):
        event = next_event(
            read_events(root),
            event=CLOSE,
            month=month,
            at=datetime(month.plus(1).year, month.plus(1).number, 5, tzinfo=UTC),
            prepared_by="Preparer",
            approved_by="Approver",
            content_hash="0" * 64,
            pack=f"out/{month}",
            contents={"frozen": freeze_month(root, month)},
        )
        append_event(root, event)


def _months(last: Month) -> Iterator[Month]:
    yield from Month(FIRST_YEAR, 1).through(last)


def keep(found: dict[str, Any]) -> None:
    """Put a result in the place of the earlier one of its size and history."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    same = (found["people"], found["months"])
    others = [one for one in kept if (one["people"], one["months"]) != same]
    ordered = sorted([*others, found], key=lambda one: (one["people"], one["months"]))
    RESULTS.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
