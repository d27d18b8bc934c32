"""Days, months, points in time and time zones in cells."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import available_timezones

import pyarrow as pa

from capstream.company.inputs.kinds import CellError, CellKind
from capstream.documents.wording import nearest
from capstream.types import Month

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(?P<offset>Z|z|[+-]\d{2}(:?\d{2})?)?"
)
_FIRST_YEAR, _LAST_YEAR = 1970, 2200

_DATE_REMEDY = "write YYYY-MM-DD, such as 2026-03-31"
_MONTH_REMEDY = "write YYYY-MM, such as 2026-03; in a spreadsheet as text, not as a date"
_TIME_REMEDY = "write ISO 8601 with an offset, such as 2026-03-31T09:30:00+02:00"


def read_date(text: str) -> date:
    """Read `YYYY-MM-DD`.

    Raises:
        CellError: Another form, a day that does not exist, or a year outside 1970..2200.
    """
    if not (_DATE.fullmatch(text) and text.isascii()):
        raise CellError(f"{text!r} is not a date", _DATE_REMEDY)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CellError(f"{text} is not a day of the calendar", _DATE_REMEDY) from error
    _require_plausible_year(day.year, text)
    return day


def _require_plausible_year(year: int, text: str) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CellError(
            f"{text} is outside {_FIRST_YEAR} to {_LAST_YEAR}",
            "correct the year, or leave the cell empty when the date is unknown",
        )


def read_month(text: str) -> str:
    """Read `YYYY-MM`."""
    try:
        month = Month.parse(text)
    except ValueError as error:
        raise CellError(f"{text!r} is not a month", _MONTH_REMEDY) from error
    _require_plausible_year(month.year, text)
    return str(month)


def read_day_or_month(text: str) -> date:
    """Read a date, or a month as its first day."""
    return read_date(f"{text}-01" if re.fullmatch(r"\d{4}-\d{2}", text) else text)


def read_time(text: str) -> datetime:
    """Read an ISO 8601 time with an offset into naive UTC, as the warehouse stores it.

    Raises:
        CellError: Another form, or no offset.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise CellError(f"{text!r} is not a point in time", _TIME_REMEDY)
    if match["offset"] is None:
        raise CellError(f"{text!r} has no offset", _TIME_REMEDY)
    try:
        moment = datetime.fromisoformat(text.upper()).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise CellError(f"{text!r} is not a point in time", _TIME_REMEDY) from error
    _require_plausible_year(moment.year, text)
    return moment


@cache
def _timezones() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if name != "localtime")


def read_timezone(text: str) -> str:
    """Read an IANA time zone name."""
    if text not in _timezones():
        near = nearest(text, sorted(_timezones()))
        remedy = f"did you mean {near}?" if near else "use a name such as Europe/Berlin"
        raise CellError(f"{text!r} is not an IANA time zone", remedy)
    return text


DATE = CellKind("date", pa.date32(), read_date, _DATE_REMEDY)
MONTH = CellKind("month", pa.string(), read_month, _MONTH_REMEDY)
DAY_OR_MONTH = CellKind("date or month", pa.date32(), read_day_or_month, _DATE_REMEDY)
TIME = CellKind("time", pa.timestamp("us"), read_time, _TIME_REMEDY)
TIMEZONE = CellKind("time zone", pa.string(), read_timezone, "use a name such as Europe/Berlin")
