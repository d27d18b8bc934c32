"""Glossary: what every measure means, in words."""

from __future__ import annotations

from dataclasses import dataclass

from reports.spec import Sheet, Table
from reports.workbooks.shared.columns import text

GLOSSARY = "tbl_glossary"


@dataclass(frozen=True, slots=True)
class Term:
    """One measure: meaning, formula in words, unit, where it comes from."""

    name: str
    meaning: str
    formula: str
    unit: str
    source: str


SHARED_TERMS = (
    Term(
        "Hours",
        "Working time given to a work item by the evidence ladder",
        "minutes ÷ 60; counted once for each piece of work, not once per pay component",
        "h",
        "fct_effort_days",
    ),
    Term(
        "FTE-months",
        "Hours measured in full-time months",
        "hours ÷ hours of one full-time month (Monday to Friday × hours per day)",
        "count",
        "nm_full_time_hours",
    ),
    Term(
        "Tier",
        "Kind of evidence behind a row: T0 worklog, T1 direct, T1b lent code, T2 nearby "
        "days, T3 open work, T4 declared, T5 team mix, T6 unattributed, L leave, X no time",
        "the strongest evidence of the person's day",
        "text",
        "fct_effort_days",
    ),
    Term(
        "Check status",
        "PASS where left and right agree within the tolerance",
        "|left − right| ≤ tolerance",
        "PASS, FAIL",
        "sheet Checks",
    ),
    Term(
        "Blue, black, green",
        "Blue: a fact of the pipeline. Black: calculated on the sheet. "
        "Green: taken from another sheet. Blue on yellow: filled in by people",
        "-",
        "-",
        "style of every sheet",
    ),
)


def glossary(terms: tuple[Term, ...], index: str) -> Sheet:
    """Describe the sheet."""
    found = sorted((*SHARED_TERMS, *terms), key=lambda term: term.name.casefold())
    return Sheet(
        "Glossary",
        "Glossary",
        index,
        "Every measure: meaning, formula in words, unit, source",
        (
            Table(
                GLOSSARY,
                (
                    text("name", "Term", [term.name for term in found], width=26),
                    text("meaning", "Meaning", [term.meaning for term in found], width=56),
                    text("formula", "Formula in words", [term.formula for term in found], width=50),
                    text("unit", "Unit", [term.unit for term in found], width=12),
                    text("source", "Source", [term.source for term in found], width=26),
                ),
                len(found),
            ),
        ),
    )
