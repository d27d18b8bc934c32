"""The page of the input tables, rendered from their models."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

from capstream.company.inputs.registry import INPUT_TABLES
from capstream.company.inputs.row import InputColumn, InputRow, columns_of

PAGE = Path("docs/input-tables.md")

_INTRODUCTION = """\
# Input tables

What a company writes into the folder `inputs`: each table as `NAME.csv`, as `NAME.parquet`, or as
a sheet `NAME` of one `inputs.xlsx`, in one of these places only. This page is generated from the
models that check the tables; write it again with
`python -m capstream.company.inputs.dictionary`.

- CSV is UTF-8, separated by commas; values that hold commas, quotes or line breaks stand in quotes.
- An empty cell means unknown, never zero. Columns that are not listed are ignored.
- Amounts use `.` for decimals and no thousands separators, with no more decimals than the currency
  has; currencies with three decimals are refused.
- Dates are `YYYY-MM-DD`, months `YYYY-MM`, times ISO 8601 with an offset
  (`2026-03-31T09:30:00+02:00`).
- In a workbook, formulas and error values are refused: paste values. A time is a text cell, because
  spreadsheet dates have no offset.
- Every table is optional; what depends on a missing one says so instead of showing zero.
"""


def input_tables_page() -> str:
    """Return the page as Markdown."""
    sections = ["\n".join(_section(name, model)) for name, model in INPUT_TABLES.items()]
    return "\n".join([_INTRODUCTION, *sections])


def _section(name: str, model: type[InputRow]) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"{inspect.cleandoc(model.__doc__ or '')}\n"
    yield "| column | required | cell | meaning |"
    yield "| --- | --- | --- | --- |"
    yield from map(_line, columns_of(model))
    yield ""
    rules = list(_rules(model))
    yield from (f"- {rule}" for rule in rules)
    yield from [""] if rules else []


def _line(column: InputColumn) -> str:
    required = "yes" if column.is_required else ""
    return f"| `{column.name}` | {required} | {column.kind.name} | {column.note} |"


def _rules(model: type[InputRow]) -> Iterator[str]:
    if model.unique:
        yield f"{_names(model.unique)} together stand in one row only"
    for group in model.any_of:
        yield f"at least one of {_names(group)} is filled"
    for group in model.one_of:
        yield f"exactly one of {_names(group)} is filled"
    for earlier, later in model.not_after:
        yield f"`{earlier}` is never above `{later}`"
    for name, value, needed in model.needs:
        reason = f"`{name}` = `{value}`" if value else f"`{name}`"
        yield f"{reason} needs `{needed}`"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


if __name__ == "__main__":
    PAGE.write_text(input_tables_page(), encoding="utf-8")
