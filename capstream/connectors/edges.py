"""The edge where native values are checked: what pydantic finds, in our words."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pydantic import ValidationError

from capstream.connectors.records import RecordError, Rejection, UnusableValueError

CORRECT_RECORD = "correct the record in the source and export it again"


def explained(error: ValidationError | UnusableValueError) -> tuple[str, str, str]:
    """Return column, reason and remedy of a value that cannot be used."""
    if isinstance(error, UnusableValueError):
        return "", str(error), error.remedy
    first = error.errors(include_url=False)[0]
    column = ".".join(str(part) for part in first["loc"])
    context = first.get("ctx", {}).get("error")
    remedy = context.remedy if isinstance(context, UnusableValueError) else CORRECT_RECORD
    reason = str(context) if context is not None else first["msg"]
    return column, reason, remedy


def record_error(
    error: ValidationError | UnusableValueError,
    *,
    record_type: str,
    record_key: str | None,
    origin: str,
    column: str = "",
) -> RecordError:
    """Return the refusal of a whole record."""
    found, reason, remedy = explained(error)
    return RecordError(Rejection(record_type, record_key, origin, found or column, reason, remedy))


def json_list(values: Iterable[str]) -> str:
    """Write a list column: JSON, each value once, sorted, so that order never matters."""
    once = set(values)
    return json.dumps(sorted(once), ensure_ascii=False) if once else "[]"
