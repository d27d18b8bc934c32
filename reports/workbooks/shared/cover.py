"""Cover: what this is, for which month, whether it holds, and what is inside."""

from __future__ import annotations

from reports.formulas import Named
from reports.spec import Column, Formula, Kind, Prose, Sheet, Table, Unit
from reports.workbooks.shared.columns import linked, text
from reports.workbooks.shared.facts import Facts

ABOUT = "tbl_about"
HEADLINES = "tbl_headlines"
CONTENTS = "tbl_contents"
LEGEND = "tbl_legend"

Headline = tuple[str, str, Unit]
"""Label, defined name of the cell it shows, unit."""


def cover(
    facts: Facts,
    title: str,
    sheets: tuple[Sheet, ...],
    headlines: tuple[Headline, ...],
    story: Prose,
) -> Sheet:
    """Describe the cover of a workbook: figures and what they say first, contents, provenance.

    Args:
        facts: The pack's relations.
        title: Title of the workbook.
        sheets: Its other sheets, in order.
        headlines: Its headline cells.
        story: What changed and what is asked, in sentences that name their cells.
    """
    return Sheet(
        "Cover",
        title,
        "",
        "What this is and whether it holds",
        (_headlines(headlines), story, _contents(sheets), _about(facts, title), _legend()),
        is_header_frozen=False,
        tab="#1B3A57",
    )


def _about(facts: Facts, title: str) -> Table:
    stamp = facts.stamp
    overall: Formula = Named("out_status")
    rows: tuple[tuple[str, str | Formula], ...] = (
        ("Overall check status", overall),
        ("Report", title),
        ("Company", stamp.company_name),
        ("Month", stamp.month),
        ("State", stamp.status),
        ("Reporting currency", stamp.currency),
        ("Policy version", stamp.policy_version or "none"),
        ("Data as of", stamp.data_as_of or "unknown"),
        ("Run id", stamp.run_id),
        ("Code version", stamp.code_version),
        ("Inputs SHA-256", stamp.inputs_sha256),
    )
    return Table(
        ABOUT,
        (
            text("item", "About", [row[0] for row in rows], width=34),
            Column(
                "value",
                "Value",
                Unit.TEXT,
                tuple(row[1] for row in rows),
                units=(Unit.STATUS, *((Unit.TEXT,) * (len(rows) - 1))),
                width=60,
            ),
        ),
        len(rows),
        "About this file",
        strong_rows=frozenset({0}),
        is_listed=False,
    )


def _headlines(headlines: tuple[Headline, ...]) -> Table:
    return Table(
        HEADLINES,
        (
            text("headline", "Headline", [row[0] for row in headlines]),
            Column(
                "value",
                "Value (unit at left)",
                Unit.MONEY_WHOLE,
                tuple(Named(row[1]) for row in headlines),
                kind=Kind.CALCULATED,
                units=tuple(row[2] for row in headlines),
            ),
        ),
        len(headlines),
    )


def _contents(sheets: tuple[Sheet, ...]) -> Table:
    return Table(
        CONTENTS,
        (
            linked(
                "sheet",
                "Sheet",
                [sheet.name for sheet in sheets],
                [f"#{sheet.name}" for sheet in sheets],
                width=34,
            ),
            text("purpose", "What it shows", [sheet.purpose for sheet in sheets], width=60),
            text("index", "Ref.", [sheet.index for sheet in sheets], width=8),
        ),
        len(sheets),
        "Contents",
    )


def _legend() -> Table:
    rows = (
        ("Blue number", "A fact imported from the pipeline at its lowest grain"),
        ("Black number", "Calculated on this sheet by a live formula"),
        ("Green number", "Taken or summed from another sheet by a live formula"),
        ("Blue on yellow", "Filled in by people; the only cells that are not protected"),
        ("FAIL, WARN, PASS", "The word and the fill say the same"),
    )
    return Table(
        LEGEND,
        (
            text("colour", "Colour", [row[0] for row in rows]),
            text("meaning", "Meaning", [row[1] for row in rows]),
        ),
        len(rows),
        "How to read the colours",
        is_listed=False,
    )
