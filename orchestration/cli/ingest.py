"""`capstream ingest`: the sources into the warehouse."""

from pathlib import Path
from typing import Any

import click

from capstream.errors import UsageError
from orchestration.cli.loading import configured_assets, raise_failures, unneeded_assets
from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json
from orchestration.lib.listening import listening

JOB = "ingest_all"


@click.command(
    short_help="Bring the sources into the warehouse.",
    epilog="Example: capstream ingest -c demo --source tracker",
)
@click.option("--source", default="", help="Only the source of this name.")
@click.option("--full", is_flag=True, help="Read everything again, not only what is new.")
@click.option("--accept-shrink", is_flag=True, help="Let a smaller extract replace a fuller one.")
@company_option
@json_option
def command(*, source: str, full: bool, accept_shrink: bool, company: Path, as_json: bool) -> None:
    """Load every configured source, or one of them."""
    root = company.resolve()
    _ingest(root, source, full=full, accept_shrink=accept_shrink, quiet=as_json)
    loads = _loads(root)
    if as_json:
        print_json({"loads": loads})
        raise_failures(root, source)
        return
    for load in loads:
        click.echo(
            f"{load['source']}: {load['record_type']}: {load['accepted_count']} accepted, "
            f"{load['rejected_count']} rejected, newest {load['watermark_at'] or '—'}"
        )
    raise_failures(root, source)


def _ingest(root: Path, source: str, *, full: bool, accept_shrink: bool, quiet: bool) -> None:
    from capstream.warehouse import require_this_layout, warehouse_path
    from capstream.warehouse.lock import exclusive
    from orchestration.cli.progress import progress
    from orchestration.lib.resources import loaded_company

    path = warehouse_path(root)
    if source:
        require_this_layout(path)
    sources = loaded_company(root).config.sources
    names = [entry.name for entry in sources]
    if source and source not in names:
        raise UsageError(
            f"no source {source!r} in capstream.yaml: name one of {', '.join(names) or 'none'}"
        )
    options: dict[str, Any] = {"source": source, "full": full, "accept_shrink": accept_shrink}
    kinds = [entry.kind for entry in sources if source in {"", entry.name}]
    with (
        progress("ingest", quiet=quiet) as shown,
        exclusive(root, "ingest"),
        listening(shown.tell),
    ):
        from orchestration.cli.execution import run_job

        run_job(
            JOB,
            root,
            shown,
            ops=dict.fromkeys(sorted(configured_assets(kinds)), options),
            without=unneeded_assets(kinds),
        )


def _loads(root: Path) -> list[dict[str, Any]]:
    from capstream.warehouse import read_arrow

    loads: list[dict[str, Any]] = read_arrow(root, "ops.source_loads").to_pylist()
    return loads
