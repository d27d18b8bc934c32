"""Register: the assets in service, what went into each, and what happened to it since."""

from __future__ import annotations

from reports.formulas import Difference, Here, Plus, Span, SumIfs
from reports.spec import Sheet, Table, Unit
from reports.workbooks.finance.names import asset_lots, currencies, register, waterfall
from reports.workbooks.shared.columns import calculated, fact, filled, in_words, linked, text
from reports.workbooks.shared.facts import Facts, Rows

_NATURES = (
    ("opening", "Taken over", "opening_cost_amount"),
    ("labour", "Labour", "labour_amount"),
    ("stock", "Stock compensation", "stock_compensation_amount"),
    ("contractors", "Contractors", "contractor_amount"),
    ("ai", "AI tools", "ai_amount"),
    ("interest", "Interest", "interest_amount"),
    ("other", "Other", "other_amount"),
)
_PLACES = (
    ("domestic", "Done in the United States", "domestic_amount"),
    ("foreign", "Done elsewhere", "foreign_amount"),
    ("unplaced", "Without a place of work", "unplaced_amount"),
)


def asset_register(facts: Facts) -> Sheet:
    """Describe the sheet: for each functional currency its assets, their cost, their history."""
    blocks = [
        block
        for currency in currencies(facts)
        for block in (_block(facts, currency), _lots(facts, currency), _history(facts, currency))
    ]
    return Sheet(
        "Register",
        "Asset register",
        "D1",
        "Every capitalised asset: cost, life, charge, accumulated amortisation, net book value",
        tuple(map(filled, blocks)),
        frozen_columns=1,
        is_header_frozen=False,
        paper=8,
    )


def _assets(facts: Facts, currency: str) -> Rows:
    rows = facts.rows("rpt_finance__register").where(currency_code=currency)
    return rows.sorted_by("ready_date", "component_id", "entity")


def _block(facts: Facts, currency: str) -> Table:
    rows = _assets(facts, currency)
    block = waterfall(currency)
    charge = SumIfs(Span(block, "month"), ((Span(block, "asset_key"), Here("asset_key")),))
    columns = (
        linked("asset_key", "Asset", rows.texts("asset_key"), rows.texts("evidence_url")),
        text("name", "Name", rows.texts("component_name"), width=30),
        text("entity", "Entity", rows.texts("entity")),
        text("asset_class", "Class", in_words(rows.texts("asset_class", "NONE"))),
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("group", "Note group", rows.texts("note_group"), width=22),
        text("policy", "Policy", rows.texts("policy_id"), width=22),
        text("status", "State", in_words(rows.texts("status"))),
        fact("ready", "Ready for use", Unit.DATE, rows.dates("ready_date"), width=12),
        text("method", "Method", in_words(rows.texts("method"))),
        text("convention", "Convention", rows.texts("convention")),
        fact("start", "Amortised from", Unit.DATE, rows.dates("amortization_start_date"), width=12),
        fact("life", "Life (months)", Unit.COUNT, rows.integers("life_months")),
        fact("left", "Still to charge (months)", Unit.COUNT, rows.integers("remaining_months")),
        fact(
            "cost", f"Cost ({currency})", Unit.MONEY, rows.amounts("cost_amount"), is_totalled=True
        ),
        calculated(
            "charge", f"Charge of the month ({currency})", Unit.MONEY, charge, is_totalled=True
        ),
        fact(
            "held",
            f"Accumulated ({currency})",
            Unit.MONEY,
            rows.amounts("accumulated_amount"),
            is_totalled=True,
        ),
        fact(
            "impaired",
            f"of it impairment ({currency})",
            Unit.MONEY,
            rows.amounts("impairment_amount"),
            is_totalled=True,
        ),
        calculated(
            "net",
            f"Net book value ({currency})",
            Unit.MONEY,
            Difference(Here("cost"), Here("held")),
            is_totalled=True,
        ),
        fact("disposed", "Disposed on", Unit.DATE, rows.dates("disposal_date"), width=12),
        text("account", "Amortisation account", rows.texts("amortization_account")),
    )
    return Table(
        register(currency),
        columns,
        len(rows),
        f"Functional currency {currency}",
        total_label="Total",
    )


def _lots(facts: Facts, currency: str) -> Table:
    """Describe what went into each asset, by nature and by place of work (tax lots)."""
    rows = _assets(facts, currency)
    amounts = tuple(
        fact(key, f"{title} ({currency})", Unit.MONEY, rows.amounts(column), is_totalled=True)
        for key, title, column in (*_NATURES, *_PLACES)
    )
    put_in = calculated(
        "put_in",
        f"Put in ({currency})",
        Unit.MONEY,
        Plus(tuple(Here(key) for key, _, _ in _NATURES)),
        is_totalled=True,
    )
    columns = (
        text("asset_key", "Asset", rows.texts("asset_key")),
        text("name", "Name", rows.texts("component_name"), width=30),
        text("parent", "Enhances", rows.texts("parent_component_id")),
        text("first_month", "First cost", rows.texts("first_month_key")),
        *amounts[: len(_NATURES)],
        put_in,
        *amounts[len(_NATURES) :],
    )
    return Table(
        asset_lots(currency),
        columns,
        len(rows),
        f"What went into them ({currency})",
        note="To date, before impairments and disposals; by place without what was taken over.",
        total_label="Total",
    )


def _history(facts: Facts, currency: str) -> Table:
    """Describe impairments, disposals and changes of life, in the order of their dates."""
    rows = facts.rows("rpt_finance__asset_events").where(currency_code=currency)
    rows = rows.sorted_by("effective_date", "event_id", "entity")
    columns = (
        text("event", "Event", rows.texts("event_id")),
        text("asset_key", "Asset", rows.texts("asset_key")),
        text("kind", "What happened", in_words(rows.texts("event_type")), width=30),
        fact("day", "Effective", Unit.DATE, rows.dates("effective_date"), width=12),
        text("month", "Booked in", rows.texts("month_key")),
        fact("amount", f"Amount ({currency})", Unit.MONEY, rows.optional_amounts("amount")),
        fact("proceeds", f"Proceeds ({currency})", Unit.MONEY, rows.amounts("proceeds_amount")),
        fact(
            "left",
            "Life from then on (months)",
            Unit.COUNT,
            rows.optional_amounts("remaining_months", 0),
        ),
    )
    return Table(
        f"tbl_asset_events_{currency.lower()}",
        columns,
        len(rows),
        f"What happened to them ({currency})",
        note="An impairment without an amount is of all that is left.",
    )
