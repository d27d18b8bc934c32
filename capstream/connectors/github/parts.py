"""The parts of a GitHub record, read one by one: what cannot be read is set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
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


def events_of_kind(events: Iterable[Any], kinds: AbstractSet[str]) -> list[Any]:
    """Return the events whose name is one of the kinds."""
    return [each for each in events if _event_name(each) in kinds]


def reject_unnamed_events(record: NormalisedRecord, events: object) -> None:
    """Set aside what stands among the events and does not say which event it is."""
    for place, each in enumerate(events if isinstance(events, list) else ()):
        if not _event_name(each):
            reason, remedy = "the event does not say what happened", "export the events again"
            record.rejections.append(
                Rejection("event", None, record.raw.origin, f"events.{place}", reason, remedy)
            )


def _event_name(event: Any) -> str:
    name = event.get("event") if isinstance(event, dict) else None
    return name if isinstance(name, str) else ""


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
