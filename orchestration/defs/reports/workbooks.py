"""The workbooks of a month, written aside until the whole pack stands."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from capstream.close.digests import file_sha256
from capstream.close.draft import restore_draft, staged_part
from orchestration.lib.failures import plain_failures
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN, partition_month
from orchestration.lib.reporting import OWNER, WORKBOOKS, reporting_models
from orchestration.lib.resources import CompanyResource
from orchestration.lib.stamps import draft_stamp


@dg.definitions
def workbooks() -> dg.Definitions:
    """Declare one asset a workbook, below the reporting models that it reads."""

    @dg.multi_asset(
        name="workbooks",
        specs=[
            dg.AssetSpec(
                ["reports", f"{name}_workbook"],
                deps=reporting_models(name),
                description=description,
                group_name="reports",
                kinds={"excel"},
                owners=[OWNER],
            )
            for name, description in WORKBOOKS.items()
        ],
        partitions_def=MONTHS,
        backfill_policy=ONE_MONTH_A_RUN,
    )
    def write_pack(
        context: dg.AssetExecutionContext, company: CompanyResource
    ) -> Iterator[dg.MaterializeResult[Any]]:
        with plain_failures():
            yield from written_workbooks(context, company)

    return dg.Definitions(assets=[write_pack])


def written_workbooks(
    context: dg.AssetExecutionContext, company: CompanyResource
) -> Iterator[dg.MaterializeResult[Any]]:
    """Write every workbook of the month and report its hash."""
    from reports.pack import write_workbooks

    month = partition_month(context)
    restore_draft(company.path, month)
    folder = staged_part(company.path, month, "workbooks")
    stamp = draft_stamp(company.path, month)
    for path in write_workbooks(company.path, str(month), folder, stamp):
        name = path.name.removesuffix(f"_{month}.xlsx")
        yield dg.MaterializeResult(
            asset_key=["reports", f"{name}_workbook"],
            metadata={
                "file": path.name,
                "sha256": file_sha256(path),
                "bytes": path.stat().st_size,
            },
        )
