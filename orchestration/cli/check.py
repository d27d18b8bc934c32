"""`capstream check`: every problem of a company folder at once."""

from dataclasses import asdict, dataclass
from pathlib import Path

import click

from capstream.errors import Problem, SourceError
from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json


@click.command(
    short_help="Find every problem in configuration, policies and inputs.",
    epilog="Example: capstream check -c demo",
)
@click.option("--online", is_flag=True, help="Ask the sources too what their tokens see.")
@company_option
@json_option
def command(*, online: bool, company: Path, as_json: bool) -> int:
    """Read configuration, policies and every input; print every problem; load nothing.

    Each problem reads `file:row:column: what is wrong: what to do`. With --online every source in
    API mode says what its token can and cannot see, how much is in scope, and how long the first
    load takes; a source that does not answer ends in exit code 3.
    """
    from capstream.company import check_company

    root = company.resolve()
    problems = [*check_company(root), *engine_problems(root)]
    asked = asked_sources(root) if online else []
    if as_json:
        sources = [asdict(source) for source in asked]
        print_json({"problems": [asdict(problem) for problem in problems], "sources": sources})
    else:
        for source in asked:
            for words in [*source.findings, *([source.failure] if source.failure else [])]:
                click.echo(words if words == source.failure else f"{source.name}: {words}")
        for problem in problems:
            click.echo(str(problem))
        count = len(problems)
        click.echo("no problems" if not count else f"{count} problem{'' if count == 1 else 's'}")
    if problems:
        return 2
    return 3 if any(source.failure for source in asked) else 0


def engine_problems(root: Path) -> list[Problem]:
    """Say what the engine that the company names needs and does not find on this machine."""
    from capstream.company.files import read_company_files

    config = read_company_files(root)[0].config
    if config is None or config[0].warehouse.target == "duckdb":
        return []
    from orchestration.lib.building import missing_for

    missing = missing_for(config[0].warehouse)
    return [missing] if missing else []


@dataclass(frozen=True)
class Asked:
    """What a source said.

    Attributes:
        name: Name of the source.
        findings: What its token sees, one sentence each.
        failure: Why it did not answer; empty where it did.
    """

    name: str
    findings: list[str]
    failure: str = ""


def asked_sources(root: Path) -> list[Asked]:
    """Ask every source in API mode what its token sees, whatever else is wrong with the folder.

    Without a sound capstream.yaml there is nobody to ask.
    """
    from capstream.company.files import read_company_files
    from capstream.connectors.registry import online_findings

    config = read_company_files(root)[0].config
    found = []
    for source in config[0].sources if config else ():
        if source.mode == "api":
            findings: list[str] = []
            try:
                findings.extend(online_findings(root, source))
            except SourceError as error:
                found.append(Asked(source.name, findings, str(error)))
            else:
                found.append(Asked(source.name, findings))
    return found
