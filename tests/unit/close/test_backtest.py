"""A sample against a ledger of a few days whose errors can be worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from capstream.close.backtest.comparison import ComparedMonth, compared_months
from capstream.close.backtest.errors import group_errors
from capstream.close.backtest.sample import person_problems, read_sample
from capstream.close.issue import copy_backtests
from capstream.close.kept_backtests import keep_backtest, kept_backtests
from capstream.errors import InputError, UsageError
from capstream.types import Month

LEDGER = """
create schema marts;
create table marts.fct_effort_days as select * from (values
    ('ada', date '2026-03-02', '2026-03', 'CHK-1', 'checkout', 'WALLET', 'Pay', 'eng', 'T1', 480),
    ('ada', date '2026-03-03', '2026-03', 'CHK-2', 'checkout', 'NONE', 'Pay', 'eng', 'T1', 480),
    ('ada', date '2026-03-04', '2026-03', 'LEAVE', 'NONE', 'NONE', 'Pay', 'eng', 'L', 480),
    ('ben', date '2026-03-02', '2026-03', 'CHK-1', 'checkout', 'WALLET', 'Pay', 'qa', 'T5', 480)
) as t(person_id, work_date, month_key, work_item_key, value_stream_id, component_id, team,
       role_class, evidence_tier, minutes);
create table marts.fct_capitalization as select * from (values
    ('ada', '2026-03', 'CHK-1', 'WALLET', 'T1', 480, 'L-DEV-1', 100.0, 100.0),
    ('ada', '2026-03', 'CHK-2', 'NONE', 'T1', 480, 'L-POST-1', 100.0, 0.0),
    ('ben', '2026-03', 'CHK-1', 'WALLET', 'T5', 480, 'E-TIER', 100.0, 0.0)
) as t(person_id, month_key, work_item_key, component_id, evidence_tier, minutes, rule_id, amount,
       capex_amount);
alter table marts.fct_capitalization add column from_date date default '2026-03-01';
alter table marts.fct_capitalization add column to_date date default '2026-03-31';
create table marts.dim_work_items as select * from (values
    ('CHK-1', 'WALLET'), ('CHK-2', 'NONE'), ('CHK-3', 'WALLET')
) as t(work_item_key, component_id);
"""


@pytest.fixture
def ledger() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(":memory:")
    connection.execute(LEDGER)
    yield connection
    connection.close()


def months_of(
    ledger: duckdb.DuckDBPyConnection, folder: Path, text: str
) -> dict[str, ComparedMonth]:
    path = folder / "sample.csv"
    path.write_text(text, encoding="utf-8")
    _, months = compared_months(ledger, read_sample(path))
    return {month.person_id: month for month in months}


def test_a_timesheet_is_compared_on_its_days_alone(
    ledger: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = "ada,2026-03-02,CHK-1,6\nada,2026-03-02,CHK-2,2\n"
    ada = months_of(ledger, tmp_path, f"person_id,work_date,work_item_key,hours\n{rows}")["ada"]
    assert (ada.day_count, ada.minutes) == (1, 480)
    assert (ada.sample_capex_ratio, ada.ledger_capex_ratio) == (0.75, 1.0)
    assert ada.distance == 0.25


def test_a_managers_sample_is_compared_on_the_whole_month(
    ledger: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    ada = months_of(ledger, tmp_path, "person_id,month,treatment,share\nada,2026-03,capex,0.3\n")
    assert ada["ada"].minutes == 960
    assert (ada["ada"].sample_capex_ratio, ada["ada"].ledger_capex_ratio) == (1.0, 0.5)
    assert ada["ada"].distance is None


def test_work_is_judged_as_the_books_treat_it_elsewhere(
    ledger: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Ben's own evidence is too weak to capitalise; the work itself is capital by Ada's rows."""
    text = "person_id,month,work_item_key,share\nben,2026-03,CHK-3,1\nada,2026-03,CHK-9,1\n"
    found = months_of(ledger, tmp_path, text)
    assert (found["ben"].sample_capex_ratio, found["ben"].ledger_capex_ratio) == (1.0, 0.0)
    assert found["ada"].sample_capex_ratio is None
    assert found["ada"].undecided_ratio == 1.0
    assert not found["ada"].is_comparable


def test_days_without_a_minute_cannot_be_compared(
    ledger: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = "person_id,work_date,component_id,hours\nada,2026-03-04,WALLET,8\n"
    ada = months_of(ledger, tmp_path, rows)["ada"]
    assert (ada.minutes, ada.ledger_capex_ratio, ada.is_comparable) == (0, None, False)


def month(person: str, sample: float, booked: float, minutes: int = 100) -> ComparedMonth:
    return ComparedMonth(person, "2026-03", "Pay", "engineer", 1, minutes, sample, booked, 0.0, 0.5)


def test_errors_and_bias_by_hand() -> None:
    whole, role, team = group_errors([month("ada", 0.5, 0.7), month("ben", 0.5, 0.4, 300)], seed=1)
    assert (whole.person_count, role.name, team.name) == (2, "engineer", "Pay")
    assert whole.share_error == pytest.approx(0.15)
    assert whole.bias == pytest.approx((0.2 * 100 - 0.1 * 300) / 400)
    assert (whole.bias_low, whole.bias_high) == (pytest.approx(-0.1), pytest.approx(0.2))
    assert whole.is_thin


def test_an_interval_is_the_seeds_and_holds_the_bias() -> None:
    months = [month(f"p{number}", 0.5, 0.5 + number / 100) for number in range(20)]
    first, again, other = (group_errors(months, seed=seed)[0] for seed in (1, 1, 2))
    assert first == again
    assert first.bias_low != other.bias_low
    assert first.bias_low < first.bias < first.bias_high
    assert not first.is_thin


def test_one_person_has_no_interval() -> None:
    assert group_errors([month("ada", 0.5, 0.7)], seed=1)[0].bias_low is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("person_id,work_date,hours,work_item_key\nada,2026-03-02,eight,CHK-1\n", "2:hours"),
        ("person_id,work_date,hours\nada,2026-03-02,8\n", "2:work_item_key"),
        ("person_id,month,share,treatment\nada,2026-03,0.5,asset\n", "2:treatment"),
        ("person,month,share,treatment\nada,2026-03,0.5,capex\n", "1:person_id"),
        ("person_id,month,share,treatment\n", "the sample has no rows"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=place):
        read_sample(path)


def test_a_stranger_is_named_with_the_nearest_person(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("person_id,month,share,treatment\nadda,2026-03,1,capex\n", encoding="utf-8")
    (problem,) = person_problems(read_sample(path), {"ada", "ben"})
    assert "did you mean ada?" in str(problem)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no sample"):
        read_sample(tmp_path / "sample.docx")


def test_a_closing_takes_the_back_tests_of_its_month(tmp_path: Path) -> None:
    for sha, months in (("a" * 64, ["2026-02", "2026-03"]), ("b" * 64, ["2026-04"])):
        keep_backtest(tmp_path, {"sample_sha256": sha, "months": months})
    assert len(kept_backtests(tmp_path, Month(2026, 4))) == 1
    pack = tmp_path / "pack"
    pack.mkdir()
    copy_backtests(tmp_path, Month(2026, 3), pack)
    assert [path.name for path in pack.iterdir()] == [f"backtest_2026-02_2026-03_{'a' * 12}.json"]
