"""The draft pack, and the point from which a month may be closed."""

from typing import Any

import dagster as dg

from capstream.close.draft import gather_parts, publish_draft
from capstream.close.identity import run_identity
from capstream.close.manifest import pack_manifest, write_manifest
from orchestration.lib.failures import plain_failures
from orchestration.lib.journal_files import write_draft_journals
from orchestration.lib.notifications import draft_event, tell_or_say
from orchestration.lib.partitions import MONTHS, ONE_MONTH_A_RUN, partition_month
from orchestration.lib.reporting import DETAIL, PAGE, WORKBOOKS, workbook_key
from orchestration.lib.resources import CompanyResource
from orchestration.lib.workbook_password import locked_with

OWNER = "team:cost-accounting"
DRAFT_PACK = dg.AssetKey(["close", "draft_pack"])
CHECKS = dg.AssetKey(["reporting", "rpt_shared__checks"])
"""The checks as a report: fct_checks carries the blocking check, and a draft is never blocked."""


@dg.asset(
    key=DRAFT_PACK,
    deps=[
        DETAIL,
        PAGE,
        *map(workbook_key, WORKBOOKS),
        dg.AssetKey(["marts", "fct_journal_lines"]),
        CHECKS,
    ],
    group_name="close",
    kinds={"json"},
    owners=[OWNER],
    partitions_def=MONTHS,
    backfill_policy=ONE_MONTH_A_RUN,
)
def draft_pack(
    context: dg.AssetExecutionContext, company: CompanyResource
) -> dg.MaterializeResult[Any]:
    """The whole pack with its journals and manifest, in place of the previous draft."""
    month = partition_month(context)
    with plain_failures():
        pack = gather_parts(company.path, month, ("workbooks",))
        write_draft_journals(company.load(), month, pack)
        manifest = {
            **pack_manifest(company.path, month, run_identity(company.path, month), pack),
            **locked_with(company.load().config.reporting),
        }
        write_manifest(pack, manifest)
        publish_draft(company.path, month, pack)
    event, words = draft_event(month, passes=manifest["all_blocking_checks_pass"])
    context.log.info(words)
    tell_or_say(company.load().config.notify, event, words, context.log.warning)
    return dg.MaterializeResult(metadata={"run_id": manifest["run_id"], "files": manifest["files"]})


@dg.asset(
    key=["close", "closable_month"],
    deps=[DRAFT_PACK, dg.AssetKey(["marts", "fct_checks"])],
    group_name="close",
    owners=[OWNER],
    partitions_def=MONTHS,
    backfill_policy=ONE_MONTH_A_RUN,
)
def closable_month(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """A month whose draft stands and whose blocking checks pass: people may review and close it."""
    return dg.MaterializeResult(metadata={"month": context.partition_key})
