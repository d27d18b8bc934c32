"""The asset of which deployment first carried each commit."""

from typing import Any

import dagster as dg

from capstream.flow import write_first_deployments
from capstream.warehouse import connect, warehouse_path
from orchestration.defs.ingest.company import INPUTS, OWNER
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN
from orchestration.lib.resources import CompanyResource
from orchestration.lib.translator import FIRST_DEPLOYMENTS


@dg.asset(
    key=FIRST_DEPLOYMENTS,
    deps=["ops", INPUTS],
    partitions_def=MONTHS,
    backfill_policy=ONE_MONTH_A_RUN,
    group_name="analysis",
    kinds={"python", "duckdb"},
    owners=[OWNER],
    pool="duckdb_write",
)
def first_deployments(company: CompanyResource) -> dg.MaterializeResult[Any]:
    """Walk each service's commits back from its deployments; a graph is no matter for SQL."""
    with plain_failures(), connect(warehouse_path(company.path)) as connection:
        count = write_first_deployments(connection)
    return dg.MaterializeResult(metadata={"dagster/row_count": count})
