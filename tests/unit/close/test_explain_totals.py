"""Lists of an explanation end in their sum: exact, over all rows, and never across currencies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capstream.close.explain.footing import PAY, TIME, Footing
from capstream.close.explain.person_month import person_month
from capstream.close.explain.sections import Section

MOVED_IN_JUNE = """
create schema company;
create schema marts;
create table company.payroll as
select 'ana' as person_id, '2026-06' as month, pay_component, cast(amount as decimal(18, 2)) as amount,
    currency, entity, 'inputs/payroll.csv' as input_file, input_row
from (values
    ('benefits', 0.10, 'EUR', 'DE01', 2), ('benefits', 692.70, 'USD', 'US01', 3),
    ('salary', 0.20, 'EUR', 'DE01', 4), ('salary', 6114.08, 'USD', 'US01', 5)
) as paid (pay_component, amount, currency, entity, input_row);
create table marts.fct_capitalization as
select 'ana' as person_id, '2026-06' as month_key, entity, pay_component, treatment, treatment as rule_id,
    'ours' as policy_id, 1 as policy_version, cast(minutes as bigint) as minutes,
    cast(amount as decimal(18, 2)) as amount, currency_code
from (values
    ('DE01', 'benefits', 'capex', 480, 0.10, 'EUR'), ('DE01', 'salary', 'capex', 480, 0.20, 'EUR'),
    ('US01', 'benefits', 'capex', 300, 92.70, 'USD'), ('US01', 'benefits', 'opex', 180, 600, 'USD'),
    ('US01', 'salary', 'capex', 300, 6000, 'USD'), ('US01', 'salary', 'opex', 180, 114.08, 'USD')
) as costs (entity, pay_component, treatment, minutes, amount, currency_code);
create table marts.fct_effort_days as
select 'ana' as person_id, '2026-06' as month_key, cast(work_date as date) as work_date, work_item_key,
    'catalog' as value_stream_id, 'CAT' as component_id, 'T1' as evidence_tier,
    cast(minutes as integer) as minutes, 'commit:1' as evidence_ref
from (values
    ('2026-06-01', 'K-1', 480), ('2026-06-02', 'K-1', 300), ('2026-06-02', 'K-2', 180)
) as days (work_date, work_item_key, minutes);
create table marts.dim_work_items as select 'K-1' as work_item_key, 'One' as title;
"""  # noqa: E501 - tables read best a row a line


@pytest.fixture(scope="module")
def month() -> Iterator[dict[str, Section]]:
    """Yield the explained month of a person who moved between entities within it."""
    with duckdb.connect() as connection:
        connection.execute(MOVED_IN_JUNE)
        yield {part.title: part for part in person_month(connection, "ana", "2026-06")}


def test_pay_and_cost_are_summed_by_currency_to_the_cent(month: dict[str, Section]) -> None:
    euros, dollars = Decimal("0.30"), Decimal("6806.78")
    assert month["pay of the register"].totals() == (
        {"currency": "EUR", "amount": euros},
        {"currency": "USD", "amount": dollars},
    )
    assert month["cost by rule"].totals() == (
        {"currency_code": "EUR", "amount": euros},
        {"currency_code": "USD", "amount": dollars},
    )


def test_minutes_are_summed_where_each_stands_once(month: dict[str, Section]) -> None:
    assert month["work items"].totals() == ({"minutes": 960},)
    assert month["days and their evidence"].totals() == ({"minutes": 960},)
    shared = month["cost by rule"]
    assert "minutes" in shared.columns
    assert "minutes" not in shared.footing.columns
    assert shared.footing.note.startswith("minutes are not added")


def test_rows_that_are_not_shown_have_a_sum_of_their_own(month: dict[str, Section]) -> None:
    paid = month["pay of the register"]
    assert paid.totals(3) == ({"currency": "USD", "amount": Decimal("6114.08")},)
    assert paid.totals(len(paid.rows)) == ()


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(("EUR", "JPY", "USD")), st.decimals(-(10**15), 10**15, places=2)),
        max_size=30,
    ),
    shown=st.integers(0, 30),
)
def test_shown_and_hidden_rows_make_the_total(rows: list[tuple[str, Decimal]], shown: int) -> None:
    listed = Section("pay", ("currency", "amount"), tuple(rows), PAY)
    first = Section("pay", ("currency", "amount"), tuple(rows[:shown]), PAY)
    parts: dict[object, Decimal] = {}
    for part in (*first.totals(), *listed.totals(shown)):
        parts[part["currency"]] = parts.get(part["currency"], Decimal(0)) + Decimal(
            str(part["amount"])
        )
    assert parts == {total["currency"]: total["amount"] for total in listed.totals()}


def test_a_sum_with_an_unknown_part_is_unknown() -> None:
    assert Section("days", ("minutes",), ((480,), (None,)), TIME).totals() == ({"minutes": None},)


def test_a_list_that_does_not_add_up_has_no_total() -> None:
    assert Section("gates", ("life_months",), ((36,), (48,)), Footing()).totals() == ()
