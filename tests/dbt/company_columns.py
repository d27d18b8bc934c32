"""Column types of schema `company`, as the contract and the warehouse's seam lay them down.

Only what the SQL tests need to build empty tables; one line per table in the text files beside,
`column:type` where the type is not text.
"""

from __future__ import annotations

from pathlib import Path

from capstream.warehouse.analysis_tables import ANALYSIS, ANALYSIS_TABLES
from capstream.warehouse.raw_tables import RAW_TABLES

TEXT = "varchar"
LOADED = {**RAW_TABLES, ANALYSIS: ANALYSIS_TABLES}
_TYPES = {
    "money": "decimal(18,2)",
    "share": "decimal(18,8)",
    "hours": "decimal(9,4)",
    "presence": "decimal(9,6)",
}


def company_columns() -> dict[str, dict[str, str]]:
    """Return column types by table of schema `company`, provenance included."""
    inputs = _listed("company_inputs.txt")
    for columns in inputs.values():
        columns |= {"input_file": TEXT, "input_row": "integer"}
    return inputs | _listed("company_configuration.txt")


def loaded_columns(schema: str, table: str) -> dict[str, str]:
    """Return column types of a table that loads or analyses write; none if it is no such table."""
    names = {"string": TEXT, "int64": "bigint", "bool": "boolean", "date32[day]": "date",
             "timestamp[us]": "timestamp", "double": "double", "int32": "integer"}  # fmt: skip
    return {
        field.name: names.get(str(field.type), str(field.type).replace("128", ""))
        for field in LOADED.get(schema, {}).get(table, ())
    }


def _listed(name: str) -> dict[str, dict[str, str]]:
    lines = (Path(__file__).with_name(name)).read_text(encoding="utf-8").splitlines()
    return dict(_columns(line) for line in lines)


def _columns(line: str) -> tuple[str, dict[str, str]]:
    table, *fields = line.split(" ")
    columns = {}
    for field in fields:
        name, _, kind = field.partition(":")
        columns[name] = _TYPES.get(kind, kind or TEXT)
    return table, columns
