"""What stands below the sign-off: the ledger of closings, and who may and did decide what."""

from __future__ import annotations

from reports.formulas import Choose, Const, Here, Product
from reports.spec import Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

CLOSINGS = "tbl_closings"
ACCESS = "tbl_access"


def closings(facts: Facts) -> Table:
    """Describe the events of the ledger up to this issue, whose own stands in its manifest."""
    rows = facts.rows("rpt_finance__closings").sorted_by("event_id")
    return filled(
        Table(
            CLOSINGS,
            (
                text("event", "Event", rows.texts("event_id"), width=24),
                text("month", "Month", rows.texts("month_key"), width=20),
                text("kind", "What", rows.texts("event"), width=14),
                fact("day", "Day (UTC)", Unit.DATE, rows.dates("event_date")),
                text("prepared", "Prepared or asked by", rows.texts("prepared_by"), width=22),
                text("approved", "Approved by", rows.texts("approved_by"), width=44),
                text("reason", "Reason", rows.texts("reason", "-"), width=30),
                text("content", "Content SHA-256", rows.texts("content_hash"), width=24),
                text("hash", "Event SHA-256", rows.texts("event_hash"), width=24),
            ),
            len(rows),
            "Ledger of closings before this issue",
            note="The event of this issue stands in its manifest. Names are asserted, not "
            "authenticated; keep the last hash elsewhere and pass it to verify --anchor.",
        )
    )


def access(facts: Facts) -> Table:
    """Describe who holds roles and who acted, and where one name stood on both sides."""
    rows = facts.rows("rpt_finance__access").sorted_by("subject", "name_key")
    both = Choose(
        Product(Here("makes"), Here("checks")),
        ">",
        Const(0),
        Const("both sides"),
        Const("one side"),
    )
    return filled(
        Table(
            ACCESS,
            (
                text("name", "Who", rows.texts("person_name"), width=24),
                text("subject", "Decides on", rows.texts("subject"), width=20),
                fact(
                    "makes", "Records or prepares (count)", Unit.COUNT, rows.integers("maker_count")
                ),
                fact("checks", "Approves (count)", Unit.COUNT, rows.integers("checker_count")),
                fact("latest", "Latest (UTC)", Unit.DATE, rows.dates("last_date")),
                calculated("sides", "Segregation of duties", Unit.STATUS, both, width=18),
            ),
            len(rows),
            "Access and segregation of duties",
            note="Roles of capstream.yaml count once. Who may change the company folder's files "
            "is decided by the rights of the operating system.",
        )
    )
