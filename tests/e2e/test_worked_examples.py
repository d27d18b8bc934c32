"""Examples 1a, 1b and 1c of the accounting page come out to the cent, from CSV to journal."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from tests.e2e.worked_company import MONTH, write_company

EXPECTED = {
    "productive": {"US01": ("15713.25", "7634.25"), "US02": ("13613.25", "9734.25")},
    "paid": {"US01": ("14965.00", "8382.50"), "US02": ("12965.00", "10382.50")},
}


def capstream(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "capstream", "-c", str(root), *arguments],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    root = write_company(
        tmp_path_factory.mktemp(request.param) / "company", hours_denominator=request.param
    )
    finished = capstream(root, "run", "--month", MONTH)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return request.param, root


def exported(root: Path, relation: str) -> list[dict[str, str]]:
    target = root / f"{relation}.csv"
    finished = capstream(root, "export", relation, "-o", str(target), "--month", MONTH)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_capitalised_and_expensed_cost_equal_the_page(company):
    denominator, root = company
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in exported(root, "fct_capitalization"):
        totals[row["entity"]][0] += Decimal(row["capex_amount"])
        totals[row["entity"]][1] += Decimal(row["opex_amount"])
    assert {
        entity: (str(capex), str(opex)) for entity, (capex, opex) in sorted(totals.items())
    } == EXPECTED[denominator]


def test_every_worked_minute_is_from_a_worklog_and_leave_stands_apart(company):
    _, root = company
    minutes: dict[str, int] = defaultdict(int)
    for row in exported(root, "fct_effort_days"):
        if row["person_id"] == "ada":
            minutes[row["evidence_tier"]] += int(row["minutes"])
    assert dict(minutes) == {"T0": 160 * 60, "L": 8 * 60}


def test_the_journal_books_the_capitalised_cost_and_balances(company):
    denominator, root = company
    lines = exported(root, "fct_journal_lines")
    debit = sum(Decimal(line["debit_amount"]) for line in lines)
    credit = sum(Decimal(line["credit_amount"]) for line in lines)
    assert debit == credit
    booked = sum(Decimal(line["debit_amount"]) for line in lines if line["entity"] == "US01")
    assert str(booked) == EXPECTED[denominator]["US01"][0]
