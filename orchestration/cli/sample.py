"""`capstream sample`: the auditor's sample of a month's capitalised cost."""

from pathlib import Path

import click

from capstream.types import Month
from orchestration.cli.options import MonthType, company_option, json_option
from orchestration.cli.output import print_json, print_lines, shown_path


@click.command(
    short_help="Draw the auditor's sample, a page of evidence for each item.",
    epilog="Example: capstream sample -c demo --month 2026-10 --size 25 --seed 7",
)
@click.option("--month", required=True, type=MonthType(), help="The month, YYYY-MM.")
@click.option("--size", default=25, show_default=True, help="How many monetary units to draw.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same items.")
@company_option
@json_option
def command(*, month: Month, size: int, seed: int, company: Path, as_json: bool) -> None:
    """Draw a monetary-unit sample over the capitalised rows of a month.

    Every currency unit has the same chance; a row larger than the interval is always in. Each
    item gets a page: journal line, component, gates, work item, evidence, person and pay.
    """
    from dataclasses import asdict

    from capstream.close.audit_sample import draw_sample
    from capstream.close.sample_pages import sample_folder, write_pages

    root = company.resolve()
    drawn = draw_sample(root, month, size=size, seed=seed)
    folder = sample_folder(root, drawn)
    written = write_pages(drawn, folder)
    if as_json:
        print_json({**asdict(drawn), "folder": str(folder)})
        return
    whole = f"{drawn.population_count} capitalised rows, {drawn.population_amount:,.2f} in all"
    negative = f"{drawn.negative_count} negative rows ({drawn.negative_amount:,.2f})"
    print_lines(
        [
            f"{len(drawn.items)} items of {whole}",
            f"  interval {drawn.interval / 100:,.2f}, start {drawn.start / 100:,.2f}, seed {seed}",
            *(
                f"  {item.number:>3}  {item.facts['reporting_amount']:>14}  "
                f"{item.facts['component_id']}  {item.facts['person_id']}  "
                f"{item.facts['work_item_key']}"
                for item in drawn.items
            ),
            f"  {negative} are outside: look at them by themselves",
            f"{len(written)} files in {shown_path(folder)}",
        ]
    )
