"""The before/after page of a repository: grade D wording, limits, and no name of anybody."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from benchmarks.ai_traces import marked_commits, page, weekly_output

WEEKS, START = 60, 40
MARK = "\n\nCo-authored-by: C <noreply@anthropic.com>"


def commits() -> pd.DataFrame:
    generator = np.random.default_rng(6)
    rows = []
    for week in range(WEEKS):
        monday = pd.Timestamp("2025-01-06", tz="UTC") + pd.Timedelta(weeks=week)
        for person in ("ada", "bo"):
            for number in range(int(generator.integers(2, 6)) + (3 if week >= START else 0)):
                at = monday + pd.Timedelta(hours=9 + number)
                is_marked = week >= START and number == 0
                rows.append((person, at.isoformat(), f"Change {number}{MARK if is_marked else ''}"))
        rows.append(("dependabot[bot]", monday.isoformat(), "Bump a version"))
    frame = pd.DataFrame(rows, columns=["author_name", "author_time", "message"])
    frame["author_id"] = frame["author_name"] + "@example.org"
    return frame.assign(sha=[f"{n:040x}" for n in range(len(frame))], is_merge=False)


def test_marks_are_counted_and_automation_is_no_person():
    marked = marked_commits(commits())
    assert marked.loc[marked["rule"].notna(), "week"].min() == pd.Timestamp("2025-10-13")
    assert not marked.loc[marked["author_name"] == "dependabot[bot]", "is_by_a_person"].any()
    assert (weekly_output(marked)["people"] == 2).all()


def test_the_page_is_of_grade_d_and_names_its_limits():
    text = page(marked_commits(commits()))
    claims = text.replace("This is not an estimate of what the tool caused.", "")
    assert not re.search(r"\b(caused|saved|ROI)\b", claims, re.IGNORECASE)
    assert "Evidence grade **D**" in text
    assert "relative to its earlier trend" in text
    assert re.search(r"a change under \d+\.\d\d commits", text)
    assert "at least" in text
    assert "ada" not in text
    assert "| 2025-12 |" in text
