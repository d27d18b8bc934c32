"""`capstream restore`: a backup put back."""

from pathlib import Path

import click

from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json


@click.command(
    short_help="Put a backup of var/ back.",
    epilog="Example: capstream restore /backups/demo-2026-11.tar.gz -c demo",
)
@click.argument("backup", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Give up closings that the backup does not know.")
@company_option
@json_option
def command(*, backup: Path, replace: bool, company: Path, as_json: bool) -> None:
    """Read BACKUP, hold every file against its hash, then put it in place of var/.

    A backup that lacks closings of the company is refused: nothing closed is lost by a restore.
    """
    from capstream.close.backup import restore_backup
    from capstream.warehouse import warehouse_path
    from capstream.warehouse.lock import exclusive

    root = company.resolve()
    warehouse_path(root)
    with exclusive(root, "restore"):
        count = restore_backup(root, backup, replace=replace)
    if as_json:
        print_json({"company": str(root), "files": count})
    else:
        click.echo(f"{count} files put back; next: capstream verify -c {company}")
