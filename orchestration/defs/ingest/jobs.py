"""One job a kind of source, and one for all of them."""

import dagster as dg

from orchestration.lib.kinds import SOURCE_ASSETS, SOURCE_KINDS, asset_name

ingest_all = dg.define_asset_job(
    "ingest_all",
    selection=[*sorted(SOURCE_ASSETS), "ops"],
    description="Bring every configured source into the warehouse.",
)


@dg.definitions
def source_jobs() -> dg.Definitions:
    """Declare a job a kind, so that one source can be loaded by itself."""
    jobs = [
        dg.define_asset_job(f"ingest_{kind}", selection=[asset_name(kind)]) for kind in SOURCE_KINDS
    ]
    return dg.Definitions(jobs=[*jobs, ingest_all])
