"""What a refusal of a host means, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_KEYS = "check the source's keys in capstream.yaml"
_MEANINGS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: ("the host does not understand the request", _KEYS),
        401: ("the token was refused", "renew the token in the variable that token_env names"),
        403: ("the token may not read this",
              "grant the scopes that the connector's README lists"),
        404: ("nothing is there, or the token cannot see it",
              "check names and scopes of the source with capstream check --online"),
        410: ("the vendor has removed this address", "update Capstream, or check edition and url"),
        422: ("the host does not accept the request", _KEYS),
    }
)  # fmt: skip
_LONGEST = 200
_AGAIN = "run the command again: it asks for a new link"


def refusal(status: int, body: str, *, is_download: bool = False) -> tuple[str, str]:
    """Return what is wrong and what to do.

    Args:
        status: Status of the answer, 400 or above.
        body: Its body, without secrets.
        is_download: The address was a link of an earlier answer, good for a short time.
    """
    if is_download:
        return f"the download link has expired (status {status})", _AGAIN
    message, remedy = _MEANINGS.get(
        status, ("the host refused", "check the source with capstream check --online")
    )
    said = " ".join(body.split())[:_LONGEST]
    is_page = said.lstrip().startswith("<")
    return f"{message} (status {status}{'' if not said or is_page else f': {said}'})", remedy
