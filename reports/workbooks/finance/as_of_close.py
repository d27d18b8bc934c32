"""AsOfClose: items that were something else on the day of the work than at the close."""

from __future__ import annotations

from reports.spec import Sheet, Table, Unit
from reports.workbooks.shared.columns import fact, filled, linked, text
from reports.workbooks.shared.facts import Facts


def as_of_close(facts: Facts) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_finance__as_of_close").sorted_by(
        "work_item_key", "field", "first_date", "value_on_day"
    )
    columns = (
        linked("item", "Work item", rows.texts("work_item_key"), rows.texts("url")),
        text("title", "Title", rows.texts("title"), width=42),
        text("field", "What changed", rows.texts("field")),
        text(
            "on_day", "On the day of the work (counts)", rows.texts("value_on_day", "-"), width=28
        ),
        text("at_close", "At the close", rows.texts("value_at_close", "-"), width=28),
        fact("first", "First day", Unit.DATE, rows.dates("first_date"), width=12),
        fact("last", "Last day", Unit.DATE, rows.dates("last_date"), width=12),
        fact("hours", "Hours on those days (h)", Unit.HOURS, rows.hours("minutes")),
        fact("persons", "Persons (count)", Unit.COUNT, rows.integers("person_count")),
        fact(
            "amount",
            f"Cost of the item in the month ({facts.currency})",
            Unit.MONEY,
            rows.amounts("amount"),
        ),
    )
    return Sheet(
        "AsOfClose",
        "As of the day, as of the close",
        "C8",
        "Items that changed after the work: the day counts, the close is shown beside it",
        (filled(Table("tbl_as_of_close", columns, len(rows))),),
        frozen_columns=1,
        paper=8,
    )
