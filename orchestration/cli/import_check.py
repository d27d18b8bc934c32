"""`capstream import-check`: a journal file held against its target's import rules."""

from dataclasses import asdict
from pathlib import Path

import click

from orchestration.cli.options import json_option
from orchestration.cli.output import print_json


@click.command(
    name="import-check",
    short_help="Hold a journal file against its target's import rules.",
    epilog="Example: capstream import-check out/2026-10/journal_2026-10.US01.netsuite.csv "
    "--format netsuite",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format", "format_name", required=True, metavar="FORMAT",
    help="The target, as in capstream.yaml: netsuite, xero, …",
)  # fmt: skip
@json_option
def command(*, file: Path, format_name: str, as_json: bool) -> int:
    """Read FILE back and say what its target would refuse: exit 1 where there is anything.

    Columns, lengths, dates, amounts, one side a line, balance by entry, nothing marked as posted.
    """
    from capstream.journals.import_check import check_import

    checked = check_import(file, format_name)
    count = len(checked.problems)
    if as_json:
        print_json({**asdict(checked), "file": str(file), "importable": not count})
    else:
        for problem in checked.problems:
            click.echo(str(problem))
        held = f"{checked.entry_count} entries, {checked.line_count} lines"
        verdict = f"{count} problem{'' if count == 1 else 's'}" if count else "can be imported"
        click.echo(f"{file.name}: {held}: {verdict} ({format_name})")
    return 1 if count else 0
