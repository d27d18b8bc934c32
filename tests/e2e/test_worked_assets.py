"""Examples 2, 9, 11 and 14 of the accounting page, from CSV to journal, in one run."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from reports.rules.opened import Opened
from tests.e2e.command import capstream, said
from tests.e2e.worked_assets import CONVENTIONS, PREPAID, RUN, write_company

Rows = list[dict[str, str]]

# March 2026, then the fiscal years 2026 to 2029.
AMORTISED = {
    "full_month": ("1000.00", "10000.00", "12000.00", "12000.00", "2000.00"),
    "next_month": ("0.00", "9000.00", "12000.00", "12000.00", "3000.00"),
    "mid_month": ("500.00", "9500.00", "12000.00", "12000.00", "2500.00"),
    "daily_actual": ("394.16", "9427.01", "11989.05", "12021.90", "2562.04"),
    "half_year": ("600.00", "6000.00", "12000.00", "12000.00", "6000.00"),
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the company after its one run."""
    root = write_company(tmp_path_factory.mktemp("worked") / "company")
    finished = capstream("run", "-c", root, "--month", RUN)
    assert finished.returncode == 0, said(finished)
    return root


@pytest.fixture(scope="module")
def relations(company: Path) -> dict[str, Rows]:
    """Return what the company exports."""
    return {
        name: _exported(company, name)
        for name in ("fct_capitalization", "fct_amortization", "fct_journal_lines")
    }


def _exported(root: Path, relation: str) -> Rows:
    target = root / f"{relation}.csv"
    finished = capstream("export", relation, "-o", target, "-c", root)
    assert finished.returncode == 0, said(finished)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def booked(lines: Rows, chosen: Callable[[dict[str, str]], bool]) -> Decimal:
    """Return debits less credits of the lines chosen."""
    amounts = (Decimal(line["debit_amount"]) - Decimal(line["credit_amount"])
               for line in lines if chosen(line))  # fmt: skip
    return sum(amounts, Decimal("0.00"))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_example_2_conventions(relations: dict[str, Rows], convention: str) -> None:
    component = convention.upper()
    years: dict[str, Decimal] = defaultdict(lambda: Decimal("0.00"))
    for row in relations["fct_amortization"]:
        if row["component_id"] == component:
            years[row["month_key"][:4]] += Decimal(row["amortization_amount"])
    lines = [line for line in relations["fct_journal_lines"] if line["component_id"] == component]
    march = booked(lines, lambda line: line["month_key"] == "2026-03" and line["account"] == "5200")
    first_year = booked(lines, lambda line: line["account"] == "5200")
    assert (str(march), *(str(years[year]) for year in sorted(years))) == AMORTISED[convention]
    assert str(first_year) == AMORTISED[convention][1]
    assert booked(lines, lambda line: line["account"] == "1570") == Decimal("36000.00")


def test_example_9_not_separable(relations: dict[str, Rows]) -> None:
    rows = [row for row in relations["fct_capitalization"] if row["component_id"] == "LIVE"]
    assert {(row["treatment"], row["rule_id"]) for row in rows} == {("opex", "L-ENH-2")}
    assert sum(Decimal(row["opex_amount"]) for row in rows) == Decimal("20000.00")
    assert sum(int(row["minutes"]) for row in rows) == 200 * 60
    assert not [line for line in relations["fct_journal_lines"] if line["component_id"] == "LIVE"]


def test_example_11_rounding(relations: dict[str, Rows]) -> None:
    """By largest remainder, ties to the lesser key: ONE-1, THREE-1, TWO-1."""
    parts = {
        component: booked(
            relations["fct_journal_lines"],
            lambda line, component=component: (
                (line["component_id"], line["account"]) == (component, "1560")
            ),
        )
        for component in ("ONE", "THREE", "TWO")
    }
    assert list(map(str, parts.values())) == ["33.34", "33.33", "33.33"]


def test_example_14_bug_timing(relations: dict[str, Rows]) -> None:
    rows = [row for row in relations["fct_capitalization"] if row["component_id"] == "NEW"]
    assert [
        (row["treatment"], row["rule_id"], row["amount"])
        for row in sorted(rows, key=lambda row: row["from_date"])
    ] == [("capex", "L-DEV-1", "3000.00"), ("opex", "L-POST-1", "3000.00")]
    entry = [line for line in relations["fct_journal_lines"]
             if line["component_id"] == "NEW" and line["entry_type"] == "J1"]  # fmt: skip
    assert [(line["account"], line["debit_amount"], line["credit_amount"]) for line in entry] == [
        ("1560", "3000.00", "0.00"), ("6215", "0.00", "3000.00"),
    ]  # fmt: skip


def test_a_cloud_arrangement_is_prepaid_through_to_the_workbook(
    company: Path, relations: dict[str, Rows]
) -> None:
    """3,600 in use since March over 36 months, 1,200 in progress: 2,600 + 1,200 prepaid."""
    lines = relations["fct_journal_lines"]
    assert booked(lines, lambda line: line["account"] == "1580") == Decimal(PREPAID)
    assert booked(lines, lambda line: line["account"] == "6260") == Decimal("1000.00")
    book = Opened(company / "out" / RUN / "draft" / f"finance_{RUN}.xlsx")
    assert book.named_cell("out_status")[1].value == "ALL CHECKS PASS"
    ties = next(table for table in book.tables if table.name == "tbl_gl_ties")
    (prepaid,) = book.records(ties)
    assert (prepaid["Account"].value, prepaid["Status"].value) == ("1580", "PASS")
