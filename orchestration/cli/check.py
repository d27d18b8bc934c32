"""`capstream check`: every problem of a company folder at once."""

from dataclasses import asdict
from pathlib import Path

import click

from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json


@click.command(
    short_help="Find every problem in configuration, policies and inputs.",
    epilog="Example: capstream check -c demo",
)
@company_option
@json_option
def command(*, company: Path, as_json: bool) -> int:
    """Read configuration, policies and every input; print every problem; load nothing.

    Each problem reads `file:row:column: what is wrong: what to do`.
    """
    from capstream.company import check_company

    problems = check_company(company.resolve())
    if as_json:
        print_json({"problems": [asdict(problem) for problem in problems]})
    else:
        for problem in problems:
            click.echo(str(problem))
        count = len(problems)
        click.echo("no problems" if not count else f"{count} problem{'' if count == 1 else 's'}")
    return 2 if problems else 0
