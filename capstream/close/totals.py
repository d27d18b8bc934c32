"""A month in a handful of numbers, read from the marts: cost, its treatment, its checks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from capstream.types import Month

JOURNAL = "fct_journal_lines"
COST = "fct_capitalization"

UNATTRIBUTED_ITEMS = ("UNATTRIBUTED", "NO_CAPACITY", "UNALLOCATED")
"""Items of cost rows that no evidence could place on work."""


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """The control totals of a month; amounts in the reporting currency.

    Attributes:
        currency_code: The company's reporting currency.
        cost_amount: All cost of the month.
        capitalised_amount: Cost treated as capital expenditure.
        expensed_amount: The rest.
        unattributed_amount: Cost that no evidence places on work; part of `expensed_amount`.
        work_minutes: Minutes of work, leave excluded.
        leave_minutes: Minutes of paid leave.
        cost_row_count: Rows of fct_capitalization.
        debit_amounts: Debits of the month's journal entries by currency.
        credit_amounts: Their credits by currency.
        capex_amounts: Capitalised cost by entity, in its functional currency.
        opex_amounts: Expensed cost by entity, in its functional currency.
    """

    currency_code: str
    cost_amount: Decimal
    capitalised_amount: Decimal
    expensed_amount: Decimal
    unattributed_amount: Decimal
    work_minutes: int
    leave_minutes: int
    cost_row_count: int
    debit_amounts: dict[str, Decimal]
    credit_amounts: dict[str, Decimal]
    capex_amounts: dict[str, Decimal]
    opex_amounts: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One row of fct_checks."""

    check_id: str
    area: str
    description: str
    left_value: Decimal | None
    right_value: Decimal | None
    difference: Decimal | None
    tolerance: Decimal
    status: str
    severity: str
    detail: str

    @property
    def is_blocking_failure(self) -> bool:
        """Whether it failed and the month may not be closed because of it."""
        return self.severity == "BLOCK" and self.status == "FAIL"


def month_totals(connection: duckdb.DuckDBPyConnection, month: Month) -> MonthTotals:
    """Read the control totals of a month from the marts."""
    cost = _row(
        connection,
        "select coalesce(sum(reporting_amount), 0),"
        " coalesce(sum(reporting_amount) filter (treatment = 'capex'), 0),"
        " coalesce(sum(reporting_amount) filter (treatment = 'opex'), 0),"
        f" coalesce(sum(reporting_amount) filter (work_item_key in {UNATTRIBUTED_ITEMS}), 0),"
        " count(*) from marts.fct_capitalization where month_key = ?",
        month,
    )
    minutes = _row(
        connection,
        "select coalesce(sum(minutes) filter (evidence_tier <> 'L'), 0),"
        " coalesce(sum(minutes) filter (evidence_tier = 'L'), 0)"
        " from marts.fct_effort_days where month_key = ?",
        month,
    )
    currency = connection.execute("select reporting_currency from company.settings").fetchall()
    return MonthTotals(
        currency_code=str(currency[0][0]),
        cost_amount=cost[0],
        capitalised_amount=cost[1],
        expensed_amount=cost[2],
        unattributed_amount=cost[3],
        work_minutes=int(minutes[0]),
        leave_minutes=int(minutes[1]),
        cost_row_count=int(cost[4]),
        debit_amounts=_by(connection, month, "currency_code", "debit_amount", JOURNAL),
        credit_amounts=_by(connection, month, "currency_code", "credit_amount", JOURNAL),
        capex_amounts=_by(connection, month, "entity", "capex_amount", COST),
        opex_amounts=_by(connection, month, "entity", "opex_amount", COST),
    )


def check_results(connection: duckdb.DuckDBPyConnection, month: Month) -> list[CheckResult]:
    """Read every check of a month."""
    rows = connection.execute(
        "select check_id, area, description, left_value, right_value, difference, tolerance,"
        " status, severity, coalesce(detail, '') from marts.fct_checks"
        " where month_key = ? order by check_id",
        [str(month)],
    ).fetchall()
    return [CheckResult(*row) for row in rows]


def _row(
    connection: duckdb.DuckDBPyConnection, statement: str, month: Month
) -> tuple[Decimal, ...]:
    return connection.execute(statement, [str(month)]).fetchall()[0]


def _by(
    connection: duckdb.DuckDBPyConnection, month: Month, key: str, column: str, relation: str
) -> dict[str, Decimal]:
    rows = connection.execute(
        f"select {key}, sum({column}) from marts.{relation}"
        f" where month_key = ? group by {key} order by {key}",
        [str(month)],
    ).fetchall()
    return {str(name): amount for name, amount in rows}
