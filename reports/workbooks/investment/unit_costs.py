"""Unit costs and technical debt: each stream's month, and all streams over thirteen months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import Here, Ratio
from reports.spec import Chart, Column, Series, Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, stated_where, text
from reports.workbooks.shared.facts import Facts, exact

TREND = "tbl_unit_trend"
_ADDED = ("cost_amount", "capex_amount", "debt_amount", "finished_count", "deployment_count")


def stream_units(facts: Facts, streams: Sequence[str]) -> dict[str, list[Decimal]]:
    """Return deployments and cost of debt of the listed streams in the run month."""
    rows = facts.rows("rpt_investment__units").where(is_run_month=True)
    by_stream = {str(row["value_stream_id"]): row for row in rows.records}
    places = {"deployment_count": 0, "debt_amount": 2}
    return {
        name: [
            exact(by_stream[stream][name] if stream in by_stream else None, digits)
            for stream in streams
        ]
        for name, digits in places.items()
    }


def unit_trend(facts: Facts) -> Table:
    """Describe cost, output and what one of each cost, by month."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in facts.rows("rpt_investment__units").records:
        for name in _ADDED:
            found[str(row["month_key"])][name] += exact(row[name], 2)
    revenue = {
        str(row["month_key"]): exact(row["revenue_amount"], 2)
        for row in facts.rows("rpt_investment__revenue").records
    }
    months = sorted(found)
    money = facts.currency

    def added(key: str, header: str, unit: Unit, name: str) -> Column:
        return fact(key, header, unit, [found[month][name] for month in months])

    earned = fact("revenue", f"Revenue ({money})", Unit.MONEY_WHOLE,
                  [revenue.get(month) for month in months])  # fmt: skip
    of_revenue = calculated("of_revenue", "Cost, share of revenue (%)", Unit.RATIO,
                            Ratio(Here("cost"), Here("revenue")))  # fmt: skip
    columns = (
        text("month", "Month", months),
        added("cost", f"Cost ({money})", Unit.MONEY_WHOLE, "cost_amount"),
        added("capex", f"Capitalised ({money})", Unit.MONEY_WHOLE, "capex_amount"),
        added("finished", "Finished items (count)", Unit.COUNT, "finished_count"),
        added("deployments", "Deployments (count)", Unit.COUNT, "deployment_count"),
        calculated("per_item", f"Cost per finished item ({money})", Unit.MONEY_WHOLE,
                   Ratio(Here("cost"), Here("finished"))),
        calculated("per_deployment", f"Cost per deployment ({money})", Unit.MONEY_WHOLE,
                   Ratio(Here("cost"), Here("deployments"))),
        added("debt", f"Work on debt ({money})", Unit.MONEY_WHOLE, "debt_amount"),
        calculated("debt_ratio", "Technical debt ratio (%)", Unit.RATIO,
                   Ratio(Here("debt"), Here("cost"))),
        calculated("rate", "Capitalised (%)", Unit.RATIO, Ratio(Here("capex"), Here("cost"))),
        earned,
        stated_where(of_revenue, earned),
    )  # fmt: skip
    return filled(
        Table(
            TREND,
            columns,
            len(months),
            "All streams over the months shown",
            note="Technical debt ratio: cost of work on refactoring, maintenance and removal over"
            " all engineering cost of the month.",
        )
    )


def unit_charts(streams: int) -> tuple[Chart, ...]:
    """Draw what an item cost and the debt ratio by month, under the table of streams."""
    return (
        Chart(
            "column", TREND, "month",
            (Series("per_item", "Cost per finished item", PALETTE[0]),
             Series("debt_ratio", "Technical debt ratio", PALETTE[5], is_line=True)),
            "What an item cost, and the share of debt",
            "Columns of cost per finished item by month with the technical debt ratio as a line",
            "Cost per item", "Month", (8 + streams, 0), (860, 330),
            line_title="Technical debt ratio (%)",
        ),
    )  # fmt: skip
