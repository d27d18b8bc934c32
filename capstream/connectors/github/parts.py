"""The parts of a GitHub record, read one by one: what cannot be read is set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from capstream.connectors.accounts import actor_row
from capstream.connectors.edges import explained
from capstream.connectors.github.models import User
from capstream.connectors.records import NormalisedRecord, Rejection, UnusableValueError

GHOST = "ghost"
"""The account GitHub shows for users that no longer exist."""

Part = TypeVar("Part", bound=BaseModel)
Read = TypeVar("Read")


def login_of(*users: User | None) -> str:
    """Return the first login there is; of nobody, the ghost."""
    return next((user.login for user in users if user is not None), GHOST)


def usable_parts(
    record: NormalisedRecord,
    part_type: str,
    values: Iterable[Any],
    model: type[Part],
    read: Callable[[Part], Read],
) -> list[Read]:
    """Read each part; a part that cannot be read becomes a rejection of the record."""
    found: list[Read] = []
    for value in values:
        try:
            found.append(read(model.model_validate(value)))
        except (ValidationError, UnusableValueError) as error:
            column, reason, remedy = explained(error)
            native = value if isinstance(value, dict) else {}
            key = native.get("id") or native.get("sha")
            record.rejections.append(
                Rejection(
                    part_type, str(key) if key else None, record.raw.origin, column, reason, remedy
                )
            )
    return found


def add_actors(record: NormalisedRecord, users: Iterable[User | None]) -> None:
    """Add a row for each account; GitHub's type `Bot` is a bot."""
    for user in users:
        if user is not None:
            row = actor_row(
                user.login,
                is_declared_bot=user.type == "Bot",
                display_name=user.name,
                email=user.email,
            )
            record.rows.append(("actors", row))
