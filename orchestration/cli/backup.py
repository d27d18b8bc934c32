"""`capstream backup`: what the company keeps for itself, in one file."""

from pathlib import Path

import click

from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json, shown_path


@click.command(
    short_help="Keep var/ in one file.",
    epilog="Example: capstream backup -c demo -o /backups/demo-2026-11.tar.gz",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; it holds pay and is readable by you only.",
)
@company_option
@json_option
def command(*, output: Path, company: Path, as_json: bool) -> None:
    """Write warehouse, ledger of closings and frozen months into one file with their hashes.

    Inputs, policies and issued packs are files of your own: keep the company folder as you keep
    other files.
    """
    from capstream.close.backup import write_backup
    from capstream.warehouse import warehouse_path
    from capstream.warehouse.lock import exclusive

    root = company.resolve()
    warehouse_path(root)
    with exclusive(root, "backup"):
        count = write_backup(root, output.resolve())
    if as_json:
        print_json({"file": str(output), "files": count, "bytes": output.stat().st_size})
    else:
        click.echo(f"{count} files → {shown_path(output.resolve())}")
