"""Build both companies and run the busiest month of each, as `capstream run` does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.real.activities import busiest_month, of_people
from benchmarks.real.companies import COMPANIES, RealCompany
from benchmarks.real.contributors import contributors
from benchmarks.real.folder import write_folder
from capstream.types import Month

VARIABLE = "CAPSTREAM_REAL_DATA"
TARGET = Path("real")


def main() -> int:
    """Run both companies; return the worst exit code, 2 where there are no records."""
    data = _records()
    if data is None:
        return 2
    codes = []
    for company in COMPANIES:
        root = TARGET / company.name
        month = build_company(company, data / company.name, root)
        print(f"running {month} of {company.name} in {root}", flush=True)
        command = [sys.executable, "-m", "capstream", "run", "-c", str(root), "--month", str(month)]
        codes.append(subprocess.run(command, check=False).returncode)
        print(flush=True)
    return max(codes)


def build_company(company: RealCompany, data: Path, root: Path) -> Month:
    """Write the company folder around the records and return the month to run."""
    activities = of_people(company.activities(data))
    month = busiest_month(activities)
    active = [activity for activity in activities if activity.month == month]
    people = contributors(active, company.addresses(data))
    write_folder(root, company, data, month, people)
    print(
        f"{company.name}: {len(activities):,} activities, busiest month {month} with "
        f"{len(active):,} by {len(people)} contributors (P001 to {people[-1].person_id})",
        flush=True,
    )
    return month


def _records() -> Path | None:
    """Return the folder of the records, or say what is missing."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        message = f"{VARIABLE} is not set: name the folder that holds the real records"
    elif missing := [c.name for c in COMPANIES if not (Path(named) / c.name).is_dir()]:
        message = f"{named} has no folder {' and no folder '.join(missing)}: correct {VARIABLE}"
    else:
        return Path(named)
    print(message, file=sys.stderr)
    return None


if __name__ == "__main__":
    sys.exit(main())
