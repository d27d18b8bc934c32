"""The job that drafts a month, and when it starts by itself."""

from datetime import date, timedelta

import dagster as dg

from capstream.types import Month

close_draft = dg.define_asset_job(
    "close_draft",
    selection=dg.AssetSelection.all(),
    description="From raw records to the draft pack of one month.",
)

drift = dg.define_asset_job(
    "drift",
    selection=dg.AssetSelection.all()
    - dg.AssetSelection.groups("reports")
    - dg.AssetSelection.assets(["close", "draft_pack"], ["close", "closable_month"]),
    description="Closed months against today, without writing a pack.",
)


@dg.schedule(
    job=close_draft,
    cron_schedule="0 6 1-7 * *",
    description="The month before, on the third working day of a month.",
)
def close_draft_on_third_working_day(
    context: dg.ScheduleEvaluationContext,
) -> dg.RunRequest | dg.SkipReason:
    """Ask for last month's draft on the day that most ledgers are cut off."""
    today = context.scheduled_execution_time.date()
    if today != third_working_day(today):
        return dg.SkipReason(f"{today} is not the third working day of its month")
    return dg.RunRequest(partition_key=str(Month(today.year, today.month).plus(-1)))


def third_working_day(day: date) -> date:
    """Return the third day from Monday to Friday in the month of a day."""
    first = day.replace(day=1)
    week = (first + timedelta(days=offset) for offset in range(7))
    return [candidate for candidate in week if candidate.isoweekday() <= 5][2]
