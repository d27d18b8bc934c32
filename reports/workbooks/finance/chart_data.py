"""ChartData: the tables behind the charts, visible and last."""

from __future__ import annotations

from collections.abc import Sequence

from reports.formulas import (
    Alongside,
    Choose,
    Const,
    CrossRef,
    Difference,
    Here,
    MatrixSum,
    Named,
    Plus,
    Product,
    Ratio,
    Round,
    Span,
    SumIfs,
    Total,
)
from reports.spec import Column, Formula, Kind, Sheet, Table, Unit
from reports.workbooks.finance.amort_waterfall import MONTH_COLUMNS, axis, segments
from reports.workbooks.finance.cost_detail import detail_rows
from reports.workbooks.finance.names import (
    COST,
    PROJECTS,
    TREND,
    band,
    cip,
    currencies,
    plus_totals,
    service,
    waterfall,
)
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

CIP_BRIDGE = "tbl_cip_bridge"
RUN_OFF = "tbl_run_off"
TOP_PROJECTS = "tbl_top_projects"
MOST_PROJECTS = 10
MOST_VINTAGES = 6

BRIDGE_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Labour", ("add_labour",)),
    ("Stock comp.", ("add_stock_compensation",)),
    ("Contractors", ("add_contractor",)),
    ("AI", ("add_ai",)),
    ("Interest", ("add_interest",)),
    ("Other direct", ("add_other",)),
    ("Written off", ("written_off",)),
    ("FX", ("fx",)),
    ("Other", ("other",)),
)


def chart_data(facts: Facts) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "ChartData",
        "Chart data",
        "F11",
        "The tables behind the charts of the summary",
        (
            trend(facts),
            _cip_bridge(facts),
            *(_run_off_of(facts, currency) for currency in currencies(facts)),
            _run_off(facts),
            _top_projects(facts),
        ),
        is_header_frozen=False,
    )


def converted(facts: Facts, name: str, columns: Sequence[str], *, is_cip: bool = True) -> Formula:
    """Add totals of the roll-forward over the currencies, each at its closing rate."""
    block = cip if is_cip else service
    return Plus(
        tuple(
            Product(Total(block(currency), column), Named(f"nm_rate_{currency.lower()}"))
            for currency in currencies(facts)
            for column in (columns or (name,))
        )
    )


def trend(facts: Facts) -> Table:
    """Describe thirteen months: earlier ones as closed or drafted, this one live."""
    rows = facts.rows("rpt_finance__months").sorted_by("month_key")
    months = rows.texts("month_key")
    this = facts.stamp.month
    live: dict[str, Formula] = {
        "capex": Total(COST, "capex_reporting"),
        "opex": Total(COST, "opex_reporting"),
        "amortisation": Round(converted(facts, "charge", (), is_cip=False), facts.places),
        "cip": plus_totals(tuple(cip(c) for c in currencies(facts)), "closing_reporting"),
        "net": plus_totals(tuple(service(c) for c in currencies(facts)), "closing_reporting"),
        "placed": Round(converted(facts, "out", ()), facts.places),
    }
    money = facts.currency

    def amounts(key: str, label: str, column: str) -> Column:
        values = tuple(
            live[key] if month == this else amount
            for month, amount in zip(months, rows.amounts(column), strict=True)
        )
        return fact(key, f"{label} ({money})", Unit.MONEY, values)

    both = Plus((Here("capex"), Here("opex")))
    columns = (
        text("month", "Month", months),
        text("year", "Fiscal year", rows.texts("fiscal_year")),
        amounts("capex", "Capitalised", "capex_amount"),
        amounts("opex", "Expensed", "opex_amount"),
        calculated("cost", f"Cost ({money})", Unit.MONEY, both),
        calculated("rate", "Capitalised (%)", Unit.RATIO, Ratio(Here("capex"), both)),
        amounts("amortisation", "Amortisation", "amortization_amount"),
        amounts("cip", "Closing CIP", "cip_closing_amount"),
        amounts("net", "Net book value", "net_book_value_amount"),
        amounts("placed", "Placed in service", "placed_amount"),
        fact("pipeline", f"Cost per pipeline ({money})", Unit.MONEY, rows.amounts("cost_amount")),
    )
    return Table(TREND, columns, len(rows), "Thirteen months", keys=months)


