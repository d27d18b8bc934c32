"""Limits of vendors: how an answer says that it was too much, and how long to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from requests import Response

_RESETS = ("x-ratelimit-reset", "ratelimit-reset", "x-ratelimit-requests-reset")
_LEFT = ("x-ratelimit-remaining", "ratelimit-remaining", "x-ratelimit-requests-remaining")
_EPOCH = 1_000_000_000
"""A reset beyond this is a moment, below it is a number of seconds."""


def is_limit(answer: Response) -> bool:
    """Say whether a refusal is a limit: GitHub's and others' 403 that says when to come back."""
    if answer.status_code == 429:
        return True
    if answer.status_code != 403:
        return False
    has_none_left = any(answer.headers.get(name) == "0" for name in _LEFT)
    return has_none_left or "Retry-After" in answer.headers or b"rate limit" in answer.content


def is_graphql_limit(value: Any) -> bool:
    """Say whether a GraphQL answer with status 200 is a limit (GitHub, Linear)."""
    errors = value.get("errors") if isinstance(value, dict) else None
    if not isinstance(errors, list):
        return False
    codes = {
        str(code).upper().replace("_", "")
        for error in errors if isinstance(error, dict)
        for code in (error.get("type"), (error.get("extensions") or {}).get("code"))
    }  # fmt: skip
    return "RATELIMITED" in codes


def asked_wait(answer: Response, now: datetime) -> float | None:
    """Return the seconds that an answer asks to wait; None where it does not say.

    Args:
        answer: A refusal.
        now: The moment; a date in the answer is compared with the host's own clock if it tells it.
    """
    host_now = moment_of(answer.headers.get("Date")) or now
    stated = answer.headers.get("Retry-After")
    if stated:
        return _seconds(stated, host_now)
    for name in _RESETS:
        if answer.headers.get(name) and any(answer.headers.get(left) == "0" for left in _LEFT):
            return _seconds(answer.headers[name], host_now)
    return None


def _seconds(text: str, now: datetime) -> float | None:
    try:
        number = float(text)
    except ValueError:
        moment = moment_of(text)
        return None if moment is None else max(0.0, (moment - now).total_seconds())
    return max(0.0, number - now.timestamp()) if number > _EPOCH else max(0.0, number)


def moment_of(text: str | None) -> datetime | None:
    """Read the date of a header; None where there is none."""
    try:
        moment = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
