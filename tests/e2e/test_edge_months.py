"""Months at the edge, through the real pipeline: their packs verify, recalculated included."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.e2e.command import capstream, said
from tests.e2e.edge_company import LONG_TITLE, EdgeCompany, EdgeMonth, write_company
from tests.e2e.worked_company import write_yaml

pytestmark = pytest.mark.nightly

VARIABLE, PASSWORD = "CAPSTREAM_TEST_PASSWORD", "geheim-ünï-77"

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


def test_a_locked_pack_verifies_with_the_password_of_the_environment(
    companies: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last month again: written open with a warning, then locked, never closed without."""
    root, month = companies[NEW_YORK.name], NEW_YORK.months[-1].month
    configuration = root / "capstream.yaml"
    settings = yaml.safe_load(configuration.read_text(encoding="utf-8"))
    write_yaml(configuration, settings | {"reporting": {"password_env": VARIABLE}})
    refused = capstream(
        "close", "-c", root, "--month", NEW_YORK.first_month,
        "--prepared-by", "Ada", "--approved-by", "Bo",
    )  # fmt: skip
    assert refused.returncode == 2, said(refused)
    assert VARIABLE in refused.stderr
    monkeypatch.setenv(VARIABLE, PASSWORD)
    ran = capstream("run", "-c", root, "--month", month, "--no-ingest", keep=(VARIABLE,))
    assert ran.returncode == 0, said(ran)
    assert capstream("verify", "-c", root).returncode == 2
    verified = capstream("verify", "-c", root, keep=(VARIABLE,))
    assert verified.returncode == 0, said(verified)
    assert PASSWORD not in said(ran) + said(verified)
    kept = [path for path in root.rglob("*") if path.is_file() and path.suffix != ".duckdb"]
    assert not any(PASSWORD.encode() in path.read_bytes() for path in kept)


def test_the_month_is_shared_under_pseudonyms(companies: dict[str, Path], tmp_path: Path) -> None:
    root, month = companies[YEN.name], YEN.months[-1].month
    shared = capstream("share", "-c", root, "--month", month, "-o", tmp_path / "outside")
    assert shared.returncode == 0, said(shared)
    verified = capstream("verify", tmp_path / "outside")
    assert verified.returncode == 0, said(verified)
    again = capstream("share", "-c", root, "--month", month, "-o", tmp_path / "outside")
    assert again.returncode == 2
    page = (tmp_path / "outside" / f"report_{month}.html").read_text(encoding="utf-8")
    assert not any(name in page for name in (*YEN.people, YEN.team))
