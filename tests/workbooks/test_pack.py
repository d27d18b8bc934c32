"""The pack: three workbooks that hold, and the full population beside them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from reports.pack import write_workbooks
from reports.rules.file_rules import OPTIONAL, SHEET_ORDER, kinds_of_sheets
from reports.rules.opened import Opened
from reports.verification import RULES, workbook_findings
from reports.workbooks.finance import cost_detail
from tests.workbooks.conftest import build_pack
from tests.workbooks.edited import cell_of
from tests.workbooks.small_pack import COST, MONTH, STAMP, frames, reader


def test_the_pack_holds_five_files(pack: Path) -> None:
    assert sorted(path.name for path in pack.iterdir()) == [
        f"ai_roi_{MONTH}.xlsx",
        f"cost_detail_{MONTH}.parquet",
        f"finance_{MONTH}.xlsx",
        f"investment_{MONTH}.xlsx",
        f"report_{MONTH}.html",
    ]


@pytest.mark.parametrize("name", ["finance", "investment", "ai_roi"])
def test_every_check_of_a_workbook_passes(pack: Path, name: str) -> None:
    status = Opened(pack / f"{name}_{MONTH}.xlsx").named_cell("out_status")
    assert status[1].value == "ALL CHECKS PASS"


@pytest.mark.office
def test_a_clean_pack_breaks_no_rule(pack: Path) -> None:
    assert [str(finding) for finding in workbook_findings(pack)] == []


def test_every_rule_says_what_it_demands() -> None:
    assert all(rule.says.endswith(".") for rule in RULES)


def test_the_stamp_must_be_of_the_month(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2026-09"):
        write_workbooks(tmp_path, "2026-09", tmp_path, STAMP, reader=reader())


def test_the_population_is_every_row_and_its_hash_stands_on_ipe(pack: Path) -> None:
    path = pack / f"cost_detail_{MONTH}.parquet"
    table = pq.read_table(path).to_pylist()
    assert len(table) == len(COST)
    assert sum(row["capex_amount"] for row in table) == sum(row["capex_amount"] for row in COST)
    _, told = cell_of(pack / f"finance_{MONTH}.xlsx", "tbl_population", "File SHA-256")
    assert told.value == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_large_month_is_summed_and_still_ties(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cost_detail, "MOST_ROWS", 5)
    path = build_pack(tmp_path) / f"finance_{MONTH}.xlsx"
    book = Opened(path)
    assert book.named_cell("out_status")[1].value == "ALL CHECKS PASS"
    detail = next(table for table in book.tables if table.name == "tbl_cost_detail")
    assert {record["Work item"].value for record in book.records(detail)} == {"(summed)"}


def test_an_empty_month_is_a_pack_too(tmp_path: Path) -> None:
    empty = {
        name: frame if name.startswith("rpt_shared") else frame.iloc[:0]
        for name, frame in frames().items()
    }
    empty["rpt_finance__months"] = (
        frames()["rpt_finance__months"].iloc[-1:].assign(cost_amount=Decimal(0))
    )
    folder = build_pack(tmp_path, empty)
    assert [str(finding) for finding in workbook_findings(folder, recalculate=False)] == []


def test_floats_of_a_data_frame_become_exact_money(tmp_path: Path) -> None:
    loose = frames()
    for name in ("capex_amount", "opex_amount"):
        loose["rpt_finance__cost_detail"][name] = loose["rpt_finance__cost_detail"][name].astype(
            float
        )
    status = Opened(build_pack(tmp_path, loose) / f"finance_{MONTH}.xlsx").named_cell("out_status")
    assert status[1].value == "ALL CHECKS PASS"


def test_sheets_stand_in_the_required_order(pack: Path) -> None:
    for name, order in SHEET_ORDER.items():
        book = Opened(pack / f"{name}_{MONTH}.xlsx")
        kinds = tuple(kind for kind in kinds_of_sheets(book) if kind not in OPTIONAL)
        assert kinds == order


def test_workbooks_of_two_runs_are_told_apart(copied_pack: Path) -> None:
    other = replace(STAMP, run_id="ffffffffffffffffffffffff")
    one = copied_pack / "other"
    write_workbooks(one, MONTH, one, other, reader=reader())
    (one / f"ai_roi_{MONTH}.xlsx").replace(copied_pack / f"ai_roi_{MONTH}.xlsx")
    found = workbook_findings(copied_pack, recalculate=False)
    assert [finding.rule_id for finding in found] == ["K04"]


def test_a_register_that_differs_fails_the_pack(tmp_path: Path) -> None:
    relations = frames()
    register: pd.DataFrame = relations["rpt_finance__payroll_register"]
    register.at[0, "amount"] = register.at[0, "amount"] + 1000
    path = build_pack(tmp_path, relations) / f"finance_{MONTH}.xlsx"
    _, status = cell_of(path, "tbl_checks", "Status", Check="PAYROLL-TIE")
    assert status.value == "FAIL"
    assert Opened(path).named_cell("out_status")[1].value.startswith("FAIL")
