"""The warehouse agrees with the plain re-computation, row by row, on random small companies."""

from __future__ import annotations

import pytest

from tests.property.companies import company
from tests.property.comparison import compared
from tests.property.running import explained, run_of, seeds


@pytest.mark.parametrize("seed", seeds())
def test_warehouse_and_oracle_agree_on_every_row(seed: int):
    run = run_of(seed)
    if compared(run.oracle, run.warehouse):
        pytest.fail(f"company {seed}, made small:\n{explained(company(seed).given())}")


@pytest.mark.parametrize("ledger", ["effort", "costs"])
def test_the_comparison_notices_one_lost_row(ledger: str):
    run = run_of(0)
    rows = getattr(run.warehouse, ledger).copy()
    lost = next(iter(rows))
    rows[lost] -= 1
    difference = compared(run.oracle, run.warehouse._replace(**{ledger: rows}))
    assert difference == ([lost], [])
