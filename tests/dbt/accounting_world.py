"""A small company for the tests of classification, assets and journals: everything but effort.

Effort and cost are given as rows, so that a test states minutes and money, not evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from capstream.company.ledger_accounts import DEFAULT_ACCOUNTS
from capstream.documents.validation import validated
from capstream.documents.yaml_reader import read_yaml
from capstream.policy.model import Policy
from capstream.policy.rows import policy_rows
from capstream.types import Month, minor_digits
from tests.dbt.harness import run_models

Row = dict[str, Any]
PRESETS = Path(__file__).resolve().parents[2] / "policies"
EVERYTHING = (
    "fct_capitalization", "fct_assets", "fct_asset_additions", "fct_asset_movements",
    "fct_amortization", "fct_amortization_schedule", "fct_journal_lines",
)  # fmt: skip
CHECKS = ("capitalization", "policies", "assets", "journals")
WORK_TYPES = (
    ("label", "training", "training"),
    ("item_type", "Bug", "defect"),
    ("item_type", "Spike", "spike"),
    ("item_type", "Meeting", "planning"),
    (None, None, "development"),
)
CATEGORIES = (
    ("activity", "defect", "support"),
    ("item_type", "Story", "new_capability"),
    (None, None, "keep_the_lights_on"),
)
SPELL = (
    "person_id", "entity", "cost_center", "work_country", "worker_type", "role_class", "team",
)  # fmt: skip
WORK = ("work_item_key", "value_stream_id", "component_id")
GRAIN = (*SPELL, "month_key", *WORK)
CARRYING = ("spell_number", "month_key", "item_number", "value_stream_id", "component_id")
FLOW_TYPES = (("item_type", "Bug", "defect"), (None, None, "feature"))


def preset(name: str, **changes: Any) -> Policy:
    """Read a preset, in force from 2020 unless said otherwise; elections by their own name."""
    document, problems = read_yaml(PRESETS / f"{name}.yaml", name)
    assert document is not None, problems
    policy, problems = validated(document, Policy)
    assert policy is not None, problems
    elections = {
        key: changes.pop(key) for key in list(changes) if key in type(policy.elections).model_fields
    }
    return policy.model_copy(
        update={
            "effective_from": date(2020, 1, 1),
            "elections": policy.elections.model_copy(update=elections),
            **changes,
        }
    )


def carried(effort: Sequence[Row], costs: Sequence[Row]) -> dict[str, list[Row]]:
    """Return effort and cost rows with the numbers by which minutes carry cost."""
    spells = numbered(effort, SPELL)
    items = numbered(effort, ["work_item_key"])
    carriers = numbered(effort, GRAIN)
    numbered_effort = [
        {
            **row,
            "spell_number": spells[values(row, SPELL)],
            "item_number": items[values(row, ["work_item_key"])],
        }
        for row in effort
    ]
    carrying = {
        carriers[values(row, GRAIN)]: {name: row[name] for name in CARRYING}
        for row in numbered_effort
    }
    return {
        "int_effort__classifiable": numbered_effort,
        "int_pay__carrying_effort": [
            {**row, "carrier_number": number} for number, row in carrying.items()
        ],
        "int_costs__classifiable": [
            {**row, "carrier_number": carriers.get(values(row, GRAIN)) if row["minutes"] else None}
            for row in costs
        ],
    }


def numbered(rows: Sequence[Row], columns: Sequence[str]) -> dict[tuple[Any, ...], int]:
    """Number the distinct values of columns in their order, from 1."""
    distinct = sorted({values(row, columns) for row in rows})
    return {found: number for number, found in enumerate(distinct, start=1)}


def values(row: Row, columns: Sequence[str]) -> tuple[Any, ...]:
    """Return a row's values of columns."""
    return tuple(row[name] for name in columns)


