"""ValueStreams: each stream's cost, people, revenue and finished items; its largest initiatives."""

from __future__ import annotations

from reports.formulas import Here, Plus, Ratio, Span, SumIfs
from reports.spec import Sheet, Table, Unit
from reports.workbooks.investment.investment import INVESTMENT
from reports.workbooks.investment.unit_costs import stream_units, unit_charts, unit_trend
from reports.workbooks.shared.columns import calculated, fact, filled, linked, stated_where, text
from reports.workbooks.shared.facts import Facts, Rows

STREAMS = "tbl_value_streams"
INITIATIVES = "tbl_initiatives"


def value_streams(facts: Facts) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "ValueStreams",
        "Value streams",
        "3",
        "Cost, people, revenue and finished items of each stream, and its largest initiatives",
        (_streams(facts), _initiatives(facts), unit_trend(facts)),
        charts=unit_charts(len(_stream_rows(facts))),
        is_header_frozen=False,
        gap_rows=20,
        paper=8,
    )


def _from_matrix(column: str) -> SumIfs:
    return SumIfs(Span(INVESTMENT, column), ((Span(INVESTMENT, "stream"), Here("stream")),))


def _stream_rows(facts: Facts) -> Rows:
    return facts.rows("rpt_investment__value_streams").sorted_by("value_stream_id")


def _streams(facts: Facts) -> Table:
    rows = _stream_rows(facts)
    units = stream_units(facts, rows.texts("value_stream_id"))
    money = facts.currency
    cost = Plus((Here("capex"), Here("opex")))
    stated = rows.optional_amounts("revenue_amount")
    revenue = fact(
        "revenue",
        f"Revenue ({money})",
        Unit.MONEY_WHOLE,
        stated,
        is_totalled=any(amount is not None for amount in stated),
    )
    of_revenue = calculated("of_revenue", "Cost of revenue share (%)", Unit.RATIO,
                            Ratio(Here("cost"), Here("revenue")))  # fmt: skip
    columns = (
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("name", "Name", rows.texts("value_stream_name"), width=28),
        text("owner", "Owner", rows.texts("owner"), width=20),
        fact("people", "People (count)", Unit.COUNT, rows.optional_amounts("person_count", 0)),
        calculated("hours", "Hours (h)", Unit.HOURS, _from_matrix("hours"), is_totalled=True),
        calculated(
            "capex",
            f"Capitalised ({money})",
            Unit.MONEY_WHOLE,
            _from_matrix("capex"),
            is_totalled=True,
        ),
        calculated(
            "opex", f"Expensed ({money})", Unit.MONEY_WHOLE, _from_matrix("opex"), is_totalled=True
        ),
        calculated("cost", f"Cost ({money})", Unit.MONEY_WHOLE, cost, is_totalled=True),
        calculated(
            "share",
            "Capitalised (%)",
            Unit.RATIO,
            Ratio(Here("capex"), Here("cost")),
            total=Ratio(Here("capex"), Here("cost")),
        ),
        revenue,
        stated_where(of_revenue, revenue),
        fact(
            "finished",
            "Finished items (count)",
            Unit.COUNT,
            rows.integers("finished_count"),
            is_totalled=True,
        ),
        calculated(
            "per_item",
            f"Cost per finished item ({money})",
            Unit.MONEY_WHOLE,
            Ratio(Here("cost"), Here("finished")),
        ),
        fact(
            "deployments",
            "Deployments (count)",
            Unit.COUNT,
            units["deployment_count"],
            is_totalled=True,
        ),
        calculated(
            "per_deployment",
            f"Cost per deployment ({money})",
            Unit.MONEY_WHOLE,
            Ratio(Here("cost"), Here("deployments")),
        ),
        fact(
            "debt",
            f"Work on debt ({money})",
            Unit.MONEY_WHOLE,
            units["debt_amount"],
            is_totalled=True,
        ),
        calculated(
            "debt_ratio",
            "Technical debt ratio (%)",
            Unit.RATIO,
            Ratio(Here("debt"), Here("cost")),
            total=Ratio(Here("debt"), Here("cost")),
        ),
    )
    return filled(Table(STREAMS, columns, len(rows), total_label="Total"))


def _initiatives(facts: Facts) -> Table:
    rows = facts.rows("rpt_investment__initiatives").sorted_by("value_stream_id", "initiative_rank")
    columns = (
        text("stream", "Value stream", rows.texts("value_stream_id")),
        linked("initiative", "Initiative", rows.texts("initiative_key"), rows.texts("url")),
        text("title", "Title", rows.texts("title"), width=40),
        fact("rank", "Rank", Unit.INTEGER, rows.integers("initiative_rank")),
        fact("hours", "Hours (h)", Unit.HOURS, rows.hours("minutes")),
        fact("cost", f"Cost ({facts.currency})", Unit.MONEY_WHOLE, rows.amounts("amount")),
        calculated(
            "share",
            "Share of stream (%)",
            Unit.RATIO,
            Ratio(
                Here("cost"),
                SumIfs(Span(STREAMS, "cost"), ((Span(STREAMS, "stream"), Here("stream")),)),
            ),
        ),
    )
    return filled(
        Table(
            INITIATIVES,
            columns,
            len(rows),
            "Largest initiatives of each stream",
            note="Cost per finished item compares a stream with itself over time, not streams "
            "with each other: items differ in size.",
        )
    )
