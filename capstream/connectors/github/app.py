"""GitHub apps: a signed claim is exchanged for a token of an hour, which is renewed in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from requests import PreparedRequest

from capstream.company.sources import GithubSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import Authorisation
from capstream.connectors.api.clock import Clock
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.secret import Secret, read_secret
from capstream.errors import SourceError

_AGE = timedelta(minutes=9)
"""How long a claim is good; GitHub takes ten minutes at most."""
_SKEW = timedelta(minutes=1)
"""How far the clocks of the two sides may differ."""


class AppClaim(Authorisation):
    """Shows that the request comes from the app, by its private key.

    Args:
        source: Name of the source, for messages.
        app_id: Number or client id of the app.
        key: Its private key, PEM.
        clock: Dates the claim.
    """

    def __init__(self, source: str, app_id: str, key: Secret, clock: Clock) -> None:
        super().__init__("Authorization", "", [key.reveal])
        self._source = source
        self._app_id = app_id
        self._key = key
        self._clock = clock

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign a claim for a request.

        Raises:
            SourceError: The key is no private key.
        """
        import jwt

        now = self._clock.now()
        claim = {"iat": now - _SKEW, "exp": now + _AGE, "iss": self._app_id}
        try:
            signed = jwt.encode(claim, self._key.reveal, algorithm="RS256")
        except (ValueError, jwt.PyJWTError):
            raise SourceError(
                self._source, f"${self._key.variable} holds no private key of an app",
                "put the whole PEM file that GitHub gave out into it",
            ) from None  # fmt: skip
        self.forms.append(signed)
        request.headers["Authorization"] = f"Bearer {signed}"
        return request


class InstallationToken(Authorisation):
    """Shows a token of the app's installation, asked for when it is first needed or ends soon.

    Args:
        app: The host, asked as the app.
        installation_id: Number of the installation.
    """

    def __init__(self, app: Api, installation_id: str) -> None:
        super().__init__("Authorization", "", [])
        self._app = app
        self._path = f"app/installations/{installation_id}/access_tokens"
        self._ends: datetime | None = None
        self._token = ""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put the token on a request.

        Raises:
            SourceError: The host gives out none.
        """
        if self._ends is None or self._app.clock.now() >= self._ends - _SKEW:
            self._renew()
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def _renew(self) -> None:
        answer = self._app.one(self._path, body={})
        token, ends = answer.body.get("token"), answer.body.get("expires_at")
        if not isinstance(token, str) or not isinstance(ends, str):
            raise self._app.failure(answer, "the answer holds no token of the installation")
        self._token, self._ends = token, datetime.fromisoformat(ends)
        self.forms.append(token)


def app_authorisation(source: GithubSource, opening: Opening, host: str) -> InstallationToken:
    """Open the way in of a configured app."""
    key = read_secret(source.name, source.private_key_env or "")
    claim = AppClaim(source.name, source.app_id or "", key, opening.clock)
    return InstallationToken(opening.api(source, host, claim), source.installation_id or "")
