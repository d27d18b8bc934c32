"""`make bench-attribution`: print the error tables and write them into the documentation."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.attribution.report import error_table
from benchmarks.attribution.settings import LEVELS, WITHOUT_COMMITS

# Nothing is tuned on these: development looks at seeds below 100 only.
REPORTED_SEEDS = range(1000, 1010)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "attribution-accuracy.md"

INTRODUCTION = """# How near attribution comes to the truth

Simulated companies of forty people over a quarter, in which the true minutes of every person,
day and item are known. All methods see the same traces. Written by `make bench-attribution`
over seeds {first} to {last}; nothing was tuned on them.

- **error of a person's capex share**: mean absolute difference between the estimated and the
  true share of a person-month on capital work (0 to 1);
- **bias of the organisation**: estimated less true capex share of all time worked;
- **distance over items**: mean total-variation distance between the estimated and the true mix
  of a person-month over items (0 = the same, 1 = nothing in common).

The other methods are those that products publish: equal slices of the day over all active
assigned issues; the month in proportion to days in progress; weighted events of the month;
commits alone. All read an item's type as it stands at the close, as those products do.
"""


def main() -> None:
    """Print the tables and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=len(REPORTED_SEEDS), help="worlds a setting")
    parser.add_argument("--first-seed", type=int, default=REPORTED_SEEDS[0])
    arguments = parser.parse_args()
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.seeds)
    lines = [
        INTRODUCTION.format(first=seeds[0], last=seeds[-1]),
        "## By how messy the records are\n",
        *error_table(LEVELS, seeds),
        "\n## By the share of people who never commit\n",
        *error_table(WITHOUT_COMMITS, seeds),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if seeds == REPORTED_SEEDS:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
