"""`capstream close`: one month frozen for good, its pack issued."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from capstream.types import Month
from orchestration.cli.options import MonthType, company_option, json_option
from orchestration.cli.output import print_json, print_lines, shown_path


@click.command(
    short_help="Freeze a month and issue its pack.",
    epilog='Example: capstream close -c demo --month 2025-09 --prepared-by "Ines Calloway" '
    '--approved-by "Robert Thistlewood"',
)
@click.option("--month", required=True, type=MonthType(), help="The month, YYYY-MM.")
@click.option("--prepared-by", required=True, help="Who prepared it; a name of roles.prepare.")
@click.option("--approved-by", required=True, help="Who approved it; a name of roles.approve.")
@company_option
@json_option
def command(
    *, month: Month, prepared_by: str, approved_by: str, company: Path, as_json: bool
) -> None:
    """Freeze the month's rows and issue its pack to out/YYYY-MM.

    Two different people with their roles, approved policies, every earlier month closed, every
    blocking check passed. A draft that is not of the current inputs is run anew first. The names
    are asserted, not authenticated; the operating system's user is recorded beside them.
    """
    from capstream.warehouse import warehouse_path
    from capstream.warehouse.lock import exclusive
    from orchestration.cli.progress import progress
    from orchestration.lib.resources import loaded_company

    root = company.resolve()
    warehouse_path(root)
    with (
        progress(f"close of {month}", quiet=as_json) as shown,
        exclusive(root, f"close of {month}"),
    ):
        from orchestration.cli.closing import close_month

        issued = close_month(
            loaded_company(root),
            month,
            shown,
            prepared_by=prepared_by,
            approved_by=approved_by,
            at=datetime.now(UTC),  # the clock of the outermost layer, handed inwards
        )
    _tell(
        root,
        f"{month} is closed: {issued.event.event_id}, prepared by {prepared_by}, "
        f"approved by {approved_by}, chain head {issued.event.event_hash}.",
    )
    files = sorted(path.name for path in issued.pack.iterdir())
    if as_json:
        print_json({**_event(issued.event), "pack": str(issued.pack), "files": files})
        return
    print_lines(
        [
            f"{month} is closed: {issued.event.event_id}",
            f"  prepared by  {prepared_by}",
            f"  approved by  {approved_by}",
            f"  chain head   {issued.event.event_hash}",
            f"  files        {shown_path(issued.pack)}",
            *(f"               {name}" for name in files),
            "keep the chain head elsewhere too: capstream verify --anchor compares with it",
        ]
    )


def _tell(root: Path, words: str) -> None:
    from orchestration.lib.notifications import tell_or_say
    from orchestration.lib.resources import loaded_company

    def say(untold: str) -> None:
        click.echo(untold, err=True)

    tell_or_say(loaded_company(root).config.notify, "close", words, say)


def _event(event: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "event_id": event.event_id,
        "chain_head": event.event_hash,
        **{name: value for name, value in asdict(event).items() if name != "contents"},
    }
