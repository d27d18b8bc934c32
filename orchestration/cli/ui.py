"""`capstream ui`: the orchestrator's web page, on this machine only."""

import os
import sys
from pathlib import Path

import click

from orchestration.cli.options import company_option


@click.command(
    short_help="Open the orchestrator's web page on this machine.",
    epilog="Example: capstream ui -c demo",
)
@click.option("--port", type=int, default=3000, show_default=True, help="The port on 127.0.0.1.")
@company_option
def command(*, port: int, company: Path) -> None:
    """Show assets, lineage, checks and runs of a company at http://127.0.0.1:PORT.

    The page reads no warehouse by itself, so runs and exports work beside it.
    """
    from capstream.warehouse import warehouse_path
    from orchestration.lib.home import dagster_home, orchestrator_environment

    root = company.resolve()
    warehouse_path(root)
    workspace = Path(__file__).resolve().parents[2] / "workspace.yaml"
    environment = {**os.environ, **orchestrator_environment(root, dagster_home(root))}
    click.echo(f"http://127.0.0.1:{port} — end with Ctrl-C")
    arguments = ["-m", "dagster", "dev", "-w", str(workspace), "-h", "127.0.0.1", "-p", str(port)]
    os.execve(sys.executable, [sys.executable, *arguments], environment)  # noqa: S606 - our own interpreter, no shell
