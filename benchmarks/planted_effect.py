"""Forty teams with a planted effect: is it found, and does the time show where it went?

`python -m benchmarks.planted_effect [FOLDER]` makes the sample company with 300 people, writes the
design record that asks for weeks, runs a month and compares with what was planted.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd

from capstream import warehouse
from capstream.sample.company_plan import AI_REVIEW_WAIT, AI_SPEED

MONTH, PEOPLE = "2026-10", "300"
STAGES = ("coding_hours", "pickup_hours", "review_hours", "merge_hours", "deploy_hours")
DESIGN = (
    "design_id,recorded_on,recorded_by,outcome,assignment,period,control\n"
    "AI-2026,2026-01-12,Rollout board,accepted_items,randomised_order,week,not_yet\n"
)


def main() -> int:
    """Run the company unless it has been run, and print the comparison."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "forty")
    if not (folder / "out" / MONTH / "draft" / "manifest.json").is_file():
        _capstream("init", str(folder), "--sample", "--people", PEOPLE)
        (folder / "inputs" / "ai_designs.csv").write_text(DESIGN, encoding="utf-8")
        _capstream("run", "-c", str(folder), "--month", MONTH)
    print("\n".join(report(folder)))
    return 0


def _capstream(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "capstream", *arguments], check=True)


def report(folder: Path) -> list[str]:
    """Return planted and found, line by line."""
    verdict = warehouse.read(folder, "reporting.rpt_ai_roi__verdict").iloc[0]
    effects = warehouse.read(folder, "reporting.rpt_ai_roi__effects")
    headline = effects.loc[effects["aggregate"] == "group"].set_index("outcome")
    means = effects.loc[effects["estimator"] == "descriptive"].set_index(["outcome", "aggregate"])
    items, pickup = headline.loc["accepted_items"], headline.loc["pickup_hours"]
    before = float(means.loc[("accepted_items", "treated_before"), "estimate"])
    wait = float(means.loc[("pickup_hours", "treated_before"), "estimate"])
    planted = (AI_SPEED - 1) * before
    shift = headline.loc[list(STAGES), "estimate"]
    return [
        (
            f"grade {verdict['grade']}, {verdict['inference']}: {verdict['treated_count']} treated"
            f" and {verdict['control_count']} control teams, by {verdict['period_type']}"
        ),
        (
            f"accepted items: planted {planted:+.3f} (speed x {AI_SPEED}), {_told(items)}, "
            f"{_within(planted, items)}; cross-check {verdict['cross_check']:+.3f}"
        ),
        (
            f"wait for review: planted about {(AI_REVIEW_WAIT - 1) * wait:+.1f} h "
            f"(x {AI_REVIEW_WAIT}), {_told(pickup)}, {_within((AI_REVIEW_WAIT - 1) * wait, pickup)}"
        ),
        "hours of a pull request: "
        + ", ".join(f"{name.removesuffix('_hours')} {value:+.1f}" for name, value in shift.items())
        + f"; sum {shift.sum():+.2f}, lead time {headline.loc['lead_hours', 'estimate']:+.2f}",
    ]


def _told(row: pd.Series) -> str:
    return f"found {row['estimate']:+.3f} (95 % {row['low']:+.3f} to {row['high']:+.3f})"


def _within(planted: float, row: pd.Series) -> str:
    return "inside" if row["low"] <= planted <= row["high"] else "OUTSIDE"


if __name__ == "__main__":
    sys.exit(main())
