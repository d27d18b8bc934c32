"""TieOut and SignOff: what the general ledger carries, populations, closings, both sides."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reports.rules.opened import Opened
from reports.verification import workbook_findings
from tests.workbooks.conftest import build_pack
from tests.workbooks.small_pack import MONTH, ROLL, frames

CLOUD = next(row for row in ROLL if row["asset_key"] == "LED-CORE|DE01")
PREPAID = CLOUD["cip_closing"] + CLOUD["gross_closing"] - CLOUD["accumulated_closing"]


def account(code: str, key: str, amount: Decimal, **columns: Any) -> dict[str, Any]:
    return {
        "entity": "DE01",
        "account": code,
        "account_name": key,
        "account_key": key,
        "currency_code": "EUR",
        "gl_amount": amount,
        "register_amount": None,
        **columns,
    }


@pytest.fixture(scope="module")
def cloud_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month whose German component is the implementation of a cloud arrangement."""
    relations = frames()
    roll = relations["rpt_finance__roll_forward"]
    roll.loc[roll["asset_key"] == "LED-CORE|DE01", "held_as"] = "prepayment"
    relations["rpt_finance__gl_balances"] = pd.DataFrame(
        [
            account("1570", "gross", Decimal(0)),
            account("1575", "accumulated", Decimal(0)),
            account("1580", "prepaid_cca", PREPAID + Decimal("1.00")),
            account("6210", "payroll", Decimal("8612.00"), register_amount=Decimal("8612.34")),
        ]
    )
    return build_pack(tmp_path_factory.mktemp("cloud"), relations)


def table(pack: Path, name: str) -> list[dict[str, Any]]:
    book = Opened(pack / f"finance_{MONTH}.xlsx")
    found = next(item for item in book.tables if item.name == name)
    return [
        {header: cell.value if cell else "" for header, cell in record.items()}
        for record in book.records(found)
    ]


def test_a_cloud_arrangement_is_tied_to_its_prepayment(cloud_pack: Path) -> None:
    found = {
        row["Account"]: (Decimal(row["Workpaper (functional)"]), row["Status"])
        for row in table(cloud_pack, "tbl_gl_ties")
    }
    assert found == {
        "1570": (Decimal(0), "PASS"),
        "1575": (Decimal(0), "PASS"),
        "1580": (PREPAID, "FAIL"),
    }


def test_payroll_accounts_are_compared_with_the_general_ledger(cloud_pack: Path) -> None:
    (row,) = table(cloud_pack, "tbl_payroll_ties")
    assert Decimal(row["Difference (functional)"]) == Decimal("-0.34")
    assert row["Status"] == "FAIL"


def test_populations_stand_beside_what_the_ledger_holds(pack: Path) -> None:
    missing = {
        (row["Population"], row["Of"]): row["Without effort (count)"]
        for row in table(pack, "tbl_population_counts")
    }
    assert missing == {
        ("people", "DE01"): "1.0",
        ("people", "US01"): "0.0",
        ("work items", "tracker: CHK"): None,
    }


def test_the_sign_off_lists_closings_and_both_sides(pack: Path) -> None:
    (closing,) = table(pack, "tbl_closings")
    assert closing["Event"] == "0001-close-2026-09"
    sides = {
        (row["Who"], row["Decides on"]): row["Segregation of duties"]
        for row in table(pack, "tbl_access")
    }
    assert sides == {
        ("Ada", "role in the close"): "one side",
        ("Bo", "role in the close"): "both sides",
        ("Bo", "gates"): "one side",
    }


def test_the_pack_breaks_no_rule(cloud_pack: Path) -> None:
    assert [str(found) for found in workbook_findings(cloud_pack, recalculate=False)] == []
