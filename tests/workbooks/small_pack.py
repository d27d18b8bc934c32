"""A small month as plain frames: two currencies, five persons, four components, all ties hold."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from reports.spec import PackStamp
from tests.workbooks.small_delivery import delivery_relations
from tests.workbooks.small_review import review_relations
from tests.workbooks.small_rollout import fixed_frames, rollout_frames

MONTH = "2026-10"
STAMP = PackStamp(
    run_id="3f9c2a71d04be8855a6b7f0c",
    inputs_sha256="9b1d" * 16,
    code_version="0.1.0",
    policy_version="us_350_40_legacy@1",
    data_as_of="2026-10-31T18:00:00Z",
    status="DRAFT",
    month=MONTH,
    company_name="Example Works",
    currency="USD",
)
TRAPS = ('=HYPERLINK("http://x","y")', "+1 idea", "-minus", "@mention", "normal \u202e title\x07")
PEOPLE = (
    ("P001", "engineer", "Pay", "US01", "USD"),
    ("P002", "engineer", "Pay", "US01", "USD"),
    ("P003", "engineer", "Core", "DE01", "EUR"),
    ("P004", "manager", "Core", "DE01", "EUR"),
    ("P005", "qa", "Pay", "US01", "USD"),
)
COMPONENTS = (
    ("CHK-WALLET", "Wallet", "checkout", "US01", "USD"),
    ("CHK-ONECLICK", "One-click checkout", "checkout", "US01", "USD"),
    ("LED-CORE", "Ledger core", "ledger", "DE01", "EUR"),
)
RATES = {"USD": Decimal("1.00000000"), "EUR": Decimal("1.08350000")}
PAY = {"salary": Decimal("8000.00"), "payroll_tax": Decimal("612.34")}


def _cost_rows() -> list[dict[str, Any]]:
    """Each person works 160 h: half on a component (capex), the rest expensed."""
    rows: list[dict[str, Any]] = []
    for number, (person, role_class, _, entity, currency) in enumerate(PEOPLE):
        component = next(c for c in COMPONENTS if c[3] == entity and (number % 2 or c[0]))
        if number == 1:
            component = COMPONENTS[1]
        for position, (pay, amount) in enumerate(PAY.items()):
            capex = (
                Decimal(0)
                if role_class == "manager"
                else (amount / 2).quantize(Decimal("0.01"), ROUND_HALF_UP)
            )
            for treatment, part in (("capex", capex), ("opex", amount - capex)):
                if not part:
                    continue
                is_capex = treatment == "capex"
                minutes = 0
                if position == 0:
                    minutes = 4800 if role_class != "manager" else 9600
                key = f"{component[0]}|{entity}"
                rows.append(
                    {
                        "entity": entity,
                        "currency_code": currency,
                        "cost_center": "CC-100",
                        "pay_component": pay,
                        "nature": "labour",
                        "component_id": component[0] if is_capex else "NONE",
                        "component_name": component[1],
                        "value_stream_id": component[2],
                        "person_id": person,
                        "cost_line_id": "NONE",
                        "tax_key": "|".join(
                            (
                                entity,
                                component[0] if is_capex else "NONE",
                                entity[:2],
                                "yes" if is_capex else "no",
                                "supervision" if role_class == "manager" else "direct",
                            )
                        ),
                        "work_item_key": f"{component[0][:3]}-{number}{int(is_capex)}",
                        "work_item_title": TRAPS[number],
                        "work_item_url": (
                            f"https://tracker.example.com/browse/{component[0][:3]}-{number}{int(is_capex)}"
                        ),
                        "activity": "development" if is_capex else "maintenance",
                        "category": "new_capability" if is_capex else "keep_the_lights_on",
                        "treatment": treatment,
                        "rule_id": "L-DEV-1" if is_capex else "L-POST-1",
                        "citation": "350-40-25-2" if is_capex else "350-40-25-6",
                        "policy_id": "us_350_40_legacy",
                        "evidence_tier": "T1",
                        "evidence_ref": f"commit {number}",
                        "override_id": None,
                        "bridge_step": "capex" if is_capex else "outside",
                        "asset_key": key if is_capex else "-",
                        "journal_key": f"J1|{key}|CC-100" if is_capex else "-",
                        "fx_rate": RATES[currency],
                        "minutes": minutes,
                        "capex_amount": part if is_capex else Decimal(0),
                        "opex_amount": Decimal(0) if is_capex else part,
                    }
                )
    return rows


COST = _cost_rows()


def _capex(asset_key: str) -> Decimal:
    return sum((r["capex_amount"] for r in COST if r["asset_key"] == asset_key), Decimal(0))


ASSETS = {
    # asset key: opening CIP, opening gross, base, N, elapsed before, elapsed after, transfer
    "CHK-WALLET|US01": (Decimal("10000.00"), Decimal(0), True),
    "CHK-ONECLICK|US01": (Decimal("2500.50"), Decimal(0), False),
    "LED-CORE|DE01": (Decimal("4000.00"), Decimal("36000.00"), False),
}
OLD_BASE, LIFE, OLD_ELAPSED = Decimal("36000.00"), 36, 9


def _charge(base: Decimal, after: int, before: int) -> Decimal:
    cent = Decimal("0.01")
    now = (base * after / LIFE).quantize(cent, ROUND_HALF_UP)
    return now - (base * before / LIFE).quantize(cent, ROUND_HALF_UP)


def _roll_rows() -> list[dict[str, Any]]:
    rows = []
    for component, name, _, entity, currency in COMPONENTS:
        key = f"{component}|{entity}"
        opening, gross, is_ready = ASSETS[key]
        added = _capex(key)
        transfer = opening + added if is_ready else Decimal(0)
        held = _charge(OLD_BASE, OLD_ELAPSED, 0) if gross else Decimal(0)
        charge = _charge(transfer, 1, 0) if is_ready else Decimal(0)
        if gross:
            charge = _charge(OLD_BASE, OLD_ELAPSED + 1, OLD_ELAPSED)
        zero = dict.fromkeys(
            (
                "cip_abandonment",
                "cip_fx",
                "cip_other",
                "gross_addition",
                "gross_disposal",
                "gross_other",
                "accumulated_disposal",
                "accumulated_impairment",
                "accumulated_true_up",
                "accumulated_other",
            ),
            Decimal(0),
        )
        rows.append(
            zero
            | {
                "asset_key": key,
                "component_id": component,
                "component_name": name,
                "entity": entity,
                "asset_class": "internal_use_software",
                "currency_code": currency,
                "status": "in_service" if gross or is_ready else "in_progress",
                "held_as": "software",
                "closing_rate": RATES[currency],
                "journal_key": f"J5|{key}",
                "cip_opening": opening,
                "transfer_amount": transfer,
                "gross_opening": gross,
                "accumulated_opening": held,
                "cip_closing": opening + added - transfer,
                "gross_closing": gross + transfer,
                "accumulated_closing": held + charge,
                "amortization_amount": charge,
                "_charge": charge,
            }
        )
    return rows


ROLL = _roll_rows()


def _waterfall_rows() -> list[dict[str, Any]]:
    rows = []
    for row in ROLL:
        if not row["gross_closing"]:
            continue
        is_old = bool(row["gross_opening"])
        base = OLD_BASE if is_old else row["gross_closing"]
        start = (2026, 1) if is_old else (2026, 10)
        for step in range(LIFE):
            index = start[0] * 12 + start[1] - 1 + step
            rows.append(
                {
                    "asset_key": row["asset_key"],
                    "component_id": row["component_id"],
                    "entity": row["entity"],
                    "currency_code": row["currency_code"],
                    "vintage": "FY2026",
                    "segment_number": 1,
                    "base_amount": base,
                    "whole_units": LIFE,
                    "month_key": f"{index // 12}-{index % 12 + 1:02d}",
                    "units_before": step,
                    "units_after": step + 1,
                    "journal_key": f"J6|{row['asset_key']}",
                }
            )
    return rows


def _journal_rows() -> list[dict[str, Any]]:
    rows = []
    pairs = {"J1": ("1560", "6215"), "J5": ("1570", "1560"), "J6": ("5200", "1575")}
    amounts: dict[str, list[tuple[str, Decimal, str, str]]] = {"J1": [], "J5": [], "J6": []}
    for row in ROLL:
        key, entity, currency = row["asset_key"], row["entity"], row["currency_code"]
        if _capex(key):
            amounts["J1"].append((f"J1|{key}|CC-100", _capex(key), entity, currency))
        if row["transfer_amount"]:
            amounts["J5"].append((f"J5|{key}", row["transfer_amount"], entity, currency))
        if row["_charge"]:
            amounts["J6"].append((f"J6|{key}", row["_charge"], entity, currency))
    for kind, found in amounts.items():
        for number, (key, _amount, entity, currency) in enumerate(found):
            for side, account in zip(("debit", "credit"), pairs[kind], strict=True):
                rows.append(
                    {
                        "entry_id": f"{kind}-{entity}-{MONTH}",
                        "entry_type": kind,
                        "entity": entity,
                        "currency_code": currency,
                        "line_number": number * 2 + (1 if side == "debit" else 2),
                        "account": account,
                        "account_name": f"Account {account}",
                        "cost_center": "CC-100",
                        "component_id": key.split("|")[1],
                        "journal_key": key,
                        "memo": f"{kind} {key}",
                        "other_amount": Decimal(0),
                        "posting_sign": 1 if side == "debit" else -1,
                    }
                )
    return rows


def _register_rows() -> list[dict[str, Any]]:
    return [
        {
            "entity": entity,
            "currency_code": currency,
            "pay_component": pay,
            "fx_rate": RATES[currency],
            "amount": amount,
        }
        for _, _, _, entity, currency in PEOPLE
        for pay, amount in PAY.items()
    ]


def _projects() -> list[dict[str, Any]]:
    rows = [
        {
            "component_id": component,
            "component_name": name,
            "value_stream_id": stream,
            "asset_class": "internal_use_software",
            "status": "in progress",
            "authorised_date": date(2026, 1, 15),
            "funding_date": date(2026, 1, 20),
            "probable_date": date(2026, 2, 1),
            "open_uncertainty_count": 0,
            "life_months": LIFE,
            "capitalisation_start_date": date(2026, 2, 1),
            "ready_date": date(2026, 10, 1) if component == "CHK-WALLET" else None,
            "evidence_url": "https://wiki.example.com/gates/1",
            "prior_capex_amount": Decimal("5000.00"),
            "year_before_capex_amount": Decimal("40000.00"),
            "all_before_capex_amount": Decimal("55000.00"),
            "budget_amount": Decimal("120000.00"),
        }
        for component, name, stream, _, _ in COMPONENTS
    ]
    none = dict.fromkeys(rows[0]) | {
        "component_id": "NONE",
        "component_name": "No component",
        "value_stream_id": "-",
        "asset_class": "-",
        "status": "-",
    }
    return [*rows, none]


def _persons() -> list[dict[str, Any]]:
    return [
        {
            "person_id": person,
            "display_name": person,
            "role": role.title(),
            "role_class": role,
            "team": team,
            "entity": entity,
            "work_country": entity[:2],
            "worked_minutes": 9600,
            "leave_minutes": 480,
            "unattributed_minutes": 0,
            "unpriced_minutes": 0,
            "register_amount": sum(PAY.values()),
            "before_capex_amount": Decimal(0) if role == "qa" else Decimal("12000.00"),
            "before_amount": Decimal("25000.00"),
        }
        for person, role, team, entity, _ in PEOPLE
    ]


def _assets() -> list[dict[str, Any]]:
    return [
        {
            "asset_key": row["asset_key"],
            "component_name": row["component_name"],
            "component_id": row["component_id"],
            "entity": row["entity"],
            "asset_class": row["asset_class"],
            "value_stream_id": "checkout",
            "currency_code": row["currency_code"],
            "status": "in_service",
            "ready_date": date(2026, 10, 1),
            "convention": "full_month",
            "method": "straight_line",
            "policy_id": "us_350_40_legacy",
            "note_group": "internally generated",
            "amortization_start_date": date(2026, 10, 1),
            "remaining_months": LIFE - 1,
            "life_months": LIFE,
            "cost_amount": row["gross_closing"],
            "accumulated_amount": row["accumulated_closing"],
            "impairment_amount": Decimal(0),
            "parent_component_id": "NONE",
            "first_month_key": "2026-08",
            "opening_cost_amount": Decimal(0),
            "labour_amount": row["gross_closing"],
            "stock_compensation_amount": Decimal(0),
            "contractor_amount": Decimal(0),
            "ai_amount": Decimal(0),
            "interest_amount": Decimal(0),
            "other_amount": Decimal(0),
            "domestic_amount": Decimal(0),
            "foreign_amount": row["gross_closing"],
            "unplaced_amount": Decimal(0),
            "disposal_date": None,
            "amortization_account": "5200",
            "evidence_url": "https://wiki.example.com/ready/1",
        }
        for row in ROLL
        if row["gross_closing"]
    ]


def _asset_events() -> list[dict[str, Any]]:
    return [
        {
            "event_id": f"EV-{number}",
            "asset_key": row["asset_key"],
            "entity": row["entity"],
            "month_key": "2026-10",
            "event_type": "life_change",
            "currency_code": row["currency_code"],
            "amount": None,
            "proceeds_amount": Decimal(0),
            "remaining_months": LIFE,
            "effective_date": date(2026, 10, 1),
        }
        for number, row in enumerate(ROLL)
        if row["gross_closing"]
    ]


def _converted(column: str) -> Decimal:
    return _sum_converted(COST, column)


def _sum_converted(rows: list[dict[str, Any]], column: str) -> Decimal:
    return sum(
        ((r[column] * r["fx_rate"]).quantize(Decimal("0.01"), ROUND_HALF_UP) for r in rows),
        Decimal(0),
    )


def _evidence() -> list[dict[str, Any]]:
    """Cost by team and tier, as the cost rows add up."""
    teams = {person: team for person, _, team, _, _ in PEOPLE}
    return [
        {
            "team": team,
            "evidence_tier": "T1",
            "minutes": sum(row["minutes"] for row in rows),
            "capex_amount": _sum_converted(rows, "capex_amount"),
            "opex_amount": _sum_converted(rows, "opex_amount"),
        }
        for team in sorted(set(teams.values()))
        for rows in [[row for row in COST if teams[row["person_id"]] == team]]
    ]


def _unattributed() -> list[dict[str, Any]]:
    """One person has a day on the team's mix, nobody has time on nothing."""
    return [
        {
            "person_id": "P005",
            "team": "Pay",
            "role_class": "qa",
            "reason": "accounts, but no act of theirs in the month",
            "remedy": "declare an allocation, or log time",
            "worked_minutes": 9600,
            "team_mix_minutes": 480,
            "unattributed_minutes": 0,
            "day_count": 1,
            "act_count": 0,
            "amount": Decimal("430.12"),
        }
    ]


