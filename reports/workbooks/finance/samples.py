"""Samples: a monetary-unit sample over the capitalised rows of CostDetail, and room to test it."""

from __future__ import annotations

from decimal import Decimal

from capstream.close.audit_sample import drawn, first_unit
from reports.formulas import Const, CountIfs, CrossRef, Span, SumIfs
from reports.spec import Column, Formula, Kind, Sheet, Table, Unit, Value
from reports.workbooks.finance.cost_detail import (
    SUMMED_ITEM,
    detail_rows,
    is_summed,
    reporting_amounts,
)
from reports.workbooks.finance.names import COST
from reports.workbooks.shared.columns import entry, fact, filled, in_words, text
from reports.workbooks.shared.facts import Facts

POPULATION = "tbl_sample_population"
SAMPLE = "tbl_sample"
SIZE, SEED = 25, 1
RESULTS = ("agrees", "difference", "not supported")


def samples(facts: Facts) -> Sheet:
    """Describe the sheet."""
    rows = _capitalised(facts)
    total = sum((int(amount.scaleb(2)) for _, amount in rows), 0)
    interval = max(total // SIZE, 1)
    start = first_unit(facts.stamp.month, SIZE, SEED, interval)
    units: list[dict[str, object]] = [
        {"place": place, "reporting_amount": amount} for place, amount in rows
    ]
    picked = drawn(units, interval, start) if total else []
    found = [(int(str(row["place"])), hits, unit) for row, hits, unit in picked]
    return Sheet(
        "Samples",
        "Sample for testing",
        "F1",
        "Monetary-unit sample of capitalised cost with its seed, and empty columns for results",
        (_population(facts, rows, interval, start), filled(_sample(facts, found))),
        is_header_frozen=False,
        paper=8,
    )


def _capitalised(facts: Facts) -> list[tuple[int, Decimal]]:
    """Return place and amount of every row with a positive capitalised amount."""
    amounts = reporting_amounts(detail_rows(facts), "capex_amount", facts.places)
    return [(place, amount) for place, amount in enumerate(amounts) if amount > 0]


def _population(facts: Facts, rows: list[tuple[int, Decimal]], interval: int, start: int) -> Table:
    money = facts.currency
    above = ((Span(COST, "capex_reporting"), Const(">0")),)
    below = ((Span(COST, "capex_reporting"), Const("<0")),)
    cent = Decimal("0.01")
    lines: tuple[tuple[str, str, Unit, Value | Formula], ...] = (
        ("Capitalised rows above zero", "count", Unit.COUNT, CountIfs(above)),
        ("Their sum", money, Unit.MONEY, SumIfs(Span(COST, "capex_reporting"), above)),
        ("Sum when the sample was drawn", money, Unit.MONEY,
         sum((amount for _, amount in rows), Decimal(0))),
        ("Rows below zero, looked at by themselves", "count", Unit.COUNT, CountIfs(below)),
        ("Their sum", money, Unit.MONEY, SumIfs(Span(COST, "capex_reporting"), below)),
        ("Units asked for", "count", Unit.COUNT, SIZE),
        ("Seed", "number", Unit.INTEGER, SEED),
        ("Interval", money, Unit.MONEY, interval * cent),
        ("First unit", money, Unit.MONEY, start * cent),
    )  # fmt: skip
    return Table(
        POPULATION,
        (
            text("item", "Population", [line[0] for line in lines], width=40),
            text("unit", "Unit", [line[1] for line in lines]),
            Column(
                "value", "Value (unit beside)", Unit.MONEY, tuple(line[3] for line in lines),
                kind=Kind.CALCULATED, units=tuple(line[2] for line in lines),
            ),
        ),
        len(lines),
        keys=("rows", "sum", "drawn_from", "below", "below_sum", "size", "seed", "interval",
              "start"),
    )  # fmt: skip


def _sample(facts: Facts, found: list[tuple[int, int, int]]) -> Table:
    """Describe the rows drawn; each amount is the very cell of CostDetail."""
    picked = detail_rows(facts).at([place for place, _, _ in found])
    evidence = (
        (SUMMED_ITEM,) * len(found) if is_summed(facts) else picked.texts("evidence_ref", "-")
    )
    items = (SUMMED_ITEM,) * len(found) if is_summed(facts) else picked.texts("work_item_key")
    money = facts.currency
    count = len(found)

    return Table(
        SAMPLE,
        (
            text("number", "Item", [f"S-{number:02d}" for number in range(1, count + 1)]),
            text("component", "Component", picked.texts("component_id")),
            text("person", "Person", picked.texts("person_id")),
            text("work_item", "Work item", items),
            text("pay_component", "Pay component", in_words(picked.texts("pay_component"))),
            text("rule", "Rule", picked.texts("rule_id")),
            text("evidence", "Evidence", evidence, width=26),
            Column(
                "amount", f"Capitalised ({money})", Unit.MONEY,
                tuple(CrossRef(COST, "capex_reporting", place) for place, _, _ in found),
                kind=Kind.CALCULATED,
            ),
            fact("hits", "Units in it (count)", Unit.COUNT, [hits for _, hits, _ in found]),
            entry("result", "Result", count, RESULTS, width=14),
            entry("supported", "Supported amount", count, width=16),
            entry("reference", "Working paper", count, width=18),
            entry("comment", "Comment", count, width=36),
        ),
        count,
        "Items drawn",
        note="`capstream sample` writes a page of evidence for each item of a sample of its own.",
    )  # fmt: skip