def _cip_bridge(facts: Facts) -> Table:
    """Describe the bridge as stacked columns over an invisible base."""
    labels = ("Opening", *(label for label, _ in BRIDGE_STEPS), "In service", "Closing")
    moves: list[Formula] = [converted(facts, "opening", ())]
    moves += [converted(facts, label, columns) for label, columns in BRIDGE_STEPS]
    moves.append(Difference(Const(0), converted(facts, "out", ())))
    moves.append(Difference(Const(0), CrossRef(CIP_BRIDGE, "end", len(labels) - 2)))
    ends: list[Formula] = [CrossRef(CIP_BRIDGE, "move", 0)]
    ends += [
        Plus((CrossRef(CIP_BRIDGE, "end", row - 1), CrossRef(CIP_BRIDGE, "move", row)))
        for row in range(1, len(labels) - 1)
    ]
    ends.append(CrossRef(CIP_BRIDGE, "end", len(labels) - 2))
    is_level = ("yes", *(("no",) * (len(labels) - 2)), "yes")
    money = facts.currency

    def part(key: str, label: str, when_level: Formula, otherwise: Formula) -> Column:
        chosen = Choose(Here("is_level"), "=", Const("yes"), when_level, otherwise)
        return calculated(key, f"{label} ({money})", Unit.MONEY, chosen)

    rises = (Here("move"), ">=", Const(0))
    start = Difference(Here("end"), Here("move"))
    columns = (
        text("step", "Step", labels),
        text("is_level", "Balance", is_level),
        Column("move", f"Movement ({money})", Unit.MONEY, tuple(moves), kind=Kind.CALCULATED),
        Column("end", f"Running ({money})", Unit.MONEY, tuple(ends), kind=Kind.CALCULATED),
        part("base", "Base", Const(0), Choose(*rises, start, Here("end"))),
        part("level", "Level", Here("end"), Const(0)),
        part("up", "Up", Const(0), Choose(*rises, Here("move"), Const(0))),
        part(
            "down", "Down", Const(0), Choose(*rises, Const(0), Difference(Const(0), Here("move")))
        ),
    )
    return Table(CIP_BRIDGE, columns, len(labels), "Bridge of work in progress, closing rates")


def vintages(facts: Facts) -> tuple[str, ...]:
    """List the vintages, the newest six."""
    found = {s.vintage for currency in currencies(facts) for s in segments(facts, currency)}
    return tuple(sorted(found)[-MOST_VINTAGES:]) or ("none",)


def _run_off_of(facts: Facts, currency: str) -> Table:
    """Describe amortisation by fiscal year and vintage of one functional currency."""
    shown = sorted({year for _, year in axis(facts)})
    columns = (
        text("year", "Fiscal year", shown),
        *(
            calculated(
                f"v{number}",
                f"{vintage} ({currency})",
                Unit.MONEY,
                MatrixSum(
                    waterfall(currency),
                    MONTH_COLUMNS,
                    band(currency),
                    Here("year"),
                    "vintage",
                    Const(vintage),
                ),
            )
            for number, vintage in enumerate(vintages(facts))
        ),
    )
    return Table(
        f"{RUN_OFF}_{currency.lower()}",
        columns,
        len(shown),
        f"Amortisation by vintage ({currency})",
    )


def _run_off(facts: Facts) -> Table:
    """Describe amortisation by fiscal year and vintage, all currencies at closing rates."""
    shown = sorted({year for _, year in axis(facts)})

    def converted_sum(column: str) -> Formula:
        return Plus(
            tuple(
                Product(
                    Alongside(f"{RUN_OFF}_{currency.lower()}", column),
                    Named(f"nm_rate_{currency.lower()}"),
                )
                for currency in currencies(facts)
            )
        )

    columns = (
        text("year", "Fiscal year", shown),
        *(
            calculated(
                f"v{number}",
                f"{vintage} ({facts.currency})",
                Unit.MONEY,
                converted_sum(f"v{number}"),
            )
            for number, vintage in enumerate(vintages(facts))
        ),
    )
    return Table(RUN_OFF, columns, len(shown), "Amortisation by vintage, closing rates")


def _top_projects(facts: Facts) -> Table:
    """Describe the ten components with the most capitalised cost, and the rest."""
    rows = detail_rows(facts).summed(("component_id",), ("capex_amount",)).records
    ranked = sorted(rows, key=lambda row: (-row["capex_amount"], row["component_id"]))
    top = [row["component_id"] for row in ranked if row["capex_amount"]][:MOST_PROJECTS]
    amounts: list[Formula] = [
        SumIfs(Span(PROJECTS, "capex"), ((Span(PROJECTS, "component"), Here("component")),))
        for _ in top
    ]
    shown = Plus(
        tuple(CrossRef(TOP_PROJECTS, "capex", row) for row in range(len(top))) or (Const(0),)
    )
    amounts.append(Difference(Total(PROJECTS, "capex"), shown))
    return filled(
        Table(
            TOP_PROJECTS,
            (
                text("component", "Component", (*top, "All other")),
                Column(
                    "capex",
                    f"Capitalised ({facts.currency})",
                    Unit.MONEY,
                    tuple(amounts),
                    kind=Kind.CALCULATED,
                ),
            ),
            len(top) + 1,
            "Capitalised by component",
        )
    )
