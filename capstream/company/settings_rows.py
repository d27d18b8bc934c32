"""The row of settings and the months of the books."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from capstream.company.configuration_hash import configuration_hash
from capstream.company.loading import Company
from capstream.errors import UsageError
from capstream.types import Month

Row = dict[str, Any]


def settings_row(company: Company, month: Month, as_of: datetime | None) -> Row:
    """Return the one row of settings; times in UTC without an offset.

    Raises:
        UsageError: `as_of` has no offset.
    """
    if as_of is not None and as_of.tzinfo is None:
        raise UsageError(f"time {as_of.isoformat()} has no offset: write one, such as Z or +02:00")
    config, attribution = company.config, company.config.attribution
    return {
        "company_name": config.company.name,
        "reporting_currency": config.company.reporting_currency,
        "timezone": config.company.timezone,
        "fiscal_year_start_month": config.company.fiscal_year_start_month,
        "hours_per_day": config.company.hours_per_day,
        "first_month": str(config.company.first_month),
        "run_month": str(month),
        "as_of_at": None if as_of is None else as_of.astimezone(UTC).replace(tzinfo=None),
        "hours_denominator": attribution.hours_denominator,
        "unlinked_code": attribution.unlinked_code,
        "presence_code": attribution.presence.code,
        "presence_tracker": attribution.presence.tracker,
        "presence_review": attribution.presence.review,
        "presence_merge": attribution.presence.merge,
        "nearest_days": attribution.nearest_days,
        "stale_half_life_days": attribution.stale.half_life_days,
        "stale_end_days": attribution.stale.end_days,
        "max_unmatched_share": attribution.max_unmatched_share,
        "trusted_worklogs_people": attribution.trusted_worklogs == "people",
        "tolerance": config.reporting.tolerance,
        "materiality": config.reporting.materiality,
        "person_names": config.reporting.person_names,
        "failure_window_hours": config.delivery.failure_window_hours,
        "configuration_hash": configuration_hash(company),
    }


def month_rows(company: Company, run_month: Month, kept: Collection[str]) -> list[Row]:
    """Return the months from the first of the books to that of the run.

    Args:
        company: The company.
        run_month: The month of the run.
        kept: Closed months, `YYYY-MM`, that the run does not compute again.
    """
    start = company.config.company.fiscal_year_start_month
    return [
        {
            "month_key": str(month),
            "first_date": month.first_day,
            "last_date": month.last_day,
            # A fiscal year is named after the calendar year in which it ends.
            "fiscal_year": month.year + (1 if start > 1 and month.number >= start else 0),
            "month_index": index,
            "is_run_month": month == run_month,
            "is_computed": str(month) not in kept,
        }
        for index, month in enumerate(company.config.company.first_month.through(run_month))
    ]
