"""The warehouse and the oracle book the same lives: every movement, every charge to come."""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest

from tests.dbt.accounting_world import failed_checks
from tests.dbt.harness import rows_of
from tests.oracle.asset_life import Component, lives
from tests.property.drawn_lives import CONVENTIONS, POLICIES, Drawing, world_of

BATCH = 250
"""Components of one company; one run of the models books them all."""

Rows = dict[tuple[Any, ...], int]


class Booked(NamedTuple):
    """What both sides make of a company."""

    components: list[Component]
    oracle: Rows
    warehouse: Rows
    failed: set[str]


def batches() -> list[tuple[int, int]]:
    """Return seed and size of each company: fifty lives, or CAPSTREAM_LIVES of them (nightly)."""
    wanted = int(os.environ.get("CAPSTREAM_LIVES", "50"))
    return [
        (seed, min(BATCH, wanted - first)) for seed, first in enumerate(range(0, wanted, BATCH))
    ]


@cache
def booked(seed: int, count: int) -> Booked:
    drawing = Drawing(seed)
    components = drawing.components(count)
    expected: Rows = {}
    for name, life in lives(components, drawing.books).items():
        for (month, balance, kind), amount in life.moved.items():
            expected[name, _key(month), balance, kind] = amount
        for month, charge in life.schedule().items():
            expected[name, _key(month), "accumulated", "to come"] = charge
    connection = world_of(components, drawing.books).run_with_checks()
    found = rows_of(
        connection,
        "select component_id, month_key, balance, movement_type, cast(amount * 100 as bigint)"
        " from fct_asset_movements union all"
        " select component_id, month_key, 'accumulated', 'to come',"
        " cast(amortization_amount * 100 as bigint) from fct_amortization"
        f" where month_key > '{_key(drawing.books.run)}'",
    )
    actual = {tuple(row[:4]): row[4] for row in found}
    return Booked(components, _without_zeros(expected), _without_zeros(actual),
                  failed_checks(connection))  # fmt: skip


def _key(month: date) -> str:
    return f"{month:%Y-%m}"


def _without_zeros(rows: Rows) -> Rows:
    return {key: amount for key, amount in rows.items() if amount}


@pytest.mark.parametrize(("seed", "count"), batches())
def test_every_movement_and_every_charge_to_come_agree(seed: int, count: int) -> None:
    both = booked(seed, count)
    if both.oracle != both.warehouse:
        first = min(key for key in {*both.oracle, *both.warehouse}
                    if both.oracle.get(key) != both.warehouse.get(key))  # fmt: skip
        name = first[0]
        lines = [
            f"{key}: oracle {both.oracle.get(key)}, warehouse {both.warehouse.get(key)}"
            for key in sorted({*both.oracle, *both.warehouse})
            if key[0] == name and both.oracle.get(key) != both.warehouse.get(key)
        ]
        odd = {key[0] for key in {*both.oracle, *both.warehouse}
               if both.oracle.get(key) != both.warehouse.get(key)}  # fmt: skip
        component = next(one for one in both.components if one.name == name)
        pytest.fail("\n".join([f"{len(odd)} lives differ, the first:", str(component), *lines]))


@pytest.mark.parametrize(("seed", "count"), batches())
def test_no_blocking_check_fails(seed: int, count: int) -> None:
    assert booked(seed, count).failed == set()


def test_what_is_drawn_is_rich_enough() -> None:
    """Every policy with every convention, and every kind of movement somewhere."""
    both = booked(*batches()[0])
    assert {(one.policy, one.convention) for one in both.components} == {
        (policy, convention) for policy in POLICIES for convention in CONVENTIONS
    }
    kinds = {key[3] for key in both.oracle}
    assert kinds >= {
        "opening", "addition", "transfer_to_service", "amortization", "true_up", "impairment",
        "abandonment", "disposal", "closing", "to come",
    }  # fmt: skip


def test_one_cent_more_is_noticed() -> None:
    both = booked(*batches()[0])
    key = next(iter(both.warehouse))
    assert both.oracle != {**both.warehouse, key: both.warehouse[key] + 1}
