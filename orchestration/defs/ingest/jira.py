"""The asset of `jira` sources."""

from typing import Any

import dagster as dg

from orchestration.lib.ingestion import OWNER, IngestConfig, load_kind
from orchestration.lib.resources import CompanyResource


@dg.asset(
    key="raw_jira",
    group_name="ingest",
    kinds={"dlt", "duckdb", "jira"},
    owners=[OWNER],
    pool="duckdb_write",
)
def raw_jira(config: IngestConfig, company: CompanyResource) -> dg.MaterializeResult[Any]:
    """Work items, their histories and worklogs of every `jira` source."""
    return load_kind("jira", company, config)
