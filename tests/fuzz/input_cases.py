"""Input tables with one or a few things wrong, as CSV, Parquet or sheets of a workbook.

Whatever comes back, a case says what must hold: problems name a file and a row that are there,
and a table that is taken holds every row and the sum of every number that was written.
"""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal, InvalidOperation
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils.exceptions import IllegalCharacterError

from capstream.company.inputs.registry import INPUT_TABLES
from capstream.company.inputs.row import columns_of
from capstream.errors import Problem
from tests.fuzz.hostile import TEXTS, damaged_bytes, dice
from tests.unit.input_company import GOOD, checked, write_inputs

Grid = list[list[str]]
FORMS = ("csv", "csv", "csv", "parquet", "xlsx", "bytes")

REST = {
    "true_up_approvals": "proposal_id,content_hash,approved_by,approved_at\n"
    "TU-1,abc,Bo,2026-02-01T10:00:00Z\n",
    "gl_balances": "month,entity,account,amount,currency\n2026-01,US01,1560,100.00,USD\n",
    "accounts": "entity,account,name\nUS01,1560,CIP\n",
    "budgets": "month,value_stream_id,amount,currency\n2026-01,checkout,5,USD\n2026-01,,7,USD\n",
    "forecasts": "month,value_stream_id,amount,currency\n2026-01,checkout,5,USD\n",
    "revenue": "month,value_stream_id,amount,currency\n2026-01,,5000.10,USD\n",
    "ai_designs": "design_id,recorded_on,recorded_by,outcome,assignment,change_fail_margin,"
    "other_margin\nD1,2026-01-02,Ada,merged_pull_requests,planned_order,0.05,0.1\n",
    "ai_rollouts": "team,tool,start_date,planned\nPay,assistant,2026-01-05,true\n",
    "ai_seats": "date,account,person_id,tool,plan\n2026-01-05,ada,,assistant,business\n",
    "ai_costs": "cost_line_id,month,vendor,tool,entity,net_amount,currency,charge_type,"
    "price_basis\nL1,2026-01,Vendor,assistant,US01,99.95,USD,seat,invoiced\n",
    "ai_training": "month,person_id,team,hours\n2026-01,p1,,4\n2026-01,,Pay,2.5\n",
    "workshop_maps": "value_stream_id,version,state,step_order,step,work_hours,mapped_on\n"
    "checkout,1,current,1,Dev,3.5,2026-01-05\n",
    "improvements": "improvement_id,value_stream_id,step,lever,change,owner,due,measure\n"
    "I1,checkout,Dev,wait,-0.5,Ada,2026-02-01,lead time\n",
}
TABLES = {**GOOD, **REST}


def spoil_and_check(root: Path, number: int) -> None:
    """Write one spoilt company and hold what is said of it against what was written."""
    chance = dice("inputs", number)
    name = sorted(TABLES)[number % len(TABLES)]
    grid = list(csv.reader(io.StringIO(TABLES[name])))
    form = chance.choice(FORMS)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        _spoil(chance, grid)
    content = {table: text for table, text in TABLES.items() if table != name}
    file, label = _written(root, chance, name, grid, form)
    tables, problems = checked(write_inputs(root, {**content, **file}))
    _require_places(problems, root)
    if not problems and form != "bytes":
        _require_totals(name, grid, tables.tables[name], form)
    assert label in tables.files.values() or problems


def _spoil(chance: random.Random, grid: Grid) -> None:
    row = chance.randrange(len(grid))
    if not grid[row]:
        grid[row] = [chance.choice(TEXTS)]
        return
    change = chance.choice([*_CHANGES, *[_replace] * len(_CHANGES)])
    change(chance, grid, row, chance.randrange(len(grid[row])))