@dataclass
class World:
    """Rows of schema `company`, effort and cost, with defaults that make each statement short."""

    first: str = "2026-01"
    run: str = "2026-06"
    policies: Sequence[Policy] = ()
    currency: str = "USD"
    fiscal_start: int = 1
    as_of: str | None = None
    entities: Mapping[str, str] = field(default_factory=dict)
    assignments: Sequence[tuple[str, str, str]] = ()
    components: list[Row] = field(default_factory=list)
    gates: list[Row] = field(default_factory=list)
    effort: list[Row] = field(default_factory=list)
    costs: list[Row] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    closed: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.policies = self.policies or (preset("us_350_40_legacy"),)
        self.entities = self.entities or {"US01": self.currency}

    def component(self, component_id: str, *, start: str | None = None, **columns: Any) -> None:
        """Add a component; with `start`, every gate that any preset asks for is passed that day."""
        defaults = {"name": component_id.title(), "value_stream_id": "app", "scope": "hosted"}
        self.components.append(
            {"component_id": component_id, **defaults, "adds_functionality": False, **columns}
        )
        if start:
            for gate in (
                "alternatives_closed", "authorised", "funding_committed", "probable_to_complete",
                "technological_feasibility", "ias38_all_six_met",
            ):  # fmt: skip
                self.gate(component_id, gate, start)

    def gate(
        self,
        component_id: str,
        gate: str,
        on: str,
        *,
        recorded: str = "",
        subject: str | None = None,
    ) -> None:
        """Record a gate, by default on the day on which it holds."""
        self.gates.append(
            {
                "component_id": component_id,
                "gate": gate,
                "subject": subject,
                "effective_date": on,
                "recorded_at": f"{recorded or on} 12:00:00",
                "recorded_by": "bo",
                "evidence_url": "https://example.com/gate",
            }
        )

    def event(self, component_id: str, event: str, on: str, **columns: Any) -> None:
        """Record an approved event of an asset on its day."""
        events = self.tables.setdefault("asset_events", [])
        events.append(
            {
                "event_id": f"E{len(events) + 1}",
                "component_id": component_id,
                "event": event,
                "effective_date": on,
                "recorded_at": f"{on} 12:00:00",
                "recorded_by": "bo",
                "approved_by": "cy",
                **columns,
            }
        )

    def work(
        self,
        component_id: str,
        days: Mapping[str, int],
        amount: str = "0",
        *,
        item: str = "APP-1",
        item_type: str | None = "Story",
        labels: Sequence[str] = (),
        tier: str = "T1",
        tiers: Mapping[str, str] | None = None,
        pay: str = "salary",
        approved: bool | None = None,
        **columns: Any,
    ) -> None:
        """Add minutes by day and one cost row that they carry; all days in one month."""
        grain = self._grain(component_id, min(days)[:7], item, columns)
        for day, minutes in days.items():
            self.effort.append(
                {
                    **grain,
                    "work_date": day,
                    "minutes": minutes,
                    "evidence_tier": (tiers or {}).get(day, tier),
                    "item_type": item_type,
                    "labels": list(labels),
                    "is_approved": approved,
                }
            )
        self.cost(component_id, grain["month_key"], amount, item=item, pay=pay,
                  minutes=sum(days.values()), **columns)  # fmt: skip

    def cost(
        self,
        component_id: str,
        month: str,
        amount: str,
        *,
        item: str = "COST:licence",
        pay: str = "other_licence",
        minutes: int = 0,
        line: str = "NONE",
        **columns: Any,
    ) -> None:
        """Add a cost row; without minutes it is one that only the calendar can split."""
        grain = self._grain(component_id, month, item, columns)
        self.costs.append(
            {
                **grain,
                "pay_component": pay,
                "cost_line_id": line,
                "minutes": minutes,
                "amount": amount,
                "currency_code": self.entities[grain["entity"]],
            }
        )

    def _grain(self, component_id: str, month: str, item: str, columns: Row) -> Row:
        return {
            "person_id": "ada",
            "month_key": month,
            "entity": next(iter(self.entities)),
            "cost_center": "RND",
            "work_country": "US",
            "worker_type": "employee",
            "role_class": "engineer",
            "team": "App",
            "work_item_key": item,
            "value_stream_id": "app",
            "component_id": component_id,
            **columns,
        }

    def given(self) -> dict[str, list[Row]]:
        """Return the rows by relation, as the harness takes them."""
        rows = {f"company.{name}": found for name, found in policy_rows(self.policies).items()}
        rows |= self._configuration()
        rows |= {f"company.{name}": found for name, found in self.tables.items()}
        rows |= {f"closed.{name}": found for name, found in self.closed.items()}
        rows["company.components"] = self.components
        rows["company.gates"] = self.gates
        return rows | carried(self.effort, self.costs)

    def _configuration(self) -> dict[str, list[Row]]:
        months = Month.parse(self.first).through(Month.parse(self.run))
        currencies = {*self.entities.values(), "USD"}
        assignments = self.assignments or [
            (entity, self.policies[0].policy_id, self.first) for entity in self.entities
        ]
        return {
            "company.settings": [
                {
                    "company_name": "Example Works",
                    "reporting_currency": "USD",
                    "timezone": "UTC",
                    "fiscal_year_start_month": self.fiscal_start,
                    "first_month": self.first,
                    "run_month": self.run,
                    "as_of_at": self.as_of,
                    "tolerance": Decimal("0.00"),
                    "materiality": Decimal("10.00"),
                }
            ],
            "company.entities": [
                {"entity": entity, "name": entity, "functional_currency": currency, "country": "US"}
                for entity, currency in self.entities.items()
            ],
            "company.currencies": [
                {"currency_code": code, "minor_digits": minor_digits(code)}
                for code in sorted(currencies)
            ],
            "company.months": [
                {
                    "month_key": str(month),
                    "first_date": month.first_day,
                    "last_date": month.last_day,
                    "fiscal_year": month.year,
                    "month_index": index,
                    "is_run_month": str(month) == self.run,
                    "is_computed": True,
                }
                for index, month in enumerate(months)
            ],
            "company.policy_assignments": [
                dict(zip(("entity", "policy_id", "from_month"), row, strict=True))
                for row in assignments
            ],
            "company.journal_accounts": [
                {"entity": entity, "account_key": key, "account_code": code}
                for entity in self.entities
                for key, (code, _) in DEFAULT_ACCOUNTS.items()
            ],
            "company.fx_rates": [
                {
                    "month": str(month),
                    "from_currency": code,
                    "to_currency": "USD",
                    "rate_kind": "average",
                    "rate": "0.50",
                }
                for month in months
                for code in sorted(currencies - {"USD"})
            ],
            **_mapping_rules(),
        }

    def run_models(self, *selection: str) -> duckdb.DuckDBPyConnection:
        """Run the models named, all accounting marts by default."""
        return run_models(selection or EVERYTHING, self.given())

    def run_with_checks(self) -> duckdb.DuckDBPyConnection:
        """Run all accounting marts and the checks of this half."""
        checks = (f"int_checks__{domain}" for domain in CHECKS)
        return run_models((*EVERYTHING, *checks), self.given())


