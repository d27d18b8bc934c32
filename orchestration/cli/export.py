"""`capstream export`: a relation of the warehouse as a file."""

import json
from pathlib import Path
from typing import Any

import click

from capstream.errors import UsageError
from capstream.types import Month
from orchestration.cli.options import MonthType, company_option, json_option
from orchestration.cli.output import print_json, shown_path

FORMATS = (".csv", ".parquet")
LIST_COLUMNS = frozenset(
    {"components", "labels", "fix_versions", "work_item_keys", "parents", "depends_on"}
)


@click.command(
    short_help="Write a relation as CSV or Parquet.",
    epilog="Example: capstream export fct_capitalization -o cost.csv --month 2026-10",
)
@click.argument("relation")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; .csv or .parquet.",
)
@click.option("--month", type=MonthType(), help="Only this month, YYYY-MM.")
@company_option
@json_option
def command(
    *, relation: str, output: Path, month: Month | None, company: Path, as_json: bool
) -> None:
    """Write RELATION (fct_checks, dim_components, …) or a neutral table (work_items, …).

    In CSV, lists have `;` between their entries and times are UTC, written with a Z.
    """
    from capstream.warehouse import read_arrow

    if output.suffix.lower() not in FORMATS:
        raise UsageError(f"{output.name} is neither .csv nor .parquet: name one of the two")
    rows = read_arrow(company, relation, month)
    aside = output.with_name(f".{output.name}.part")
    aside.parent.mkdir(parents=True, exist_ok=True)
    _write(rows, aside, output.suffix.lower())
    aside.replace(output)
    if as_json:
        print_json({"relation": relation, "file": str(output), "rows": rows.num_rows})
    else:
        click.echo(f"{rows.num_rows} rows of {relation} → {shown_path(output)}")


def _write(rows: Any, path: Path, suffix: str) -> None:
    if suffix == ".parquet":
        import pyarrow.parquet as pq

        pq.write_table(rows, path, compression="zstd")
        return
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    for name in LIST_COLUMNS.intersection(rows.column_names):
        texts = pa.array([_joined(value) for value in rows[name].to_pylist()], pa.string())
        rows = rows.set_column(rows.schema.get_field_index(name), name, texts)
    for field in list(rows.schema):
        if pa.types.is_timestamp(field.type):
            texts = pc.strftime(rows[field.name], format="%Y-%m-%dT%H:%M:%SZ")
            rows = rows.set_column(rows.schema.get_field_index(field.name), field.name, texts)
    csv.write_csv(rows, path, csv.WriteOptions(quoting_style="needed"))


def _joined(value: str | None) -> str | None:
    """Write a list that the warehouse keeps as JSON text with `;` between its entries."""
    if value is None:
        return None
    entries = json.loads(value)
    return ";".join(str(entry) for entry in entries)
