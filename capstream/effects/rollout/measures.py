"""The panel of teams and periods, one frame for every outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import duckdb
import pandas as pd

from capstream.effects.panel import NEVER
from capstream.effects.rollout.design import Design

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "accepted_items": "items per developer-week",
        "accepted_items_counted": "items per developer-week",
        "merged_pull_requests": "pull requests per developer-week",
        "merged_pull_requests_with_agents": "pull requests per developer-week",
        "lead_hours": "hours per pull request",
        "coding_hours": "hours per pull request",
        "pickup_hours": "hours per pull request",
        "review_hours": "hours per pull request",
        "merge_hours": "hours per pull request",
        "deploy_hours": "hours per pull request",
        "changed_lines": "lines per pull request",
        "reviews": "reviews per developer-week",
        "unreviewed_ratio": "share of pull requests",
        "revert_ratio": "share of pull requests",
        "change_fail_ratio": "share of deployments",
        "rework_ratio": "share of deployments",
        "recovery_hours": "hours per failed deployment",
        "flow_efficiency": "share of an item's time",
        "bugs_per_100_items": "bugs per 100 items",
        "keep_the_lights_on_ratio": "share of time on items",
    }
)
"""Outcome → unit, in the order in which they are reported."""

UNIT_COLUMNS = {"unit": "team", "period": "period_number", "cohort": "cohort"}

_READ = """
    select
        team, outcome, period_key, period_number, value, numerator, denominator,
        developer_weeks, delivery_hours, start_date, first_date, last_date
    from marts.fct_ai_outcomes
    where
        period_type = $period_type
        and not is_provisional
        and first_date >= coalesce($window_from, first_date)
        and last_date <= coalesce($window_to, last_date)
        and team <> 'NONE'
    order by outcome, team, period_number
"""


@dataclass(frozen=True)
class Measures:
    """Outcomes of all teams.

    Attributes:
        frame: One row per outcome, team and period: team, outcome, period_key, period_number,
            cohort (period_number of the first treated period, 0 never), value, numerator,
            denominator, developer_weeks, delivery_hours.
        period_keys: Period number → key.
    """

    frame: pd.DataFrame
    period_keys: Mapping[int, str]

    def of(self, outcome: str) -> pd.DataFrame:
        """Return the panel of one outcome."""
        return self.frame.loc[self.frame["outcome"] == outcome]


def read_measures(connection: duckdb.DuckDBPyConnection, design: Design) -> Measures:
    """Read what is no longer provisional, inside the design's window."""
    values = {
        "period_type": design.period_type,
        "window_from": design.window_from,
        "window_to": design.window_to,
    }
    frame = connection.execute(_READ, values).df()
    frame = frame.loc[~frame["team"].isin(design.excluded_teams)]
    periods = frame.drop_duplicates("period_number").set_index("period_number").sort_index()
    ends = periods["last_date"]
    starts = {start: _first_period(ends, start) for start in frame["start_date"].dropna().unique()}
    cohort = frame["start_date"].map(starts).fillna(NEVER).astype("int64")
    return Measures(frame.assign(cohort=cohort), dict(periods["period_key"]))


def _first_period(ends: pd.Series, start: pd.Timestamp) -> int:
    """First period that ends on or after the start; never where the start lies behind the last."""
    reached = ends[ends >= start]
    return int(reached.index[0]) if len(reached) else NEVER
