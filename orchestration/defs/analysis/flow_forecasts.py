"""The asset of what the plan's levers would do to each value stream."""

from typing import Any

import dagster as dg

from orchestration.defs.ingest.company import OWNER
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN, partition_month
from orchestration.lib.resources import CompanyResource
from orchestration.lib.translator import FLOW_FORECASTS

READ = ("fct_flow_item_steps", "fct_flow_steps", "fct_flow_streams", "fct_workshop_steps")


@dg.asset(
    key=FLOW_FORECASTS,
    deps=[dg.AssetKey(["marts", name]) for name in READ],
    partitions_def=MONTHS,
    backfill_policy=ONE_MONTH_A_RUN,
    group_name="analysis",
    kinds={"python", "duckdb"},
    owners=[OWNER],
    pool="duckdb_write",
)
def flow_forecasts(
    context: dg.AssetExecutionContext, company: CompanyResource
) -> dg.MaterializeResult[Any]:
    """Draw finished items whole and pull the levers that are not due yet."""
    from capstream.flow import write_flow_forecasts
    from capstream.warehouse import connect, warehouse_path

    with plain_failures(), connect(warehouse_path(company.path)) as connection:
        count = write_flow_forecasts(connection, partition_month(context))
    return dg.MaterializeResult(metadata={"dagster/row_count": count})
