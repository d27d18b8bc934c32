"""Blocks of rows decided by column; what is not plainly good is left to the reader of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from capstream.connectors.accounts import actor_row
from capstream.connectors.records import DecidedRows, RawRecord
from capstream.connectors.table_files import RowBlock, row_record, write_json
from capstream.connectors.tables.columns import (
    Cells,
    by_value,
    converted,
    json_texts,
    usual_form,
    without_empty_texts,
)
from capstream.connectors.tables.contract import (
    CHANGED_LISTS,
    KEYS,
    LISTS,
    MOMENTS,
    REQUIRED,
    WORDS,
    contract_columns,
)
from capstream.connectors.tables.normaliser import ACCOUNT_COLUMNS, TablesNormaliser
from capstream.connectors.tables.values import list_text
from capstream.warehouse.raw_tables import NEUTRAL_TABLES

Columns = dict[str, pa.Array]

FEWEST_ROWS = 40
"""Smaller blocks are read row by row: preparing the columns would cost more."""

_READ_BY_ROW = frozenset({"actors"})
"""Tables that are small, and whose rows are told apart by all they say."""

_OWN_NAME = "record"


def decided(table: str, block: RowBlock, normaliser: TablesNormaliser) -> DecidedRows:
    """Decide the rows of a block, each as the normaliser would.

    Args:
        table: The neutral table that they are of.
        block: The rows.
        normaliser: The reader of single cells and rows.
    """
    given = {
        name: usual_form(column)
        for name, column in zip(block.rows.schema.names, block.rows.columns, strict=True)
    }
    is_small = len(block.numbers) < FEWEST_ROWS
    if is_small or table in _READ_BY_ROW or _OWN_NAME in given:
        return _left_to_the_reader(table, block)
    columns, is_good = _read(table, given, len(block.numbers), normaliser)
    if table in _SENSIBLE:
        is_good = pc.and_(is_good, pc.fill_null(_SENSIBLE[table](columns), fill_value=False))
    columns = _completed(table, columns, normaliser)
    parts = {
        "record_key": _joined(":", *(columns[name] for name in ("source", *KEYS[table]))),
        "updated_at": _moment(table, columns),
        "origin": _joined("", pa.scalar(f"{block.file}:"), pa.array(block.numbers, pa.int64())),
        "payload": _payloads(table, given),
    }
    positions = pa.array(range(len(block.numbers)), pa.int64()).filter(is_good)
    rows = {name: column.filter(is_good) for name, column in columns.items()}
    return DecidedRows(
        record_type=table,
        count=len(block.numbers),
        positions=positions,
        records={name: column.filter(is_good) for name, column in parts.items()},
        rows=rows,
        accounts=[
            account for name in ACCOUNT_COLUMNS if name in rows for account in _accounts(rows, name)
        ],
        others=dict(_doubtful(table, block, is_good)),
    )


def _left_to_the_reader(table: str, block: RowBlock) -> DecidedRows:
    """Decide nothing."""
    rows = len(block.numbers)
    nothing = pa.array([], pa.int64())
    doubtful = dict(_doubtful(table, block, pa.array([False] * rows, pa.bool_())))
    return DecidedRows(table, rows, nothing, {}, {}, [], doubtful)


def _doubtful(table: str, block: RowBlock, is_good: pa.Array) -> Iterator[tuple[int, RawRecord]]:
    positions = pc.indices_nonzero(pc.invert(is_good)).to_pylist()
    for position, raw in zip(positions, block.kept(positions).records(), strict=True):
        yield position, row_record({_OWN_NAME: table, **raw.value}, raw.origin)


def _read(
    table: str, given: Mapping[str, pa.Array], count: int, normaliser: TablesNormaliser
) -> tuple[Columns, pa.Array]:
    """Return the columns of the contract, and which rows could be read in all of them."""
    columns: Columns = {}
    is_good = pa.array([True] * count, pa.bool_())
    for name in contract_columns(table):
        cells = _cells(table, name, given.get(name, pa.nulls(count)), normaliser)
        columns[name] = cells.values
        is_good = pc.and_(is_good, cells.is_read)
    for name in REQUIRED[table]:
        is_good = pc.and_(is_good, columns[name].is_valid())
    return columns, is_good


def _cells(table: str, name: str, column: pa.Array, normaliser: TablesNormaliser) -> Cells:
    kind = NEUTRAL_TABLES[table].field(name).type
    is_simple = name not in LISTS and name != "fields" and (table, name) not in WORDS
    if is_simple:
        filled = without_empty_texts(column)
        values = converted(filled, kind, is_utc=normaliser.reads_utc)
        if values is not None:
            return Cells(values, pa.array([True] * len(values), pa.bool_()))
    return by_value(column, lambda value: normaliser.cell(table, name, value), _landed(kind))


def _landed(kind: pa.DataType) -> pa.DataType:
    return pa.timestamp("us", "UTC") if pa.types.is_timestamp(kind) else kind


def _names_a_subject(columns: Columns) -> pa.Array:
    is_of_pull = pc.and_(columns["repository"].is_valid(), columns["number"].is_valid())
    return pc.or_(columns["work_item_key"].is_valid(), is_of_pull)


_SENSIBLE: Mapping[str, Callable[[Columns], pa.Array]] = {
    "comments": _names_a_subject,
    "worklogs": lambda columns: pc.greater_equal(columns["seconds"], 0),
}
"""What must hold between the cells of a row, where the normaliser asks for more than cells."""


def _completed(table: str, columns: Columns, normaliser: TablesNormaliser) -> Columns:
    """Fill what the load knows itself, as the normaliser does."""
    count = len(columns["source"])
    columns = {**columns, "source": pc.fill_null(columns["source"], normaliser.source)}
    if table == "work_items":
        columns["is_deleted"] = pa.array([False] * count)
        columns["has_history"] = pa.array([normaliser.items_with_history] * count)
    if table == "work_item_changes":
        is_list = pc.is_in(columns["field"], pa.array(sorted(CHANGED_LISTS)))
        for name in ("from_value", "to_value"):
            columns[name] = pc.if_else(is_list, _lists(columns[name], is_list), columns[name])
    if table == "commits":
        for name in ("author", "committer"):
            columns[name] = by_value(columns[name], _lowered, pa.string()).values
    return columns


def _lists(column: pa.Array, is_list: pa.Array) -> pa.Array:
    asked = pc.if_else(is_list, column, pa.scalar(None, pa.string()))
    return by_value(asked, lambda value: list_text(value, is_ordered=False), pa.string()).values


def _lowered(account: Any) -> Any:
    return account.lower() if account else None


def _moment(table: str, columns: Columns) -> pa.Array:
    names = [name for name in (MOMENTS.get(table), "created_at") if name in columns]
    if not names:
        return pa.nulls(len(columns["source"]), pa.timestamp("us", "UTC"))
    return pc.coalesce(*(columns[name] for name in names))


def _payloads(table: str, given: Mapping[str, pa.Array]) -> pa.Array:
    """Write each row as one JSON object, its table first."""
    parts: list[Any] = [pa.scalar(f'{{"{_OWN_NAME}":{write_json(table)}')]
    for name, column in given.items():
        parts += [pa.scalar(f",{write_json(name)}:"), json_texts(column)]
    return _joined("", *parts, pa.scalar("}"))


def _joined(separator: str, *parts: Any) -> pa.Array:
    texts = [part.cast(pa.string()) for part in parts]
    return pc.binary_join_element_wise(*texts, separator)


def _accounts(rows: Columns, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield each account of a column once, with the place of the first row that names it."""
    pairs = pa.table(
        {"source": rows["source"], "account": rows[name], "place": range(len(rows["source"]))}
    )
    first = pairs.group_by(["source", "account"]).aggregate([("place", "min")])
    for pair in first.to_pylist():
        if pair["account"]:
            yield pair["place_min"], {**actor_row(pair["account"]), "source": pair["source"]}
