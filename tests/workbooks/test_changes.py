"""Changes: what a second issue says of every row that it tells otherwise, and that it adds up."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from capstream.close.manifest import MANIFEST, MANIFEST_VERSION
from reports.prior_issue import prior_issue
from reports.rules.opened import Opened
from reports.verification import workbook_findings
from tests.workbooks.conftest import build_pack
from tests.workbooks.edited import cell_of, edit_cell
from tests.workbooks.small_pack import MONTH, STAMP, frames


def issued(company: Path, name: str, relations: dict[str, pd.DataFrame] | None = None) -> Path:
    """Write a pack into a company folder as an issue that stands."""
    from reports.pack import write_workbooks
    from tests.workbooks.small_pack import reader

    folder = company / "out" / name
    write_workbooks(company, MONTH, folder, STAMP, reader=reader(relations))
    manifest = {"manifest_version": MANIFEST_VERSION, "code_version": "0.1.0", "inputs": {}}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def changed_frames() -> dict[str, pd.DataFrame]:
    """Return the month after one row was reclassified and one amount corrected."""
    relations = frames()
    cost = relations["rpt_finance__cost_detail"]
    row = cost.index[(cost["treatment"] == "capex") & (cost["currency_code"] == "USD")][0]
    amount = cost.at[row, "capex_amount"]
    cost.at[row, "capex_amount"], cost.at[row, "opex_amount"] = Decimal(0), amount
    cost.at[row, "treatment"], cost.at[row, "rule_id"] = "opex", "L-POST-1"
    other = cost.index[cost["treatment"] == "opex"][-1]
    cost.at[other, "opex_amount"] = cost.at[other, "opex_amount"] + Decimal("7.50")
    return relations


@pytest.fixture(scope="module")
def reissued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    company = tmp_path_factory.mktemp("company")
    issued(company, MONTH)
    return issued(company, f"{MONTH}_v2", changed_frames())


def records(folder: Path, table: str) -> list[dict[str, str]]:
    book = Opened(folder / f"finance_{MONTH}.xlsx")
    found = next(item for item in book.tables if item.name == table)
    return [
        {header: cell.value if cell else "" for header, cell in record.items()}
        for record in book.records(found)
    ]


def test_every_changed_row_is_listed_with_its_level(reissued: Path) -> None:
    rows = records(reissued, "tbl_change_rows")
    assert sorted((row["Level"], row["What happened"]) for row in rows) == [
        ("classification", "treated differently"), ("line", "amount differs"),
    ]  # fmt: skip
    moved = next(row for row in rows if row["Level"] == "classification")
    assert (moved["Rule, prior"], moved["Rule, now"]) == ("L-DEV-1", "L-POST-1")


def test_the_rows_explain_the_movement_of_the_headlines(reissued: Path) -> None:
    totals = records(reissued, "tbl_change_totals")
    assert [row["Status"] for row in totals] == ["PASS", "PASS"]
    assert all(Decimal(row["Movement (USD)"]) for row in totals)
    checks = {row["Check"]: row["Status"] for row in records(reissued, "tbl_checks")}
    assert checks["CHANGES-ISSUE-CAPEX"] == checks["CHANGES-ISSUE-OPEX"] == "PASS"


def test_the_first_issue_stands_untouched(reissued: Path) -> None:
    first = reissued.with_name(MONTH)
    names = {row["Item"] for row in records(reissued, "tbl_change_basis")}
    assert (first / f"finance_{MONTH}.xlsx").is_file()
    assert "tbl_change_rows" not in {
        table.name for table in Opened(first / f"finance_{MONTH}.xlsx").tables
    }
    assert "policy versions" in names


def test_a_change_that_is_left_out_is_found(reissued: Path, tmp_path: Path) -> None:
    import shutil

    copied = Path(shutil.copytree(reissued, tmp_path / reissued.name))
    path = copied / f"finance_{MONTH}.xlsx"
    sheet, cell = cell_of(path, "tbl_change_rows", "Capitalised, prior (USD)")
    edit_cell(path, sheet, cell.ref, f"<v>{cell.number + 100}</v>")
    found = workbook_findings(copied, recalculate=False)
    assert "K05" in {finding.rule_id for finding in found}


def test_a_second_issue_without_changes_is_found(tmp_path: Path) -> None:
    folder = build_pack(tmp_path / f"{MONTH}_v2")
    found = workbook_findings(folder, recalculate=False)
    assert [finding.rule_id for finding in found] == ["K05"]


def test_the_newest_issue_of_the_month_comes_before_last_months(tmp_path: Path) -> None:
    assert prior_issue(tmp_path, STAMP) is None
    for name in ("2026-09", MONTH, f"{MONTH}_v2", "2026-11"):
        folder = tmp_path / "out" / name
        folder.mkdir(parents=True)
        (folder / MANIFEST).write_text(json.dumps({"manifest_version": MANIFEST_VERSION}))
        frames()["rpt_finance__cost_detail"].to_parquet(folder / f"cost_detail_{name[:7]}.parquet")
    found = prior_issue(tmp_path, STAMP)
    assert found is not None
    assert (found.name, found.is_same_month) == (f"{MONTH}_v2", True)
