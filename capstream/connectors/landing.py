"""Batches brought next to the warehouse's tables by dlt; nothing there is used until published.

dlt keeps the schema of what has landed: tables and columns may grow, data types are frozen. A
load that is killed here leaves rows in the landing schema that the next load replaces.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from capstream.connectors.batches import Batch
from capstream.connectors.dlt_library import quiet_dlt
from capstream.errors import CapstreamError, SourceError
from capstream.warehouse import LOADING_MEMORY

SCHEMA_CONTRACT = {"tables": "evolve", "columns": "evolve", "data_type": "freeze"}


PIPELINE = "capstream"
LANDING = "landing"
"""The schema that batches land in, one load at a time."""


def land(batches: Iterable[Batch], *, source: str, warehouse: Path, working: Path) -> None:
    """Load batches into the landing schema, replacing what it held.

    Args:
        batches: Table name and rows.
        source: Name of the source, for messages.
        warehouse: The DuckDB file.
        working: Folder of dlt's own files.

    Raises:
        SourceError: A column changed its type, or the load failed.
        CapstreamError: Whatever the batches raise of their own.
    """
    dlt = quiet_dlt()
    from dlt.destinations.impl.duckdb.configuration import DuckDbCredentials
    from dlt.pipeline.exceptions import PipelineStepFailed

    credentials = DuckDbCredentials(str(warehouse))
    credentials.global_config = {"memory_limit": LOADING_MEMORY, "preserve_insertion_order": False}
    pipeline = dlt.pipeline(
        pipeline_name=PIPELINE,
        pipelines_dir=str(working),
        destination=dlt.destinations.duckdb(credentials),
        dataset_name=LANDING,
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
    except PipelineStepFailed as failure:
        pipeline.abort_packages()
        raise _explained(failure, source) from failure
    finally:
        shutil.rmtree(working / PIPELINE / "load" / "loaded", ignore_errors=True)


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
