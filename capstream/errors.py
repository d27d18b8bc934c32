"""One family of errors: each names the thing, the place and the next step.

Every error that a user can cause or meet derives from `CapstreamError` and carries the exit
code of the command line: 2 for wrong input, configuration or command (nothing was changed),
3 for an outside system that failed (safe to run again).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with something the company wrote.

    Attributes:
        file: Path relative to the company folder, sheet appended as `inputs.xlsx!people`.
        row: Line or row as the editor shows it, header included; 0 where there is none.
        column: Column name or key path; empty where the whole row or file is meant.
        message: What is wrong, naming the offending value.
        remedy: What to do about it, an imperative sentence.
    """

    file: str
    row: int
    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """Render as `file:row:column: what is wrong: what to do`."""
        place = ":".join(part for part in (self.file, str(self.row or ""), self.column) if part)
        return f"{place}: {self.message}: {self.remedy}"


class CapstreamError(Exception):
    """Base of every error that is reported without a traceback."""

    exit_code = 2


class UsageError(CapstreamError):
    """The command cannot do what was asked; nothing was changed."""


class InputError(CapstreamError):
    """Input or configuration is wrong; carries every problem at once.

    Args:
        problems: The problems found; sorted by file, row and column when shown.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SourceError(CapstreamError):
    """An outside system failed or answered with something unusable; safe to run again.

    Args:
        source: Name of the source in `capstream.yaml`.
        message: What was asked and what came back.
        remedy: The next step.
    """

    exit_code = 3

    def __init__(self, source: str, message: str, remedy: str) -> None:
        self.source = source
        super().__init__(f"source {source}: {message}: {remedy}")


class WarehouseError(CapstreamError):
    """The warehouse failed, is locked or belongs to another version; safe to run again."""

    exit_code = 3
