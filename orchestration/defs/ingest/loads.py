"""The asset of what the loads say of themselves."""

from typing import Any

import dagster as dg

from capstream.warehouse import bootstrap, connect, warehouse_path
from capstream.warehouse.statistics import row_counts
from orchestration.lib.failures import plain_failures
from orchestration.lib.ingestion import OWNER, settle_sources
from orchestration.lib.kinds import SOURCE_ASSETS
from orchestration.lib.resources import CompanyResource


@dg.asset(
    key="ops",
    deps=sorted(SOURCE_ASSETS),
    group_name="ingest",
    kinds={"duckdb"},
    owners=[OWNER],
    pool="duckdb_write",
)
def ops(company: CompanyResource) -> dg.MaterializeResult[Any]:
    """Counts, watermarks and quarantine of all loads; tables that no source fills stand empty."""
    with plain_failures():
        retired = settle_sources(company.load())
        with connect(warehouse_path(company.path)) as connection:
            bootstrap(connection)
            counts = row_counts(connection)
    loads = {name: count for name, count in counts.items() if name.startswith("ops.")}
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(loads.values()),
            "retired_sources": ", ".join(retired),
            **loads,
        }
    )
