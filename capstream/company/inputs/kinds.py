"""Kinds of cell: how one text becomes one typed value, and how that is explained to the writer.

A kind has a single reading function. The loader calls it once per distinct text of a column, the
pydantic row models call it for their fields, so that both mean the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from pydantic_core import CoreSchema, core_schema

MONEY_TYPE = pa.decimal128(18, 2)
QUANTITY_TYPE = pa.decimal128(18, 8)


@dataclass(frozen=True, slots=True)
class CellKind:
    """One way to read a cell.

    Attributes:
        name: How documentation calls it, such as `month`.
        arrow_type: Type of the column in `InputTables`.
        read: Turns a non-empty text into a value; raises ValueError saying what is wrong.
        remedy: What to do about a value that cannot be read.
    """

    name: str
    arrow_type: pa.DataType
    read: Callable[[str], Any]
    remedy: str

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        """Let pydantic read a field by this kind; an empty text is an unknown value."""
        return core_schema.no_info_plain_validator_function(self._read_field)

    def _read_field(self, value: object) -> Any:
        if value is None or value == "":
            raise ValueError("a value is needed")
        return self.read(value) if isinstance(value, str) else value


class CellError(ValueError):
    """A cell that cannot be read, with a remedy better than the kind's own.

    Args:
        message: What is wrong, naming the value.
        remedy: What to do.
    """

    def __init__(self, message: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(message)