def _mapping() -> list[dict[str, Any]]:
    placed = (
        ("rule", "epic CHK-100", 0, 38400),
        ("rule", "project LED", 1, 0),
        ("unmapped", "-", -1, 9600),
    )
    return [
        {
            "placed_by": placed_by,
            "rule_text": rule,
            "rule_order": order,
            "value_stream_id": "checkout" if order >= 0 else "NONE",
            "component_id": "NONE",
            "minutes": minutes,
            "item_count": int(minutes > 0),
        }
        for placed_by, rule, order, minutes in placed
    ]


def _unmapped() -> list[dict[str, Any]]:
    return [
        {
            "work_item_key": "X-1",
            "title": TRAPS[0],
            "url": "https://tracker.example.com/browse/X-1",
            "item_type": "Story",
            "project_key": "X",
            "minutes": 9600,
            "amount": Decimal("8612.34"),
        }
    ]


def _as_of_close() -> list[dict[str, Any]]:
    return [
        {
            "work_item_key": "CHK-1",
            "title": TRAPS[1],
            "url": "https://tracker.example.com/browse/CHK-1",
            "field": "item_type",
            "value_on_day": "Story",
            "value_at_close": "Bug",
            "minutes": 480,
            "person_count": 1,
            "amount": Decimal("512.00"),
            "first_date": date(2026, 10, 5),
            "last_date": date(2026, 10, 6),
        }
    ]


