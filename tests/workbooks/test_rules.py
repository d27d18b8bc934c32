"""Each rule finds its defect: a table of what people and accidents do to a finished workbook."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from reports.rules.opened import Opened
from reports.verification import workbook_findings
from tests.workbooks.edited import cell_of, edit_cell, replace_in, rewrite, total_of
from tests.workbooks.small_pack import MONTH, TRAPS

FINANCE = f"finance_{MONTH}.xlsx"
Defect = Callable[[Path], None]


def pasted_total(path: Path) -> None:
    sheet, cell = total_of(path, "tbl_project_detail", "Capitalised (USD)")
    edit_cell(path, sheet, cell.ref, f"<v>{cell.number}</v>")


def pasted_headline(path: Path) -> None:
    sheet, cell = Opened(path).named_cell("out_capex")
    edit_cell(path, sheet.name, cell.ref, f"<v>{cell.number}</v>")


def short_total(path: Path) -> None:
    sheet, cell = total_of(path, "tbl_project_detail", "Capitalised (USD)")
    shorter = re.sub(r"(\d+)\)$", lambda found: f"{int(found[1]) - 1})", cell.formula)
    edit_cell(path, sheet, cell.ref, f"<f>{shorter}</f><v>{cell.number}</v>")


def formula(text: str, kind: str = "", value: str = "1") -> Defect:
    def put(path: Path) -> None:
        sheet, cell = cell_of(path, "tbl_person_detail", "Cost (functional)")
        edit_cell(path, sheet, cell.ref, f"<f>{text}</f><v>{value}</v>", kind)

    return put


def on_column(table: str, header: str, body: str, row: int = 0, kind: str = "") -> Defect:
    def put(path: Path) -> None:
        sheet, cell = cell_of(path, table, header, row)
        edit_cell(path, sheet, cell.ref, body, kind)

    return put


def no_value(path: Path) -> None:
    sheet, cell = cell_of(path, "tbl_person_detail", "Cost (functional)")
    edit_cell(path, sheet, cell.ref, f"<f>{cell.formula}</f>")


def other_formula(path: Path) -> None:
    sheet, cell = cell_of(path, "tbl_person_detail", "Cost (functional)", 1)
    text = cell.formula.replace("+", "-", 1)
    edit_cell(path, sheet, cell.ref, f"<f>{text}</f><v>{cell.number}</v>")


def pasted_in_column(path: Path) -> None:
    sheet, cell = cell_of(path, "tbl_person_detail", "Cost (functional)", 1)
    edit_cell(path, sheet, cell.ref, f"<v>{cell.number}</v>")


def swapped_sign(path: Path) -> None:
    sheet, cell = cell_of(path, "tbl_journal_usd", "Debit (USD)")
    edit_cell(path, sheet, cell.ref, f"<f>{cell.formula}</f><v>-{cell.number}</v>")


def dropped_row(path: Path) -> None:
    sheet, cell = cell_of(path, "tbl_cost_detail", "Expensed (functional)", Treatment="opex")
    edit_cell(path, sheet, cell.ref, "<v>0</v>")


def changed_balance(path: Path) -> None:
    sheet, cell = cell_of(path, "tbl_cip_usd", "Closing CIP (USD)")
    edit_cell(path, sheet, cell.ref, f"<f>{cell.formula}</f><v>{cell.number + 5}</v>")


def changed_charge(path: Path) -> None:
    sheet, cell = cell_of(path, "tbl_amortisation_usd", "2027-01 (USD)")
    edit_cell(path, sheet, cell.ref, f"<f>{cell.formula}</f><v>{cell.number + 5}</v>")


def same_sides(path: Path) -> None:
    sheet, left = cell_of(path, "tbl_checks", "Left (as described)")
    _, right = cell_of(path, "tbl_checks", "Right (as described)")
    edit_cell(path, sheet, right.ref, f"<f>{left.formula}</f><v>{left.number}</v>")


def failing_check(path: Path) -> None:
    sheet, cell = cell_of(path, "tbl_checks", "Status")
    edit_cell(path, sheet, cell.ref, f"<f>{escape(cell.formula)}</f><v>FAIL</v>", "str")


def unquoted_title(path: Path) -> None:
    replace_in(path, "xl/styles.xml", ' quotePrefix="1"', "")


def repainted(path: Path) -> None:
    """Give every formula the blue of imported numbers."""
    replace_in(path, "xl/styles.xml", 'rgb="FF000000"', 'rgb="FF1F4FBF"')


def narrow(path: Path) -> None:
    """Make the columns of CostDetail three characters wide."""
    part = next(sheet.path for sheet in Opened(path).sheets if sheet.name == "CostDetail")

    def change(name: str, content: bytes) -> bytes:
        return re.sub(rb' width="[0-9.]+"', b' width="3"', content) if name == part else content

    rewrite(path, change)


def merged(path: Path) -> None:
    part = next(sheet.path for sheet in Opened(path).sheets if sheet.name == "TieOut")
    replace_in(path, part, "</sheetData>", "</sheetData><mergeCells count=\"1\">"
               '<mergeCell ref="A6:B6"/></mergeCells>')  # fmt: skip


def emptied(path: Path) -> None:
    """Empty a row of the glossary."""
    book = Opened(path)
    table = next(item for item in book.tables if item.name == "tbl_glossary")
    for column in range(table.left, table.right + 1):
        cell = book.sheet(table.sheet).at(table.top + 2, column)
        if cell is not None:
            edit_cell(path, table.sheet, cell.ref, "")


def capex_cell(header: str, body: str, kind: str = "str") -> Defect:
    def put(path: Path) -> None:
        sheet, cell = cell_of(path, "tbl_cost_detail", header, Treatment="capex")
        edit_cell(path, sheet, cell.ref, body, kind)

    return put


def extra_part(name: str) -> Defect:
    def put(path: Path) -> None:
        import zipfile

        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, b"<a/>")

    return put


def text(part: str, old: str, new: str) -> Defect:
    return lambda path: replace_in(path, part, old, new)


def lost_part(name: str) -> Defect:
    return lambda path: rewrite(path, lambda part, data: None if part == name else data)


DEFECTS: tuple[tuple[str, str, Defect], ...] = (
    ("S01", "a part is lost", lost_part("xl/tables/table1.xml")),
    ("S01", "no zip file", lambda path: path.write_bytes(b"PK nothing") and None),
    ("S02", "a macro", extra_part("xl/vbaProject.bin")),
    ("S02", "an external link", extra_part("xl/externalLinks/externalLink1.xml")),
    ("S03", "a renamed sheet", text("xl/workbook.xml", 'name="SignOff"', 'name="Sheet1"')),
    ("S03", "a hidden sheet", text("xl/workbook.xml", 'sheetId="3"', 'sheetId="3" state="hidden"')),
    ("F01", "an error value", formula("1/0", "e", "#DIV/0!")),
    ("F02", "a formula without value", no_value),
    ("F04", "a pasted total", pasted_total),
    ("F04", "a pasted headline", pasted_headline),
    ("F05", "a total one row short", short_total),
    ("F06", "a number in a formula", formula("S6*1.17")),
    ("F07", "a volatile function", formula("NOW()")),
    ("F07", "an indirect reference", formula('INDIRECT("A1")')),
    ("F07", "a command", formula("cmd|' /c calc'!A1")),
    ("F07", "a link made by a formula", formula('WEBSERVICE("http://x")')),
    ("F08", "a later function without prefix", formula("XLOOKUP(A6,A6,A6)")),
    ("F10", "one odd formula in a column", other_formula),
    ("F10", "a pasted value in a column", pasted_in_column),
    ("F11", "a reference to another file", formula("[1]Sheet1!A1")),
    ("F11", "a reference to an empty cell", formula("AZ999")),
    ("F11", "a reference to itself", formula("SUM(A6:Z6)")),
    ("F12", "a hidden error", formula("IFERROR(A6,0)")),
    ("T01", "a renamed column", text("xl/tables/", 'name="Cost (functional)"', 'name="Cost"')),
    ("T01", "a renamed table", text("xl/tables/", 'name="tbl_ipe"', 'name="Table7"')),
    ("T02", "a name without a cell", text("xl/workbook.xml", "Assumptions!$C$6", "#REF!")),
    ("T03", "a header without unit", lambda path: replace_in(path, "xl/", "Worked (h)", "Worked")),
    ("F13", "a number stored as text", capex_cell("Capitalised (functional)", "<v>12.50</v>")),
    (
        "F13",
        "a date stored as text",
        on_column("tbl_gates", "Holds from", "<v>2026-01-15</v>", kind="str"),
    ),
    (
        "F13",
        "an amount in words",
        on_column("tbl_ipe", "Rows in (count)", "<v>many</v>", kind="str"),
    ),
    ("L02", "columns too narrow", narrow),
    ("L03", "merged cells", merged),
    ("L03", "an empty row in a table", emptied),
    ("L04", "formulas in the colour of facts", repainted),
    ("A02", "pale text", text("xl/styles.xml", 'rgb="FF1B6B3A"', 'rgb="FFCCEECC"')),
    ("C01", "an axis without a title", text("xl/charts/chart1", "<a:t>Month</a:t>", "<a:t></a:t>")),
    ("C01", "a chart in three dimensions", text("xl/charts/chart1", "barChart>", "bar3DChart>")),
    ("C01", "a series without numbers", text("xl/charts/chart1", "ChartData!$C$", "ChartData!$A$")),
    ("K03", "no rule", capex_cell("Rule", "<v>-</v>")),
    ("K03", "no evidence", capex_cell("Evidence", "<v>-</v>")),
    ("K03", "another item's link", text("xl/worksheets/_rels/", "browse/CHK-", "browse/ZZZ")),
    ("M02", "saved again", lambda path: rewrite(path, lambda part, data: data)),
    ("L01", "no frozen panes", text("xl/worksheets/sheet7", 'state="frozen"', 'state="split"')),
    ("L01", "portrait", text("xl/worksheets/sheet2.", "landscape", "portrait")),
    ("A01", "no alternative text", text("xl/drawings/drawing1", "descr=", "title=")),
    ("I01", "an unquoted title", unquoted_title),
    ("I02", "a link elsewhere", text("xl/worksheets/_rels/", "tracker.example.com", "evil.test")),
    ("I02", "a plain link", text("xl/worksheets/_rels/", "https://tracker", "http://tracker")),
    ("I02", "a link to no sheet", text("xl/worksheets/sheet1.", "Glossary!A1", "Gone!A1")),
    ("I03", "a direction override", text("xl/sharedStrings", "[U+202E]", "\u202e")),
    ("I04", "a mail address", text("xl/sharedStrings", "Example Works", "ada@example.com")),
    ("K01", "a check that fails", failing_check),
    ("K01", "a check of a side with itself", same_sides),
    ("K02", "a swapped sign in the journal", swapped_sign),
    ("K02", "a dropped cost row", dropped_row),
    ("K02", "a changed balance", changed_balance),
    ("K02", "a changed charge", changed_charge),
    ("K04", "another run", text("docProps/custom.xml", "3f9c2a71d04b", "000000000000")),
    ("M01", "no run id", text("docProps/custom.xml", 'name="run_id"', 'name="run"')),
    ("M03", "an unprotected sheet", text("xl/worksheets/sheet4.", 'sheet="1"', 'sheet="0"')),
)


ACROSS_FILES = "K04"


def test_a_workbook_by_itself_breaks_no_rule(pack: Path, tmp_path: Path) -> None:
    shutil.copy(pack / FINANCE, tmp_path)
    assert workbook_findings(tmp_path, recalculate=False) == []


@pytest.mark.parametrize(
    ("rule", "defect"),
    [(rule, defect) for rule, _, defect in DEFECTS],
    ids=[f"{rule} {name}" for rule, name, _ in DEFECTS],
)
def test_a_defect_is_found(pack: Path, tmp_path: Path, rule: str, defect: Defect) -> None:
    for file in pack.iterdir() if rule == ACROSS_FILES else [pack / FINANCE]:
        shutil.copy(file, tmp_path)
    defect(tmp_path / FINANCE)
    found = workbook_findings(tmp_path, recalculate=False)
    assert rule in {finding.rule_id for finding in found}, [str(item) for item in found]


def test_the_trap_stands_in_the_pack(copied_pack: Path) -> None:
    book = Opened(copied_pack / FINANCE)
    texts = {cell.value for sheet in book.sheets for cell in sheet.cells.values()}
    assert TRAPS[0] in texts


def test_a_missing_office_program_is_said(copied_pack: Path, monkeypatch) -> None:
    monkeypatch.setattr("reports.verification.office_program", lambda: None)
    found = workbook_findings(copied_pack)
    assert {finding.message for finding in found} == {
        "recalculation not done: LibreOffice is not installed"
    }
