"""Words to a web hook when a draft stands, a check fails, a run fails or a month is closed.

Only what is configured under `notify` is told, only to the address in its environment variable,
and never an amount: a chat channel is read by more people than the books. A hook that does not
answer never fails the work that it would have told of.
"""

import http.client
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from capstream.company.config_sections import Notification

PATIENCE_SECONDS = 10
_CARD_HOSTS = (".webhook.office.com", ".logic.azure.com", ".powerplatform.com")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def tell(entries: Sequence[Notification], event: str, text: str) -> list[str]:
    """Tell every entry that asked for the event; return what could not be told, in words.

    Args:
        entries: The `notify` entries of the configuration.
        event: `run`, `check_failed`, `failed`, `close` or `reopen`.
        text: What happened, without amounts.
    """
    untold = (_told(entry, text) for entry in entries if event in entry.events)
    return [words for words in untold if words]


def _told(entry: Notification, text: str) -> str:
    address = os.environ.get(entry.webhook_env, "")
    if not address:
        return f"nobody was told: the variable {entry.webhook_env} of notify is not set: set it"
    parts = urllib.parse.urlsplit(address)
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and (parts.hostname or "") in _LOOPBACK
    )
    if not is_safe:
        return f"nobody was told: {entry.webhook_env} holds no https address: correct it"
    try:
        _post(address, message_for(parts.hostname or "", text))
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        # The reason may repeat the address, which is a secret: only its kind is shown.
        kind = f"{type(error).__name__}{f' {error.code}' if hasattr(error, 'code') else ''}"
        return f"nobody was told: the hook of {entry.webhook_env} failed ({kind}): examine it"
    return ""


def message_for(host: str, text: str) -> Mapping[str, Any]:
    """Return the message in the form of the host: a card for Teams, text for Slack and others."""
    return _card(text) if host.endswith(_CARD_HOSTS) else {"text": text}


def _card(text: str) -> Mapping[str, Any]:
    """Return an adaptive card, the only form that workflows of Teams take."""
    return {
        "type": "message",
        "attachments": [
            {
                "contentType": "application/vnd.microsoft.card.adaptive",
                "content": {
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "body": [{"type": "TextBlock", "text": text, "wrap": True}],
                },
            }
        ],
    }


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A hook that sends elsewhere is not followed: the address is the one that was configured."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def _post(address: str, message: Mapping[str, Any]) -> None:
    request = urllib.request.Request(  # noqa: S310 - https, or loopback
        address,
        data=json.dumps(message).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    opener = urllib.request.build_opener(_NoRedirects)
    with opener.open(request, timeout=PATIENCE_SECONDS) as answer:
        answer.read(1 << 16)


def draft_event(month: object, *, passes: bool) -> tuple[str, str]:
    """Return event and words for a draft that stands."""
    if passes:
        return "run", f"The draft of {month} stands and every blocking check passes: review it."
    return (
        "check_failed",
        f"The draft of {month} stands, but a blocking check fails: see its cover.",
    )


def tell_or_say(
    entries: Sequence[Notification], event: str, text: str, say: Callable[[str], object]
) -> None:
    """Tell, and say on the console what could not be told."""
    for words in tell(entries, event, text):
        say(words)
