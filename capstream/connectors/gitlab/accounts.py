"""Accounts of GitLab."""

from __future__ import annotations

from capstream.connectors.accounts import actor_row
from capstream.connectors.gitlab.models import User
from capstream.connectors.typed_records import Told

GHOST = "ghost"
"""The account GitLab shows for users that no longer exist."""


def account(told: Told, *users: User | None) -> str | None:
    """Return the first account there is and add it to the accounts seen; None for nobody."""
    user = next((each for each in users if each is not None), None)
    if user is None:
        return None
    row = actor_row(user.username, is_declared_bot=bool(user.bot), display_name=user.name)
    told.record.rows.append(("actors", row))
    return user.username
