"""`capstream verify`: a pack re-examined without the warehouse."""

from pathlib import Path
from typing import Any

import click

from capstream.errors import Problem, UsageError
from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json, shown_path


@click.command(
    short_help="Re-check a pack: hashes, ties and workbook rules.",
    epilog="Example: capstream verify -c demo    or    capstream verify out/2026-10/draft",
)
@click.argument("pack", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--anchor", default="", metavar="HASH", help="A chain head noted elsewhere; it must be there."
)
@company_option
@json_option
def command(*, pack: Path | None, anchor: str, company: Path, as_json: bool) -> int:
    """Re-check every hash, every tie-out and the workbook rules of PACK (default: the newest).

    An issued pack is also held against its closing: the chain of closings, the rows that were
    frozen and the policies that decided. Works on a copy of the folder alone; nothing is written.
    """
    from capstream.close.verify import pack_findings
    from capstream.close.verify_closing import ledger_findings
    from capstream.journals.import_check import journal_problems
    from orchestration.lib.workbook_password import pack_password
    from reports.verification import workbook_findings

    folder = newest_pack(company.resolve()) if pack is None else pack.resolve()
    of_pack = pack_findings(folder, anchor=anchor)
    if pack is None and folder.name == "draft":
        of_pack += ledger_findings(company.resolve(), anchor=anchor)
    of_workbooks = workbook_findings(folder, password=pack_password(folder))
    findings: list[dict[str, Any]] = [
        {"rule": found.rule, "severity": "BLOCK", "place": found.file, "message": found.message}
        for found in of_pack
    ]
    findings += [_journal_finding(problem) for problem in journal_problems(folder)]
    findings += [
        {
            "rule": found.rule_id,
            "severity": found.severity,
            "place": f"{found.file}:{found.cell}" if found.cell else found.file,
            "message": found.message,
        }
        for found in of_workbooks
    ]
    errors = [found for found in findings if found["severity"] == "BLOCK"]
    if as_json:
        print_json({"pack": str(folder), "verified": not errors, "findings": findings})
    else:
        for found in errors:
            click.echo("{severity} {rule} {place}: {message}".format(**found))
        for line in _warning_lines([found for found in findings if found not in errors]):
            click.echo(line)
        verdict = "verified" if not errors else f"{len(errors)} findings that block"
        click.echo(f"{shown_path(folder)}: {verdict}")
    return 1 if errors else 0


def _journal_finding(problem: Problem) -> dict[str, Any]:
    """Return what import-check says of a journal file of the pack."""
    place = ":".join(part for part in (str(problem.row or ""), problem.column) if part)
    return {
        "rule": "J01",
        "severity": "BLOCK",
        "place": f"{problem.file}:{place}" if place else problem.file,
        "message": f"{problem.message}: {problem.remedy}",
    }


def _warning_lines(warnings: list[dict[str, Any]]) -> list[str]:
    """Say each warning once, with the first of its places and their count."""
    places: dict[tuple[str, str], list[str]] = {}
    for found in warnings:
        places.setdefault((found["rule"], found["message"]), []).append(found["place"])
    return [
        f"WARN {rule} {_first_of(found)}: {message}" for (rule, message), found in places.items()
    ]


def _first_of(places: list[str]) -> str:
    more = len(places) - 1
    return f"{places[0]} and {more} more" if more else places[0]


def newest_pack(company: Path) -> Path:
    """Return the pack of the newest month that has one, issued before draft.

    Raises:
        UsageError: No month has a pack.
    """
    from capstream.close.issue import issued_folders

    drafts = (company / "out").glob("????-??/draft")
    packs = [(path.parent.name, 0, path) for path in drafts]
    packs += [(path.name[:7], _issue_number(path.name), path) for path in issued_folders(company)]
    if not packs:
        raise UsageError(
            f"no pack under {company / 'out'}: run a month with `capstream run --month YYYY-MM`"
        )
    return max(packs)[2]


def _issue_number(folder: str) -> int:
    """Return 1 for `2026-10`, 2 for `2026-10_v2`."""
    return int(folder.partition("_v")[2] or 1)
