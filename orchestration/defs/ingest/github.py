"""The asset of `github` sources."""

from typing import Any

import dagster as dg

from orchestration.lib.ingestion import OWNER, IngestConfig, load_kind
from orchestration.lib.resources import CompanyResource


@dg.asset(
    key="raw_github",
    group_name="ingest",
    kinds={"dlt", "duckdb", "github"},
    owners=[OWNER],
    pool="duckdb_write",
)
def raw_github(config: IngestConfig, company: CompanyResource) -> dg.MaterializeResult[Any]:
    """Issues, pull requests, reviews and deployments of every `github` source."""
    return load_kind("github", company, config)
