"""`capstream init`: a new company folder."""

import shutil
import tempfile
from pathlib import Path

import click

from capstream.errors import UsageError
from capstream.types import Month
from orchestration.cli.options import json_option
from orchestration.cli.output import print_json, print_lines, shown_path

SAMPLE_STARTS = Month(2025, 9)


@click.command(
    short_help="Write a new company folder.",
    epilog="Example: capstream init demo --sample    or    capstream init acme --from jira,github",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--sample", is_flag=True, help="Fill it with the sample company.")
@click.option("--seed", default=7, show_default=True, help="Seed of the sample.")
@click.option("--people", default=60, show_default=True, help="People of the sample.")
@click.option("--months", default=14, show_default=True, help="Months of the sample's records.")
@click.option(
    "--from", "kinds", default="", help="Kinds of source to write entries for: jira,github."
)
@json_option
def command(
    *,
    folder: Path,
    sample: bool,
    seed: int,
    people: int,
    months: int,
    kinds: str,
    as_json: bool,
) -> None:
    """Write a complete, commented company folder at FOLDER.

    The sample is invented and follows from its seed: the same options give the same bytes.
    """
    from orchestration.cli.progress import progress

    root = folder.resolve()
    if sample and kinds:
        raise UsageError("--sample brings its own sources: leave out --from")
    if sample:
        if people < 1 or months < 1:
            raise UsageError("a sample needs at least one person and one month")
        with progress("writing the sample company", quiet=as_json):
            _write_sample(root, seed=seed, people=people, months=months)
    else:
        from capstream.company.scaffold import init_company

        init_company(root, sources=[kind.strip() for kind in kinds.split(",") if kind.strip()])
    if as_json:
        print_json({"company": str(root), "sample": sample})
        return
    print_lines(_sample_steps(folder, months) if sample else _company_steps(folder))


def _write_sample(root: Path, *, seed: int, people: int, months: int) -> None:
    """Write the sample aside and move it into place, so that no half company stays behind."""
    from capstream.sample import write_sample

    if root.is_dir() and any(root.iterdir()):
        raise UsageError(f"{shown_path(root)} is not empty: name a new folder")
    root.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=root.parent))
    try:
        write_sample(aside, seed=seed, people=people, months=months)
        if root.is_dir():
            root.rmdir()
        aside.rename(root)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _sample_steps(folder: Path, months: int) -> list[str]:
    return [
        f"the sample company stands in {folder}",
        f"next: capstream run -c {folder} --month {SAMPLE_STARTS.plus(months - 1)}",
    ]


def _company_steps(folder: Path) -> list[str]:
    return [
        f"a new company stands in {folder}",
        f"next: fill in {folder / 'capstream.yaml'} and the tables of {folder / 'inputs'},",
        f"      then capstream check -c {folder}",
    ]
