"""Rules on formulas: alive, complete, plain, consistent (F)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reports.rules.file_rules import Breach
from reports.rules.formula_text import (
    ALLOWED_FUNCTIONS,
    ALLOWED_NUMBERS,
    LATER_FUNCTIONS,
    Parsed,
    Reference,
    cells_of,
    parsed,
)
from reports.rules.opened import Cell, ListedTable, Opened, OpenedSheet

ERRORS = frozenset({"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!"})
STATEMENTS = frozenset(
    {
        "tbl_kpis", "tbl_checks", "tbl_headline_formulas", "tbl_headlines", "tbl_payroll_bridge",
        "tbl_ledger_ties", "tbl_gl_ties", "tbl_trend", "tbl_mix_trend", "tbl_cip_bridge",
        "tbl_top_projects", "tbl_population", "tbl_independence", "tbl_spend",
        "tbl_investment", "tbl_adoption", "tbl_adoption_tools",
        "tbl_before_after", "tbl_trends", "tbl_stage_whole", "tbl_guardrails", "tbl_roi_costs",
        "tbl_roi_result", "tbl_verdict_returns", "tbl_verdict_guardrails", "tbl_scenarios",
        "tbl_ai_treatment_tie", "tbl_evidence_band",
        "tbl_evidence_review",
        "tbl_forward_amortisation",
        "tbl_research_expense", "tbl_expense_by_nature", "tbl_section_174", "tbl_unit_costs",
        "tbl_sample_population", "tbl_sample", "tbl_change_totals",
        "tbl_delivery_kpis",
        "tbl_revenue_share", "tbl_replacement", "tbl_survey_scores", "tbl_future", "tbl_plan",
        "tbl_flow",
    }
)  # fmt: skip
"""Tables that are statements: each of their lines has a formula of its own."""

STATEMENT_BLOCKS = ("tbl_note_",)
"""Beginnings of the names of statements that stand once per currency."""

NONE_ROW = "(none)"


@lru_cache(maxsize=200_000)
def _parse(formula: str, sheet: str, row: int, column: int) -> Parsed | None:
    try:
        return parsed(formula, sheet=sheet, row=row, column=column)
    except ValueError:
        return None


def _parsed(sheet: OpenedSheet, cell: Cell) -> Parsed | None:
    return _parse(cell.formula or "", sheet.name, cell.row, cell.column)


def f01(book: Opened) -> Iterator[Breach]:
    """No error value."""
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.kind == "e" or cell.value in ERRORS:
                yield f"{sheet.name}!{cell.ref}", f"the cell shows {cell.value}"


def f02(book: Opened) -> Iterator[Breach]:
    """Every formula carries its value."""
    for sheet, cell in book.formulas():
        if cell.value is None:
            yield f"{sheet.name}!{cell.ref}", "the formula carries no value: write it again"


def f04(book: Opened) -> Iterator[Breach]:
    """Totals and headlines are formulas."""
    for name in book.names:
        if name.startswith("out_"):
            found = book.named_cell(name)
            cell = found[1] if found else None
            if cell is not None and cell.formula is None:
                yield name, "the headline is a pasted value, not a formula"
    for table in book.tables:
        for cell in _total_cells(book, table):
            if cell.is_number and cell.formula is None:
                yield f"{table.sheet}!{cell.ref}", "the total is a pasted value, not a formula"


def _total_cells(book: Opened, table: ListedTable) -> list[Cell]:
    """Return the cells of a table's totals: its last row, or the line above its header."""
    sheet = book.sheet(table.sheet)
    if sheet is None:
        return []
    row = table.bottom if table.has_totals else table.top - 1
    label = sheet.at(row, table.left)
    if label is None or label.value != "Total":
        return []
    found = (sheet.at(row, column) for column in range(table.left, table.right + 1))
    return [cell for cell in found if cell is not None]


def f05(book: Opened) -> Iterator[Breach]:
    """A total's range is the whole body of its column."""
    for table in book.tables:
        sheet = book.sheet(table.sheet)
        for cell in _total_cells(book, table):
            if cell.formula is None or sheet is None:
                continue
            found = _parsed(sheet, cell)
            if found is None or found.functions not in {("SUM",), ("SUBTOTAL",)}:
                continue
            span = found.references[0]
            body = table.body
            if (span.top, span.bottom, span.left) != (body[0], body[-1], cell.column):
                message = f"the total covers rows {span.top} to {span.bottom}"
                rows = f"the table has rows {body[0]} to {body[-1]}"
                yield f"{table.sheet}!{cell.ref}", f"{message}, {rows}"


