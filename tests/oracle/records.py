"""The rows that a test company consists of, read as values: what the warehouse is given, too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]


def day(value: object) -> date | None:
    """Read a date; None stays None."""
    return None if value is None else date.fromisoformat(str(value))


def moment(value: object) -> datetime | None:
    """Read a UTC time without offset; None stays None."""
    return None if value is None else datetime.fromisoformat(str(value))


def exact(value: object) -> Fraction | None:
    """Read a decimal number as an exact fraction; None stays None."""
    return None if value is None else Fraction(Decimal(str(value)))


def listed(value: object) -> tuple[str, ...]:
    """Read a list, given as a list or as JSON text; None is empty."""
    if value is None:
        return ()
    return tuple(json.loads(value) if isinstance(value, str) else value)


def local_day(at: datetime, zone: str) -> date:
    """Return the day on which a UTC time falls in a time zone."""
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True)
class Records:
    """Rows by relation, as the warehouse is given them."""

    given: Mapping[str, Sequence[Row]]

    def rows(self, relation: str) -> Sequence[Row]:
        """Return the rows of a relation; none where it is not given."""
        return self.given.get(relation, ())

    @cached_property
    def settings(self) -> Row:
        """The settings of the company."""
        return self.rows("company.settings")[0]

    @property
    def zone(self) -> str:
        """The company's time zone."""
        return self.settings["timezone"]

    @cached_property
    def months(self) -> dict[str, tuple[date, date]]:
        """First and last day by month of the books."""
        return {
            row["month_key"]: (
                date.fromisoformat(row["first_date"]),
                date.fromisoformat(row["last_date"]),
            )
            for row in self.rows("company.months")
        }

    def known(self, relation: str, column: str) -> Iterable[tuple[datetime, Row]]:
        """Yield rows with their time, in order; what is later than the data-as-of is not known."""
        for row in self.rows(relation):
            at = moment(row.get(column))
            if at is not None and self.is_known(at):
                yield at, row

    def is_known(self, at: datetime) -> bool:
        """Whether a time is not after the data-as-of."""
        as_of = moment(self.settings.get("as_of_at"))
        return as_of is None or at <= as_of


def month_of(on: date) -> str:
    """Return the month of a day, YYYY-MM."""
    return f"{on:%Y-%m}"
