"""The command `capstream`: finds the command's module, and says plainly what went wrong."""

import importlib
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from capstream import __version__
from capstream.errors import CapstreamError, InputError

COMMANDS = (
    "init", "check", "ingest", "run", "close", "reopen", "drift", "verify", "explain", "sample",
    "compare-policy", "export", "share", "backtest", "import-check", "backup", "restore",
    "prune", "ui",
)  # fmt: skip
UNEXPECTED_EXIT = 3
INTERRUPTED_EXIT = 130


class CommandByName(click.Group):
    """Commands live in modules of their own name, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a month uses them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"orchestration.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.group(
    cls=CommandByName,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: capstream init demo --sample && capstream run -c demo --month 2026-10",
)
@click.version_option(__version__, prog_name="capstream")
@click.option(
    "-c",
    "--company",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The company folder (default: the current folder).",
)
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
@click.pass_context
def cli(context: click.Context, *, company: Path, as_json: bool) -> None:
    """From engineering records to capitalised cost, every month, to the cent.

    Exit codes: 0 done; 1 done, but a blocking check failed; 2 input, configuration or command is
    wrong and nothing was changed; 3 an outside system failed, safe to run again.
    """
    from capstream.warehouse.privacy import keep_private

    keep_private(company)
    context.obj = {"company": company, "as_json": as_json}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(exit_code_of(given))


def exit_code_of(arguments: list[str]) -> int:
    """Run a command and return its exit code; every failure becomes words."""
    try:
        outcome = cli.main(args=arguments, prog_name="capstream", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("capstream: interrupted; what was there before still stands", err=True)
        return INTERRUPTED_EXIT
    except CapstreamError as error:
        _show(error, as_json="--json" in arguments)
        return error.exit_code
    except OSError as error:
        return _storage_exit(error, as_json="--json" in arguments)
    except Exception as error:  # noqa: BLE001 - the last door: a user never meets a traceback
        _show_defect(error)
        return UNEXPECTED_EXIT
    return outcome if isinstance(outcome, int) else 0


def _storage_exit(error: OSError, *, as_json: bool) -> int:
    """Say what the disk refused; any other error of the system is a defect."""
    from capstream.warehouse.storage_faults import storage_fault

    fault = storage_fault(error)
    if fault is None:
        _show_defect(error)
        return UNEXPECTED_EXIT
    _show(fault, as_json=as_json)
    return fault.exit_code


def _show(error: CapstreamError, *, as_json: bool) -> None:
    if as_json:
        problems = [str(problem) for problem in getattr(error, "problems", ())]
        content = {"status": "error", "exit_code": error.exit_code, "message": str(error)}
        click.echo(json.dumps({**content, "problems": problems}, ensure_ascii=False, indent=2))
        return
    click.echo(str(error), err=True)
    if isinstance(error, InputError):
        count = len(error.problems)
        click.echo(f"{count} problem{'' if count == 1 else 's'}; nothing was changed", err=True)


def _show_defect(error: Exception) -> None:
    if os.environ.get("CAPSTREAM_DEBUG"):
        traceback.print_exception(error)
    click.echo(
        f"capstream: unexpected {type(error).__name__}: {error}: safe to run again; "
        "set CAPSTREAM_DEBUG=1 to see where it happened",
        err=True,
    )
