"""CostDetail: the lowest grain, the only place where cost enters the workbook."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pyarrow.compute as pc

from reports.formulas import ColumnTotal, Here, Plus, Product, Round
from reports.spec import Column, Formula, Sheet, Table, Unit
from reports.workbooks.finance.names import COST
from reports.workbooks.shared.columns import calculated, fact, filled, in_words, linked, text
from reports.workbooks.shared.facts import Facts, Rows
from reports.workbooks.shared.fixed import fixed

MOST_ROWS = 50_000
"""Rows that a sheet may hold; above it the sheet holds sums by component and person."""

POPULATION = "rpt_finance__cost_detail"
SHOWN = "cost detail as shown"
SUMMED_ITEM = "(summed)"
"""What stands in place of item and evidence where rows are summed."""
SIDES = (("capex", "Capitalised"), ("opex", "Expensed"))
SUMMED = ("minutes", "capex_amount", "opex_amount")

COARSE_GRAIN = (
    "entity", "currency_code", "cost_center", "pay_component", "nature", "component_id",
    "component_name", "value_stream_id", "person_id", "activity", "category", "treatment",
    "rule_id", "citation", "policy_id", "bridge_step", "asset_key", "journal_key", "tax_key",
    "fx_rate",
)  # fmt: skip
"""What a row keeps when it is summed: every column that another sheet sums by."""

_COARSE_ORDER = (*COARSE_GRAIN, "capex_amount", "opex_amount", "minutes")
_ORDER = (
    "entity", "component_id", "person_id", "work_item_key", "pay_component", "treatment",
    "activity", "category", "evidence_tier", "cost_center", "value_stream_id", "rule_id",
    "evidence_ref", "capex_amount", "opex_amount", "minutes",
)  # fmt: skip


def detail_rows(facts: Facts) -> Rows:
    """Return the rows that the sheet shows: all, or sums where all would be too many."""
    return facts.remembered(SHOWN, lambda: _shown(facts))


def release_detail(facts: Facts) -> None:
    """Let go of the cost rows: only the workpaper shows them."""
    for rows in (POPULATION, SHOWN):
        facts.release(rows)


def _shown(facts: Facts) -> Rows:
    table = facts.table(POPULATION)
    if len(table) <= MOST_ROWS:
        return facts.rows(POPULATION).sorted_by(*_ORDER)
    facts.release(POPULATION)
    return _coarse(table, facts.places).sorted_by(*_COARSE_ORDER)


def _coarse(table: pa.Table, places: int) -> Rows:
    """Sum rows by what other sheets sum by; what converting sums would lose stands beside."""
    table = table.select((*COARSE_GRAIN, *SUMMED))
    for side, _ in SIDES:
        table = table.append_column(f"{side}_converted", _converted_column(table, side, places))
    amounts = table.column_names[len(COARSE_GRAIN) :]
    groups = table.group_by(list(COARSE_GRAIN)).aggregate([(name, "sum") for name in amounts])
    summed = Rows.of(groups.rename_columns([*COARSE_GRAIN, *amounts]))
    roundings = {
        f"{side}_rounding": [
            exactly - once
            for exactly, once in zip(
                summed.amounts(f"{side}_converted"),
                reporting_amounts(summed, f"{side}_amount", places),
                strict=True,
            )
        ]
        for side, _ in SIDES
    }
    return summed.with_columns(roundings)


def _converted_column(table: pa.Table, side: str, places: int) -> pa.ChunkedArray:
    """Return what `reporting_amounts` returns, for a table of any length."""
    amount, rate = fixed(table[f"{side}_amount"], 2), fixed(table["fx_rate"], 8)
    return pc.round(pc.multiply(amount, rate), places, round_mode="half_towards_infinity")


def reporting_amounts(rows: Rows, column: str, places: int) -> tuple[Decimal, ...]:
    """Return a functional amount in the reporting currency, as the sheet computes it.

    Args:
        rows: Cost rows.
        column: The functional amount.
        places: Digits behind the point of the reporting currency.
    """
    unit = Decimal(1).scaleb(-places)
    pairs = zip(rows.amounts(column), rows.amounts("fx_rate", 8), strict=True)
    return tuple((amount * rate).quantize(unit, ROUND_HALF_UP) for amount, rate in pairs)


def is_summed(facts: Facts) -> bool:
    """Return whether the sheet holds sums instead of every row."""
    return "capex_rounding" in detail_rows(facts).names


def cost_detail(facts: Facts) -> Sheet:
    """Describe the sheet."""
    rows = detail_rows(facts)
    money = facts.currency
    table = Table(
        COST,
        (
            text("entity", "Entity", rows.texts("entity")),
            text("currency", "Currency", rows.texts("currency_code"), width=10),
            text("cost_center", "Cost centre", rows.texts("cost_center", "NONE")),
            text("component", "Component", rows.texts("component_id")),
            text("stream", "Value stream", rows.texts("value_stream_id")),
            text("person", "Person", rows.texts("person_id")),
            *_items(facts, rows),
            text("pay_component", "Pay component", in_words(rows.texts("pay_component"))),
            text("activity", "Activity", in_words(rows.texts("activity"))),
            text("category", "Category", in_words(rows.texts("category"))),
            text("treatment", "Treatment", rows.texts("treatment")),
            text("rule", "Rule", rows.texts("rule_id", "-")),
            text("citation", "Policy ¶", rows.texts("citation", "-")),
            *_evidence(facts, rows),
            fact("hours", "Hours (h)", Unit.HOURS, rows.hours("minutes"), is_totalled=True),
            fact("capex", "Capitalised (functional)", Unit.MONEY, rows.amounts("capex_amount")),
            fact("opex", "Expensed (functional)", Unit.MONEY, rows.amounts("opex_amount")),
            fact("rate", f"Rate ({money} per unit)", Unit.RATE, rows.amounts("fx_rate", 8)),
            *_roundings(facts, rows),
            *(
                calculated(
                    f"{side}_reporting",
                    f"{label} ({money})",
                    Unit.MONEY,
                    _converted(facts, side),
                    total=ColumnTotal(f"{side}_reporting"),
                )
                for side, label in SIDES
            ),
            text("nature", "Nature", rows.texts("nature")),
            text("bridge_step", "Bridge step", rows.texts("bridge_step")),
            text("asset_key", "Asset", rows.texts("asset_key")),
            text("journal_key", "Journal key", rows.texts("journal_key")),
            text("tax_key", "Tax key", rows.texts("tax_key")),
        ),
        len(rows),
        total_label="Total",
        is_total_above=True,
    )
    return Sheet(
        "CostDetail",
        "Cost detail",
        "C3",
        "Every cost row with its rule and evidence; the only sheet where cost is imported",
        (filled(table),),
        frozen_columns=4,
        paper=8,
    )


def _roundings(facts: Facts, rows: Rows) -> tuple[Column, ...]:
    """Show, where rows are summed, what the rows rounded one by one differ from their sum."""
    if not is_summed(facts):
        return ()
    return tuple(
        fact(
            f"{side}_rounding",
            f"Rounding, {label.lower()} ({facts.currency})",
            Unit.MONEY,
            rows.amounts(f"{side}_rounding"),
        )
        for side, label in SIDES
    )


def _converted(facts: Facts, side: str) -> Formula:
    amount = Round(Product(Here(side), Here("rate")), facts.places)
    return Plus((amount, Here(f"{side}_rounding"))) if is_summed(facts) else amount


def _items(facts: Facts, rows: Rows) -> tuple[Column, ...]:
    """Show the work item and its title; a sum has neither."""
    if is_summed(facts):
        return (text("work_item", "Work item", (SUMMED_ITEM,) * len(rows)),)
    return (
        linked("work_item", "Work item", rows.texts("work_item_key"), rows.texts("work_item_url")),
        text("title", "Title", rows.texts("work_item_title"), width=38),
    )


def _evidence(facts: Facts, rows: Rows) -> tuple[Column, ...]:
    """Show tier, evidence and override of a row; those of a sum stand in the population."""
    if is_summed(facts):
        return (text("evidence", "Evidence", (SUMMED_ITEM,) * len(rows)),)
    return (
        text("tier", "Tier", rows.texts("evidence_tier"), width=7),
        text("evidence", "Evidence", rows.texts("evidence_ref", "-"), width=24),
        text("override", "Override", rows.texts("override_id")),
    )
