"""RollForward: opening to closing, work in progress and assets in service, per currency."""

from __future__ import annotations

from reports.formulas import Alongside, Const, Difference, Here, Plus, Product, Round, Span, SumIfs
from reports.spec import Column, Formula, Sheet, Table, Unit
from reports.workbooks.finance.names import (
    COST,
    cip,
    classes,
    currencies,
    service,
    waterfall,
)
from reports.workbooks.shared.columns import calculated, fact, filled, in_words, text
from reports.workbooks.shared.facts import Facts, Rows

NATURES = (
    ("labour", "Additions: labour"),
    ("stock_compensation", "Additions: stock compensation"),
    ("contractor", "Additions: contractors"),
    ("ai", "Additions: AI"),
    ("interest", "Additions: interest"),
    ("other", "Additions: other direct"),
)
"""Natures of cost that enter work in progress, in the order of the columns."""

ADDITIONS = tuple(f"add_{nature}" for nature, _ in NATURES)


def roll_forward(facts: Facts) -> Sheet:
    """Describe the sheet."""
    blocks: list[Table] = []
    for currency in currencies(facts):
        rows = _rows(facts, currency)
        blocks += [
            filled(_cip(facts, rows, currency)),
            filled(_service(facts, rows, currency)),
            filled(_classes(rows, currency)),
        ]
    return Sheet(
        "RollForward",
        "Roll-forward of capitalised software",
        "B2",
        "Opening to closing by project: work in progress, then assets in service",
        tuple(blocks),
        frozen_columns=2,
        is_header_frozen=False,
        paper=8,
    )


def _rows(facts: Facts, currency: str) -> Rows:
    rows = facts.rows("rpt_finance__roll_forward").where(currency_code=currency)
    return rows.sorted_by("asset_class", "component_id", "entity")


def _labels(rows: Rows) -> tuple[Column, ...]:
    return (
        text("component", "Project (component)", rows.texts("component_id")),
        text("name", "Name", rows.texts("component_name"), width=30),
        text("entity", "Entity", rows.texts("entity")),
        text("asset_class", "Asset class", in_words(rows.texts("asset_class", "NONE"))),
        text("status", "State", in_words(rows.texts("status"))),
        text("held_as", "Held as", rows.texts("held_as")),
        text("asset_key", "Asset", rows.texts("asset_key")),
    )


def _addition(nature: str) -> SumIfs:
    return SumIfs(
        Span(COST, "capex"),
        ((Span(COST, "asset_key"), Here("asset_key")), (Span(COST, "nature"), Const(nature))),
    )


def _money(key: str, label: str, currency: str, rows: Rows, column: str) -> Column:
    return fact(key, f"{label} ({currency})", Unit.MONEY, rows.amounts(column), is_totalled=True)


def _live(key: str, label: str, currency: str, formula: Formula) -> Column:
    return calculated(key, f"{label} ({currency})", Unit.MONEY, formula, is_totalled=True)


def _cip(facts: Facts, rows: Rows, currency: str) -> Table:
    added = tuple(
        _live(f"add_{nature}", label, currency, _addition(nature)) for nature, label in NATURES
    )
    movements = ("opening", "additions", "written_off", "fx", "other")
    closing = Difference(Plus(tuple(Here(name) for name in movements)), Here("out"))
    columns = (
        *_labels(rows),
        _money("opening", "Opening CIP", currency, rows, "cip_opening"),
        *added,
        _live("additions", "Additions", currency, Plus(tuple(Here(name) for name in ADDITIONS))),
        _money("written_off", "Written off", currency, rows, "cip_abandonment"),
        _money("fx", "FX", currency, rows, "cip_fx"),
        _money("other", "Other", currency, rows, "cip_other"),
        _money("out", "Placed in service", currency, rows, "transfer_amount"),
        _live("closing", "Closing CIP", currency, closing),
        *_converted(facts, rows),
        text("journal_key", "Journal key", rows.texts("journal_key"), width=34),
    )
    return Table(
        cip(currency),
        columns,
        len(rows),
        f"Work in progress ({currency})",
        total_label="Total",
    )


def _converted(facts: Facts, rows: Rows) -> tuple[Column, Column]:
    """Show the closing balance in the reporting currency, at the closing rate."""
    return (
        fact(
            "rate",
            f"Closing rate ({facts.currency})",
            Unit.RATE,
            rows.optional_amounts("closing_rate", 8),
        ),
        _live(
            "closing_reporting",
            "Closing, reporting",
            facts.currency,
            Round(Product(Here("closing"), Here("rate")), facts.places),
        ),
    )


def _service(facts: Facts, rows: Rows, currency: str) -> Table:
    charge = SumIfs(
        Span(waterfall(currency), "month"),
        ((Span(waterfall(currency), "asset_key"), Here("asset_key")),),
    )
    gross = ("opening_gross", "transferred_in", "direct", "disposed", "gross_other")
    held = ("opening_held", "charge", "disposed_held", "impaired", "held_other")
    columns = (
        *_labels(rows),
        _money("opening_gross", "Opening cost", currency, rows, "gross_opening"),
        _live("transferred_in", "From CIP", currency, Alongside(cip(currency), "out")),
        _money("direct", "Direct additions", currency, rows, "gross_addition"),
        _money("disposed", "Disposals", currency, rows, "gross_disposal"),
        _money("gross_other", "FX and other", currency, rows, "gross_other"),
        _live("closing_gross", "Closing cost", currency, _added(gross)),
        _money("opening_held", "Opening accumulated", currency, rows, "accumulated_opening"),
        _live("charge", "Amortisation", currency, charge),
        _money("disposed_held", "Disposals, accumulated", currency, rows, "accumulated_disposal"),
        _money("impaired", "Impairment", currency, rows, "accumulated_impairment"),
        _money("held_other", "FX and other, accumulated", currency, rows, "accumulated_other"),
        _live("closing_held", "Closing accumulated", currency, _added(held)),
        _live(
            "closing",
            "Net book value",
            currency,
            Difference(Here("closing_gross"), Here("closing_held")),
        ),
        *_converted(facts, rows),
    )
    return Table(
        service(currency),
        columns,
        len(rows),
        f"Assets in service ({currency})",
        total_label="Total",
    )


def _added(names: tuple[str, ...]) -> Plus:
    return Plus(tuple(Here(name) for name in names))


def _classes(rows: Rows, currency: str) -> Table:
    found = in_words(name or "NONE" for (name,) in rows.distinct("asset_class"))

    def by_class(block: str, column: str) -> SumIfs:
        return SumIfs(Span(block, column), ((Span(block, "asset_class"), Here("asset_class")),))

    held, served = cip(currency), service(currency)
    columns = (
        text("asset_class", "Asset class", found),
        _live("opening", "Opening CIP", currency, by_class(held, "opening")),
        _live("closing_cip", "Closing CIP", currency, by_class(held, "closing")),
        _live("closing_gross", "Closing cost", currency, by_class(served, "closing_gross")),
        _live("closing_held", "Closing accumulated", currency, by_class(served, "closing_held")),
        _live("closing", "Net book value", currency, by_class(served, "closing")),
    )
    return Table(
        classes(currency),
        columns,
        len(found),
        f"By asset class ({currency})",
        total_label="Total",
    )
