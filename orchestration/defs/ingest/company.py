"""The assets of what the company itself writes: inputs, configuration and policies."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import pyarrow as pa

from capstream.close.ledger import closings_in_force, read_events
from capstream.company.tables import company_tables
from capstream.warehouse import connect, replace_tables
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN, partition_month
from orchestration.lib.resources import CompanyResource
from orchestration.lib.translator import source_key

OWNER = "team:finance-systems"
INPUTS = source_key("company", "people")
POLICIES = source_key("company", "policies")


class CompanyConfig(dg.Config):
    """What a run may be told.

    Attributes:
        as_of: Ignore records newer than this time, ISO 8601 with an offset; empty for none.
        keep_closed: Keep closed months as they were closed, instead of computing them again.
    """

    as_of: str = ""
    keep_closed: bool = False


@dg.multi_asset(
    name="company_tables",
    specs=[
        dg.AssetSpec(
            INPUTS,
            description="People, pay, components, gates and configuration, checked and typed.",
            group_name="company",
            kinds={"duckdb", "csv"},
            owners=[OWNER],
        ),
        dg.AssetSpec(
            POLICIES,
            description="Capitalisation policies as rows: gates, elections, ordered rules.",
            group_name="policy",
            kinds={"duckdb", "yaml"},
            owners=[OWNER],
        ),
    ],
    partitions_def=MONTHS,
    backfill_policy=ONE_MONTH_A_RUN,
    pool="duckdb_write",
)
def company_inputs(
    context: dg.AssetExecutionContext, config: CompanyConfig, company: CompanyResource
) -> Iterator[dg.MaterializeResult[Any]]:
    """Replace the schema `company` whole, in one transaction."""
    as_of = datetime.fromisoformat(config.as_of).astimezone(UTC) if config.as_of else None
    with plain_failures():
        kept = closings_in_force(read_events(company.path)) if config.keep_closed else ()
        tables = company_tables(company.load(), partition_month(context), as_of, kept=kept)
        with connect(company.load().warehouse_path) as connection:
            replace_tables(connection, "company", tables)
    for key in (INPUTS, POLICIES):
        yield dg.MaterializeResult(asset_key=key, metadata=_counts(tables, key))


def _counts(tables: dict[str, pa.Table], key: dg.AssetKey) -> dict[str, int]:
    """Count the rows of the tables that belong to an asset."""
    counts = {
        name: table.num_rows for name, table in tables.items() if source_key("company", name) == key
    }
    return {"dagster/row_count": sum(counts.values()), **counts}
