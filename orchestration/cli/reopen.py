"""`capstream reopen`: the latest closed month opened again, its closing kept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from capstream.types import Month
from orchestration.cli.options import MonthType, company_option, json_option
from orchestration.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from capstream.company.operation_sections import Notification


@click.command(
    short_help="Open the latest closed month again.",
    epilog='Example: capstream reopen -c demo --month 2025-09 --reason "invoice 4711 was missing" '
    '--requested-by "Ines Calloway" --approved-by "Robert Thistlewood"',
)
@click.option("--month", required=True, type=MonthType(), help="The month, YYYY-MM.")
@click.option("--reason", required=True, help="Why; it stands in the ledger for good.")
@click.option("--requested-by", required=True, help="Who asks for it; a name of roles.prepare.")
@click.option("--approved-by", required=True, help="Who approves it; a name of roles.approve.")
@company_option
@json_option
def command(
    *,
    month: Month,
    reason: str,
    requested_by: str,
    approved_by: str,
    company: Path,
    as_json: bool,
) -> None:
    """Append a reopening to the ledger of closings.

    Only the latest closed month can be reopened. Its issued pack and its frozen rows stay; the
    next closing of the month issues out/YYYY-MM_v2.
    """
    from capstream.close.conditions import check_people, check_reopening
    from capstream.close.issue import settle_issues
    from capstream.close.ledger import read_events
    from capstream.warehouse import warehouse_path
    from capstream.warehouse.lock import exclusive
    from orchestration.lib.issuing import reopen_month
    from orchestration.lib.resources import loaded_company

    root = company.resolve()
    warehouse_path(root)
    with exclusive(root, f"reopening of {month}"):
        loaded = loaded_company(root)
        check_people(loaded.config.roles, prepared_by=requested_by, approved_by=approved_by)
        settle_issues(root)
        check_reopening(read_events(root), month, reason)
        event = reopen_month(
            loaded,
            month,
            reason=reason,
            requested_by=requested_by,
            approved_by=approved_by,
            at=datetime.now(UTC),  # the clock of the outermost layer, handed inwards
        )
    _tell(loaded.config.notify, f"{month} is open again: {event.event_id}: {reason}")
    if as_json:
        print_json(
            {
                "event_id": event.event_id,
                "chain_head": event.event_hash,
                "event": event.event,
                "month_key": event.month_key,
                "at": event.at,
                "reason": event.reason,
                "requested_by": event.prepared_by,
                "approved_by": event.approved_by,
                "previous_hash": event.previous_hash,
            }
        )
        return
    print_lines(
        [
            f"{month} is open again: {event.event_id}",
            f"  chain head   {event.event_hash}",
            f"next: capstream run --month {month}, then capstream close --month {month} …",
        ]
    )


def _tell(entries: "Sequence[Notification]", words: str) -> None:
    from orchestration.lib.notifications import tell_or_say

    def say(untold: str) -> None:
        click.echo(untold, err=True)

    tell_or_say(entries, "reopen", words, say)
