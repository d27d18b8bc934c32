"""What a person sees while a job works: its current step, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from orchestration.lib.kinds import SOURCE_KINDS, asset_name

WORDS = {
    "company_tables": "reading the company's tables",
    **{asset_name(kind): f"loading {kind.replace('_', ' ')}" for kind in SOURCE_KINDS},
    "ops": "counting what was loaded",
    "dbt_models": "attributing, classifying, valuing",
    "books_checks": "checking the books",
    "workbooks": "writing the workbooks",
    "close__draft_pack": "sealing the draft",
    "closed": "bringing closed months back",
    "issue": "freezing the month and issuing its pack",
}


class Progress(Protocol):
    """Something that is told which step begins."""

    def step(self, name: str) -> None:
        """Show that a step begins."""
        ...

    def tell(self, words: str) -> None:
        """Show how far the step is."""
        ...


class Silence:
    """Shows nothing: output goes to a file, a pipe or a program."""

    def step(self, name: str) -> None:
        """Show nothing."""

    def tell(self, words: str) -> None:
        """Show nothing."""


class Spinner:
    """Shows the current step beside a turning mark.

    Args:
        status: The live line of the terminal.
    """

    def __init__(self, status: "object") -> None:
        self._status = status
        self._step = ""

    def step(self, name: str) -> None:
        """Show a step in plain words; steps without words pass unseen."""
        words = WORDS.get(name)
        if words:
            self._step = words
            self._status.update(f"{words} …")  # type: ignore[attr-defined]

    def tell(self, words: str) -> None:
        """Show how far the step is, beside its name."""
        self._status.update(f"{self._step} … {words}")  # type: ignore[attr-defined]


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Progress]:
    """Give a progress to a block: live on a terminal, silent anywhere else.

    Args:
        title: What is being done.
        quiet: Show nothing even on a terminal.
    """
    if quiet or not sys.stderr.isatty():
        yield Silence()
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{title} …") as status:
        yield Spinner(status)
