"""Spend: seats, metered use and the rest by tool and month; what idle seats cost."""

from __future__ import annotations

from reports.formats import PALETTE
from reports.formulas import (
    Choose,
    ColumnTotal,
    Const,
    CountIfs,
    CrossRef,
    Difference,
    Greatest,
    Here,
    Plus,
    Product,
    Ratio,
    Span,
    SumIfs,
)
from reports.spec import Chart, Column, Formula, Kind, Series, Sheet, Table, Unit, Value
from reports.workbooks.ai_roi.adoption import HIDDEN, counted
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.cover import Headline
from reports.workbooks.shared.facts import Facts, Rows

SPEND = "tbl_spend"
MONTHS = "tbl_spend_months"
INVOICES = "tbl_invoices"
KPIS = "tbl_kpis"


def headlines(facts: Facts) -> tuple[Headline, ...]:
    """Name the headline cells, with label and unit."""
    money = facts.currency
    return (
        (f"AI spend of the month ({money})", "out_ai_spend", Unit.MONEY_WHOLE),
        (f"of it seats ({money})", "out_ai_seats", Unit.MONEY_WHOLE),
        (f"of it metered use ({money})", "out_ai_metered", Unit.MONEY_WHOLE),
        (f"Idle seats ({money})", "out_ai_idle", Unit.MONEY_WHOLE),
    )