def _mapping_rules() -> dict[str, list[Row]]:
    rules: list[Row] = []
    conditions: list[Row] = []
    for ruleset, entries in (
        ("activity", WORK_TYPES), ("category", CATEGORIES), ("flow_type", FLOW_TYPES),
    ):  # fmt: skip
        for order, (name, value, result) in enumerate(entries, start=1):
            count = 0 if name is None else 1
            rules.append(
                {
                    "ruleset": ruleset,
                    "rule_order": order,
                    "result": result,
                    "condition_count": count,
                }
            )
            if name is not None:
                conditions.append(
                    {"ruleset": ruleset, "rule_order": order, "field": name, "value": value}
                )
    return {"company.mapping_rules": rules, "company.mapping_rule_conditions": conditions}


def failed_checks(connection: duckdb.DuckDBPyConnection, severity: str = "BLOCK") -> set[str]:
    """Return the checks whose sides differ by more than their tolerance."""
    union = " union all ".join(
        f"select check_id, severity, left_value, right_value, tolerance from int_checks__{domain}"
        for domain in CHECKS
    )
    return {
        check_id
        for (check_id,) in connection.execute(
            f"select check_id from ({union}) where severity = ?"
            " and abs(left_value - right_value) > tolerance",
            [severity],
        ).fetchall()
    }


def money(values: Iterable[Any]) -> list[str]:
    """Write decimals as text, for comparison to the cent."""
    return [f"{value:.2f}" for value in values]
