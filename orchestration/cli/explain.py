"""`capstream explain`: from a number to its rule, inputs and evidence."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestration.cli.options import company_option, json_option
from orchestration.cli.output import print_json, print_lines
from orchestration.cli.section_table import table_lines

if TYPE_CHECKING:
    from capstream.close.explain import Explanation
    from capstream.close.explain.sections import Section


@click.command(
    short_help="Walk from a number to its rule, inputs and evidence.",
    epilog="Example: capstream explain P001@2026-10    or    capstream explain ENTRY:1",
)
@click.argument("identifier")
@click.option(
    "--rows",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Rows to show of each section; sums are of all rows.",
)
@company_option
@json_option
def command(*, identifier: str, rows: int, company: Path, as_json: bool) -> None:
    """Explain IDENTIFIER: a journal line (entry_id:line), a person's month (person_id@YYYY-MM),
    a check (check_id@YYYY-MM), a component_id or a work_item_key.
    """  # noqa: D205 - the help page wraps it as one paragraph
    from capstream.close.explain import explain

    explanation = explain(company, identifier)
    if as_json:
        print_json(_as_json(explanation))
    else:
        print_lines([f"{explanation.identifier}: {explanation.kind}"])
        for section in explanation.sections:
            print_lines(list(_section_lines(section, rows)))


def _as_json(explanation: "Explanation") -> dict[str, object]:
    return {
        "identifier": explanation.identifier,
        "kind": explanation.kind,
        "sections": [
            {
                "title": section.title,
                "rows": [dict(zip(section.columns, row, strict=True)) for row in section.rows],
                "totals": section.totals(),
            }
            for section in explanation.sections
        ],
    }


def _section_lines(section: "Section", limit: int) -> Iterator[str]:
    """Write a section: a single row as a list of facts, several as a table."""
    yield ""
    yield section.title
    if not section.rows:
        yield "  none"
    elif len(section.rows) == 1:
        width = max(map(len, section.columns))
        for name, value in zip(section.columns, section.rows[0], strict=True):
            if value is not None:
                yield f"  {name:<{width}}  {value}"
    else:
        yield from table_lines(section, limit)
