"""The asset of what the AI tools changed."""

from typing import Any

import dagster as dg

from orchestration.defs.ingest.company import OWNER
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN, partition_month
from orchestration.lib.resources import CompanyResource
from orchestration.lib.translator import AI_EFFECTS

READ = ("fct_ai_adoption", "fct_ai_outcomes")


@dg.asset(
    key=AI_EFFECTS,
    deps=[dg.AssetKey(["marts", name]) for name in READ],
    partitions_def=MONTHS,
    backfill_policy=ONE_MONTH_A_RUN,
    group_name="analysis",
    kinds={"python", "duckdb"},
    owners=[OWNER],
    pool="duckdb_write",
)
def ai_effects(
    context: dg.AssetExecutionContext, company: CompanyResource
) -> dg.MaterializeResult[Any]:
    """Grade the rollout of AI tools and estimate what such evidence can carry."""
    from capstream.effects.rollout import write_ai_effects
    from capstream.warehouse import connect, warehouse_path

    with plain_failures(), connect(warehouse_path(company.path)) as connection:
        count = write_ai_effects(connection, partition_month(context))
    return dg.MaterializeResult(metadata={"dagster/row_count": count})
