"""The asset of `git` sources."""

from typing import Any

import dagster as dg

from orchestration.lib.ingestion import OWNER, IngestConfig, load_kind
from orchestration.lib.resources import CompanyResource


@dg.asset(
    key="raw_git",
    group_name="ingest",
    kinds={"dlt", "duckdb", "git"},
    owners=[OWNER],
    pool="duckdb_write",
)
def raw_git(config: IngestConfig, company: CompanyResource) -> dg.MaterializeResult[Any]:
    """Commits, changed files and tags of every `git` source."""
    return load_kind("git", company, config)
