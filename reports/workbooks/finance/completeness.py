"""Counts that somebody outside can repeat: people on the roster, items in the tracker."""

from __future__ import annotations

from reports.formulas import Difference, Here
from reports.spec import Table, Unit
from reports.workbooks.shared.columns import calculated, entry, fact, stated_where, text
from reports.workbooks.shared.facts import Facts

COUNTS = "tbl_population_counts"


def counts(facts: Facts) -> Table:
    """Describe the populations: what their source states, and what the ledger holds of it."""
    rows = facts.rows("rpt_finance__completeness").sorted_by("population", "scope")
    stated = fact(
        "stated", "Stated by the source (count)", Unit.COUNT,
        rows.optional_amounts("stated_count", 0),
    )  # fmt: skip
    missing = calculated(
        "missing", "Without effort (count)", Unit.COUNT, Difference(Here("stated"), Here("found"))
    )
    return Table(
        COUNTS,
        (
            text("population", "Population", rows.texts("population")),
            text("scope", "Of", rows.texts("scope"), width=30),
            stated,
            fact("found", "In the ledger (count)", Unit.COUNT, rows.integers("found_count")),
            stated_where(missing, stated),
            entry("counted", "Counted at the source", len(rows), width=22),
            entry("explanation", "Explanation", len(rows), width=36),
        ),
        len(rows),
        "Completeness of populations",
        note="People: on the roster, and with recorded capacity. Items: as the tracker's own "
        "screen counts them is for a person to fill in.",
    )
