"""What must hold inside one row, or between the rows of one table, as its model declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from capstream.company.inputs.kinds import MONEY_TYPE
from capstream.company.inputs.row import InputRow
from capstream.errors import Problem
from capstream.types import ZERO_DIGIT_CURRENCIES


def row_problems(table: pa.Table, model: type[InputRow]) -> list[Problem]:
    """Return the problems of the rows of a typed table.

    Cells that could not be read are null here and were reported before; rules between columns
    treat them as unknown.
    """
    return [
        *_unfilled(table, model.any_of, "fill in one of them", most=None),
        *_unfilled(table, model.one_of, "fill in exactly one of them", most=1),
        *_disordered(table, model),
        *_needed(table, model),
        *_repeated(table, model),
        *_too_fine(table),
    ]


def _column(table: pa.Table, name: str) -> list[Any]:
    values: list[Any] = table.column(name).to_pylist()
    return values


def _places(condition: pa.ChunkedArray) -> list[int]:
    """Return the rows where the condition is true; unknown is not true."""
    places: list[int] = pc.indices_nonzero(condition).to_pylist()
    return places


def _problem(table: pa.Table, place: int, column: str, *, message: str, remedy: str) -> Problem:
    file = table.column("input_file")[place].as_py()
    return Problem(file, table.column("input_row")[place].as_py(), column, message, remedy)


def _unfilled(
    table: pa.Table, groups: Sequence[tuple[str, ...]], remedy: str, *, most: int | None
) -> Iterator[Problem]:
    for group in groups:
        filled = pa.nulls(table.num_rows, pa.int32()).fill_null(0)
        for name in group:
            filled = pc.add(filled, pc.is_valid(table.column(name)).cast(pa.int32()))
        counts = filled.to_pylist()
        for place, count in enumerate(counts):
            if count == 0 or (most is not None and count > most):
                given = "none" if count == 0 else "more than one"
                message = f"of {' or '.join(group)}, {given} is given"
                yield _problem(table, place, group[0], message=message, remedy=remedy)


def _disordered(table: pa.Table, model: type[InputRow]) -> Iterator[Problem]:
    for earlier, later in model.not_after:
        for place in _places(pc.greater(table.column(earlier), table.column(later))):
            first, last = table.column(earlier)[place].as_py(), table.column(later)[place].as_py()
            yield _problem(
                table,
                place,
                later,
                message=f"{later} {last} is before {earlier} {first}",
                remedy=f"correct {later} or {earlier}",
            )


def _needed(table: pa.Table, model: type[InputRow]) -> Iterator[Problem]:
    for name, value, needed in model.needs:
        column = table.column(name)
        concerned = pc.equal(column, value) if value else pc.is_valid(column)
        for place in _places(pc.and_(concerned, pc.is_null(table.column(needed)))):
            reason = f"{name} {value}" if value else name
            yield _problem(
                table,
                place,
                needed,
                message=f"{reason} needs {needed}, which is empty",
                remedy=f"fill in {needed}",
            )


def _repeated(table: pa.Table, model: type[InputRow]) -> Iterator[Problem]:
    if not model.unique:
        return
    rows = table.column("input_row")
    first: dict[tuple[Any, ...], int] = {}
    keys = zip(*(_column(table, name) for name in model.unique), strict=True)
    for place, key in enumerate(keys):
        before = first.setdefault(key, place)
        if before != place and any(part is not None for part in key):
            named = ", ".join(
                f"{name} {part}" for name, part in zip(model.unique, key, strict=True) if part
            )
            yield _problem(
                table,
                place,
                model.unique[0],
                message=f"{named} stands in row {rows[before].as_py()} already",
                remedy="keep one of the rows",
            )


def _too_fine(table: pa.Table) -> Iterator[Problem]:
    """Refuse amounts with decimals in a currency that has none; two were the most to be read."""
    currency = next((name for name in table.column_names if name == "currency"), None)
    if currency is None:
        return
    currencies = _column(table, currency)
    if ZERO_DIGIT_CURRENCIES.isdisjoint(currencies):
        return
    for field in table.schema:
        if field.type == MONEY_TYPE:
            for place, amount in enumerate(_column(table, field.name)):
                code = currencies[place]
                if amount is not None and code in ZERO_DIGIT_CURRENCIES and amount % 1:
                    yield _problem(
                        table,
                        place,
                        field.name,
                        message=f"{amount} has decimals, which {code} does not have",
                        remedy="round the amount to whole units",
                    )
