"""`capstream share`: the month for readers outside the company."""

from pathlib import Path

import click

from capstream.errors import UsageError
from capstream.types import Month
from orchestration.cli.options import MonthType, company_option, json_option
from orchestration.cli.output import print_json, shown_path


@click.command(
    short_help="Write a month for readers outside: pseudonyms, no pay.",
    epilog="Example: capstream share -c demo --month 2026-10 -o for-the-board",
)
@click.option("--month", required=True, type=MonthType(), help="The month, YYYY-MM.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write; it must not exist or be empty.",
)
@company_option
@json_option
def command(*, month: Month, output: Path, company: Path, as_json: bool) -> None:
    """Write the leaders' workbooks and the page of the month that was run last, to hand out.

    Teams, owners, approvers, items and deployments stand under pseudonyms, titles, notes and
    addresses are left out, counts of one to four people are hidden. The workpaper, the cost rows
    and the journals stay inside. `capstream verify` examines the folder like any pack.
    """
    from orchestration.lib.sharing import write_shared

    if output.exists() and any(output.iterdir()):
        raise UsageError(f"{output} is not empty: name a new folder")
    files = write_shared(company.resolve(), month, output)
    if as_json:
        print_json({"pack": str(output), "files": [path.name for path in files]})
        return
    click.echo(f"{month} for readers outside: {shown_path(output)}")
    for path in files:
        click.echo(f"  {path.name}")
