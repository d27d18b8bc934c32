"""IPE: where the numbers come from, source by source, with counts that add up."""

from __future__ import annotations

from reports.formulas import Difference, Here, Plus
from reports.spec import Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

IPE = "tbl_ipe"
POPULATION = "tbl_population"


def ipe(facts: Facts, index: str, population: Table | None = None, *amounts: Table) -> Sheet:
    """Describe the sheet; `population` names the file with every cost row, `amounts` sum them."""
    blocks = (
        (filled(_sources(facts)),)
        if population is None
        else (
            filled(_sources(facts)),
            population,
            *amounts,
        )
    )
    return Sheet(
        "IPE",
        "Information produced by the entity",
        index,
        "One row a source: what was read, rejected and used",
        blocks,
        is_header_frozen=population is None,
    )


def _sources(facts: Facts) -> Table:
    rows = facts.rows("rpt_shared__ipe").sorted_by("source", "object_name")
    return Table(
        IPE,
        (
            text("source", "Source", rows.texts("source")),
            text("kind", "System", rows.texts("kind")),
            text("object", "Object", rows.texts("object_name"), width=26),
            text("parameters", "Parameters", rows.texts("parameters"), width=30),
            text("watermark", "Newest record", rows.texts("watermark"), width=21),
            fact("read", "Rows in (count)", Unit.COUNT, rows.integers("rows_in"), is_totalled=True),
            fact(
                "rejected",
                "Rejected (count)",
                Unit.COUNT,
                rows.integers("rows_rejected"),
                is_totalled=True,
            ),
            fact(
                "superseded",
                "Superseded (count)",
                Unit.COUNT,
                rows.integers("rows_superseded"),
                is_totalled=True,
            ),
            calculated(
                "used",
                "Used (count)",
                Unit.COUNT,
                Difference(Here("read"), Plus((Here("rejected"), Here("superseded")))),
                is_totalled=True,
            ),
            text("model", "First model", rows.texts("model_name"), width=28),
            text("hash", "Content SHA-256", rows.texts("content_hash"), width=24),
        ),
        len(rows),
        total_label="Total",
    )
