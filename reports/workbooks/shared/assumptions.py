"""Assumptions: every parameter, and the named cells that formulas read."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from reports.spec import Column, Sheet, Table, Unit, Value
from reports.workbooks.shared.columns import fact, filled, text
from reports.workbooks.shared.facts import Facts, Rows, exact

PARAMETERS = "tbl_parameters"
ASSUMPTIONS = "tbl_assumptions"


def assumptions(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Assumptions",
        "Assumptions",
        index,
        "Parameters that formulas read by name, and every setting behind the month",
        (_parameters(facts), filled(_assumptions(facts))),
        is_header_frozen=False,
    )


def closing_rates(facts: Facts) -> dict[str, Decimal | None]:
    """Return the closing rates of the month by currency; nothing where none was given."""
    rows = facts.rows("rpt_shared__rates").sorted_by("currency_code")
    rates = rows.optional_amounts("closing_rate", 8)
    return {
        facts.currency: Decimal(1),
        **dict(zip(rows.texts("currency_code"), rates, strict=True)),
    }


def _parameters(facts: Facts) -> Table:
    """Describe the cells that other sheets name."""
    parameters: list[tuple[str, str, Value, Unit, str]] = [
        (
            "nm_tolerance",
            "Tolerance of checks",
            facts.setting("tolerance"),
            Unit.MONEY,
            facts.currency,
        ),
        ("nm_materiality", "Materiality", facts.setting("materiality"), Unit.MONEY, facts.currency),
        (
            "nm_period_end",
            "Last day of the month",
            facts.setting("month_last_date"),
            Unit.DATE,
            "date",
        ),
        (
            "nm_full_time_hours",
            "Hours of one full-time month",
            exact(facts.setting("full_time_hours"), 2),
            Unit.HOURS,
            "h",
        ),
        (
            "nm_review_points",
            "A share that moves by more is reviewed",
            exact(facts.setting("review_points"), 4),
            Unit.RATIO,
            "share",
        ),
    ]
    parameters += [
        (
            f"nm_rate_{currency.lower()}",
            f"Closing rate {currency}",
            rate,
            Unit.RATE,
            f"{facts.currency} per {currency}",
        )
        for currency, rate in closing_rates(facts).items()
    ]
    return Table(
        PARAMETERS,
        (
            text("name", "Name", [row[0] for row in parameters]),
            text("description", "What it is", [row[1] for row in parameters], width=34),
            Column(
                "value",
                "Value (unit beside)",
                Unit.MONEY,
                tuple(row[2] for row in parameters),
                units=tuple(row[3] for row in parameters),
                width=18,
            ),
            text("unit", "Unit", [row[4] for row in parameters]),
        ),
        len(parameters),
        "Read by formulas",
        keys=tuple(row[0] for row in parameters),
        names={("value", number): row[0] for number, row in enumerate(parameters)},
    )


def _assumptions(facts: Facts) -> Table:
    rows = facts.rows("rpt_shared__assumptions").sorted_by("name", "effective_from")
    values, units = _values(rows)
    return Table(
        ASSUMPTIONS,
        (
            text("name", "Setting", rows.texts("name"), width=40),
            text("comment", "Comment", rows.texts("comment"), width=34),
            Column("value", "Value (unit beside)", Unit.TEXT, values, units=units, width=18),
            text("unit", "Unit", rows.texts("unit")),
            text("source", "Source", rows.texts("source"), width=26),
            fact("effective", "Effective from", Unit.DATE, rows.dates("effective_from"), width=12),
        ),
        len(rows),
        "Every setting",
        names=_names(rows),
    )


def _values(rows: Rows) -> tuple[tuple[Value, ...], tuple[Unit, ...]]:
    """Read settings that are numbers as numbers."""
    values: list[Value] = []
    units: list[Unit] = []
    for text_value in rows.texts("value"):
        try:
            number = Decimal(text_value)
        except InvalidOperation:
            values.append(text_value)
            units.append(Unit.TEXT)
        else:
            values.append(number)
            units.append(Unit.INTEGER if number == number.to_integral() else Unit.FTE)
    return tuple(values), tuple(units)


def _names(rows: Rows) -> dict[tuple[str, int], str]:
    """Give each setting that stands once a defined name."""
    texts = [
        "as_" + re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") for name in rows.texts("name")
    ]
    return {
        ("value", row): name
        for row, name in enumerate(texts)
        if texts.count(name) == 1 and len(name) < 200
    }