def f06(book: Opened) -> Iterator[Breach]:
    """No number in a formula that belongs into a named cell."""
    for sheet, cell in book.formulas():
        found = _parsed(sheet, cell)
        for number in found.numbers if found else ():
            if number not in ALLOWED_NUMBERS:
                yield f"{sheet.name}!{cell.ref}", f"the formula holds the number {number}"


def f07(book: Opened) -> Iterator[Breach]:
    """Only functions that both programs compute; a formula that cannot be read is a payload."""
    for sheet, cell in book.formulas():
        found = _parsed(sheet, cell)
        if found is None or "|" in (cell.formula or "").replace('"', ""):
            yield f"{sheet.name}!{cell.ref}", f"unreadable formula {(cell.formula or '')[:60]!r}"
            continue
        for function in found.functions:
            if function not in ALLOWED_FUNCTIONS and function not in LATER_FUNCTIONS:
                yield f"{sheet.name}!{cell.ref}", f"function {function} is not allowed"


def f08(book: Opened) -> Iterator[Breach]:
    """Later functions carry their prefix; no array functions."""
    for sheet, cell in book.formulas():
        found = _parsed(sheet, cell)
        for function in found.functions if found else ():
            if function in LATER_FUNCTIONS:
                yield f"{sheet.name}!{cell.ref}", f"function {function} lacks the prefix _xlfn."


def f09(book: Opened) -> Iterator[Breach]:
    """Formulas are short enough to explain."""
    for sheet, cell in book.formulas():
        formula = cell.formula or ""
        if len(formula) > 120 or formula.count("IF(") > 2 or "\n" in formula:
            yield f"{sheet.name}!{cell.ref}", "the formula is too long to explain"


def _is_pasted(cell: Cell | None) -> bool:
    return cell is not None and cell.formula is None and cell.value is not None


def f10(book: Opened) -> Iterator[Breach]:
    """One formula a calculated column; a cell whose facts are unknown stays empty."""
    for table in book.tables:
        sheet = book.sheet(table.sheet)
        if table.name in STATEMENTS or table.name.startswith(STATEMENT_BLOCKS) or sheet is None:
            continue
        for offset, header in enumerate(table.headers):
            cells = [sheet.at(row, table.left + offset) for row in table.body]
            live = [cell for cell in cells if cell is not None and cell.formula is not None]
            forms = {_form(sheet, cell) for cell in live}
            where = f"{table.sheet}!{table.name}[{header}]"
            if len(forms) > 1:
                yield where, "the column holds more than one formula"
            elif live and any(_is_pasted(cell) for cell in cells):
                yield where, "the column mixes formulas and pasted values"


def _form(sheet: OpenedSheet, cell: Cell) -> str:
    found = _parsed(sheet, cell)
    return "" if found is None else found.relative


def f11(book: Opened) -> Iterator[Breach]:
    """No reference to an empty cell, to text in a sum, to itself or to another file."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for sheet, cell in book.formulas():
        found = _parsed(sheet, cell)
        where = f"{sheet.name}!{cell.ref}"
        if "[" in (cell.formula or ""):
            yield where, "the formula refers to another file or in structured form"
        first = sheet.at(cell.row, 1)
        if found is None or (first is not None and first.value == NONE_ROW):
            continue
        for reference in found.references:
            message = _bad_reference(book, sheets, reference, (sheet.name, cell))
            if message:
                yield where, message


def _bad_reference(
    book: Opened,
    sheets: dict[str, OpenedSheet],
    reference: Reference,
    owner: tuple[str, Cell],
) -> str:
    target = sheets.get(reference.sheet)
    if target is None:
        return f"the formula refers to sheet {reference.sheet}, which is not there"
    sheet, cell = owner
    if reference.sheet == sheet and (cell.row, cell.column) in set(cells_of(reference)):
        return "the formula refers to itself"
    if reference.is_cell:
        found = target.at(reference.top, reference.left)
        is_empty = found is None or (found.value is None and found.formula is None)
        if is_empty and not (found is not None and book.is_unlocked(found)):
            return f"the formula refers to an empty cell of {reference.sheet}"
    return ""


def f12(book: Opened) -> Iterator[Breach]:
    """Nothing hides an error."""
    for sheet, cell in book.formulas():
        if "IFERROR(" in (cell.formula or ""):
            yield f"{sheet.name}!{cell.ref}", "IFERROR hides an error: use IF on the denominator"
