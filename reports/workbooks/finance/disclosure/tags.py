"""Cost by tax tag: the one table that the tax schedules sum; every row of CostDetail is in it."""

from __future__ import annotations

from reports.formulas import Here, Plus
from reports.spec import Table, Unit
from reports.workbooks.finance.cost_detail import detail_rows
from reports.workbooks.finance.names import cost_by
from reports.workbooks.shared.columns import calculated, text
from reports.workbooks.shared.facts import Facts

TAGGED = "tbl_tagged_cost"
PARTS = ("entity", "component", "country", "development", "role")


def tag_rows(facts: Facts) -> list[tuple[str, tuple[str, ...]]]:
    """Return each tax key with its parts: entity, component, country, development, role."""
    keys = [key for (key,) in detail_rows(facts).distinct("tax_key")]
    return [(key, tuple(key.split("|"))) for key in keys]


def tagged_cost(facts: Facts) -> Table:
    """Describe the table; `basis` is the country where the work counts as software development."""
    found = tag_rows(facts)
    money = facts.currency
    parts = {name: [row[place] for _, row in found] for place, name in enumerate(PARTS)}
    worked = zip(parts["country"], parts["development"], strict=True)
    return Table(
        TAGGED,
        (
            text("key", "Tax key", [key for key, _ in found], width=34),
            text("entity", "Entity", parts["entity"]),
            text("component", "Component", parts["component"]),
            text("country", "Country", parts["country"]),
            text("role", "Part in research", parts["role"]),
            text("basis", "Basis", [place if counts == "yes" else "-" for place, counts in worked]),
            calculated(
                "capex", f"Capitalised ({money})", Unit.MONEY,
                cost_by("capex_reporting", "tax_key", Here("key")), is_totalled=True,
            ),
            calculated(
                "opex", f"Expensed ({money})", Unit.MONEY,
                cost_by("opex_reporting", "tax_key", Here("key")), is_totalled=True,
            ),
            calculated(
                "cost", f"Cost ({money})", Unit.MONEY, Plus((Here("capex"), Here("opex"))),
                is_totalled=True,
            ),
        ),
        len(found),
        "Cost by place of work, part in research and component",
        total_label="Total",
        note="Parallel tags on the rows of CostDetail; none of them changes the book result.",
    )  # fmt: skip
