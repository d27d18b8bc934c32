"""Tables of results are declared to dbt with the columns that the pipeline writes."""

from __future__ import annotations

from pathlib import Path

import yaml

from capstream.warehouse.analysis_tables import ANALYSIS_TABLES

SOURCES = Path("dbt_project/models/reporting/_analysis__sources.yml")
TYPES = {
    "string": "varchar",
    "int64": "bigint",
    "double": "double",
    "bool": "boolean",
    "date32[day]": "date",
}


def test_dbt_knows_every_table_of_results_column_by_column() -> None:
    (source,) = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["sources"]
    declared = {
        table["name"]: {column["name"]: column["data_type"] for column in table["columns"]}
        for table in source["tables"]
    }
    written = {
        name: {field.name: TYPES[str(field.type)] for field in schema}
        for name, schema in ANALYSIS_TABLES.items()
    }
    assert declared == written
