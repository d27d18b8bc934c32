"""`capstream prune`: what the company's `retention` lets go, shown first and removed on request."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json, print_lines, shown_path

if TYPE_CHECKING:
    from capstream.close.pruning import Removable


@click.command(
    short_help="Remove drafts and histories past their time.",
    epilog="Example: capstream prune -c demo && capstream prune -c demo --apply",
)
@click.option("--apply", "is_applied", is_flag=True, help="Remove it; without this, only say it.")
@company_option
@json_option
def command(*, is_applied: bool, company: Path, as_json: bool) -> None:
    """Say what `retention` of capstream.yaml lets go, and with --apply remove it.

    Old drafts, the orchestrator's old runs, and answers of sources that are configured no more.
    Closed months, issued packs, the ledger, inputs and the warehouse are never touched.
    """
    import dagster as dg

    from capstream.close.pruning import removable_folders, remove
    from capstream.warehouse import warehouse_path
    from capstream.warehouse.engines.variables import variables
    from capstream.warehouse.lock import exclusive
    from orchestration.lib.home import dagster_home, orchestrator_environment
    from orchestration.lib.resources import loaded_company
    from orchestration.lib.run_history import old_runs

    root = company.resolve()
    warehouse_path(root)
    now = datetime.now(UTC)  # the clock of the outermost layer, handed inwards
    with (
        exclusive(root, "prune"),
        variables(orchestrator_environment(root, dagster_home(root))),
        dg.DagsterInstance.get() as instance,
    ):
        loaded = loaded_company(root)
        folders = removable_folders(loaded, now)
        runs = old_runs(instance, loaded.config.retention.runs_days, now)
        if is_applied:
            for found in folders:
                remove(found)
            for run_id in runs:
                instance.delete_run(run_id)
    _show(folders, runs, is_applied=is_applied, as_json=as_json)


def _show(
    folders: "Sequence[Removable]", runs: Sequence[str], *, is_applied: bool, as_json: bool
) -> None:
    if as_json:
        listed = [
            {"kind": one.kind, "path": str(one.path), "bytes": one.size, "reason": one.reason}
            for one in folders
        ]
        print_json({"removed": is_applied, "folders": listed, "runs": list(runs)})
        return
    lines = [
        f"  {one.kind:<8} {shown_path(one.path)}  {one.size / 2**20:.1f} MB, {one.reason}"
        for one in folders
    ]
    if runs:
        lines.append(f"  runs     {len(runs)} of the orchestrator's history")
    if not lines:
        print_lines(["nothing is past its time (retention in capstream.yaml)"])
        return
    words = "removed:" if is_applied else "would be removed with --apply:"
    print_lines([words, *lines])
