"""Marks of AI tools in commits and pull requests: rules as data, the same for every company."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

MARKS = Path(__file__).with_name("ai_marks.yaml")


class AiMark(BaseModel):
    """One mark: what it looks like, where it stands and what it proves.

    Attributes:
        id: Stable name, stored with every hit.
        tool: Tool that leaves it; `other` where the text names it.
        place: account, message (of a commit or a pull request), branch or label.
        needle: Lower-case text without which the pattern cannot match.
        pattern: Regular expression over the lower-case text, line by line.
        evidence_class: What a hit says of the change.
        confidence: `medium` counts only together with a medium mark of another place.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    tool: str
    place: Literal["account", "message", "branch", "label"]
    needle: str
    pattern: str
    evidence_class: Literal["ai_agent_authored", "ai_assisted"] = Field(alias="class")
    confidence: Literal["high", "medium"] = "high"


class AiMarks(BaseModel):
    """The versioned list of marks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    valid_from: date
    marks: tuple[AiMark, ...]


@cache
def ai_marks() -> AiMarks:
    """Read the marks that ship with the product."""
    return AiMarks.model_validate(yaml.safe_load(MARKS.read_text(encoding="utf-8")))


def ai_mark_rows() -> list[dict[str, Any]]:
    """Return the marks as rows of `company.ai_mark_rules`."""
    listed = ai_marks()
    return [
        {
            "rule_id": mark.id,
            "rule_version": listed.version,
            "tool": mark.tool,
            "place": mark.place,
            "needle": mark.needle,
            "pattern": mark.pattern,
            "evidence_class": mark.evidence_class,
            "confidence": mark.confidence,
        }
        for mark in listed.marks
    ]
