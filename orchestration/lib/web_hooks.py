"""A message posted to a web hook, in the form that its host takes."""

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

PATIENCE_SECONDS = 10
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_CARD_HOSTS = (".webhook.office.com", ".logic.azure.com", ".powerplatform.com")


def posted(address: str, variable: str, text: str) -> str:
    """Post a text; return what went wrong in words that do not repeat the address.

    Args:
        address: An https address, or http on loopback.
        variable: The environment variable that holds it, to be named.
        text: What happened.
    """
    parts = urllib.parse.urlsplit(address)
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and (parts.hostname or "") in LOOPBACK
    )
    if not is_safe:
        return f"nobody was told: {variable} holds no https address: correct it"
    try:
        _post(address, message_for(parts.hostname or "", text))
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        # The reason may repeat the address, which is a secret: only its kind is shown.
        kind = f"{type(error).__name__}{f' {error.code}' if hasattr(error, 'code') else ''}"
        return f"nobody was told: the hook of {variable} failed ({kind}): examine it"
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
