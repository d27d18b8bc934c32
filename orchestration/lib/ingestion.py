"""Loading of every configured source of a kind, as one step."""

from typing import Any

import dagster as dg

from capstream.company import Company
from capstream.errors import UsageError
from orchestration.lib.failures import plain_failures
from orchestration.lib.resources import CompanyResource

OWNER = "team:data-platform"


class IngestConfig(dg.Config):
    """What a load may be told.

    Attributes:
        source: Load only the source of this name; empty for all.
        full: Read everything again instead of what is new.
        accept_shrink: Let a smaller extract replace a fuller one.
    """

    source: str = ""
    full: bool = False
    accept_shrink: bool = False


def load_kind(
    kind: str, company: CompanyResource, config: IngestConfig
) -> dg.MaterializeResult[Any]:
    """Bring every configured source of a kind into the warehouse.

    Returns:
        Metadata: rows by source and table, rejected records, watermark and content hash.
    """
    with plain_failures():
        return dg.MaterializeResult(metadata=loads_of_kind(kind, company.load(), config))


def loads_of_kind(kind: str, company: Company, config: IngestConfig) -> dict[str, Any]:
    """Load the sources of a kind one after the other and describe each load.

    Raises:
        InputError: Too large a share of a source was rejected, or it shrank.
        SourceError: An outside system failed.
    """
    from capstream.connectors import load_source

    described: dict[str, Any] = {}
    total = 0
    for source in company.config.sources:
        if source.kind != kind or config.source not in {"", source.name}:
            continue
        load = load_source(
            company.root,
            source,
            company.warehouse_path,
            full=config.full,
            accept_shrink=config.accept_shrink,
            company_timezone=company.config.company.timezone,
            max_rejected_share=float(company.config.sources_max_rejected_share),
        )
        total += sum(load.counts.values())
        described[source.name] = dg.MetadataValue.json(
            {
                "rows": dict(load.counts),
                "rejected": load.rejected,
                "watermark": str(load.watermark or ""),
                "sha256": load.content_hash,
            }
        )
    return {"dagster/row_count": total, **described}


def settle_sources(company: Company) -> list[str]:
    """Take sources out of the warehouse that are no longer configured; return their names.

    Raises:
        UsageError: A source is of a kind that no connector reads.
    """
    from capstream.connectors import KINDS, retire_sources

    for source in company.config.sources:
        if source.kind not in KINDS:
            raise UsageError(
                f"source {source.name}: no connector reads kind {source.kind} yet: hand its "
                "records over as kind tables"
            )
    return retire_sources(
        company.warehouse_path, [source.name for source in company.config.sources]
    )