def _months() -> list[dict[str, Any]]:
    rows = []
    for step in range(13):
        index = 2025 * 12 + 9 + step
        month = f"{index // 12}-{index % 12 + 1:02d}"
        rows.append(
            {
                "month_key": month,
                "fiscal_year": f"FY{index // 12}",
                "capex_amount": Decimal(15000 + 400 * step),
                "opex_amount": Decimal(26000 - 300 * step),
                "amortization_amount": Decimal(1000 if step > 2 else 0),
                "cip_closing_amount": Decimal(9000 + 700 * step),
                "net_book_value_amount": Decimal(36000 - 500 * step),
                "placed_amount": Decimal(0),
                "cost_amount": Decimal(41000 + 100 * step),
            }
        )
    rows[-1]["cost_amount"] = _converted("capex_amount") + _converted("opex_amount")
    return rows


def _investment() -> list[dict[str, Any]]:
    rows = []
    for stream in ("checkout", "ledger"):
        for category in ("new_capability", "keep_the_lights_on"):
            found = [r for r in COST if (r["value_stream_id"], r["category"]) == (stream, category)]
            rows.append(
                {
                    "value_stream_id": stream,
                    "category": category,
                    "minutes": sum(r["minutes"] for r in found),
                    "capex_amount": _sum_converted(found, "capex_amount"),
                    "opex_amount": _sum_converted(found, "opex_amount"),
                    "prior_amount": Decimal("9000.00"),
                    "year_before_amount": Decimal("81000.00"),
                    "target_ratio": Decimal("0.6") if category == "new_capability" else None,
                }
            )
    return rows


