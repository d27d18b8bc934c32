"""The workbooks of a month, page and detail with them, written aside until the pack stands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg

from capstream.close.digests import file_sha256
from capstream.close.draft import restore_draft, staged_part
from capstream.types import Month
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN, partition_month
from orchestration.lib.reporting import (
    DETAIL,
    OWNER,
    PAGE,
    WORKBOOKS,
    reporting_models,
    workbook_key,
)
from orchestration.lib.resources import CompanyResource
from orchestration.lib.stamps import draft_stamp
from orchestration.lib.translator import AI_EFFECTS, FLOW_FORECASTS
from orchestration.lib.workbook_password import missing_password, workbook_password

ANALYSES = {"ai_roi": (AI_EFFECTS,), "investment": (FLOW_FORECASTS,)}
"""What a workbook reads besides the reporting models: results written after them."""


@dg.definitions
def workbooks() -> dg.Definitions:
    """Declare one asset a workbook, below the reporting models that it reads."""

    @dg.multi_asset(
        name="workbooks",
        specs=[*map(_workbook_spec, WORKBOOKS), _page_spec(), _detail_spec()],
        partitions_def=MONTHS,
        backfill_policy=ONE_MONTH_A_RUN,
    )
    def write_pack(
        context: dg.AssetExecutionContext, company: CompanyResource
    ) -> Iterator[dg.MaterializeResult[Any]]:
        with plain_failures():
            yield from written_files(context, company)

    return dg.Definitions(assets=[write_pack])


def _workbook_spec(name: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        workbook_key(name),
        deps=[*reporting_models(name), *ANALYSES.get(name, ())],
        description=WORKBOOKS[name],
        group_name="reports",
        kinds={"excel"},
        owners=[OWNER],
    )


def _page_spec() -> dg.AssetSpec:
    return dg.AssetSpec(
        PAGE,
        deps=[workbook_key(name) for name in WORKBOOKS],
        description="One self-contained page for leaders; every number is a workbook's cell.",
        group_name="reports",
        kinds={"html"},
        owners=[OWNER],
    )


def _detail_spec() -> dg.AssetSpec:
    return dg.AssetSpec(
        DETAIL,
        deps=[dg.AssetKey(["reporting", "rpt_finance__cost_detail"])],
        description="Every cost row of the month with its treatment, rule and reason.",
        group_name="reports",
        kinds={"parquet"},
        owners=[OWNER],
    )


def written_files(
    context: dg.AssetExecutionContext, company: CompanyResource
) -> Iterator[dg.MaterializeResult[Any]]:
    """Write every file of the month and report what each holds."""
    from reports.pack import write_workbooks

    month = partition_month(context)
    restore_draft(company.path, month)
    folder = staged_part(company.path, month, "workbooks")
    stamp = draft_stamp(company.path, month)
    reporting = company.load().config.reporting
    if words := missing_password(reporting):
        context.log.warning(words)
    password = workbook_password(reporting)
    for path in write_workbooks(company.path, str(month), folder, stamp, password=password):
        yield dg.MaterializeResult(asset_key=_asset_of(path, month), metadata=_facts(path))


def _asset_of(path: Path, month: Month) -> dg.AssetKey:
    """Return the asset that a file of the pack is."""
    beside = {".parquet": DETAIL, ".html": PAGE}
    return beside.get(path.suffix) or workbook_key(path.stem.removesuffix(f"_{month}"))


def _facts(path: Path) -> dict[str, Any]:
    """Describe a file of the pack: name, hash, size and, where it says so itself, its rows."""
    facts = {"file": path.name, "sha256": file_sha256(path), "bytes": path.stat().st_size}
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        facts["dagster/row_count"] = pq.read_metadata(path).num_rows
    return facts
