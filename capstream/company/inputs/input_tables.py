"""The validated input tables of one company, as the warehouse takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class InputTables:
    """Every input table of the contract, typed; empty where the company gave no file.

    Attributes:
        tables: Table name → rows, with `input_file` and `input_row` as the last two columns.
        present: Names of the tables that the company gave, even without a row.
        files: Table name → file relative to the company folder (`inputs/inputs.xlsx!people`).
    """

    tables: Mapping[str, pa.Table]
    present: frozenset[str]
    files: Mapping[str, str]

    def with_timezone(self, timezone: str) -> InputTables:
        """Return the same tables with the company's timezone where a person has none."""
        people = self.tables["people"]
        position = people.schema.get_field_index("timezone")
        filled = pc.fill_null(people.column(position), timezone)
        people = people.set_column(position, people.schema.field(position), filled)
        return replace(self, tables={**self.tables, "people": people})
