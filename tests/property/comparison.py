"""Warehouse and oracle over one company: the rows of both, and where they differ."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from tests.dbt.harness import rows_of, run_models
from tests.oracle.costs import cost_allocations
from tests.oracle.effort import effort_days
from tests.oracle.records import Records
from tests.property.shrinking import Given

MODELS = ("fct_effort_days", "fct_cost_allocations")
EFFORT = """
    select person_id, cast(work_date as varchar), work_item_key, evidence_tier, value_stream_id,
        component_id, minutes
    from fct_effort_days
"""
# The name of a line of other cost is the warehouse's own; its amounts are not.
COSTS = """
    select person_id, month_key, entity, cost_center, work_item_key, value_stream_id, component_id,
        work_country, worker_type, role_class, team, pay_component,
        case when cost_line_id like 'other:%' then 'other' else cost_line_id end,
        currency_code, minutes, cast(amount as varchar), cast(reporting_amount as varchar)
    from fct_cost_allocations
"""
Rows = Counter[tuple[Any, ...]]


class Ledgers(NamedTuple):
    """Rows of effort and of cost, each with how often it stands there."""

    effort: Rows
    costs: Rows


class Difference(NamedTuple):
    """Rows that only one side has."""

    oracle_only: list[tuple[Any, ...]]
    warehouse_only: list[tuple[Any, ...]]

    def __bool__(self) -> bool:
        return bool(self.oracle_only or self.warehouse_only)


def by_oracle(given: Given) -> Ledgers:
    """Return the ledgers of a company as the page has them."""
    records = Records(given)
    effort = effort_days(records)
    return Ledgers(
        Counter(
            (row.person, str(row.on), row.item, row.tier, row.stream, row.component, row.minutes)
            for row in effort
        ),
        Counter(
            (*row.grain, row.pay_component, row.cost_line, row.currency, row.minutes, row.amount,
             row.reporting_amount)
            for row in cost_allocations(records, effort)
        ),
    )  # fmt: skip


def by_warehouse(given: Given) -> Ledgers:
    """Return the ledgers of a company as the compiled models have them."""
    connection = run_models(MODELS, given)
    return Ledgers(Counter(rows_of(connection, EFFORT)), Counter(rows_of(connection, COSTS)))


def compared(oracle: Ledgers, warehouse: Ledgers) -> Difference:
    """Return the rows that only one of two pairs of ledgers has."""
    return Difference(
        sorted((oracle.effort - warehouse.effort).elements())
        + sorted((oracle.costs - warehouse.costs).elements()),
        sorted((warehouse.effort - oracle.effort).elements())
        + sorted((warehouse.costs - oracle.costs).elements()),
    )
