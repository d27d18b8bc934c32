"""One job a kind of source, and one for all of them."""

import dagster as dg

ingest_jira = dg.define_asset_job("ingest_jira", selection=["raw_jira"])
ingest_github = dg.define_asset_job("ingest_github", selection=["raw_github"])
ingest_git = dg.define_asset_job("ingest_git", selection=["raw_git"])
ingest_tables = dg.define_asset_job("ingest_tables", selection=["raw_tables"])
ingest_all = dg.define_asset_job(
    "ingest_all",
    selection=["raw_jira", "raw_github", "raw_git", "raw_tables", "ops"],
    description="Bring every configured source into the warehouse.",
)
