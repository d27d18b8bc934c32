"""The base of every input row: a pydantic model that also describes its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, get_args

import pyarrow as pa
from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from capstream.company.inputs.kinds import CellKind

PROVENANCE = (pa.field("input_file", pa.string()), pa.field("input_row", pa.int32()))


class InputRow(BaseModel):
    """One row of an input table.

    Subclasses declare, besides their fields, what must hold inside one row or between rows of
    the table alone; the loader checks it and the documentation prints it.

    Attributes:
        unique: Columns whose combination stands once in the table.
        any_of: Groups of columns of which at least one is filled.
        one_of: Groups of columns of which exactly one is filled.
        not_after: Pairs of columns of which the first is never later than the second.
        needs: `(column, value, needed column)`: where the column has the value (any value when
            empty), the needed one is filled.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    unique: ClassVar[tuple[str, ...]] = ()
    any_of: ClassVar[tuple[tuple[str, ...], ...]] = ()
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = ()
    not_after: ClassVar[tuple[tuple[str, str], ...]] = ()
    needs: ClassVar[tuple[tuple[str, str, str], ...]] = ()


@dataclass(frozen=True, slots=True)
class InputColumn:
    """One column of an input table.

    Attributes:
        name: Name in the header.
        kind: How its cells are read.
        is_required: The column must be there and every cell filled.
        default: Value of an empty cell; None means unknown.
        note: What the column means.
    """

    name: str
    kind: CellKind
    is_required: bool
    default: Any
    note: str


@cache
def columns_of(model: type[InputRow]) -> tuple[InputColumn, ...]:
    """Return the columns of a table in the order of its contract."""
    return tuple(_columns(model))


def _columns(model: type[InputRow]) -> Iterator[InputColumn]:
    for name, field in model.model_fields.items():
        yield InputColumn(
            name=field.alias or name,
            kind=_kind_of(field),
            is_required=field.is_required(),
            default=None if field.is_required() else field.default,
            note=field.description or "",
        )


def _kind_of(field: FieldInfo) -> CellKind:
    candidates = [*field.metadata]
    for part in get_args(field.annotation):
        candidates.extend(getattr(part, "__metadata__", ()))
    return next(kind for kind in candidates if isinstance(kind, CellKind))


@cache
def schema_of(model: type[InputRow]) -> pa.Schema:
    """Return the Arrow schema of a table: its columns and where each row came from."""
    return pa.schema(
        [
            *(pa.field(column.name, column.kind.arrow_type) for column in columns_of(model)),
            *PROVENANCE,
        ]
    )
