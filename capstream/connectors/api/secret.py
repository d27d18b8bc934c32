"""Tokens: read from the environment, shown to nobody, cut out of whatever an answer echoes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from capstream.errors import SourceError

HIDDEN = "[token]"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret value that no representation shows.

    Attributes:
        variable: Environment variable that holds it.
        reveal: The value itself; only an authorisation reads it.
    """

    variable: str
    reveal: str = field(repr=False)

    def __str__(self) -> str:
        """Show the variable's name instead of the value."""
        return f"${self.variable}"


def read_secret(source: str, variable: str) -> Secret:
    """Return the secret that an environment variable holds.

    Raises:
        SourceError: The variable is empty or not set.
    """
    value = os.environ.get(variable, "").strip()
    if not value:
        raise SourceError(
            source,
            f"the environment variable {variable} is not set",
            f"put the token into {variable} and run the command again",
        )
    return Secret(variable, value)


class Redaction:
    """Cuts secrets out of texts and answers.

    Args:
        secrets: What must not be shown; encoded forms (as in Basic authorisation) included. The
            list is read anew at each use: tokens that are renewed are added to it.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = secrets

    def text(self, text: str) -> str:
        """Return the text without secrets."""
        for secret in self._longest_first():
            text = text.replace(secret, HIDDEN)
        return text

    def content(self, content: bytes) -> bytes:
        """Return the bytes of an answer without secrets."""
        for secret in map(str.encode, self._longest_first()):
            if secret in content:
                content = content.replace(secret, HIDDEN.encode())
        return content

    def _longest_first(self) -> list[str]:
        return sorted({each for each in self._secrets if each}, key=lambda each: (-len(each), each))
