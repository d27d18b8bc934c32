"""The small month's relations behind the sheets that review, disclose and explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MONTH, LAST_MONTH = "2026-10", "2026-09"
ZERO = Decimal(0)
Rows = Sequence[Mapping[str, Any]]


def review_relations(
    cost: Rows, roll: Rows, teams: Mapping[str, str], components: Sequence[tuple[str, ...]]
) -> dict[str, list[dict[str, Any]]]:
    """Return the relations, in step with the month's cost rows and roll-forward."""
    return {
        "rpt_finance__cost_months": _months_before(),
        "rpt_finance__month_before": _last_month(),
        "rpt_finance__team_months": _teams(cost, teams),
        "rpt_finance__plans": _plans(),
        "rpt_finance__movements_year": _year(roll),
        "rpt_finance__impairment": [_signals(row) for row in roll],
        "rpt_finance__adoption": [_adopted(row) for row in roll],
        "rpt_finance__gates": [_gate(component) for component, *_ in components],
        "rpt_finance__entities": _entities(),
        "rpt_finance__closings": _closings(),
        "rpt_finance__access": _access(),
        "rpt_finance__completeness": _populations(),
        "rpt_finance__overrides": _overrides(),
        "rpt_finance__declarations": _declarations(),
    }


def _last_month() -> list[dict[str, Any]]:
    """Return September: 19,400 capitalised and 22,700 expensed, as the months' trend has it."""
    rows = (
        ("checkout", "CHK-WALLET", 9000, "12000.00", "0.00"),
        ("checkout", "NONE", 4000, "0.00", "10000.00"),
        ("ledger", "LED-CORE", 8000, "7400.00", "12700.00"),
    )
    return [
        {
            "value_stream_id": stream,
            "component_id": component,
            "minutes": minutes,
            "capex_amount": Decimal(capex),
            "opex_amount": Decimal(opex),
        }
        for stream, component, minutes, capex, opex in rows
    ]


def _months_before() -> list[dict[str, Any]]:
    return [
        {
            "month_key": LAST_MONTH,
            "nature": "labour",
            **{name: value for name, value in row.items() if name != "minutes"},
        }
        for row in _last_month()
    ]


def _teams(cost: Rows, teams: Mapping[str, str]) -> list[dict[str, Any]]:
    cent = Decimal("0.01")
    rows = []
    for team in sorted(set(teams.values())):
        own = [row for row in cost if teams[row["person_id"]] == team]
        sums = {
            side: sum(
                ((row[side] * row["fx_rate"]).quantize(cent, ROUND_HALF_UP) for row in own), ZERO
            )
            for side in ("capex_amount", "opex_amount")
        }
        rows.append({"month_key": MONTH, "team": team, **sums})
        rows.append(
            {
                "month_key": LAST_MONTH,
                "team": team,
                "capex_amount": Decimal("9700.00"),
                "opex_amount": Decimal("11350.00"),
            }
        )
    return rows


def _plans() -> list[dict[str, Any]]:
    return [
        {
            "month_key": month,
            "value_stream_id": "checkout",
            "budget_amount": Decimal("26000.00"),
            "forecast_amount": Decimal("25500.00") if month == MONTH else None,
        }
        for month in (LAST_MONTH, MONTH)
    ]


def _year(roll: Rows) -> list[dict[str, Any]]:
    """Return the year's earlier movements, which lead to the month's openings."""
    names = (
        "cip_opening", "cip_abandonment", "cip_fx", "cip_other", "transfer_amount",
        "gross_addition", "gross_disposal", "gross_other", "accumulated_opening",
        "accumulated_disposal", "accumulated_impairment", "accumulated_other",
    )  # fmt: skip
    rows = []
    for currency in sorted({row["currency_code"] for row in roll}):
        own = [row for row in roll if row["currency_code"] == currency]
        rows.append(
            dict.fromkeys(names, ZERO)
            | {
                "asset_class": "internal_use_software",
                "currency_code": currency,
                "cip_addition": sum((row["cip_opening"] for row in own), ZERO),
                "gross_opening": sum((row["gross_opening"] for row in own), ZERO),
                "amortization_amount": sum((row["accumulated_opening"] for row in own), ZERO),
            }
        )
    return rows


