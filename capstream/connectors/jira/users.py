"""Accounts of Jira users; Cloud answers may leave the account id blank."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from capstream.connectors.accounts import actor_row
from capstream.connectors.jira.models import User

ANONYMOUS = "anonymous"
"""The account of comments and worklogs whose author Jira does not name."""


def account_of(user: User | None) -> str | None:
    """Return the account: accountId (Cloud), else name or key (Server); None for nobody.

    Where the id is blank, the user's own address still carries it.
    """
    if user is None:
        return None
    return user.account_id or _from_address(user.self_url) or user.name or user.key or None


def _from_address(address: str | None) -> str | None:
    if not address or "?" not in address:
        return None
    found = parse_qs(urlsplit(address).query).get("accountId")
    return found[0] if found else None


def jira_actor(user: User, account: str) -> dict[str, str | None]:
    """Return a row of `actors`; Jira's account type `app` is a bot."""
    return actor_row(
        account,
        is_declared_bot=user.account_type == "app",
        display_name=user.display_name,
        email=user.email,
    )
