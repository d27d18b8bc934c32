"""Formula nodes: what they write and what they compute say the same."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formulas import (
    Choose,
    ColumnTotal,
    Concat,
    Const,
    CountIfs,
    CrossRef,
    Cumulative,
    Difference,
    Here,
    Lookup,
    MatrixSum,
    Named,
    Plus,
    Product,
    Ratio,
    Round,
    Span,
    Status,
    Subtotal,
    Sum,
    SumIfs,
    Total,
)
from reports.layout import Book, column_letters
from reports.render.xlsx import write_xlsx
from reports.spec import Chart, Column, Kind, Scope, Series, Sheet, Table, Unit, Workbook
from tests.workbooks.small_pack import STAMP

money = st.decimals(-100_000, 100_000, places=2, allow_nan=False)
keys = st.sampled_from(["a", "A", "b", "1560", "01560", "x*y", "x?y", "<b"])


def workbook(*tables: Table) -> Workbook:
    return Workbook("sample", "Sample", "Sample", STAMP, (Sheet("One", "One", "", "", tables),))


def column(key: str, values: list[object], unit: Unit = Unit.MONEY) -> Column:
    return Column(key, f"{key} (x)", unit, tuple(values))


def live(key: str, formula: object, unit: Unit = Unit.MONEY) -> Column:
    return Column(key, f"{key} (x)", unit, None, formula, Kind.CALCULATED)


def one_row(formula: object, **cells: object) -> Book:
    columns = [column(name, [value]) for name, value in cells.items()]
    return Book(workbook(Table("tbl_a", (*columns, live("out", formula)), 1)))


def excel(book: Book, column: str = "out", table: str = "tbl_a", row: int = 0) -> str:
    return book.tables[table].column(column).content(row).excel(Scope(book, table, row))


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_their_letters(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@pytest.mark.parametrize(
    ("formula", "written", "value"),
    [
        (Plus((Here("a"), Here("b"))), "A6+B6", Decimal("7.50")),
        (Difference(Here("a"), Plus((Here("b"), Here("b")))), "A6-(B6+B6)", Decimal("0.00")),
        (Product(Here("a"), Here("b")), "A6*B6", Decimal("12.5000")),
        (Ratio(Here("a"), Here("b")), 'IF(B6=0,"n/a",A6/B6)', Decimal("2")),
        (Ratio(Here("a"), Const(0)), 'IF(0=0,"n/a",A6/0)', "n/a"),
        (Round(Product(Here("b"), Const(12)), 0), "ROUND(B6*12,0)", Decimal("30")),
        (Status(Here("a"), Here("b")), 'IF(ABS(A6)<=B6,"PASS","FAIL")', "FAIL"),
        (
            Choose(Here("a"), ">", Here("b"), Const("yes"), Const("no")),
            'IF(A6>B6,"yes","no")',
            "yes",
        ),
        (Concat((Const("FAIL: "), Here("a"))), '"FAIL: "&A6', "FAIL: 5"),
    ],
)
def test_a_node_writes_and_computes(formula: object, written: str, value: object) -> None:
    book = one_row(formula, a=Decimal("5.00"), b=Decimal("2.50"))
    assert (excel(book), book.cell("tbl_a", "out", 0)) == (written, value)


def test_a_number_that_needs_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="name a cell"):
        Const(36)


def test_a_cell_that_needs_itself_is_refused() -> None:
    book = one_row(Plus((Here("out"), Here("a"))), a=1)
    with pytest.raises(ValueError, match="circular"):
        book.cell("tbl_a", "out", 0)


def test_a_lookup_that_fails_is_an_error() -> None:
    book = one_row(Lookup(Const("zz"), Span("tbl_a", "k"), Span("tbl_a", "k")), k="aa")
    with pytest.raises(ValueError, match="is not in"):
        book.cell("tbl_a", "out", 0)


@given(
    base=st.decimals(-1_000_000, 1_000_000, places=2, allow_nan=False),
    whole=st.integers(1, 240),
)
def test_charges_of_all_periods_sum_to_the_base(base: Decimal, whole: int) -> None:
    formula = Cumulative(Here("base"), Here("now"), Here("before"), Here("whole"))
    table = Table(
        "tbl_a",
        (
            column("base", [base] * whole),
            column("whole", [whole] * whole),
            column("before", list(range(whole))),
            column("now", list(range(1, whole + 1))),
            live("out", formula),
        ),
        whole,
    )
    assert sum(Book(workbook(table)).column("tbl_a", "out")) == base


@given(amount=money)
def test_rounding_is_half_away_from_zero(amount: Decimal) -> None:
    book = one_row(Round(Product(Here("a"), Here("b"))), a=amount, b=Decimal("0.5"))
    expected = (amount / 2).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert book.cell("tbl_a", "out", 0) == expected


def _rows_book(rows: list[tuple[str, Decimal]], wanted: str) -> Book:
    data = Table(
        "tbl_data",
        (
            column("key", [row[0] for row in rows], Unit.TEXT),
            column("amount", [row[1] for row in rows]),
        ),
        len(rows),
    )
    criteria = ((Span("tbl_data", "key"), Const(wanted)),)
    asked = Table(
        "tbl_asked",
        (
            live("sum", SumIfs(Span("tbl_data", "amount"), criteria)),
            live("count", CountIfs(criteria)),
            live("all", Sum((Span("tbl_data", "amount"),))),
            live("shown", Subtotal(Span("tbl_data", "amount"))),
        ),
        1,
    )
    return Book(workbook(data, asked))


@given(rows=st.lists(st.tuples(keys, money), min_size=1, max_size=12), wanted=st.sampled_from("ab"))
def test_sums_by_key_ignore_case_as_a_spreadsheet_does(rows, wanted: str) -> None:
    book = _rows_book(rows, wanted)
    meant = [amount for key, amount in rows if key.casefold() == wanted]
    assert book.cell("tbl_asked", "sum", 0) == sum(meant, Decimal(0))
    assert book.cell("tbl_asked", "count", 0) == len(meant)
    assert book.cell("tbl_asked", "all", 0) == sum(amount for _, amount in rows)


KEYS = ("a", "A", "b", "1560", "x*y", "x?y", "<b")


@pytest.mark.office
@pytest.mark.parametrize("seed", [1, 2])
def test_another_program_computes_every_node_alike(tmp_path, recalculate, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's rows, not a secret

    def amount() -> Decimal:
        return Decimal(chance.randint(-10_000_000, 10_000_000)) / 100

    rows = [(chance.choice(KEYS), amount()) for _ in range(60)]
    bases = [amount() for _ in range(5)]
    data = Table(
        "tbl_data",
        (
            Column("key", "Key", Unit.TEXT, tuple(row[0] for row in rows)),
            Column("amount", "Amount (x)", Unit.MONEY, tuple(row[1] for row in rows),
                   total=ColumnTotal("amount")),
            live("turned", Round(Product(Here("amount"), Named("nm_rate")))),
        ),
        len(rows),
        total_label="Total",
    )  # fmt: skip
    rate = Table("tbl_rate", (column("rate", [Decimal("1.08350000")], Unit.RATE),), 1,
                 names={("rate", 0): "nm_rate"})  # fmt: skip
    band = Table("tbl_band", tuple(column(f"m{n}", [f"y{n % 2}"], Unit.TEXT) for n in range(3)), 1)
    matrix = Table(
        "tbl_matrix",
        (
            Column("label", "Label", Unit.TEXT, tuple("abcab")),
            *(column(f"m{n}", [base + n for base in bases]) for n in range(3)),
        ),
        5,
    )

    def by_key(test: str) -> tuple[object, ...]:
        criteria = ((Span("tbl_data", "key"), Const(test)),)
        return SumIfs(Span("tbl_data", "amount"), criteria), CountIfs(criteria)

    months = ("m0", "m1", "m2")
    formulas = [
        *by_key("a"), *by_key("1560"), *by_key("x*"), *by_key("?"), *by_key("?*"),
        Total("tbl_data", "amount"), Sum((Span("tbl_data", "turned"),)),
        MatrixSum("tbl_matrix", months, "tbl_band", Const("y0")),
        MatrixSum("tbl_matrix", months, "tbl_band", Const("y1"), "label", Const("A")),
        Lookup(Const("c"), Span("tbl_matrix", "label"), Span("tbl_matrix", "m1")),
        Ratio(CrossRef("tbl_matrix", "m0", 0), CrossRef("tbl_matrix", "m1", 1)),
    ]  # fmt: skip
    asked = Table("tbl_asked", tuple(live(f"f{n}", f) for n, f in enumerate(formulas)), 1)
    path = tmp_path / "nodes.xlsx"
    write_xlsx(workbook(data, rate, band, matrix, asked), path)
    assert not list(_disagreements(path, recalculate(path)))


def _disagreements(path, anew):
    from reports.rules.opened import Opened
    from reports.rules.recalculated import _agree

    for sheet, cell in Opened(path).formulas():
        other = anew.sheet(sheet.name).at(cell.row, cell.column)
        if not _agree(cell, other):
            yield cell.formula, cell.value, other.value if other else None


@pytest.mark.parametrize(
    ("known", "drawn"),
    [({"a": 3, "b": None}, ["a"]), ({"a": None, "b": None}, []), ({"a": 0, "b": 1}, ["a", "b"])],
)
def test_a_series_without_a_number_is_not_drawn(
    known: dict[str, int | None], drawn: list[str]
) -> None:
    columns = tuple(column(key, [value, None]) for key, value in known.items())
    book = Book(workbook(Table("tbl_a", columns, 2)))
    series = tuple(Series(key, key, "#000000", is_line=True) for key in known)
    chart = Chart("line", "tbl_a", "a", series, "Title", "Text", "Value (x)", "Row", (0, 0))
    assert [one.column for one in book.drawable(chart).series] == drawn


@pytest.mark.parametrize(
    ("columns", "line", "drawn"),
    [
        (3, None, ("column", "Value (x)", 1)),
        (None, 5, ("line", "Line (%)", 1)),
        (3, 5, ("column", "Value (x)", 2)),
    ],
)
def test_a_line_whose_columns_are_gone_has_the_chart_to_itself(
    tmp_path: Path, columns: int | None, line: int | None, drawn: tuple[str, str, int]
) -> None:
    held = (column("a", [columns, None]), column("b", [line, None]))
    series = (Series("a", "A", "#000000"), Series("b", "B", "#111111", is_line=True))
    chart = Chart(
        "column",
        "tbl_a",
        "a",
        series,
        "Title",
        "Text",
        "Value (x)",
        "Row",
        (5, 0),
        line_title="Line (%)",
    )
    described = workbook(Table("tbl_a", held, 2))
    drawing = replace(described.sheets[0], charts=(chart,))
    shown = write_xlsx(replace(described, sheets=(drawing,)), tmp_path / "chart.xlsx").drawable(
        chart
    )
    assert (shown.kind, shown.value_title, len(shown.series)) == drawn