def _signals(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "asset_key": row["asset_key"],
        "component_id": row["component_id"],
        "component_name": row["component_name"],
        "entity": row["entity"],
        "status": row["status"],
        "currency_code": row["currency_code"],
        "conclusion": None,
        "conclusion_approved_by": None,
        "cip_amount": row["cip_closing"],
        "cost_to_date_amount": row["cip_closing"] + row["gross_closing"],
        "budget_amount": Decimal("120000.00"),
        "inactive_days": 90,
        "suspended_days": None,
        "epic_count": 2,
        "cancelled_epic_count": 0,
        "is_idle": False,
        "is_being_removed": False,
        "is_end_planned": False,
        "last_activity_date": date(2026, 10, 28),
    }


def _adopted(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the paper's row: a tenth of the work in progress would not have been capitalised."""
    before = row["cip_closing"] + row["gross_closing"]
    return {
        "asset_key": row["asset_key"],
        "component_id": row["component_id"],
        "component_name": row["component_name"],
        "entity": row["entity"],
        "status": row["status"],
        "amended_window_state": "none" if row["cip_closing"] else "closed",
        "is_applied": False,
        "currency_code": row["currency_code"],
        "legacy_month_amount": Decimal("100.00"),
        "amended_month_amount": Decimal("60.00"),
        "legacy_amount": before,
        "amended_amount": before - Decimal("40.00"),
        "retrospective_accumulated_amount": Decimal("-5.00"),
        "prospective_equity_amount": Decimal("0.00"),
    }


def _gate(component: str) -> dict[str, Any]:
    return {
        "gate_id": f"{component}|authorised",
        "component_id": component,
        "gate": "authorised",
        "subject": "",
        "recorded_by": "Bo",
        "evidence_url": "https://wiki.example.com/gates/1",
        "note": None,
        "recorded_date": date(2026, 1, 17),
        "effective_date": date(2026, 1, 15),
    }


def _entities() -> list[dict[str, Any]]:
    return [
        {"entity": "US01", "entity_name": "Example Works Inc.", "country": "US"},
        {"entity": "DE01", "entity_name": "Example Works GmbH", "country": "DE"},
    ]


def _closings() -> list[dict[str, Any]]:
    return [
        {
            "event_id": f"0001-close-{LAST_MONTH}",
            "month_key": LAST_MONTH,
            "event": "close",
            "prepared_by": "Ada",
            "approved_by": "Bo",
            "reason": "",
            "content_hash": "cd" * 32,
            "event_hash": "ef" * 32,
            "event_date": date(2026, 10, 5),
        }
    ]


def _access() -> list[dict[str, Any]]:
    rows = (
        ("Ada", "role in the close", 1, 0, None),
        ("Bo", "role in the close", 1, 1, None),
        ("Bo", "gates", 3, 0, date(2026, 1, 17)),
    )
    return [
        {
            "name_key": name.lower(),
            "person_name": name,
            "subject": subject,
            "maker_count": makes,
            "checker_count": checks,
            "last_date": latest,
        }
        for name, subject, makes, checks, latest in rows
    ]


def _populations() -> list[dict[str, Any]]:
    rows = (
        ("people", "US01", 3, 3),
        ("people", "DE01", 3, 2),
        ("work items", "tracker: CHK", None, 120),
    )
    return [
        {"population": population, "scope": scope, "stated_count": stated, "found_count": found}
        for population, scope, stated, found in rows
    ]


def _overrides() -> list[dict[str, Any]]:
    return [
        {
            "override_id": "O-1",
            "work_item_key": "CHK-00",
            "component_id": "NONE",
            "treatment": "opex",
            "reason": "a spike",
            "requested_by": "Ada",
            "approved_by": "Bo",
            "amount": Decimal("120.00"),
            "approved_date": date(2026, 10, 20),
        }
    ]


def _declarations() -> list[dict[str, Any]]:
    return [
        {
            "declaration_id": f"{MONTH}-1",
            "person_id": "P004",
            "team": "NONE",
            "target": "LED-CORE",
            "declared_by": "Ada",
            "approved_by": None,
            "share_ratio": Decimal("0.250000"),
        }
    ]
