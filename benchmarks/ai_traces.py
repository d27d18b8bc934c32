"""A before/after page of a public repository from its own traces: what grade D may say.

`python -m benchmarks.ai_traces [FOLDER]` reads `ai_traces/ol-data-platform.commits.parquet` under
CAPSTREAM_REAL_DATA and writes `FOLDER/ai_traces.md` (default `real`). Nobody is named: accounts
only tell agents and other automation from people.
"""

from __future__ import annotations

import os
import re
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd

from capstream.company.ai_marks import ai_marks
from capstream.effects import interrupted_time_series
from capstream.effects.distributions import normal_quantile
from capstream.effects.power import DETECTION_FACTOR
from reports.workbooks.ai_roi.wording import DISCLAIMER, headline

REPOSITORY = "ol-data-platform"
WEEKS_BEFORE = 78
"""Weeks before the first mark that count: longer back, other people worked there."""
_AUTOMATION = re.compile(r"\[bot\]|renovate|dependabot|pre-commit", re.IGNORECASE)


def marked_commits(commits: pd.DataFrame) -> pd.DataFrame:
    """Add week, month, the first rule that found a mark, and whether a person wrote the commit.

    Args:
        commits: One row per commit: author_time, author_name, author_id, message, is_merge.
    """
    at = pd.to_datetime(commits["author_time"], utc=True).dt.tz_localize(None)
    rules = commits.apply(_rule, axis=1)
    is_agent = rules.str.startswith("ACC-").fillna(value=False).astype(bool)
    names = commits["author_name"] + " " + commits["author_id"]
    is_automation = names.str.contains(_AUTOMATION)
    return commits.assign(
        week=at.dt.to_period("W-SUN").dt.start_time,
        month=at.dt.strftime("%Y-%m"),
        rule=rules,
        is_by_a_person=~is_agent & ~is_automation & ~commits["is_merge"],
    )


def _rule(commit: pd.Series) -> str | None:
    texts = {
        "message": str(commit["message"]).lower(),
        "account": str(commit["author_id"]).lower(),
    }
    for mark in ai_marks().marks:
        text = texts.get(mark.place, "")
        if mark.needle in text and re.search(mark.pattern, text, re.MULTILINE):
            return mark.id
    return None


def weekly_output(marked: pd.DataFrame) -> pd.DataFrame:
    """Count commits per person who committed, for whole weeks around the first mark."""
    own = marked.loc[marked["is_by_a_person"]]
    weeks = own.groupby("week").agg(commits=("sha", "count"), people=("author_id", "nunique"))
    start = marked.loc[marked["rule"].notna(), "week"].min()
    first = start - pd.Timedelta(weeks=WEEKS_BEFORE)
    weeks = weeks.loc[first : weeks.index.max() - pd.Timedelta(weeks=1)]
    weeks = weeks.assign(
        output=weeks["commits"] / weeks["people"],
        week_number=((weeks.index - start).days // 7),
    )
    return weeks.reset_index()


def page(marked: pd.DataFrame) -> str:
    """Return the page in Markdown."""
    weeks = weekly_output(marked)
    fit = interrupted_time_series(weeks, time="week_number", outcome="output", start=0)
    change, error = fit.coefficients["level_change"], fit.std_errors["level_change"]
    reach = normal_quantile(0.975) * error
    before = weeks.loc[weeks["week_number"] < 0, "output"].mean()
    found = {
        "estimate": Decimal(f"{change:.6f}"),
        "low": Decimal(f"{change - reach:.6f}"),
        "high": Decimal(f"{change + reach:.6f}"),
        "p_value": None,
        "mde": None,
        "before": Decimal(f"{before:.6f}"),
    }
    unit = "commits per active person and week"
    limit = DETECTION_FACTOR * error
    months = marked.groupby("month").agg(commits=("sha", "count"), marked=("rule", "count"))
    shown = months.loc[months.index >= weeks["week"].min().strftime("%Y-%m")]
    after = int((weeks["week_number"] >= 0).sum())
    return "\n".join(
        [
            f"# {REPOSITORY}: before and after the first mark of AI",
            "",
            (
                f"Evidence grade **D**: before and after only, {len(weeks) - after} weeks before "
                f"and {after} after; nobody was left to compare with."
            ),
            "",
            headline("D", "output of people", found, unit),
            DISCLAIMER,
            "",
            (
                f"Detection limit: a change under {limit:.2f} {unit} ({limit / before:.0%} of the "
                f"level before) would be missed one time in five. Errors with lag {fit.lag}."
            ),
            "",
            (
                "Marks are a lower bound: completion leaves no trace, trailers can be switched "
                "off. The first mark is no rollout date: use may have begun earlier."
            ),
            "",
            "| month | commits | marked, at least | share, at least |",
            "| --- | --- | --- | --- |",
            *(
                f"| {row.Index} | {row.commits} | {row.marked} | {row.marked / row.commits:.0%} |"
                for row in shown.itertuples()
            ),
            "",
        ]
    )


def main() -> int:
    """Write the page; without the records say so."""
    real = os.environ.get("CAPSTREAM_REAL_DATA", "")
    source = Path(real) / "ai_traces" / f"{REPOSITORY}.commits.parquet"
    if not real or not source.is_file():
        print("CAPSTREAM_REAL_DATA names no folder with ai_traces: no before/after page")
        return 0
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "real")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "ai_traces.md"
    target.write_text(page(marked_commits(pd.read_parquet(source))), encoding="utf-8")
    print(f"before and after, grade D: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
