"""Who may close what, in which order, and what keeps a month open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from capstream.close.conditions import (
    BlockedCloseError,
    check_books,
    check_open,
    check_order,
    check_people,
    check_policies,
    check_reopening,
)
from capstream.close.ledger import CLOSE, ClosingEvent, next_event
from capstream.company.config_sections import CloseRoles
from capstream.errors import UsageError
from capstream.types import Month

ROLES = CloseRoles(prepare=("Ada Moss", "Cy Holt"), approve=("Bo Lind", "Cy Holt"))
JANUARY, FEBRUARY, MARCH = Month(2026, 1), Month(2026, 2), Month(2026, 3)


def closed(*months: Month) -> list[ClosingEvent]:
    events: list[ClosingEvent] = []
    for month in months:
        events.append(
            next_event(
                events,
                event=CLOSE,
                month=month,
                at=datetime(2026, 4, 1, tzinfo=UTC),
                prepared_by="a",
                approved_by="b",
                content_hash="",
            )
        )
    return events


def test_roles_are_compared_without_case_and_spaces() -> None:
    check_people(ROLES, prepared_by="ADA  moss", approved_by=" bo lind ")


@pytest.mark.parametrize(
    ("prepared_by", "approved_by", "words"),
    [
        ("Bo Lind", "Ada Moss", "'Bo Lind' does not hold the role prepare"),
        ("Ada Moss", "Ada Moss", "'Ada Moss' does not hold the role approve"),
        ("Cy Holt", "cy holt", "two different people"),
        ("", "Bo Lind", "does not hold the role prepare"),
    ],
)
def test_other_people_are_refused(prepared_by: str, approved_by: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        check_people(ROLES, prepared_by=prepared_by, approved_by=approved_by)


def test_months_close_in_their_order() -> None:
    check_order([], JANUARY, JANUARY)
    check_order(closed(JANUARY), FEBRUARY, JANUARY)
    with pytest.raises(UsageError, match=r"before 2026-01, 2026-02.*--month 2026-01"):
        check_order([], MARCH, JANUARY)
    with pytest.raises(UsageError, match="closed already"):
        check_order(closed(JANUARY), JANUARY, JANUARY)
    with pytest.raises(UsageError, match="they start with 2026-02"):
        check_order([], JANUARY, FEBRUARY)


def test_only_the_latest_month_reopens_and_only_with_a_reason() -> None:
    events = closed(JANUARY, FEBRUARY)
    check_reopening(events, FEBRUARY, "late invoice")
    with pytest.raises(UsageError, match="only the latest"):
        check_reopening(events, JANUARY, "late invoice")
    with pytest.raises(UsageError, match="not closed"):
        check_reopening(events, MARCH, "late invoice")
    with pytest.raises(UsageError, match="--reason"):
        check_reopening(events, FEBRUARY, "  ")


def test_a_closed_month_is_not_computed_again() -> None:
    check_open(closed(JANUARY), FEBRUARY)
    with pytest.raises(UsageError, match="run 2026-03"):
        check_open(closed(JANUARY, FEBRUARY), JANUARY)


def test_a_draft_policy_keeps_the_month_open() -> None:
    check_policies([("US01", "book", "approved")])
    with pytest.raises(UsageError, match="policy book of US01 is draft"):
        check_policies([("US01", "book", "draft"), ("DE01", "ifrs", "approved")])


def test_a_failed_blocking_check_keeps_the_month_open() -> None:
    check = {
        "check_id": "PAY-1",
        "description": "cost equals payroll",
        "left_value": "1.00",
        "right_value": "2.00",
        "detail": "look at payroll.csv",
    }
    check_books([{**check, "severity": "WARN", "status": "FAIL"}])
    check_books([{**check, "severity": "BLOCK", "status": "NOT_COMPUTED"}])
    with pytest.raises(BlockedCloseError, match=r"PAY-1: cost equals payroll: 1\.00") as refused:
        check_books([{**check, "severity": "BLOCK", "status": "FAIL"}])
    assert refused.value.exit_code == 1
