"""Marks of AI tools: what counts, what never does, and how many there are in real records."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from capstream.connectors.ai_marks import commit_marks, pull_marks, rules
from capstream.connectors.git.notes import attested

REAL = Path(os.environ.get("CAPSTREAM_REAL_DATA", "")) / "ai_traces"
HUMAN = "ada@example.test"


def found(message: str | None = None, author: str = HUMAN, name: str = "Ada") -> set[str]:
    return {mark.rule.id for mark in commit_marks(message, author, name)}


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        ("Fix\n\nCo-Authored-By: Claude Opus <noreply@anthropic.com>", "co-claude"),
        ("Fix\n\nco-authored-by: aider (gpt) <aider@aider.chat>", "co-aider"),
        ("Fix\n\nAssisted-by: Claude:opus-4 [sparse]", "assisted-by"),
        ("Fix\n\n🤖 Generated with [Claude Code](https://claude.ai/code)", "foot-claude"),
        ("aider: rename the field", "message-aider"),
    ],
)
def test_a_mark_is_found_by_its_rule(message: str, rule: str) -> None:
    assert found(message) == {rule}


@pytest.mark.parametrize(
    "message",
    [
        "Ask claude, devin, cursor, codex, copilot, jules, gpt and amp to continue",
        "Fix\n\nCo-authored-by: Claude Monet <claude@example.test>",
        "Fix\n\nCo-authored-by: Bo <12345+bo@users.noreply.github.com>",
        "Fix\n\nCo-authored-by: x <29139614+renovate[bot]@users.noreply.github.com>",
        "Docs\n\n> Generated with [Claude Code](https://claude.ai/code)",
        "Docs: write `aider: ` in front",
    ],
)
def test_words_and_humans_never_count(message: str) -> None:
    assert found(message) == set()


def test_an_agent_is_known_by_its_number_or_its_suffix() -> None:
    assert found(author="198982749+Copilot@users.noreply.github.com") == {"id-copilot"}
    assert found(author="1+copilot@users.noreply.github.com") == set()
    assert found(name="Ada (aider)") == {"name-aider"}


def test_a_branch_or_label_alone_is_a_candidate() -> None:
    marks = pull_marks(body="", branch="codex/fix", labels=["ai-assisted"], author=None)
    assert {mark.rule.evidence_class for mark in marks} == {"candidate"}
    assert {mark.tool for mark in marks} == {"codex", "other"}


def test_a_note_attests_lines_of_agents_only() -> None:
    note = (
        "src/a.py\n  s_1::t_1 1-3,7\n  h_ada 4-6\n---\n"
        '{"schema_version": "authorship/3.0.0", "sessions": '
        '{"s_1": {"agent_id": {"tool": "claude", "model": "opus"}}}}'
    )
    assert list(attested(note)) == [{"tool": "claude", "model": "opus", "lines": 4}]


def test_rules_are_told_apart() -> None:
    listed = [rule.id for entries in rules().values() for rule, _ in entries]
    assert len(listed) == len(set(listed)) > 20


@pytest.mark.real
@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        ("aider", {"name-aider": 3_661, "co-aider": 66}),
        ("git-ai", {"co-claude": 1_341, "co-devin": 51, "co-cursor": 12, "co-copilot": 4}),
        ("ol-data-platform", {"co-claude": 87, "co-copilot": 79, "co-gemini": 3}),
    ],
)
def test_real_records_bear_the_marks_that_were_counted(
    repository: str, expected: dict[str, int]
) -> None:
    file = REAL / f"{repository}.commits.parquet"
    if not file.exists():
        pytest.skip("CAPSTREAM_REAL_DATA names no folder with ai_traces")
    counts: Counter[str] = Counter()
    rows = duckdb.sql(f"select message, author_id, author_name from '{file}'").fetchall()
    for message, author, name in rows:
        counts.update(mark.rule.id for mark in commit_marks(message, author, name))
    assert {rule: counts[rule] for rule in expected} == expected
