"""Investment: value stream by category, in hours, full-time months and cost, against targets."""

from __future__ import annotations

from reports.formats import PALETTE
from reports.formulas import (
    ColumnTotal,
    Const,
    Difference,
    Here,
    Named,
    Plus,
    Product,
    Ratio,
    Span,
    SumIfs,
    Total,
    where_known,
)
from reports.spec import Chart, Column, Formula, Kind, Series, Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

INVESTMENT = "tbl_investment"
MIX = "tbl_mix"
CATEGORIES = "tbl_categories"
CATEGORY_LABELS = {
    "new_capability": "New capability",
    "enhancement": "Enhancement",
    "support": "Support",
    "keep_the_lights_on": "Keep the lights on",
    "productivity": "Productivity",
    "other": "Other",
}


def label_of(category: str) -> str:
    """Return a category as people read it."""
    return CATEGORY_LABELS.get(category, category.replace("_", " ").capitalize())


def investment(facts: Facts) -> Sheet:
    """Describe the sheet: the matrix, the mix of each stream, and all streams by category."""
    below = 7 + len(facts.rows("rpt_investment__investment"))
    return Sheet(
        "Investment",
        "Investment by value stream and category",
        "2",
        "Hours, full-time months and cost of each stream and category, against targets",
        (_matrix(facts), _mix(facts), _categories(facts)),
        charts=(_chart(facts, below),),
        frozen_columns=2,
        is_header_frozen=False,
        paper=8,
    )


def _matrix(facts: Facts) -> Table:
    rows = facts.rows("rpt_investment__investment").sorted_by("value_stream_id", "category")
    money = facts.currency
    own = SumIfs(Span(INVESTMENT, "cost"), ((Span(INVESTMENT, "stream"), Here("stream")),))
    whole = Total(INVESTMENT, "cost")
    targets = rows.optional_amounts("target_ratio", 4)
    columns = (
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("category", "Category", map(label_of, rows.texts("category")), width=22),
        fact("hours", "Hours (h)", Unit.HOURS, rows.hours("minutes"), is_totalled=True),
        calculated("fte", "FTE-months (count)", Unit.FTE, _full_time(), total=_full_time()),
        fact(
            "capex",
            f"Capitalised ({money})",
            Unit.MONEY_WHOLE,
            rows.amounts("capex_amount"),
            is_totalled=True,
        ),
        fact(
            "opex",
            f"Expensed ({money})",
            Unit.MONEY_WHOLE,
            rows.amounts("opex_amount"),
            is_totalled=True,
        ),
        calculated(
            "cost",
            f"Cost ({money})",
            Unit.MONEY_WHOLE,
            Plus((Here("capex"), Here("opex"))),
            is_totalled=True,
        ),
        calculated("of_stream", "Share of stream (%)", Unit.RATIO, Ratio(Here("cost"), own)),
        calculated(
            "of_all", "Share of all (%)", Unit.RATIO, Ratio(Here("cost"), whole), is_totalled=True
        ),
        fact("target", "Target share of stream (%)", Unit.RATIO, targets),
        Column(
            "gap",
            "Gap to target (pts)",
            Unit.POINTS,
            tuple(None if target is None else _gap() for target in targets),
            kind=Kind.CALCULATED,
        ),
        fact(
            "prior",
            f"Last month ({money})",
            Unit.MONEY_WHOLE,
            rows.amounts("prior_amount"),
            is_totalled=True,
        ),
        calculated(
            "change",
            f"Change ({money})",
            Unit.MONEY_WHOLE,
            Difference(Here("cost"), Here("prior")),
            is_totalled=True,
        ),
        fact(
            "before",
            f"Earlier this year ({money})",
            Unit.MONEY_WHOLE,
            rows.amounts("year_before_amount"),
            is_totalled=True,
        ),
        calculated(
            "year",
            f"Year to date ({money})",
            Unit.MONEY_WHOLE,
            Plus((Here("before"), Here("cost"))),
            is_totalled=True,
        ),
    )
    return filled(Table(INVESTMENT, columns, len(rows), total_label="Total"))


def _full_time() -> Ratio:
    return Ratio(Here("hours"), Named("nm_full_time_hours"))


def _gap() -> Formula:
    """Return share less target in points; nothing where the stream has no cost this month."""
    gap = Product(Difference(Here("of_stream"), Here("target")), Const(100))
    return where_known((Here("of_stream"),), gap)


def _mix(facts: Facts) -> Table:
    """Describe one row a stream and one column a category, as shares of the stream."""
    streams = [
        row[0] for row in facts.rows("rpt_investment__investment").distinct("value_stream_id")
    ]
    stream_cost = SumIfs(Span(INVESTMENT, "cost"), ((Span(INVESTMENT, "stream"), Here("stream")),))
    columns = [
        calculated(
            category,
            f"{label_of(category)} (%)",
            Unit.RATIO,
            Ratio(
                SumIfs(
                    Span(INVESTMENT, "cost"),
                    (
                        (Span(INVESTMENT, "stream"), Here("stream")),
                        (Span(INVESTMENT, "category"), Const(label_of(category))),
                    ),
                ),
                Here("cost"),
            ),
        )
        for category in shown_categories(facts)
    ]
    return filled(
        Table(
            MIX,
            (
                text("stream", "Value stream", streams),
                calculated("cost", f"Cost ({facts.currency})", Unit.MONEY_WHOLE, stream_cost),
                *columns,
            ),
            len(streams),
            "Mix of each value stream (share of its cost)",
        )
    )


def shown_categories(facts: Facts) -> tuple[str, ...]:
    """List the categories that appear, in the usual order."""
    found = {row[0] for row in facts.rows("rpt_investment__investment").distinct("category")}
    ordered = [name for name in CATEGORY_LABELS if name in found]
    return (*ordered, *sorted(found - set(ordered)))[:7]


def _categories(facts: Facts) -> Table:
    names = shown_categories(facts)
    cost = SumIfs(Span(INVESTMENT, "cost"), ((Span(INVESTMENT, "category"), Here("category")),))
    hours = SumIfs(Span(INVESTMENT, "hours"), ((Span(INVESTMENT, "category"), Here("category")),))
    columns = (
        text("category", "Category", map(label_of, names)),
        calculated("hours", "Hours (h)", Unit.HOURS, hours, is_totalled=True),
        calculated("cost", f"Cost ({facts.currency})", Unit.MONEY_WHOLE, cost, is_totalled=True),
        calculated(
            "share",
            "Share (%)",
            Unit.RATIO,
            Ratio(Here("cost"), Total(INVESTMENT, "cost")),
            total=ColumnTotal("share"),
        ),
    )
    return filled(
        Table(
            CATEGORIES,
            columns,
            len(names),
            "All streams by category",
            total_label="Total",
            keys=names,
        )
    )


def _chart(facts: Facts, top: int) -> Chart:
    return Chart(
        "stacked",
        MIX,
        "stream",
        tuple(
            Series(category, label_of(category), PALETTE[number])
            for number, category in enumerate(shown_categories(facts))
        ),
        "Mix of each value stream",
        "Stacked columns, one a value stream: the share of each investment category in its cost",
        "Share of cost (%)",
        "Value stream",
        (top, 9),
        (640, 330),
        is_share=True,
    )
