"""How a rollout is judged: the record made before it, or what holds where nobody made one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb

from capstream.effects.staggered import Control

NONE_RECORDED = "none recorded"
BASE_PERIODS = {"week": 12, "month": 1}
"""Periods of the base where the record names none.

One week of one team is a handful of items, and its noise would stand in every effect; twelve
weeks are the past that a design must have anyway.
"""


@dataclass(frozen=True)
class Design:
    """What is estimated, against whom, over which window.

    Attributes:
        design_id: The record that is cited; `none recorded` where there is none.
        recorded_on: Day of the record.
        outcome: The primary outcome.
        assignment: How the starts were given to teams; empty where nobody wrote it down.
        period_type: week or month.
        control: never treated controls, or also those not yet treated.
        anticipation: Periods before the start in which teams may already react.
        base_periods: Periods before the start that are compared with, as their mean.
        window_from: First day that counts; None is all.
        window_to: Last day that counts; None is all.
        detectable: Relative effect that the design was made to see; None is unstated.
        excluded_teams: Teams left out.
        is_recorded_before: The record is older than the first start, so that it may be cited as
            made before.
    """

    design_id: str = NONE_RECORDED
    recorded_on: date | None = None
    outcome: str = "accepted_items"
    assignment: str = ""
    period_type: Literal["week", "month"] = "month"
    control: Control = "not_yet"
    anticipation: int = 0
    base_periods: int = 1
    window_from: date | None = None
    window_to: date | None = None
    detectable: float | None = None
    excluded_teams: tuple[str, ...] = ()
    is_recorded_before: bool = False

    @property
    def is_randomised(self) -> bool:
        """Whether the order of starts was drawn, by a record made before them."""
        return self.is_recorded_before and self.assignment == "randomised_order"


_LATEST = """
    select
        design_id, recorded_on, outcome, assignment, period, control, anticipation_periods,
        window_from, window_to, minimum_detectable_effect, excluded_teams,
        recorded_on <= (select min(start_date) from company.ai_rollouts), base_periods
    from company.ai_designs
    order by
        recorded_on <= (select min(start_date) from company.ai_rollouts) desc,
        recorded_on desc, design_id
    limit 1
"""


def read_design(connection: duckdb.DuckDBPyConnection) -> Design:
    """Return the newest record made before the first start, else the newest, else the defaults.

    One week of one team is too few items to be compared with, so that weeks are estimated only
    where a record asks for them.
    """
    row = connection.execute(_LATEST).fetchone()
    if row is None:
        return Design()
    excluded = tuple(name.strip() for name in (row[10] or "").split(";") if name.strip())
    return Design(
        design_id=row[0],
        recorded_on=row[1],
        outcome=row[2],
        assignment=row[3],
        period_type=row[4],
        control=row[5],
        anticipation=int(row[6]),
        window_from=row[7],
        window_to=row[8],
        detectable=None if row[9] is None else float(row[9]),
        excluded_teams=excluded,
        is_recorded_before=bool(row[11]),
        base_periods=int(row[12] or BASE_PERIODS[row[4]]),
    )
