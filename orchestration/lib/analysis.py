"""An asset that a function of the product computes from marts and writes beside them."""

from collections.abc import Callable, Sequence
from typing import Any

import dagster as dg

from capstream.types import Month
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN, partition_month
from orchestration.lib.resources import CompanyResource

Write = Callable[[Any, Month], int]
"""Takes the open warehouse and the month; returns the rows written."""


def analysis_asset(
    key: dg.AssetKey, *, read: Sequence[str], write: Callable[[], Write], owner: str, story: str
) -> dg.AssetsDefinition:
    """Return the asset of a month.

    Args:
        key: Key of the asset.
        read: Marts that it reads.
        write: Imports and returns the function that writes its rows and counts them: what it
            needs is heavy, and definitions load without it.
        owner: Who answers for it.
        story: Its description.
    """

    @dg.asset(
        key=key,
        deps=[dg.AssetKey(["marts", name]) for name in read],
        partitions_def=MONTHS,
        backfill_policy=ONE_MONTH_A_RUN,
        group_name="analysis",
        kinds={"python", "duckdb"},
        owners=[owner],
        pool="duckdb_write",
        description=story,
    )
    def analysis(
        context: dg.AssetExecutionContext, company: CompanyResource
    ) -> dg.MaterializeResult[Any]:
        from capstream.warehouse import connect, warehouse_path

        with plain_failures(), connect(warehouse_path(company.path)) as connection:
            count = write()(connection, partition_month(context))
        return dg.MaterializeResult(metadata={"dagster/row_count": count})

    return analysis
