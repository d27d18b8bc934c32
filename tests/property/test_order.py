"""The order of the rows decides nothing: the ledgers come out the same, byte for byte."""

from __future__ import annotations

from random import Random

import pytest

from tests.dbt.harness import rows_of, run_models
from tests.property.companies import company
from tests.property.comparison import MODELS
from tests.property.running import seeds
from tests.property.shrinking import Given

# Every tenth company: a run for each order costs as much as the comparison itself.
SAMPLED = seeds()[::10]


def ledgers(given: Given) -> list[list[tuple]]:
    """All columns of both relations, sorted."""
    connection = run_models(MODELS, given)
    return [rows_of(connection, f"select * from {name} order by all") for name in MODELS]


@pytest.mark.parametrize("seed", SAMPLED)
def test_reordered_rows_give_the_same_ledgers(seed: int):
    given = company(seed).given()
    shuffled = {name: Random(seed).sample(rows, len(rows)) for name, rows in given.items()}  # noqa: S311
    backwards = {name: rows[::-1] for name, rows in given.items()}
    expected = ledgers(given)
    assert ledgers(shuffled) == expected
    assert ledgers(backwards) == expected


@pytest.mark.parametrize("seed", SAMPLED[:2])
def test_the_same_rows_give_the_same_ledgers(seed: int):
    assert ledgers(company(seed).given()) == ledgers(company(seed).given())
