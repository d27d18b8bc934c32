"""The page of faults: what was tried, what the user sees, what is guaranteed.

python -m benchmarks.faults.page       writes docs/faults.md from faults.psv and kills.json
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TABLE = HERE / "faults.psv"
KILLS = HERE / "kills.json"
PAGE = HERE.parents[1] / "docs" / "faults.md"
WANTED_KILLS = 200

OPENING = """\
# Faults

What happens when a machine fails in the middle of a month. Written by
`python -m benchmarks.faults.page` from the table of faults and the last result of `make faults`;
do not edit it here.

## Kills
"""
TRIED = """
## Other faults

The exit code is 3 where it was safe to run again, 2 where something must be put right first.

| fault | what the user sees | what is guaranteed | tried by |
| --- | --- | --- | --- |
"""


def page() -> str:
    """Return the text of the page."""
    kills = json.loads(KILLS.read_text(encoding="utf-8"))
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="|", quoting=csv.QUOTE_NONE))[1:]
    lines = [f"| {' | '.join(cell.strip() for cell in row)} |\n" for row in rows]
    return OPENING + _kills(kills) + TRIED + "".join(lines)


def _kills(slices: Sequence[Mapping[str, Any]]) -> str:
    """Say how often what was killed, and what did not hold; short of the aim is said as well."""
    by_command: Counter[str] = Counter()
    for one in slices:
        by_command.update(one["kills_by_command"])
    kills = by_command.total()
    named = ", ".join(f"{count} of `{name}`" for name, count in by_command.items())
    seeds = ", ".join(str(one["seed"]) for one in slices)
    short = (
        ""
        if kills >= WANTED_KILLS
        else f" The aim of {WANTED_KILLS} was **not reached** in the time there was."
    )
    found = [f"- {line} (seed {one['seed']})\n" for one in slices for line in one["findings"]]
    steps = {step for one in slices for step in one["killed_at_the_start_of"]}

    def total(key: str) -> int:
        return sum(int(one[key]) for one in slices)

    return f"""
{kills} kills ({named}) of a sample company of 12 people
with one closed month, in slices of seed {seeds}: at the start of {_listed(steps)},
and else after random processor seconds; {total("finished_before_the_kill")} commands had finished
before their moment came.{short}

After every kill: the warehouse opens; every raw table stands as before or with the whole of what
was added; the draft is the one from before, or a whole new one; rows, files and ledger of the
closed month are byte for byte as they were; a closing is in the ledger with its pack, or not at
all. {total("completed_afterwards")} times the killed command was then left alone and had to
complete, and {total("comparisons_with_the_untouched_twin")} times the company was compared with a
twin that got the same records and was never killed: {total("relations_and_files_compared")}
relations and files.

What did not hold:

{"".join(found) or "- nothing" + chr(10)}"""


def _listed(steps: Iterable[str]) -> str:
    return ", ".join(f"`{step}`" for step in sorted(steps))


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
