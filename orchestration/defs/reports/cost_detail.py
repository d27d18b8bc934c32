"""The rows behind the workbooks, for whoever re-performs them."""

from typing import Any

import dagster as dg

from capstream.close.cost_detail import write_cost_detail
from capstream.close.digests import file_sha256
from capstream.close.draft import staged_part
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN, partition_month
from orchestration.lib.reporting import OWNER
from orchestration.lib.resources import CompanyResource


@dg.asset(
    key=["reports", "cost_detail"],
    deps=[dg.AssetKey(["marts", "fct_capitalization"])],
    group_name="reports",
    kinds={"parquet"},
    owners=[OWNER],
    partitions_def=MONTHS,
    backfill_policy=ONE_MONTH_A_RUN,
)
def cost_detail(
    context: dg.AssetExecutionContext, company: CompanyResource
) -> dg.MaterializeResult[Any]:
    """Every cost row of the month with its treatment, rule and reason."""
    month = partition_month(context)
    with plain_failures():
        folder = staged_part(company.path, month, "detail")
        path, row_count = write_cost_detail(company.path, month, folder)
    return dg.MaterializeResult(
        metadata={"dagster/row_count": row_count, "sha256": file_sha256(path)}
    )
