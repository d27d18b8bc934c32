"""Months at the edge, through the real pipeline: their packs verify, recalculated included."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.e2e.command import capstream, said
from tests.e2e.edge_company import LONG_TITLE, EdgeCompany, EdgeMonth, write_company

YEN = EdgeCompany(
    name="結算工房",
    currency="JPY",
    timezone="Asia/Tokyo",
    country="JP",
    people=("李雷", "محمد علي", "🧑‍💻 Zoë", "Ünï Größe", "佐藤", "‏עדי LTR"),
    team="支付团队 🧾",
    component="محفظة Wallet 钱包",
    titles=(LONG_TITLE, '=HYPERLINK("http://x","y")', "إصلاح 🚀"),
    first_month="2024-01",
    months=(EdgeMonth("2024-01", "612345", 3), EdgeMonth("2024-02", "598001", 3)),
    ready_date=date(2024, 2, 20),
    abroad="USD",
    abroad_pay="8123.45",
)
NEW_YORK = EdgeCompany(
    name="Edge Works",
    currency="USD",
    timezone="America/New_York",
    country="US",
    people=("Ada", "Ben", "Cho", "Dev", "Eli", "Fay"),
    team="Edge",
    component="Ledger",
    titles=("The only item",),
    first_month="2026-03",
    months=(
        EdgeMonth("2026-03", "8123.45", 1),
        EdgeMonth("2026-04", "-250.01", 1),
        EdgeMonth("2026-05", "", 0),
    ),
    last_day=date(2026, 4, 30),
)
MONTHS = (
    (
        "leap February in yen with a dollar entity, every script, titles of 40,000 characters",
        YEN,
        "2024-02",
    ),
    ("daylight saving, a single item", NEW_YORK, "2026-03"),
    ("only negative adjustments", NEW_YORK, "2026-04"),
    ("nobody, no pay, no work", NEW_YORK, "2026-05"),
)


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("edge")
    return {
        company.name: write_company(folder / company.currency, company)
        for company in (YEN, NEW_YORK)
    }


@pytest.mark.parametrize(
    ("company", "month"), [row[1:] for row in MONTHS], ids=[row[0] for row in MONTHS]
)
def test_the_pack_of_an_edge_month_verifies(
    companies: dict[str, Path], company: EdgeCompany, month: str
) -> None:
    root = companies[company.name]
    ran = capstream("run", "-c", root, "--month", month)
    assert ran.returncode == 0, said(ran)
    verified = capstream("verify", "-c", root, root / "out" / month / "draft", "--json")
    found = json.loads(verified.stdout)
    assert found["findings"] == [], said(verified)
    assert verified.returncode == 0
