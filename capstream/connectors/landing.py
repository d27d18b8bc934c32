"""Batches brought next to the warehouse's tables by dlt; nothing there is used until published.

dlt keeps the schema of what has landed: tables and columns may grow, data types are frozen. A
load that is killed here leaves rows in the landing schema that the next load replaces.
"""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from capstream.connectors.batches import Batch
from capstream.errors import CapstreamError, SourceError

SCHEMA_CONTRACT = {"tables": "evolve", "columns": "evolve", "data_type": "freeze"}


def landing_schema_name(kind: str) -> str:
    """Return the schema that a kind's batches land in."""
    return f"landing_{kind}"


def land(
    batches: Iterable[Batch], *, source: str, kind: str, warehouse: Path, working: Path
) -> None:
    """Load batches into the landing schema of a kind, replacing what it held.

    Args:
        batches: Table name and rows.
        source: Name of the source, for messages.
        kind: Kind of the source.
        warehouse: The DuckDB file.
        working: Folder of dlt's own files.

    Raises:
        SourceError: A column changed its type, or the load failed.
        CapstreamError: Whatever the batches raise of their own.
    """
    dlt, step_failed = _dlt()
    pipeline = dlt.pipeline(
        pipeline_name=f"capstream_{kind}",
        pipelines_dir=str(working),
        destination=dlt.destinations.duckdb(str(warehouse)),
        dataset_name=landing_schema_name(kind),
    )
    pipeline.abort_packages()  # of a load that was killed
    rows = dlt.resource(
        _marked(dlt, batches),
        name="rows",
        write_disposition="replace",
        schema_contract=SCHEMA_CONTRACT,
    )
    try:
        pipeline.run(rows, loader_file_format="parquet")
    except step_failed as failure:
        pipeline.abort_packages()
        raise _explained(failure, source) from failure
    finally:
        shutil.rmtree(working / f"capstream_{kind}" / "load" / "loaded", ignore_errors=True)


def _dlt() -> tuple[Any, type[Exception]]:
    """Import dlt and its failure on first use, silent and without its telemetry."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    os.environ["LOAD__DELETE_COMPLETED_JOBS"] = "true"
    os.environ["RESTORE_FROM_DESTINATION"] = "false"  # its state is beside the warehouse
    os.environ.setdefault("RUNTIME__LOG_LEVEL", "CRITICAL")
    with warnings.catch_warnings():
        # dlt's SQL parser announces the successor of one of its own parts.
        warnings.simplefilter("ignore", DeprecationWarning)
        import dlt
        from dlt.pipeline.exceptions import PipelineStepFailed
    return dlt, PipelineStepFailed


def _marked(dlt: Any, batches: Iterable[Batch]) -> Iterator[Any]:
    for table, rows in batches:
        yield dlt.mark.with_table_name(rows, table)


def _explained(failure: BaseException, source: str) -> CapstreamError:
    """Return our own error inside dlt's, or say what dlt could not do."""
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, CapstreamError):
            return cause
        last = cause
        cause = cause.__cause__ or cause.__context__
    if type(last).__name__ == "DataValidationError":
        return SourceError(
            source,
            f"a column changed its type ({str(last).splitlines()[-1]})",
            "correct the export; types of loaded columns are frozen",
        )
    return SourceError(source, f"loading failed ({last})", "run the command again")
