"""The asset of `tables` sources."""

from typing import Any

import dagster as dg

from orchestration.lib.ingestion import OWNER, IngestConfig, load_kind
from orchestration.lib.resources import CompanyResource


@dg.asset(
    key="raw_tables",
    group_name="ingest",
    kinds={"dlt", "duckdb"},
    owners=[OWNER],
    pool="duckdb_write",
)
def raw_tables(config: IngestConfig, company: CompanyResource) -> dg.MaterializeResult[Any]:
    """Neutral tables of every other system, as `tables` sources hand them over."""
    return load_kind("tables", company, config)
