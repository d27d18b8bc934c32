"""Marks of AI tools: what counts, what only looks like it, and what a pull request inherits."""

from __future__ import annotations

import pytest

from capstream.company.ai_marks import ai_mark_rows, ai_marks
from tests.dbt.harness import rows_of, run_models

PLAIN = {
    "source": "forge",
    "repository": "o/r",
    "state": "merged",
    "labels": [],
    "created_at": "2026-03-02 10:00",
    "merged_at": "2026-03-03 10:00",
    "author": "ada",
}

FOUND = {
    "co-author by address": ("CO-CLAUDE", "x\n\nCo-Authored-By: Any Name <noreply@anthropic.com>"),
    "agent of the editor": ("CO-CURSOR", "x\n\nCo-authored-by: Cursor <cursoragent@cursor.com>"),
    "any address of the tool": ("CO-AIDER", "x\n\nCo-authored-by: aider (m) <aider@aider.chat>"),
    "numbered account": (
        "CO-COPILOT",
        "x\n\nCo-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>",
    ),
    "kernel trailer": ("TR-ASSISTED", "x\n\nAssisted-by: agent:model-7 [tool]"),
    "footer": ("FT-CLAUDE", "x\n\n🤖 Generated with [Claude Code](https://claude.ai/code)"),
    "prefix": ("FT-AIDER", "aider: tidy up"),
}  # fmt: skip
NOT_FOUND = {
    "a person of that name": "Thanks, Claude\n\nCo-authored-by: Claude Moreau <cm@example.org>",
    "bare words": "Move the cursor; let devin continue; jules, cody, codex, amp, gpt",
    "quoted": "> Co-authored-by: Claude <noreply@anthropic.com>",
    "inside a line": "We stopped writing co-authored-by: x <noreply@anthropic.com> here",
    "another noreply": "x\n\nCo-authored-by: Ada <1+ada@users.noreply.github.com>",
    "the forge itself": "x\n\nCo-authored-by: GitHub <noreply@github.com>",
}  # fmt: skip


def marks_of(message: str, **pull):
    connection = run_models(
        ["int_ai__pull_marks"],
        {
            "company.ai_mark_rules": ai_mark_rows(),
            "inp_pull_requests": [{**PLAIN, "number": 1, **pull}],
            "inp_pull_request_commits": [
                {"source": "forge", "repository": "o/r", "number": 1, "sha": "c1"}
            ],
            "inp_commits": [
                {
                    "source": "code",
                    "repository": "o/r",
                    "sha": "c1",
                    "author": "ada@example.org",
                    "authored_at": "2026-03-02 09:00",
                    "committed_at": "2026-03-02 09:00",
                    "message": message,
                }
            ],
        },
    )
    return {row[0] for row in rows_of(connection, "select rule_id from int_ai__pull_marks")}


@pytest.mark.parametrize("name", FOUND)
def test_a_mark_is_found_in_a_commit_of_the_pull_request(name):
    rule, message = FOUND[name]
    assert marks_of(message) == {rule}


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_only_looks_like_a_mark_is_none(name):
    assert marks_of(NOT_FOUND[name]) == set()


@pytest.mark.parametrize(
    ("author", "rules"),
    [
        ("Copilot", {"ACC-COPILOT"}),
        ("209825114+claude[bot]@users.noreply.github.com", {"ACC-CLAUDE"}),
        ("claude", set()),
        ("devin-ai-integration[bot]", {"ACC-DEVIN"}),
        ("dependabot[bot]", set()),
        ("cursor", set()),
    ],
)
def test_agents_are_known_by_their_accounts_and_people_are_not(author, rules):
    assert marks_of("plain", author=author) == rules


def test_a_branch_alone_is_a_weak_mark():
    assert marks_of("plain", head_ref="claude/fix-1") == {"BR-TOOL"}
    assert marks_of("plain", head_ref="feature/claude-fix") == set()
    assert marks_of("plain", head_ref="codex/fix", labels=["ai-assisted"]) == {"BR-TOOL", "LB-TOOL"}


def test_every_mark_can_match_only_where_its_needle_stands():
    """The needle only saves time: it must be lower case, and every rule has its own id."""
    listed = ai_marks().marks
    assert all(mark.needle == mark.needle.lower() for mark in listed)
    assert len({mark.id for mark in listed}) == len(listed)


CLASSES = [
    ({"author": "Copilot"}, "plain", "ai_agent_authored"),
    ({}, "x\n\nCo-authored-by: C <noreply@anthropic.com>", "ai_assisted"),
    ({"head_ref": "codex/fix"}, "plain", "none"),
    ({"head_ref": "codex/fix", "labels": ["codex"]}, "plain", "ai_assisted"),
    ({"author": "dependabot[bot]"}, "plain", "automation_not_ai"),
    ({}, "plain", "none"),
]


@pytest.mark.parametrize(("pull", "message", "expected"), CLASSES)
def test_the_class_of_a_pull_request(pull, message, expected):
    author = pull.get("author", "ada")
    given = {**PLAIN, "number": 1, **pull}
    connection = run_models(
        ["fct_ai_pull_requests"],
        {
            "company.ai_mark_rules": ai_mark_rows(),
            "company.people": [
                {"person_id": "P1", "team": "Core", "start_date": "2025-01-01",
                 "worker_type": "employee"}
            ],
            "inp_pull_requests": [given],
            "inp_pull_request_commits": [
                {"source": "forge", "repository": "o/r", "number": 1, "sha": "c1"}
            ],
            "inp_commits": [
                {"source": "code", "repository": "o/r", "sha": "c1", "author": "ada@example.org",
                 "authored_at": "2026-03-02", "committed_at": "2026-03-02", "message": message}
            ],
            "fct_pull_requests": [
                {"source": "forge", "repository": "o/r", "number": 1, "month_key": "2026-03",
                 "author_id": "P1" if author == "ada" else "NONE", "merged_at": "2026-03-03 10:00"}
            ],
            "inp_actors": [
                {"source": "forge", "account": author,
                 "kind": "bot" if author.startswith("dependabot") else "human"}
            ],
        },
    )  # fmt: skip
    found = rows_of(
        connection, "select evidence_class, is_by_a_person, team from fct_ai_pull_requests"
    )
    is_by_a_person = author == "ada"
    team = "Core" if is_by_a_person else "NONE"
    assert found == [(expected, is_by_a_person, team)]
