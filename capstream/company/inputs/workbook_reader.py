"""Sheets of one Excel workbook, read only after its zip and XML were found harmless."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from capstream.company.inputs.parquet_reader import cell_text
from capstream.company.inputs.raw_table import (
    RawTable,
    UnreadableTable,
    encode_texts,
    unreadable,
)
from capstream.company.inputs.workbook_safety import cell_problems, require_harmless
from capstream.errors import Problem

_CELLS_LIMIT = 20_000_000


class EmptySheet(UnreadableTable):
    """A sheet without a value: harmless, unless it bears the name of a table."""

    @classmethod
    def of(cls, file: str) -> EmptySheet:
        """Return it with its problem."""
        remedy = "write the header line, or delete the sheet"
        return cls([Problem(file, 0, "", "the sheet is empty", remedy)])


def read_workbook(path: Path, file: str) -> Iterator[tuple[str, RawTable | UnreadableTable]]:
    """Yield every sheet, as a table or as the reason why it is none.

    Args:
        path: The workbook.
        file: Its label in problems; sheets are `file!sheet`.

    Raises:
        UnreadableTable: The file is no workbook, or is unsafe to open.
    """
    require_harmless(path, file)
    try:
        workbook = CalamineWorkbook.from_path(path)
    except CalamineError as error:
        remedy = "save it again as .xlsx without a password"
        raise unreadable(file, f"the workbook cannot be opened ({error})", remedy) from error
    with workbook:
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            yield name, _table_or_reason(path, sheet, f"{file}!{name}")


def _table_or_reason(path: Path, sheet: CalamineSheet, file: str) -> RawTable | UnreadableTable:
    try:
        return _table(path, sheet, file)
    except UnreadableTable as reason:
        return reason


def _table(path: Path, sheet: CalamineSheet, file: str) -> RawTable:
    if sheet.start is None:
        raise EmptySheet.of(file)
    if sheet.total_height * sheet.total_width > _CELLS_LIMIT:
        message = f"the sheet spans {sheet.total_height} rows × {sheet.total_width} columns"
        raise unreadable(file, message, "delete empty rows and columns, or write CSV")
    problems = cell_problems(path, sheet.name, file)
    if problems:
        raise UnreadableTable(problems)
    records = [
        (row, [_cell(value) for value in values])
        for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1)
    ]
    filled = [(row, values) for row, values in records if any(values)]
    if not filled:
        raise EmptySheet.of(file)
    header_row, header = filled[0]
    width = max(position for position, name in enumerate(header, start=1) if name)
    _require_headed_cells(filled, width, file)
    body = filled[1:]
    return RawTable(
        file=file,
        header_row=header_row,
        names=header[:width],
        columns=[encode_texts([values[place] for _, values in body]) for place in range(width)],
        rows=np.fromiter((row for row, _ in body), np.int64, len(body)),
    )


def _require_headed_cells(filled: list[tuple[int, list[str]]], width: int, file: str) -> None:
    for row, values in filled:
        if any(values[width:]):
            message = "a cell stands to the right of the last header"
            raise unreadable(file, message, "give its column a header, or clear it", row=row)


def _cell(value: Any) -> str:
    match value:
        case time() | timedelta():
            return str(value)
        case _:
            return cell_text(value).strip()
