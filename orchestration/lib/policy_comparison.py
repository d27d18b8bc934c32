"""The same cost rows under two policies: the models that decide, run twice on a copy."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from capstream.company import Company
from capstream.errors import UsageError, WarehouseError
from capstream.types import Month
from capstream.warehouse import connect
from orchestration.lib.dbt_project import run_models

DECIDING = tuple(
    f"source:company.{table}+,+int_capitalization__decided"
    for table in ("policies", "policy_assignments")
)
"""What lies between the policies and the decided cost rows, in dbt's words."""

ROWS = """
select entity, component_id, value_stream_id, person_id, work_item_key, pay_component, cost_line_id,
    currency_code, rule_id, treatment, reason, sum(amount) as amount,
    sum(capex_amount) as capex_amount, sum(opex_amount) as opex_amount
from intermediate.int_capitalization__decided where month_key = ?
group by all order by all
"""


TRANSITIONS = """
select effects.entity, effects.component_id, effects.currency_code,
    effects.amended_window_state, effects.cip_amount, effects.prospective_equity_amount,
    effects.modified_equity_amount, effects.retrospective_cost_amount,
    effects.retrospective_accumulated_amount, effects.retrospective_equity_amount
from marts.fct_adoption_effects as effects
join company.months as months on months.is_run_month and months.month_key = ?
where effects.policy_id in (?, ?)
order by all
"""
ADOPTION = {"US_350_40_LEGACY", "US_350_40_ASU2025_06"}
"""The frameworks between which the three transitions of ASU 2025-06 lie."""


def compare_policies(company: Company, month: Month, first: str, second: str) -> dict[str, Any]:
    """Decide the cost rows of a month under two policies.

    Both policies are taken to be in force and to apply to every entity: the question is what they
    say, not whether they may be used. The company's warehouse is only read.

    Returns:
        `totals` by currency, `components` with both amounts and the difference, and `rules` with
        what each pair of rules moves. Between ASC 350-40 and its amendment by ASU 2025-06, and for
        the month that the warehouse holds as its last, `transitions` says what an adoption would do
        to opening equity: prospective, modified and retrospective, before tax.

    Raises:
        UsageError: A policy is unknown, or the warehouse does not hold the month.
    """
    for policy in (first, second):
        if policy not in company.policies:
            known = ", ".join(sorted(company.policies))
            raise UsageError(f"policy {policy!r} has no file in policies/: name one of {known}")
    with _copied(company) as copy:
        _check_month(copy, month)
        decided = [_decided(company, copy, month, policy) for policy in (first, second)]
        with connect(copy, read_only=True) as connection:
            for name, rows in zip(("rows_a", "rows_b"), decided, strict=True):
                connection.register(name, rows)
            return {
                "month": str(month),
                "policy_a": first,
                "policy_b": second,
                "totals": _records(connection, _grouped("currency_code")),
                "components": _records(connection, _grouped("entity, component_id, currency_code")),
                "rules": _records(connection, _RULES),
                "transitions": _transitions(company, month, first, second),
            }


def _transitions(company: Company, month: Month, first: str, second: str) -> list[dict[str, Any]]:
    frameworks = {company.policies[policy].framework for policy in (first, second)}
    if frameworks != ADOPTION:
        return []
    with connect(company.warehouse_path, read_only=True) as connection:
        return _records(connection, TRANSITIONS, [str(month), first, second])


@contextmanager
def _copied(company: Company) -> Iterator[Path]:
    """Give a copy of the warehouse that goes away; its name stays, dbt has written it down."""
    if not company.warehouse_path.is_file():
        raise UsageError("there is no warehouse yet: run the month first")
    folder = company.var / "comparison"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copy = folder / company.warehouse_path.name
    try:
        shutil.copyfile(company.warehouse_path, copy)
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_month(copy: Path, month: Month) -> None:
    with connect(copy, read_only=True) as connection:
        rows = connection.execute(
            "select count(*), count(*) filter (not is_computed) from company.months "
            "where month_key = ?",
            [str(month)],
        ).fetchall()
    if not rows[0][0]:
        raise UsageError(f"the warehouse does not hold {month}: run that month, or a later one")
    if rows[0][1]:
        raise UsageError(
            f"the last run kept {month} as it was closed: run `capstream drift` once, which "
            "computes closed months again, then compare"
        )


def _decided(company: Company, copy: Path, month: Month, policy: str) -> Any:
    with connect(copy) as connection:
        connection.execute("delete from company.policy_assignments")
        connection.execute(
            "insert into company.policy_assignments (entity, policy_id, from_month)"
            " select entity, ?, (select min(month_key) from company.months) from company.entities",
            [policy],
        )
        connection.execute(
            "update company.policies set effective_from = date '1900-01-01', effective_to = null"
            " where policy_id = ?",
            [policy],
        )
    outcome = run_models(copy, company.var / "comparison" / "dbt", DECIDING)
    if not outcome.success:
        raise WarehouseError(f"dbt could not decide under {policy}: {outcome.exception}")
    with connect(copy, read_only=True) as connection:
        return connection.execute(ROWS, [str(month)]).to_arrow_table()


def _grouped(keys: str) -> str:
    return (
        f"select {keys}, sum(amount_a) as amount, sum(capex_a) as capex_a, sum(capex_b) as capex_b,"
        " sum(capex_b) - sum(capex_a) as difference from ("
        f" select {keys}, amount as amount_a, capex_amount as capex_a, 0 as capex_b from rows_a"
        f" union all select {keys}, 0, 0, capex_amount from rows_b"
        f") as both_rows group by {keys} order by all"
    )


_KEYS = "entity, component_id, person_id, work_item_key, pay_component, cost_line_id, currency_code"
_RULES = f"""
with a as (
    select {_KEYS}, string_agg(distinct rule_id, '+' order by rule_id) as rule_id,
        sum(capex_amount) as capex from rows_a group by all
),
b as (
    select {_KEYS}, string_agg(distinct rule_id, '+' order by rule_id) as rule_id,
        sum(capex_amount) as capex from rows_b group by all
)
select a.rule_id as rule_a, b.rule_id as rule_b, currency_code, count(*) as row_count,
    sum(a.capex) as capex_a, sum(b.capex) as capex_b, sum(b.capex) - sum(a.capex) as difference
from a join b using ({_KEYS})
group by all having sum(a.capex) <> 0 or sum(b.capex) <> 0 order by all
"""


def _records(
    connection: duckdb.DuckDBPyConnection, statement: str, values: Sequence[str] = ()
) -> list[dict[str, Any]]:
    answer = connection.execute(statement, list(values))
    names = [str(column[0]) for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
