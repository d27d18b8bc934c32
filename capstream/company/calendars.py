"""Public holidays by country and subdivision, from the holidays library, and closures."""

from __future__ import annotations

from functools import cache

import holidays

from capstream.company.config import CapstreamConfig
from capstream.types import Month

CalendarDay = dict[str, object]


@cache
def known_calendars() -> frozenset[str]:
    """Return every calendar that the library can evaluate, such as `DE` and `DE-BY`."""
    countries = holidays.list_supported_countries(include_aliases=False)
    return frozenset(countries) | {
        f"{country}-{part}" for country, parts in countries.items() for part in parts
    }


def is_known_calendar(calendar: str) -> bool:
    """Say whether the calendar is an ISO country or subdivision with known holidays."""
    return calendar in known_calendars()


def calendar_days(
    config: CapstreamConfig, calendars: set[str], first: Month, last: Month
) -> list[CalendarDay]:
    """List holidays and closures, ordered by calendar and day.

    A closure on a public holiday stays a holiday; a holiday that the configuration calls worked
    is left out. Half-day holidays of the library are working days.

    Args:
        config: For closures and worked holidays.
        calendars: The calendars in use.
        first: Days start with the January of the year before.
        last: Days end with the December of the year after.

    Returns:
        Rows of calendar, holiday_date, name and kind (`holiday` or `closure`).
    """
    years = range(first.year - 1, last.year + 2)
    differences = {entry.calendar: entry for entry in config.calendars}
    rows: list[CalendarDay] = []
    for calendar in sorted(calendars):
        country, _, part = calendar.partition("-")
        found = holidays.country_holidays(
            country, subdiv=part or None, years=years, language="en_US"
        )
        days = {day: (name, "holiday") for day, name in found.items() if day.year in years}
        difference = differences.get(calendar)
        if difference is not None:
            for day in difference.worked:
                days.pop(day, None)
            for day in difference.closures:
                days.setdefault(day, ("Company closure", "closure"))
        rows += [
            {"calendar": calendar, "holiday_date": day, "name": name, "kind": kind}
            for day, (name, kind) in sorted(days.items())
        ]
    return rows