def spend(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_ai_roi__spend")
    months = rows.distinct("month_key")
    top = len(headlines(facts)) + len(months) + 12
    return Sheet(
        "Spend",
        "AI spend",
        index,
        "Seats, metered use and other cost by tool and month; cost of idle seats",
        (_kpis(facts), _months(facts), _detail(facts), _invoices(facts)),
        charts=(_chart(facts, top),),
        is_header_frozen=False,
        gap_rows=0,
        paper=8,
    )


def _kpis(facts: Facts) -> Table:
    found = headlines(facts)
    this = facts.stamp.month
    live: tuple[Formula, ...] = tuple(
        CrossRef(MONTHS, column, this) for column in ("total", "seats", "metered", "idle")
    )
    return Table(
        KPIS,
        (
            text("headline", "Headline", [row[0] for row in found], width=34),
            Column(
                "now",
                f"This month ({facts.currency})",
                Unit.MONEY_WHOLE,
                live,
                kind=Kind.CALCULATED,
            ),
        ),
        len(found),
        names={("now", number): row[1] for number, row in enumerate(found)},
    )


def _by_month(column: str) -> SumIfs:
    return SumIfs(Span(SPEND, column), ((Span(SPEND, "month"), Here("month")),))


def _unless_hidden(column: str) -> Formula:
    """Add a column over a month's tools; hidden where one of them is: the rest would reveal it."""
    month = (Span(SPEND, "month"), Here("month"))
    hidden = CountIfs((month, (Span(SPEND, column), Const(HIDDEN))))
    return Choose(hidden, ">", Const(0), Const(HIDDEN), _by_month(column))


def _months(facts: Facts) -> Table:
    months = [row[0] for row in facts.rows("rpt_ai_roi__spend").distinct("month_key")]
    if facts.stamp.month not in months:
        months = [*months, facts.stamp.month]
    money = facts.currency
    parts = Plus((Here("seats"), Here("metered"), Here("other")))
    per_active = Ratio(Here("total"), Here("active"))
    columns = (
        text("month", "Month", months),
        calculated("seats", f"Seats ({money})", Unit.MONEY_WHOLE, _by_month("seats")),
        calculated("metered", f"Metered ({money})", Unit.MONEY_WHOLE, _by_month("metered")),
        calculated("other", f"Other ({money})", Unit.MONEY_WHOLE, _by_month("other")),
        calculated("total", f"Total ({money})", Unit.MONEY_WHOLE, parts),
        calculated("active", "Active, by tool (count)", Unit.COUNT, _unless_hidden("active")),
        calculated(
            "per_active",
            f"Cost per active person ({money})",
            Unit.MONEY,
            Choose(Here("active"), "=", Const(HIDDEN), Const(HIDDEN), per_active),
        ),
        calculated("idle", f"Idle seats ({money})", Unit.MONEY_WHOLE, _unless_hidden("idle")),
    )
    return Table(MONTHS, columns, len(months), "By month", keys=tuple(months))


def _detail(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__spend").sorted_by("month_key", "vendor", "tool")
    money = facts.currency
    whole = Plus((Here("seats"), Here("metered"), Here("other")))
    columns = (
        text("month", "Month", rows.texts("month_key")),
        text("vendor", "Vendor", rows.texts("vendor")),
        text("tool", "Tool", rows.texts("tool")),
        counted(rows, "bought", "Seats bought (count)", "seat_count"),
        counted(rows, "active", "Active people (count)", "active_count"),
        fact("seats", f"Seats ({money})", Unit.MONEY, rows.amounts("seat_amount"),
             is_totalled=True),
        fact("metered", f"Metered ({money})", Unit.MONEY, rows.amounts("metered_amount"),
             is_totalled=True),
        fact("other", f"Other ({money})", Unit.MONEY, rows.amounts("other_amount"),
             is_totalled=True),
        calculated("total", f"Total ({money})", Unit.MONEY, whole, is_totalled=True),
        Column("idle", f"Idle seats ({money})", Unit.MONEY, _idle(rows), kind=Kind.CALCULATED,
               total=ColumnTotal("idle")),
    )  # fmt: skip
    note = (
        "Idle seats = (seats bought − people active) × cost of a seat. Counts of one to four "
        "people are hidden, and the seats and idle seats that would reveal them."
    )
    return filled(
        Table(SPEND, columns, len(rows), "By tool and month", total_label="Total", note=note)
    )


def _idle(rows: Rows) -> tuple[Value | Formula, ...]:
    """Price the seats that nobody used; hidden where one of the counts is."""
    unused = Greatest((Difference(Here("bought"), Here("active")), Const(0)))
    priced = Product(unused, Ratio(Here("seats"), Here("bought")))
    bought, active = (rows.optional_amounts(f"{what}_count", 0) for what in ("seat", "active"))
    return tuple(
        HIDDEN if seats is None or people is None else priced if seats else 0
        for seats, people in zip(bought, active, strict=True)
    )


def _invoices(facts: Facts) -> Table:
    """Compare the month with what was invoiced, vendor by vendor."""
    rows = facts.rows("rpt_ai_roi__invoices").sorted_by("vendor")
    this = CrossRef(MONTHS, "month", facts.stamp.month)
    shown = SumIfs(
        Span(SPEND, "total"),
        ((Span(SPEND, "vendor"), Here("vendor")), (Span(SPEND, "month"), this)),
    )
    money = facts.currency
    columns = (
        text("vendor", "Vendor", rows.texts("vendor")),
        fact(
            "invoiced",
            f"Invoiced ({money})",
            Unit.MONEY,
            rows.amounts("invoiced_amount"),
            is_totalled=True,
        ),
        calculated("shown", f"On this sheet ({money})", Unit.MONEY, shown, is_totalled=True),
    )
    return filled(Table(INVOICES, columns, len(rows), "Invoices of the month", total_label="Total"))


def _chart(facts: Facts, top: int) -> Chart:
    count = len(facts.rows("rpt_ai_roi__spend")) + len(facts.rows("rpt_ai_roi__invoices"))
    money = facts.currency
    return Chart(
        "stacked",
        MONTHS,
        "month",
        (
            Series("seats", "Seats", PALETTE[0]),
            Series("metered", "Metered", PALETTE[1]),
            Series("other", "Other", PALETTE[6]),
            Series("per_active", "Cost per active person", PALETTE[3], is_line=True),
        ),
        "AI spend by month",
        f"Stacked columns of AI spend in {money} by month: seats, metered use, other; a line of "
        "the cost per active person",
        f"Spend ({money})",
        "Month",
        (top + count + 10, 0),
        (760, 300),
        line_title=f"Per active person ({money})",
        line_format="#,##0",
    )
