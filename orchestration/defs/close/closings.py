"""The rows of closed months in the warehouse, for models to show and to build on."""

from typing import Any

import dagster as dg

from orchestration.lib.closings import load_closed_months
from orchestration.lib.failures import plain_failures
from orchestration.lib.resources import CompanyResource


class ClosingsConfig(dg.Config):
    """What a run may be told.

    Attributes:
        keep_closed: Read only months that are not in the warehouse yet.
    """

    keep_closed: bool = False


@dg.asset(
    key="closed",
    group_name="close",
    kinds={"duckdb", "parquet"},
    owners=["team:cost-accounting"],
    pool="duckdb_write",
)
def closed_months(config: ClosingsConfig, company: CompanyResource) -> dg.MaterializeResult[Any]:
    """Schema `closed`: the ledger of closings and the rows that they froze."""
    with plain_failures():
        months = load_closed_months(company.path, is_anew=not config.keep_closed)
    return dg.MaterializeResult(metadata={"months": len(months), "last": months[-1:]})
