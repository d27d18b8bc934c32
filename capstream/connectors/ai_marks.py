"""Marks that AI tools leave on commits and pull requests, found by the rules of `ai_rules.yaml`.

A mark says that a tool took part, not how much; what bears none may still be a tool's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from capstream.connectors.records import NormalisedRecord

RULES = Path(__file__).with_name("ai_rules.yaml")

Location = Literal["author_email", "author_name", "coauthor_email", "trailer", "body", "message",
                   "branch", "label"]  # fmt: skip
_SEARCHED = frozenset({"trailer", "body", "message"})
_TRAILER = re.compile(r"(?im)^[ \t]*(?P<line>[a-z][a-z-]*-(?:by|author|id):[^\n]*)")
_COAUTHOR = re.compile(r"(?im)^[ \t]*co-authored-by:(?P<name>[^\n<]*)<(?P<email>[^>\n]+)>")
_QUOTED = re.compile(r"(?m)^```[\s\S]*?^```[^\n]*$|^[ \t]*>[^\n]*$|`[^`\n]*`")


class Rule(BaseModel):
    """One rule: where it looks, what it matches, and what a match is worth."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    tool: str
    location: Location
    pattern: str
    evidence_class: Literal["agent_author", "trailer", "footer", "candidate"] = Field(alias="class")
    confidence: Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A rule that matched.

    Attributes:
        rule: The rule.
        tool: The tool, as the text names it where the rule leaves it open.
        model: The model, where the text names one.
    """

    rule: Rule
    tool: str
    model: str | None = None


@cache
def rules() -> Mapping[Location, tuple[tuple[Rule, re.Pattern[str]], ...]]:
    """Read the rules, compiled, by where they look."""
    listed = yaml.safe_load(RULES.read_text(encoding="utf-8"))["rules"]
    found: dict[Location, list[tuple[Rule, re.Pattern[str]]]] = {}
    for entry in listed:
        rule = Rule.model_validate(entry)
        pattern = re.compile(rule.pattern, re.IGNORECASE)
        found.setdefault(rule.location, []).append((rule, pattern))
    return {location: tuple(entries) for location, entries in found.items()}


def commit_marks(message: str | None, author: str | None, author_name: str | None) -> list[Mark]:
    """Return the marks of a commit, each rule once.

    Args:
        message: The whole message.
        author: E-mail of the author; the committer is no evidence.
        author_name: Name of the author.
    """
    found = [*_matched("author_email", author), *_matched("author_name", author_name)]
    if message:
        found += _text_marks(message)
        found += _matched("message", message)
    return list({mark.rule.id: mark for mark in found}.values())


def pull_marks(
    *, body: str | None, branch: str | None, labels: Iterable[str], author: str | None
) -> list[Mark]:
    """Return the marks of a pull request itself; those of its commits are theirs.

    A branch or label alone is a candidate, which counts only beside a second mark.
    """
    found = [
        *_text_marks(body or ""),
        *_matched("branch", branch),
        *_matched("author_email", author),
    ]
    for label in labels:
        found += _matched("label", label)
    return list({mark.rule.id: mark for mark in found}.values())


def add_commit_marks(
    record: NormalisedRecord, repository: str, sha: str, *, message: str | None, author: str | None,
    author_name: str | None,
) -> None:  # fmt: skip
    """Add the marks of a commit to its record."""
    for mark in commit_marks(message, author, author_name):
        record.rows.append(("ai_evidence", mark_row(mark, repository, sha=sha)))


def add_pull_marks(
    record: NormalisedRecord, repository: str, number: int, *, body: str | None, branch: str | None,
    labels: Iterable[str], author: str | None,
) -> None:  # fmt: skip
    """Add the marks of a pull request to its record."""
    for mark in pull_marks(body=body, branch=branch, labels=labels, author=author):
        record.rows.append(("ai_evidence", mark_row(mark, repository, number=number)))


def mark_row(
    mark: Mark, repository: str, *, sha: str | None = None, number: int | None = None
) -> dict[str, str | int | None]:
    """Return a row of `ai_evidence`."""
    return {
        "repository": repository, "sha": sha, "number": number, "rule_id": mark.rule.id,
        "evidence_class": mark.rule.evidence_class, "tool": mark.tool, "model": mark.model,
        "confidence": mark.rule.confidence,
    }  # fmt: skip


def _text_marks(text: str) -> Iterator[Mark]:
    """Find marks in the lines of a text; quoted and code lines only repeat what others wrote."""
    if "-by" in text.lower():
        for match in _COAUTHOR.finditer(text):
            yield from _matched("coauthor_email", match["email"].strip(), match["name"].strip())
    for match in _TRAILER.finditer(text):
        yield from _matched("trailer", match["line"])
    yield from _matched("body", _QUOTED.sub("", text) if "`" in text or ">" in text else text)


def _matched(location: Location, value: str | None, model: str = "") -> Iterator[Mark]:
    if not value:
        return
    for rule, pattern in rules().get(location, ()):
        match = pattern.search(value) if location in _SEARCHED else pattern.fullmatch(value)
        if match:
            named = match.groupdict()
            tool = (named.get("tool") or rule.tool).strip().lower()
            yield Mark(rule, tool, named.get("model") or model or None)
