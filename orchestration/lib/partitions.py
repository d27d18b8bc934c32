"""Months as partitions: `YYYY-MM`, the month in progress included."""

import dagster as dg

from capstream.types import Month

MONTHS = dg.MonthlyPartitionsDefinition(start_date="2010-01", fmt="%Y-%m", end_offset=1)
"""Older books than these are not run again; the latest partition is the month in progress."""

ONE_MONTH_A_RUN = dg.BackfillPolicy.multi_run(max_partitions_per_run=1)
"""The warehouse holds one run month at a time, so several months are several runs."""


def partition_month(context: dg.AssetExecutionContext) -> Month:
    """Return the month that an asset is asked to compute."""
    return Month.parse(context.partition_key)
