"""Which companies a test runs over, and both ledgers of each, computed once."""

from __future__ import annotations

import os
from functools import cache
from typing import NamedTuple

from tests.oracle.records import Records
from tests.property.companies import company
from tests.property.comparison import Difference, Ledgers, by_oracle, by_warehouse, compared
from tests.property.shrinking import Given, readable, smallest

DEFAULT_COUNT = 50


def seeds() -> range:
    """Return the seeds of a run: fifty, or as many as CAPSTREAM_COMPANIES says (nightly)."""
    return range(int(os.environ.get("CAPSTREAM_COMPANIES", DEFAULT_COUNT)))


class Run(NamedTuple):
    """A company with what the warehouse and the oracle make of it."""

    records: Records
    warehouse: Ledgers
    oracle: Ledgers


@cache
def run_of(seed: int) -> Run:
    """Return both ledgers of the company of a seed."""
    given = company(seed).given()
    return Run(Records(given), by_warehouse(given), by_oracle(given))


def explained(given: Given) -> str:
    """Return the smallest company that still differs, and in which rows."""
    small = smallest(given, lambda rows: bool(_difference(rows)))
    oracle_only, warehouse_only = _difference(small)
    return "\n".join(
        [
            readable(small),
            *(f"only the oracle has    {row}" for row in oracle_only[:8]),
            *(f"only the warehouse has {row}" for row in warehouse_only[:8]),
        ]
    )


def _difference(given: Given) -> Difference:
    return compared(by_oracle(given), by_warehouse(given))
