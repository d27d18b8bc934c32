"""Working days and working hours of a person, in that person's own time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

DAY_STARTS = 9.0
DAY_ENDS = 17.0


@cache
def public_holidays(calendar: str, year: int) -> frozenset[date]:
    """Return the public holidays of an ISO country or subdivision (`DE-BY`) in a year."""
    country, _, subdivision = calendar.partition("-")
    days = holidays.country_holidays(country, subdiv=subdivision or None, years=[year])
    return frozenset(day for day in days if day.year == year)


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every day from first to last, both included."""
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def moment(day: date, hour: float, zone: str) -> datetime:
    """Return the UTC time of a local hour (10.5 is half past ten) to the second."""
    seconds = round(hour * 3600)
    local = datetime(day.year, day.month, day.day, tzinfo=_zone(zone)) + timedelta(seconds=seconds)
    return local.astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """Return the day on the wall calendar of that zone."""
    return at.astimezone(_zone(zone)).date()


def local_hour(at: datetime, zone: str) -> float:
    """Return the hour on the wall clock of that zone, with its fraction."""
    local = at.astimezone(_zone(zone))
    return local.hour + local.minute / 60 + local.second / 3600


def with_offset(at: datetime, zone: str) -> datetime:
    """Return the same instant with the offset of that zone."""
    return at.astimezone(_zone(zone))


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