def _drop_row(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    del chance, column
    if len(grid) > 1:
        del grid[row]


def _repeat_row(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    del column
    grid.insert(row, list(grid[chance.randrange(len(grid))]))


def _drop_column(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    del chance, row
    for line in grid:
        del line[column : column + 1]


def _repeat_column(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    del chance, row
    for line in grid:
        line.insert(column, line[column] if column < len(line) else "")


def _cut_row(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    del chance
    grid[row] = grid[row][:column]


def _lengthen_row(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    del column
    grid[row].append(chance.choice(TEXTS))


def _shuffle_rows(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    del row, column
    chance.shuffle(grid)


def _rename_column(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    del row
    grid[0][column : column + 1] = [chance.choice(TEXTS)]


def _replace(chance: random.Random, grid: Grid, row: int, column: int) -> None:
    other = grid[chance.randrange(len(grid))]
    from_elsewhere = other[chance.randrange(len(other))] if other else ""
    grid[row][column] = chance.choice([*TEXTS, from_elsewhere])


_CHANGES = (_drop_row, _repeat_row, _drop_column, _repeat_column, _cut_row, _lengthen_row,
            _shuffle_rows, _rename_column)  # fmt: skip


def _written(
    root: Path, chance: random.Random, name: str, grid: Grid, form: str
) -> tuple[dict[str, str | bytes], str]:
    """Return the file that holds the grid, and the label by which problems name it."""
    if form == "xlsx":
        book = _workbook(root, name, grid)
        if book is not None:
            spoilt = damaged_bytes(chance, book) if chance.random() < 0.2 else book
            return {"inputs.xlsx": spoilt}, f"inputs/inputs.xlsx!{name}"
    if form == "parquet" and grid[0] and all(len(line) == len(grid[0]) for line in grid):
        return {f"{name}.parquet": _parquet(root, chance, grid)}, f"inputs/{name}.parquet"
    out = io.StringIO(newline="")
    csv.writer(out).writerows(grid)
    content = out.getvalue().encode("utf-8", "surrogatepass")
    content = damaged_bytes(chance, content) if form == "bytes" and content else content
    return {f"{name}.csv": content}, f"inputs/{name}.csv"


def _workbook(root: Path, name: str, grid: Grid) -> bytes | None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    try:
        for line in grid:
            sheet.append([_typed(text) for text in line])
    except IllegalCharacterError:
        return None
    path = root / "written.xlsx"
    book.save(path)
    return path.read_bytes()


def _typed(text: str) -> str | float:
    """Write a plain number as a number, as a person in a spreadsheet would."""
    digits = text.replace(".", "", 1).removeprefix("-")
    is_plain = digits.isascii() and digits.isdigit() and len(text) < 12
    return float(text) if is_plain else text


def _parquet(root: Path, chance: random.Random, grid: Grid) -> bytes:
    arrays = [pa.array([line[place] for line in grid[1:]], pa.string())
              for place in range(len(grid[0]))]  # fmt: skip
    path = root / "written.parquet"
    pq.write_table(pa.Table.from_arrays(arrays, names=grid[0]), path)
    content = path.read_bytes()
    return damaged_bytes(chance, content) if chance.random() < 0.2 else content


def _require_places(problems: list[Problem], root: Path) -> None:
    for problem in problems:
        assert problem.message, problem
        assert problem.remedy, problem
        assert problem.row >= 0, problem
        assert (root / problem.file.partition("!")[0]).exists(), problem


def _require_totals(name: str, grid: Grid, table: pa.Table, form: str) -> None:
    """Every row that holds anything was taken, and every number adds up to what was written."""
    header, *body = [line for line in grid if any(cell.strip() for cell in line)]
    assert table.num_rows == len(body), (name, form)
    for column in columns_of(INPUT_TABLES[name]):
        kind = table.schema.field(column.name).type
        if not pa.types.is_decimal(kind) or column.default is not None:
            continue
        written = _sum(header, body, column.name)
        taken = sum((value for value in table[column.name].to_pylist() if value is not None),
                    Decimal(0))  # fmt: skip
        assert taken == written, (name, column.name, form)


def _sum(header: list[str], body: Grid, column: str) -> Decimal:
    places = [at for at, name in enumerate(header) if name.strip() == column]
    return sum((_number(line[at]) for at in places for line in body if at < len(line)), Decimal(0))


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.strip()) if text.strip() else Decimal(0)
    except InvalidOperation:
        return Decimal("NaN")
