"""How a request shows who asks: bearer, basic or a header of the vendor's own."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from requests import PreparedRequest
from requests.auth import AuthBase

from capstream.connectors.api.secret import Secret


class Authorisation(AuthBase):
    """Sets one header, and knows every form of its secret that must never be shown.

    Args:
        header: Name of the header.
        value: Its value.
        forms: Texts that give the secret away; the list grows where tokens are renewed.
    """

    def __init__(self, header: str, value: str, forms: Iterable[str]) -> None:
        self._header = header
        self._value = value
        self.forms = list(forms)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put the header on a request."""
        request.headers[self._header] = self._value
        return request

    def __repr__(self) -> str:
        """Show the header's name only."""
        return f"Authorisation({self._header})"


def bearer(token: Secret) -> Authorisation:
    """Return `Authorization: Bearer …`."""
    return Authorisation("Authorization", f"Bearer {token.reveal}", [token.reveal])


def basic(user: str, token: Secret) -> Authorisation:
    """Return `Authorization: Basic …` of a user and a token."""
    encoded = base64.b64encode(f"{user}:{token.reveal}".encode()).decode()
    return Authorisation("Authorization", f"Basic {encoded}", [token.reveal, encoded])


def basic_key(key: Secret) -> Authorisation:
    """Return `Authorization: Basic …` of a key as user, without a password."""
    encoded = base64.b64encode(f"{key.reveal}:".encode()).decode()
    return Authorisation("Authorization", f"Basic {encoded}", [key.reveal, encoded])


def header(name: str, token: Secret, *, prefix: str = "") -> Authorisation:
    """Return a header of the vendor's own, such as `X-API-Key`."""
    return Authorisation(name, f"{prefix}{token.reveal}", [token.reveal])
