"""What verification says when something is not as it was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackFinding:
    """Something about a pack that is not as its manifest says.

    Attributes:
        rule: Short id of the rule that it breaks.
        file: The file it is about.
        message: What is wrong, both values named.
    """

    rule: str
    file: str
    message: str
