"""Tickmarks: what the pipeline did with each sheet, and room for an auditor's own marks."""

from __future__ import annotations

from collections.abc import Sequence

from reports.spec import Sheet, Table
from reports.workbooks.shared.columns import entry, linked, text

LEGEND_MARKS = "tbl_tickmark_legend"
MARKS = "tbl_tickmarks"

SYSTEM_MARKS = (
    ("s-Ft", "Footed", "every total is a live formula over its whole column (rules F04, F05)"),
    ("s-Cft", "Cross-footed", "rows and columns, or two sheets, give the same sum (sheet Checks)"),
    ("s-Rx", "Recalculated", "amounts are computed anew on the sheet from imported facts"),
    ("s-GL", "Agreed to the books", "balances are compared with the general ledger given"),
)
AUDITOR_MARKS = (
    ("Ft", "Footed"),
    ("Cft", "Cross-footed"),
    ("Rx", "Recalculated"),
    ("GL", "Agreed to general ledger or trial balance"),
    ("V", "Vouched to a source document"),
    ("PBC", "Prepared by client"),
    ("/ref, ref/", "Cross-reference out, and in"),
    ("imm", "Immaterial"),
)
APPLIED = (
    ("JournalEntry", "s-Ft, s-Rx", "tie checks JE-…"),
    ("RollForward", "s-Ft, s-Cft, s-Rx, s-GL", "tie checks RF-…, ASSET-LEDGER"),
    ("TieOut", "s-Ft, s-Cft, s-GL", "tie checks PAYROLL-TIE, BRIDGE, GENERAL-LEDGER"),
    ("ProjectDetail", "s-Ft, s-Cft", "tie checks PROJECT-…"),
    ("PersonDetail", "s-Ft, s-Cft", "tie checks PERSON-…"),
    ("CostDetail", "s-Ft, s-Rx", "imported population; tie check MONTH-TOTAL"),
    ("Classification", "s-Ft, s-Cft", "tie checks ACTIVITY-…, RULE-…"),
    ("Register", "s-Ft, s-Cft", "tie checks REGISTER-…"),
    ("AmortWaterfall", "s-Ft, s-Cft, s-Rx", "tie checks WATERFALL-…"),
    ("Impairment", "s-Ft, s-Cft", "tie check IMPAIRMENT-…"),
    ("Disclosure", "s-Ft, s-Cft, s-Rx", "tie checks NOTE-…, TAX-…, DISE-…"),
    ("FPandA", "s-Ft, s-Cft, s-Rx", "tie checks FPA-…"),
    ("Changes", "s-Ft, s-Cft", "tie checks CHANGES-…"),
    ("Samples", "s-Ft", "tie check SAMPLE-POPULATION"),
)


def tickmarks(index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Tickmarks",
        "Tickmarks",
        index,
        "Legend of marks: what the system did, and empty columns for an auditor's own",
        (_applied(APPLIED), _legend()),
        is_header_frozen=False,
    )


def _applied(rows: Sequence[tuple[str, str, str]]) -> Table:
    return Table(
        MARKS,
        (
            linked("sheet", "Sheet", [row[0] for row in rows], [f"#{row[0]}" for row in rows]),
            text("marks", "System marks", [row[1] for row in rows], width=26),
            text("means", "Backed by", [row[2] for row in rows], width=46),
            entry("auditor", "Auditor's marks", len(rows), width=18),
            entry("reference", "Working paper reference", len(rows), width=24),
            entry("initials", "Initials", len(rows), width=10),
        ),
        len(rows),
        "Marks by sheet",
    )


def _legend() -> Table:
    rows = [*SYSTEM_MARKS, *((mark, words, "auditor's own") for mark, words in AUDITOR_MARKS)]
    return Table(
        LEGEND_MARKS,
        (
            text("mark", "Mark", [row[0] for row in rows]),
            text("words", "Meaning", [row[1] for row in rows], width=26),
            text("detail", "What stands behind it", [row[2] for row in rows], width=46),
        ),
        len(rows),
        "Legend",
        note="System marks begin with s-; every other mark is a person's.",
    )
