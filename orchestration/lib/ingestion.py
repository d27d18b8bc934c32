"""Loading of every configured source of a kind, as one step."""

from typing import Any

import dagster as dg

from capstream.company import Company
from capstream.errors import SourceError
from orchestration.lib.failures import plain_failures
from orchestration.lib.listening import tell
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

    A source whose outside system fails keeps its last good load: the check `loaded` and the pack
    say so, and what does not depend on it goes on.

    Returns:
        Metadata: rows by source and table, rejected records, watermark and content hash.
    """
    with plain_failures():
        metadata, failures = loads_of_kind(kind, company.load(), config)
    loaded = dg.AssetCheckResult(
        check_name="loaded", passed=not failures, metadata={"failed": "; ".join(failures)}
    )
    return dg.MaterializeResult(metadata=metadata, check_results=[loaded])


def loads_of_kind(
    kind: str, company: Company, config: IngestConfig
) -> tuple[dict[str, Any], list[str]]:
    """Load the sources of a kind one after the other; describe each load and each failure.

    Raises:
        InputError: Too large a share of a source was rejected, or it shrank.
    """
    from capstream.connectors import load_source, note_failure

    described: dict[str, Any] = {}
    failures: list[str] = []
    total = 0
    for source in company.config.sources:
        if source.kind != kind or config.source not in {"", source.name}:
            continue
        try:
            load = load_source(
                company.root,
                source,
                company.warehouse_path,
                full=config.full,
                accept_shrink=config.accept_shrink,
                company_timezone=company.config.company.timezone,
                max_rejected_share=float(company.config.sources_max_rejected_share),
                told=tell,
            )
        except SourceError as error:
            note_failure(company.warehouse_path, source, str(error))
            failures.append(str(error))
            continue
        total += sum(load.counts.values())
        described[source.name] = dg.MetadataValue.json(
            {
                "rows": dict(load.counts),
                "rejected": load.rejected,
                "watermark": str(load.watermark or ""),
                "sha256": load.content_hash,
            }
        )
    return {"dagster/row_count": total, **described}, failures


def settle_sources(company: Company) -> list[str]:
    """Take sources out of the warehouse that are no longer configured; return their names."""
    from capstream.connectors import retire_sources

    return retire_sources(
        company.warehouse_path, [source.name for source in company.config.sources]
    )
