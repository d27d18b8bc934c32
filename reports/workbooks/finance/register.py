"""Register: the assets in service, with life, charge and net book value."""

from __future__ import annotations

from reports.formulas import Difference, Here, Span, SumIfs
from reports.spec import Sheet, Table, Unit
from reports.workbooks.finance.names import currencies, register, waterfall
from reports.workbooks.shared.columns import calculated, fact, filled, in_words, linked, text
from reports.workbooks.shared.facts import Facts


def asset_register(facts: Facts) -> Sheet:
    """Describe the sheet: one block per functional currency."""
    return Sheet(
        "Register",
        "Asset register",
        "D1",
        "Every capitalised asset: cost, life, charge, accumulated amortisation, net book value",
        tuple(filled(_block(facts, currency)) for currency in currencies(facts)),
        frozen_columns=1,
        is_header_frozen=len(currencies(facts)) == 1,
        paper=8,
    )


def _block(facts: Facts, currency: str) -> Table:
    rows = facts.rows("rpt_finance__register").where(currency_code=currency)
    rows = rows.sorted_by("ready_date", "component_id", "entity")
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
