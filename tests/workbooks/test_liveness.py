"""Change one imported cell, recalculate elsewhere: named outputs move, the right check fails."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reports.rules.opened import Opened
from tests.workbooks.edited import cell_of, edit_cell, total_of
from tests.workbooks.small_pack import MONTH, RATES

pytestmark = pytest.mark.office
STEP = Decimal("1000.00")


def _total(book: Opened, table: str, header: str) -> Decimal:
    return total_of(book.path, table, header)[1].number


def _record(book: Opened, table: str, **where: str) -> dict[str, object]:
    found = next(item for item in book.tables if item.name == table)
    for record in book.records(found):
        if all(record[name].value == value for name, value in where.items()):
            return record
    raise AssertionError(f"{table} has no row {where}")


@pytest.fixture(scope="module")
def moved(pack: Path, tmp_path_factory: pytest.TempPathFactory, recalculate) -> Opened:
    """The finance workbook after +1,000.00 on one capitalised EUR cell of CostDetail."""
    path = tmp_path_factory.mktemp("moved") / f"finance_{MONTH}.xlsx"
    path.write_bytes((pack / path.name).read_bytes())
    sheet, cell = cell_of(
        path, "tbl_cost_detail", "Capitalised (functional)", Currency="EUR", Treatment="capex",
        **{"Pay component": "salary"},
    )  # fmt: skip
    edit_cell(path, sheet, cell.ref, f"<v>{cell.number + STEP}</v>")
    return recalculate(path)


@pytest.mark.parametrize(
    ("table", "header", "step"),
    [
        ("tbl_cip_eur", "Additions: labour (EUR)", STEP),
        ("tbl_cip_eur", "Closing CIP (EUR)", STEP),
        ("tbl_journal_eur", "Debit (EUR)", STEP),
        ("tbl_journal_eur", "Credit (EUR)", STEP),
        ("tbl_project_detail", "Capitalised (USD)", STEP * RATES["EUR"]),
        ("tbl_person_detail", "Capitalised (USD)", STEP * RATES["EUR"]),
        ("tbl_activities", "Capitalised (USD)", STEP * RATES["EUR"]),
        ("tbl_tagged_cost", "Capitalised (USD)", STEP * RATES["EUR"]),
        ("tbl_stream_plan", "Capitalised (USD)", STEP * RATES["EUR"]),
        ("tbl_change_months", "Capitalised (USD)", STEP * RATES["EUR"]),
        ("tbl_impairment_eur", "Work in progress (EUR)", STEP),
    ],
)
def test_a_cost_moves_what_is_summed_from_it(
    finance: Opened, moved: Opened, table: str, header: str, step: Decimal
) -> None:
    change = _total(moved, table, header) - _total(finance, table, header)
    assert abs(change - step) < Decimal("0.005")


def test_a_cost_moves_the_headline_at_its_rate(finance: Opened, moved: Opened) -> None:
    change = moved.named_cell("out_capex")[1].number - finance.named_cell("out_capex")[1].number
    assert abs(change - STEP * RATES["EUR"]) < Decimal("0.005")


def test_the_payroll_tie_and_the_cover_say_so(moved: Opened) -> None:
    assert _record(moved, "tbl_checks", Check="PAYROLL-TIE")["Status"].value == "FAIL"
    assert _record(moved, "tbl_checks", Check="JE-BALANCE-EUR")["Status"].value == "PASS"
    assert moved.named_cell("out_status")[1].value.startswith("FAIL")
    assert moved.sheet("Cover").at(3, 1).value.startswith("FAIL")


def test_a_payroll_line_trips_the_tie_and_the_cover(
    pack: Path, tmp_path: Path, recalculate
) -> None:
    path = tmp_path / f"finance_{MONTH}.xlsx"
    path.write_bytes((pack / path.name).read_bytes())
    sheet, cell = cell_of(path, "tbl_register_ties", "Register (functional)")
    edit_cell(path, sheet, cell.ref, f"<v>{cell.number + STEP}</v>")
    book = recalculate(path)
    assert _record(book, "tbl_checks", Check="PAYROLL-TIE")["Status"].value == "FAIL"
    assert book.sheet("Cover").at(3, 1).value.startswith("FAIL")


def test_hours_move_hours_only_and_trip_the_capacity_check(
    pack: Path, finance: Opened, tmp_path: Path, recalculate
) -> None:
    path = tmp_path / f"finance_{MONTH}.xlsx"
    path.write_bytes((pack / path.name).read_bytes())
    sheet, cell = cell_of(path, "tbl_cost_detail", "Hours (h)", Treatment="capex",
                          **{"Pay component": "salary"})  # fmt: skip
    edit_cell(path, sheet, cell.ref, f"<v>{cell.number + 8}</v>")
    book = recalculate(path)
    assert _total(book, "tbl_project_detail", "Hours (h)") == 808
    assert book.named_cell("out_cost")[1].number == finance.named_cell("out_cost")[1].number
    failing = {
        record["Check"].value
        for table in book.tables
        if table.name == "tbl_checks"
        for record in book.records(table)
        if record["Status"].value == "FAIL"
    }
    assert failing == {"CAPACITY"}


def test_a_longer_life_moves_the_charge_and_rows_still_sum(
    pack: Path, finance: Opened, tmp_path: Path, recalculate
) -> None:
    path = tmp_path / f"finance_{MONTH}.xlsx"
    path.write_bytes((pack / path.name).read_bytes())
    sheet, cell = cell_of(path, "tbl_amortisation_usd", "Units N (count)")
    edit_cell(path, sheet, cell.ref, "<v>60</v>")
    book = recalculate(path)
    month = "This month (USD)"
    assert _total(book, "tbl_amortisation_usd", month) < _total(
        finance, "tbl_amortisation_usd", month
    )
    row = _record(book, "tbl_amortisation_usd", Entity="US01")
    assert row["Row sums to base"].value == "PASS"
    debit = "Debit (USD)"
    assert _total(book, "tbl_journal_usd", debit) < _total(finance, "tbl_journal_usd", debit)


def test_a_tampered_total_is_found_by_recalculation(copied_pack: Path) -> None:
    from reports.verification import workbook_findings

    path = copied_pack / f"finance_{MONTH}.xlsx"
    sheet, cell = total_of(path, "tbl_project_detail", "Capitalised (USD)")
    edit_cell(path, sheet, cell.ref, f"<f>{cell.formula}</f><v>{cell.number + 1}</v>")
    found = {finding.rule_id for finding in workbook_findings(copied_pack)}
    assert "F03" in found
