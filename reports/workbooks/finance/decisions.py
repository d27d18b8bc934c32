"""Decisions: what people decided and certified: gates, overrides, declared allocations."""

from __future__ import annotations

from reports.formulas import Difference, Here
from reports.spec import Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, linked, text
from reports.workbooks.shared.facts import Facts

GATES = "tbl_gates"
OVERRIDES = "tbl_overrides"
DECLARATIONS = "tbl_declarations"


def decisions(facts: Facts) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Decisions",
        "Decisions of people",
        "C9",
        "Gate register with lateness, overrides with both persons, certified allocations",
        (filled(_gates(facts)), filled(_overrides(facts)), filled(_declarations(facts))),
        frozen_columns=1,
        is_header_frozen=False,
    )


def _gates(facts: Facts) -> Table:
    rows = facts.rows("rpt_finance__gates")
    rows = rows.sorted_by("component_id", "effective_date", "gate", "gate_id")
    return Table(
        GATES,
        (
            linked(
                "component", "Component", rows.texts("component_id"), rows.texts("evidence_url")
            ),
            text("gate", "Gate", rows.texts("gate")),
            text("subject", "Subject", rows.texts("subject", "-")),
            fact("effective", "Holds from", Unit.DATE, rows.dates("effective_date"), width=12),
            fact("recorded", "Recorded on", Unit.DATE, rows.dates("recorded_date"), width=12),
            calculated(
                "late", "Recorded after (days)", Unit.COUNT,
                Difference(Here("recorded"), Here("effective")),
            ),
            text("by", "Recorded by", rows.texts("recorded_by"), width=20),
            text("note", "Note", rows.texts("note"), width=40),
        ),
        len(rows),
        "Gate register",
    )  # fmt: skip


def _overrides(facts: Facts) -> Table:
    rows = facts.rows("rpt_finance__overrides").sorted_by("override_id")
    return Table(
        OVERRIDES,
        (
            text("override", "Override", rows.texts("override_id")),
            text("component", "Component", rows.texts("component_id")),
            text("item", "Work item", rows.texts("work_item_key")),
            text("treatment", "Treatment", rows.texts("treatment")),
            fact("approved_on", "Approved on", Unit.DATE, rows.dates("approved_date"), width=12),
            fact(
                "amount", f"Cost decided ({facts.currency})", Unit.MONEY, rows.amounts("amount"),
                is_totalled=True,
            ),
            text("requested", "Requested and approved by", _both(facts), width=20),
            text("reason", "Reason", rows.texts("reason"), width=40),
        ),
        len(rows),
        "Overrides",
        total_label="Total",
    )  # fmt: skip


def _both(facts: Facts) -> list[str]:
    rows = facts.rows("rpt_finance__overrides").sorted_by("override_id")
    names = zip(rows.texts("requested_by"), rows.texts("approved_by"), strict=True)
    return [f"{requested}, {approved}" for requested, approved in names]


def _declarations(facts: Facts) -> Table:
    rows = facts.rows("rpt_finance__declarations")
    rows = rows.sorted_by("team", "person_id", "target", "share_ratio", "declared_by")
    return Table(
        DECLARATIONS,
        (
            text("person", "Person", rows.texts("person_id")),
            text("team", "Team", rows.texts("team")),
            text("target", "Component or stream", rows.texts("target")),
            text("declared", "Declared by", rows.texts("declared_by")),
            text("certified", "Certified by", rows.texts("approved_by", "nobody")),
            fact("share", "Share of capacity (%)", Unit.RATIO, rows.amounts("share_ratio", 6)),
        ),
        len(rows),
        "Declared allocations",
        note="What nobody certified is never capitalised.",
    )
