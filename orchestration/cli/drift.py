"""`capstream drift`: what closed months would say if they were computed today."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from capstream.errors import UsageError
from capstream.types import Month
from orchestration.cli.loading import unneeded_assets
from orchestration.cli.options import MonthType, company_option, json_option
from orchestration.cli.output import money, print_json, print_lines


@click.command(
    short_help="Compare closed months with what they would say today.",
    epilog="Example: capstream drift -c demo --month 2025-09",
)
@click.option("--month", type=MonthType(), help="Only this closed month, YYYY-MM.")
@click.option("--no-ingest", is_flag=True, help="Work on what is loaded already.")
@click.option("--rows", default=20, show_default=True, help="Lines to show.")
@company_option
@json_option
def command(
    *, month: Month | None, no_ingest: bool, rows: int, company: Path, as_json: bool
) -> None:
    """Compute closed months anew, beside their frozen rows, and list every difference.

    Each line names person, item, component, cause and class: estimates are proposed as true-ups of
    the open month, errors and changes of policy are for a person's judgement. Nothing closed is
    touched; no pack is written.
    """
    from capstream.close.drift import drift_of
    from capstream.close.ledger import closings_in_force, read_events
    from capstream.warehouse import warehouse_path

    root = company.resolve()
    warehouse_path(root)
    closed = list(closings_in_force(read_events(root)))
    if not closed or (month is not None and str(month) not in closed):
        raise UsageError(
            f"{'no month' if month is None else f'month {month}'} is closed: drift compares what "
            "was closed with today"
        )
    _compute(root, Month.parse(closed[-1]), no_ingest=no_ingest, quiet=as_json)
    found = drift_of(root, month)
    if as_json:
        print_json(found)
    else:
        print_lines(list(_lines(found, rows)))


def _compute(root: Path, last_closed: Month, *, no_ingest: bool, quiet: bool) -> None:
    """Run everything but the pack, for the month that the warehouse last ran."""
    from capstream.close.drift import computed_month
    from capstream.warehouse.lock import exclusive
    from orchestration.cli.progress import progress
    from orchestration.lib.resources import loaded_company

    month = max(last_closed, computed_month(root) or last_closed)
    sources = loaded_company(root).config.sources
    kinds = [] if no_ingest else [source.kind for source in sources]
    with progress("drift", quiet=quiet) as shown, exclusive(root, "drift"):
        from orchestration.cli.execution import run_job

        run_job("drift", root, shown, month=month, without=unneeded_assets(kinds))


def _lines(found: Mapping[str, Any], limit: int) -> Iterable[str]:
    if not found["lines"]:
        yield "no drift: closed months say today what they said when they were closed"
        return
    for line in found["lines"][:limit]:
        amount = money(line["difference_amount"], line["currency_code"])
        yield (
            f"{line['month_key']} {line['cause']:<12} {line['correction_class']:<16} {amount:>18}  "
            f"{line['measure']} {line['component_id']} {line['person_id']} {line['work_item_key']}"
        )
    if len(found["lines"]) > limit:
        yield f"… and {len(found['lines']) - limit} more (--rows {len(found['lines'])})"
    yield ""
    yield "by class"
    for total in found["totals"]:
        amount = money(total["difference_amount"], total["currency_code"])
        yield f"  {total['measure']:<17} {total['correction_class']:<16} {amount:>18}"
    yield ""
    yield "proposals"
    for proposal in found["proposals"]:
        amount = money(proposal["open_amount"], proposal["currency_code"])
        yield f"  {proposal['proposal_id']}  {proposal['status']}  {amount}"
        if proposal["status"] == "proposed":
            yield f"    to approve: true_up_approvals with content_hash {proposal['content_hash']}"
