"""A folder of neutral tables, CSV or Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from capstream.company.sources import TablesSource
from capstream.connectors.extracts import hashed, source_files
from capstream.connectors.records import Delivered, Extract, Rejection
from capstream.connectors.table_files import column_names, table_blocks
from capstream.connectors.tables.blocks import decided
from capstream.connectors.tables.contract import REQUIRED, TABLES, contract_columns
from capstream.connectors.tables.normaliser import TablesNormaliser
from capstream.connectors.times import TimeReader
from capstream.errors import InputError, Problem

SUFFIXES = (".csv", ".parquet")


class TablesConnector:
    """Reads one configured folder of neutral tables.

    Raises:
        InputError: A file's name nearly is that of a table, two files are the same table, or
            a table lacks a required column.
    """

    takes_additions = False

    def __init__(self, root: Path, source: TablesSource, times: TimeReader) -> None:
        self._source = source
        self._times = times
        files = source_files(root, source.path, SUFFIXES, source.name)
        problems = [problem for name in files if (problem := _misnamed(name)) is not None]
        self._files = {name: path for name, path in files.items() if _table(name) is not None}
        for name, path in self._files.items():
            problems += _column_problems(name, path)
        problems += _repetitions(self._files)
        if not self._files and not problems:
            problems.append(_empty_folder(source))
        if problems:
            raise InputError(problems)

    def extracts(self) -> list[Extract]:
        """List the tables, hashed."""
        return hashed(self._files)

    def records(self, names: frozenset[str]) -> Iterator[Delivered]:
        """Stream the rows of the named tables, block by block."""
        normaliser = self.normaliser()
        for name, path in sorted(self._files.items()):
            if name in names:
                yield from _rows(name, path, normaliser)

    def normaliser(self) -> TablesNormaliser:
        """Return the normaliser of rows."""
        tables = {_table(name) for name in self._files}
        return TablesNormaliser(
            self._times,
            self._source.name,
            items_with_history="work_item_changes" in tables,
        )


def _rows(name: str, path: Path, normaliser: TablesNormaliser) -> Iterator[Delivered]:
    table = str(_table(name))
    for each in table_blocks(path, name):
        if isinstance(each, Rejection):
            yield replace(each, record_type=table)
        else:
            yield decided(table, each, normaliser)


def _table(name: str) -> str | None:
    stem = Path(name).stem
    return stem if stem in TABLES else None


def _misnamed(name: str) -> Problem | None:
    """Find a file whose name nearly is that of a table; others are not ours."""
    stem = Path(name).stem
    nearest = get_close_matches(stem, TABLES, n=1, cutoff=0.8)
    if stem in TABLES or not nearest:
        return None
    return Problem(name, 0, "", f"{stem} is no neutral table", f"rename it to {nearest[0]}")


def _column_problems(name: str, path: Path) -> list[Problem]:
    table = str(_table(name))
    present = column_names(path, name)
    problems = []
    for column in REQUIRED[table]:
        if column not in present:
            nearest = get_close_matches(column, set(present) - set(contract_columns(table)), n=1)
            hint = f"rename column {nearest[0]} to it" if nearest else "add the column"
            problems.append(Problem(name, 1, column, f"table {table} lacks the column", hint))
    return problems


def _repetitions(files: dict[str, Path]) -> list[Problem]:
    tables: dict[str, str] = {}
    problems = []
    for name in sorted(files):
        other = tables.setdefault(str(Path(name).with_suffix("")), name)
        if other != name:
            message = f"the table also stands in {other}"
            problems.append(Problem(name, 0, "", message, "keep one of the two files"))
    return problems


def _empty_folder(source: TablesSource) -> Problem:
    place = f"sources.{source.name}.path"
    message = f"source {source.name}: no neutral table is at {source.path!r}"
    return Problem("capstream.yaml", 0, place, message, "put work_items.csv or others there")