def frames() -> dict[str, pd.DataFrame]:
    """Return the reporting relations of the small month."""
    relations: dict[str, list[dict[str, Any]]] = {
        "rpt_shared__settings": [
            {
                "fiscal_year": 2026,
                "fiscal_year_first_month": "2026-01",
                "tolerance": Decimal("0.00"),
                "materiality": Decimal("5000.00"),
                "month_last_date": date(2026, 10, 31),
                "full_time_hours": Decimal("176.00"),
                "review_points": Decimal("0.30"),
            }
        ],
        "rpt_shared__rates": [{"currency_code": "EUR", "closing_rate": RATES["EUR"]}],
        "rpt_shared__assumptions": [
            {
                "name": "attribution.nearest_days",
                "value": "3",
                "unit": "days",
                "source": "capstream.yaml",
                "effective_from": date(2025, 9, 1),
                "comment": "",
            },
            *(
                {
                    "name": f"reporting_replacement_cost_{end}",
                    "value": share,
                    "unit": "share of a year's pay",
                    "source": "capstream.yaml",
                    "effective_from": date(2025, 9, 1),
                    "comment": "",
                }
                for end, share in (("low", "0.5"), ("high", "2.0"))
            ),
        ],
        "rpt_shared__policies": [
            {
                "policy_id": "us_350_40_legacy",
                "entities": "DE01, US01",
                "framework": "US_350_40_LEGACY",
                "policy_version": 1,
                "status": "approved",
                "approved_by": "Bo",
                "approved_on": date(2025, 9, 1),
                "effective_from": date(2025, 9, 1),
            }
        ],
        "rpt_shared__policy_paragraphs": [
            {
                "policy_id": "us_350_40_legacy",
                "paragraph_order": 1,
                "title": "L-DEV-1",
                "text": "Design, coding and testing inside the window are capitalised.",
            }
        ],
        "rpt_shared__ipe": [
            {
                "source": "tracker",
                "kind": "jira",
                "object_name": "work_items",
                "parameters": "mode files",
                "watermark": "2026-10-31T18:00:00Z",
                "rows_in": 120,
                "rows_rejected": 1,
                "rows_superseded": 3,
                "model_name": "inp_work_items",
                "content_hash": "ab" * 32,
            }
        ],
        "rpt_shared__checks": [
            {
                "check_id": "VAL-PAYROLL",
                "area": "valuation",
                "description": "allocated pay = register",
                "left_value": Decimal("43061.70"),
                "right_value": Decimal("43061.70"),
                "difference": Decimal("0.00"),
                "tolerance": Decimal("0.00"),
                "status": "PASS",
                "severity": "BLOCK",
                "detail": "",
            }
        ],
        "rpt_shared__link_hosts": [{"host": "tracker.example.com"}, {"host": "wiki.example.com"}],
        "rpt_finance__cost_detail": COST,
        "rpt_finance__journal_entry": _journal_rows(),
        "rpt_finance__roll_forward": ROLL,
        "rpt_finance__amort_waterfall": _waterfall_rows(),
        "rpt_finance__payroll_register": _register_rows(),
        "rpt_finance__gl_balances": [
            {
                "entity": row["entity"],
                "account": "1570",
                "account_name": "Capitalised software",
                "account_key": "gross",
                "currency_code": row["currency_code"],
                "gl_amount": row["gross_closing"],
                "register_amount": None,
            }
            for row in ROLL
            if row["gross_closing"]
        ],
        "rpt_finance__project_detail": _projects(),
        "rpt_finance__person_detail": _persons(),
        "rpt_finance__evidence": _evidence(),
        "rpt_finance__unattributed": _unattributed(),
        "rpt_finance__mapping": _mapping(),
        "rpt_finance__unmapped": _unmapped(),
        "rpt_finance__as_of_close": _as_of_close(),
        "rpt_finance__register": _assets(),
        "rpt_finance__asset_events": _asset_events(),
        "rpt_finance__months": _months(),
        "rpt_investment__investment": _investment(),
        "rpt_investment__value_streams": [
            {
                "value_stream_id": stream,
                "value_stream_name": stream.title(),
                "owner": "Pay team",
                "person_count": 6,
                "revenue_amount": Decimal("250000.00"),
                "finished_count": 12,
            }
            for stream in ("checkout", "ledger")
        ],
        "rpt_investment__initiatives": [
            {
                "value_stream_id": "checkout",
                "initiative_key": "CHK-100",
                "title": TRAPS[0],
                "url": "https://tracker.example.com/browse/CHK-100",
                "initiative_rank": 1,
                "minutes": 4800,
                "amount": Decimal("9000.00"),
            }
        ],
        "rpt_investment__trend": [
            {"month_key": row["month_key"], "category": category, "amount": row[column]}
            for row in _months()
            for category, column in (
                ("new_capability", "capex_amount"),
                ("keep_the_lights_on", "opex_amount"),
            )
        ],
        "rpt_ai_roi__spend": [
            {
                "month_key": month,
                "vendor": "vendor-a",
                "tool": "assistant",
                "seat_count": 20,
                "active_count": 14 + step,
                "seat_amount": Decimal("390.00"),
                "metered_amount": Decimal("120.55") + 10 * step,
                "other_amount": Decimal(0),
            }
            for step, month in enumerate(("2026-08", "2026-09", "2026-10"))
        ],
        "rpt_ai_roi__invoices": [{"vendor": "vendor-a", "invoiced_amount": Decimal("530.55")}],
        "rpt_ai_roi__adoption": [
            {
                "team": team,
                "tool": "assistant",
                "person_count": 8,
                "seat_count": 7,
                "active_count": 6,
                "weekly_active_count": 5,
                "dose_heavy_count": None,
                "idle_seat_count": None,
                "is_merged": team == "other",
            }
            for team in ("Pay", "Core", "other")
        ],
        "rpt_ai_roi__adoption_tools": [
            {
                "tool": "assistant",
                "person_count": 24,
                "seat_count": 21,
                "active_count": 18,
                "weekly_active_count": 15,
                "idle_seat_count": 6,
                "reported_seat_count": 20,
                "dose_none_count": 6,
                "dose_light_count": 9,
                "dose_moderate_count": None,
                "dose_heavy_count": None,
                "use_gini": 0.375,
            }
        ],
        "rpt_finance__exceptions": [
            {
                "exception_id": "UNMAPPED-1",
                "rule": "UNMAPPED_ITEM",
                "severity": "WARN",
                "component_id": "NONE",
                "person_id": "P002",
                "description": "CHK-9 has no value stream: add a rule in value_streams.yaml",
                "amount": Decimal("812.50"),
                "opened_date": date(2026, 10, 1),
                "proposed_treatment": "expense",
                "evidence_url": "https://tracker.example.com/browse/CHK-9",
            }
        ],
        **review_relations(COST, ROLL, {row[0]: row[2] for row in PEOPLE}, COMPONENTS),
    }
    relations |= delivery_relations(_stream_cost("checkout"))
    relations |= fixed_frames()
    return {name: pd.DataFrame(rows) for name, rows in relations.items()} | rollout_frames("A")


def _stream_cost(stream: str) -> Decimal:
    rows = [row for row in _investment() if row["value_stream_id"] == stream]
    return sum((row["capex_amount"] + row["opex_amount"] for row in rows), Decimal(0))


def reader(relations: dict[str, pd.DataFrame] | None = None):
    """Return a reader over the frames."""
    found = relations or frames()
    return lambda name: pa.Table.from_pandas(found[name], preserve_index=False)
