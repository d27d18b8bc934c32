"""`capstream backtest`: a timesheet or a manager's sample against the ledger."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json, print_lines, shown_path

if TYPE_CHECKING:
    from capstream.close.backtest import Backtest
    from capstream.close.backtest.errors import GroupError

_NAMES = ("persons", "months", "error", "bias", "interval", "distance")
_WIDTHS = (8, 8, 9, 9, 20, 10)
_HEADER = " " * 26 + "".join(
    f"{name:>{width}}" for name, width in zip(_NAMES, _WIDTHS, strict=True)
)


@click.command(
    short_help="Compare a timesheet or a manager's sample with the ledger.",
    epilog="Example: capstream backtest -c demo timesheets.csv",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--seed", default=1, show_default=True, help="Seed of the bootstrap interval.")
@company_option
@json_option
def command(*, file: Path, seed: int, company: Path, as_json: bool) -> None:
    """Measure how far the ledger is from FILE, by role and by team.

    FILE (CSV or Parquet) has one row per person, day and work: person_id, work_date, hours (a
    timesheet), or per person, month and work: person_id, month, share (a manager's sample); and
    names the work by work_item_key, component_id or value_stream_id, or says its treatment (capex,
    opex). The result is kept and goes into the pack when a month that it speaks of is closed.
    """
    from dataclasses import asdict

    from capstream.close.backtest import backtest, measures
    from capstream.close.kept_backtests import keep_backtest

    root = company.resolve()
    found = backtest(root, file, seed=seed)
    kept = keep_backtest(root, measures(found))
    if as_json:
        print_json({**asdict(found), "kept": str(kept)})
    else:
        print_lines([*_lines(found), f"kept for the audit pack: {shown_path(kept)}"])


def _lines(found: "Backtest") -> Iterator[str]:
    yield f"{', '.join(found.month_keys)}: {len(found.months)} person-months of the sample"
    yield _HEADER
    for error in found.errors:
        yield _error_line(error)
    if any(error.is_thin for error in found.errors):
        yield "  * under ten persons: the interval is narrower than it should be"
    for month in found.left_out:
        reason = "the ledger has no minute" if not month.minutes else "the books decided nothing"
        yield f"  left out: {month.person_id} in {month.month_key}: {reason}"
    undecided = [month for month in found.months if month.undecided_ratio and month.is_comparable]
    for month in undecided:
        share = f"{month.undecided_ratio:.0%} of the sample"
        yield f"  undecided: {share} of {month.person_id} in {month.month_key}"


def _error_line(error: "GroupError") -> str:
    name = "all" if error.group == "all" else f"{error.group} {error.name}"
    interval = (
        "one person"
        if error.bias_low is None
        else f"{error.bias_low:+.3f} … {error.bias_high:+.3f}{'*' if error.is_thin else ' '}"
    )
    distance = "" if error.distance is None else f"{error.distance:.3f}"
    return (
        f"  {name:<24}{error.person_count:>8}{error.month_count:>8}{error.share_error:>9.3f}"
        f"{error.bias:>+9.3f}{interval:>20}{distance:>10}"
    )
