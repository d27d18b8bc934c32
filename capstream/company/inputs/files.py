"""Which file or sheet of the folder `inputs` holds which table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from capstream.company.inputs.csv_reader import read_csv
from capstream.company.inputs.parquet_reader import read_parquet
from capstream.company.inputs.raw_table import RawTable, UnreadableTable
from capstream.company.inputs.registry import INPUT_TABLES
from capstream.company.inputs.workbook_reader import EmptySheet, read_workbook
from capstream.documents.wording import suggestion
from capstream.errors import Problem

FOLDER = "inputs"
WORKBOOK = "inputs.xlsx"
_READERS = {".csv": read_csv, ".parquet": read_parquet}
_UNREAD_SUFFIXES = frozenset({".md"})


@dataclass(slots=True)
class FoundTables:
    """What the folder holds.

    Attributes:
        tables: Table name → its text.
        files: Table name → label of the file or sheet, also of those that cannot be read.
        problems: Files that are unknown, unreadable, outside the company or given twice.
    """

    tables: dict[str, RawTable] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, name: str, file: str, content: RawTable | UnreadableTable) -> None:
        """Take a table, unless the company gave it in another place already."""
        if name in self.files:
            remedy = "keep one of them"
            message = f"table {name} is also given by {self.files[name]}"
            self.problems.append(Problem(file, 0, "", message, remedy))
            return
        self.files[name] = file
        if isinstance(content, UnreadableTable):
            self.problems.extend(content.problems)
        else:
            self.tables[name] = content


def find_tables(root: Path) -> FoundTables:
    """Read every table of the folder `inputs` of a company; a missing folder holds none."""
    found = FoundTables()
    folder = root / FOLDER
    if not folder.is_dir():
        return found
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.startswith((".", "~$")) or path.suffix in _UNREAD_SUFFIXES:
            continue
        problem = _unusable(root, path)
        if problem is not None:
            found.problems.append(problem)
        elif path.name == WORKBOOK:
            _add_workbook(found, path)
        else:
            file = f"{FOLDER}/{path.name}"
            found.add(path.stem, file, _read(path, file))
    return found


def _read(path: Path, file: str) -> RawTable | UnreadableTable:
    try:
        return _READERS[path.suffix](path, file)
    except UnreadableTable as reason:
        return reason


def _unusable(root: Path, path: Path) -> Problem | None:
    """Return why a directory entry is no table of ours; None when it is one."""
    file = f"{FOLDER}/{path.name}"
    if not path.resolve().is_relative_to(root.resolve()):
        return Problem(file, 0, "", "the link leaves the company folder", "copy the file in")
    if path.is_dir():
        return Problem(file, 0, "", "a folder is not a table", "move it out of inputs")
    if not path.is_file():
        return Problem(file, 0, "", "the link leads nowhere", "copy the file in")
    if path.name == WORKBOOK or (path.suffix in _READERS and path.stem in INPUT_TABLES):
        return None
    known = [*(f"{name}.csv" for name in INPUT_TABLES), WORKBOOK]
    if path.suffix == ".parquet":
        known = [f"{name}.parquet" for name in INPUT_TABLES]
    return Problem(file, 0, "", f"{path.name} is not an input table", _file_remedy(path, known))


def _file_remedy(path: Path, known: list[str]) -> str:
    if path.suffix in {".xlsx", ".xls", ".ods"}:
        return f"make its tables sheets of {WORKBOOK}"
    return suggestion(path.name, known)


def _add_workbook(found: FoundTables, path: Path) -> None:
    file = f"{FOLDER}/{WORKBOOK}"
    try:
        for sheet, content in _known_sheets(found, path, file):
            found.add(sheet, f"{file}!{sheet}", content)
    except UnreadableTable as reason:
        found.problems.extend(reason.problems)


def _known_sheets(
    found: FoundTables, path: Path, file: str
) -> Iterator[tuple[str, RawTable | UnreadableTable]]:
    for sheet, content in read_workbook(path, file):
        if sheet in INPUT_TABLES:
            yield sheet, content
        elif not isinstance(content, EmptySheet):
            message = f"sheet {sheet} is not an input table"
            remedy = suggestion(sheet, INPUT_TABLES)
            found.problems.append(Problem(f"{file}!{sheet}", 0, "", message, remedy))
