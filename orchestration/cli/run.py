"""`capstream run`: one month, from raw records to the draft pack."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from capstream.errors import UsageError
from capstream.types import Month
from orchestration.cli.loading import configured_assets, raise_failures, unneeded_assets
from orchestration.cli.options import MonthType, company_option, json_option
from orchestration.cli.output import print_json, print_lines
from orchestration.lib.listening import listening


@click.command(
    short_help="Take one month from raw records to its draft pack.",
    epilog="Example: capstream run -c demo --month 2026-10",
)
@click.option("--month", required=True, type=MonthType(), help="The month, YYYY-MM.")
@click.option("--no-ingest", is_flag=True, help="Work on what is loaded already.")
@click.option("--as-of", metavar="TIME", help="Ignore what is newer; ISO 8601 with an offset.")
@click.option(
    "--keep-closed",
    is_flag=True,
    help="Compute open months alone; closed ones stay as closed, uncompared with today.",
)
@click.option("--accept-shrink", is_flag=True, help="Let a smaller extract replace a fuller one.")
@company_option
@json_option
def command(
    *,
    month: Month,
    no_ingest: bool,
    as_of: str | None,
    keep_closed: bool,
    accept_shrink: bool,
    company: Path,
    as_json: bool,
) -> int:
    """Ingest, transform, check and write the draft pack to out/YYYY-MM/draft.

    The pack is written also when a check fails: its status stands on the cover, and the exit
    code is 1. A source that does not answer keeps its last good load and fails a check of its
    own: the pack is written, and the exit code is 3.

    With --keep-closed a long history costs little: the books go on from the frozen months, and
    drift stands as the last whole run, or `capstream drift`, found it. Closing runs all months.
    """
    from capstream.close.draft import draft_folder
    from capstream.close.manifest import read_manifest
    from orchestration.cli.summary import summary_lines
    from orchestration.lib.resources import loaded_company
    from orchestration.lib.workbook_password import missing_password

    root = company.resolve()
    _run(
        root,
        month,
        no_ingest=no_ingest,
        as_of=as_of,
        keep_closed=keep_closed,
        accept_shrink=accept_shrink,
        quiet=as_json,
    )
    pack = draft_folder(root, month)
    manifest = read_manifest(pack)
    if words := missing_password(loaded_company(root).config.reporting):
        click.echo(f"WARN {words}", err=True)
    if as_json:
        print_json({**manifest, "pack": str(pack)})
    else:
        print_lines(summary_lines(manifest, pack))
    if not no_ingest:
        raise_failures(root)
    return 0 if manifest["all_blocking_checks_pass"] else 1


def _run(
    root: Path,
    month: Month,
    *,
    no_ingest: bool,
    as_of: str | None,
    keep_closed: bool,
    accept_shrink: bool,
    quiet: bool,
) -> None:
    from capstream.close.conditions import check_open
    from capstream.close.ledger import read_events
    from capstream.warehouse import require_this_layout, warehouse_path
    from capstream.warehouse.lock import exclusive
    from orchestration.cli.progress import progress
    from orchestration.lib.building import missing_for
    from orchestration.lib.resources import loaded_company

    moment = _checked_time(as_of)
    path = warehouse_path(root)
    if no_ingest:
        require_this_layout(path)
    with progress(f"run of {month}", quiet=quiet) as shown:
        config = loaded_company(root).config
        kinds = [] if no_ingest else [source.kind for source in config.sources]
        _refuse_month(month, config.company.first_month)
        check_open(read_events(root), month)
        if missing := missing_for(config.warehouse):
            raise UsageError(str(missing))
        with exclusive(root, f"run of {month}"), listening(shown.tell):
            from orchestration.cli.execution import run_job

            run_job(
                "close_draft",
                root,
                shown,
                month=month,
                ops=_configuration(
                    moment, kinds, keep_closed=keep_closed, accept_shrink=accept_shrink
                ),
                without=unneeded_assets(kinds),
            )


def _configuration(
    moment: str, kinds: Sequence[str], *, keep_closed: bool, accept_shrink: bool
) -> dict[str, dict[str, Any]]:
    ops: dict[str, dict[str, Any]] = {
        "closed": {"keep_closed": keep_closed},
        "company_tables": {"as_of": moment, "keep_closed": keep_closed},
    }
    for name in sorted(configured_assets(kinds)):
        ops[name] = {"accept_shrink": accept_shrink}
    return ops


def _checked_time(text: str | None) -> str:
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(
            f"--as-of {text!r} is not a time with an offset: write 2026-11-03T18:00:00Z"
        )
    return moment.isoformat()


def _refuse_month(month: Month, first_month: object) -> None:
    if str(month) < str(first_month):
        raise UsageError(
            f"month {month} is before the books start: run a month from {first_month} on, or "
            "change company.first_month in capstream.yaml"
        )
