"""One asset a kind of source, each in a group of its own, with the freshness it should have."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import dagster as dg

from orchestration.lib.ingestion import OWNER, IngestConfig, load_kind
from orchestration.lib.kinds import SOURCE_KINDS, asset_name
from orchestration.lib.resources import CompanyResource

FRESH = dg.FreshnessPolicy.time_window(
    fail_window=timedelta(hours=48), warn_window=timedelta(hours=30)
)
"""A source is loaded every night: a missed night warns, two fail."""


@dg.definitions
def sources() -> dg.Definitions:
    """Declare the assets; which sources there are is known when a run begins."""
    return dg.Definitions(assets=[_loaded(kind, words) for kind, words in SOURCE_KINDS.items()])


def _loaded(kind: str, words: str) -> dg.AssetsDefinition:
    @dg.asset(
        key=asset_name(kind),
        description=words,
        group_name=f"source_{kind}",
        kinds={"dlt", "duckdb"},
        owners=[OWNER],
        pool="duckdb_write",
        freshness_policy=FRESH,
        check_specs=[
            dg.AssetCheckSpec(
                "loaded",
                asset=asset_name(kind),
                description="Every source of this kind answered; else its last good load stands.",
            )
        ],
    )
    def loaded(
        config: IngestConfig, company: CompanyResource
    ) -> Iterator[dg.MaterializeResult[Any]]:
        yield load_kind(kind, company, config)

    return loaded
