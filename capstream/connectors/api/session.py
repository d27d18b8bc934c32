"""The one way out: a session that waits, tries again, and calls nobody but the configured host."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import urljoin, urlsplit

import requests
from requests import PreparedRequest, Response

from capstream.connectors.api.clock import Clock
from capstream.connectors.api.refusals import refusal
from capstream.connectors.api.secret import Redaction
from capstream.connectors.api.waiting import asked_wait, is_graphql_limit, is_limit, moment_of
from capstream.errors import SourceError

_MOVED = "redirected"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 522, 524})
_AGAIN = "check the network and the vendor's status page, then run the command again: it resumes"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a load tries before it gives up; seconds.

    Attributes:
        attempts: Tries of one request.
        connect: Wait for a connection.
        read: Wait for the next bytes of an answer.
        first_wait: Wait after the first failure; doubles from there.
        longest_wait: Longest such wait.
        longest_limit: Longest wait that a limit of the vendor may ask for.
    """

    attempts: int = 6
    connect: float = 10
    read: float = 90
    first_wait: float = 1
    longest_wait: float = 60
    longest_limit: float = 3900


class GuardedSession(requests.Session):
    """A session for one source.

    Args:
        source: Name of the source, for messages.
        base_url: The configured address; no other host is called.
        redaction: Cuts secrets out of answers and messages.
        clock: Lets waits pass.
        patience: When to give up.
    """

    def __init__(
        self,
        source: str,
        base_url: str,
        *,
        redaction: Redaction,
        clock: Clock,
        patience: Patience | None = None,
    ) -> None:
        super().__init__()
        self.request_count = 0
        self.last = ""
        self.server_time: datetime | None = None
        self.is_download = False
        self.listeners: list[Callable[[str], None]] = []
        self._source = source
        self._base_url = base_url
        self._origins = {_origin(base_url)}
        self._redaction = redaction
        self._clock = clock
        self._patience = patience or Patience()

    def allow(self, url: str) -> None:
        """Let one more address be called: a download that an answer of the host names."""
        if urlsplit(url).scheme == urlsplit(self._base_url).scheme:
            self._origins.add(_origin(url))

    def send(self, request: PreparedRequest, **options: Any) -> Response:
        """Send a request until it is answered, and return an answer that can be read.

        Raises:
            SourceError: The host refuses, another host is named, or patience ends.
        """
        reason, self.last = "", self.named(request)
        for attempt in range(self._patience.attempts):
            self._refuse_other_host(request)
            answer, reason = self._tried(request, options)
            if answer is not None and not reason:
                return answer
            if reason != _MOVED:
                self._wait(request, answer, attempt)
        message = f"{self.named(request)} failed {self._patience.attempts} times ({reason})"
        raise SourceError(self._source, message, _AGAIN)

    def named(self, request: PreparedRequest) -> str:
        """Return a request as messages name it: method and address, without secrets."""
        parts = urlsplit(request.url or "")
        # A signed link is a secret of its own.
        query = f"?{parts.query}" if parts.query and not self.is_download else ""
        shown = f"{request.method} {parts.scheme}://{parts.netloc}{parts.path}{query[:200]}"
        return self._redaction.text(shown)

    def _tried(
        self, request: PreparedRequest, options: dict[str, Any]
    ) -> tuple[Response | None, str]:
        """Send once; return the answer and what is wrong with it that may pass."""
        options = {
            **options, "allow_redirects": False, "verify": options.get("verify") or True,
            "timeout": (self._patience.connect, self._patience.read),
        }  # fmt: skip
        self.request_count += 1
        try:
            answer = super().send(request, **options)
            content = answer.content
        except requests.exceptions.SSLError:
            self._refuse(request, "the host's certificate cannot be verified",
                         "install the authority that signed it, and run again")  # fmt: skip
        except requests.exceptions.Timeout:
            return None, f"no answer within {self._patience.read:g} s"
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
            return None, self._redaction.text(_broken(error))
        except requests.exceptions.ContentDecodingError:
            return None, "the answer is damaged"
        self.server_time = moment_of(answer.headers.get("Date")) or self.server_time
        return self._judged(request, answer, content)

    def _judged(
        self, request: PreparedRequest, answer: Response, content: bytes
    ) -> tuple[Response | None, str]:
        if answer.status_code in _REDIRECTS:
            self._follow(request, answer)
            return None, _MOVED
        if answer.status_code in _TRANSIENT or is_limit(answer):
            return answer, f"status {answer.status_code}"
        if answer.status_code >= 400:
            shown = self._redaction.text(content.decode("utf-8", "replace"))
            message, remedy = refusal(answer.status_code, shown, is_download=self.is_download)
            self._refuse(request, message, remedy)
        return answer, self._readable(answer, content)

    def _readable(self, answer: Response, content: bytes) -> str:
        """Read the body once; return what is wrong with it."""
        answer._content = self._redaction.content(content)  # noqa: SLF001 -- no public way
        if self.is_download or not answer.content:
            return "" if self.is_download or answer.status_code == 204 else "the answer is empty"
        kind = answer.headers.get("Content-Type", "")
        if "json" not in kind.lower():
            return f"the answer is {kind or 'of no type'} instead of JSON"
        try:
            value = json.loads(answer.content)
        except ValueError:
            return "the answer is cut short or not JSON"
        answer.json = lambda **_: value  # type: ignore[method-assign]
        return "the host's limit" if is_graphql_limit(value) else ""

    def _wait(self, request: PreparedRequest, answer: Response | None, attempt: int) -> None:
        if attempt + 1 >= self._patience.attempts:
            return
        asked = asked_wait(answer, self._clock.now()) if answer is not None else None
        if asked is not None and asked > self._patience.longest_limit:
            self._refuse(request, f"the host asks to wait {asked:,.0f} s",
                         "run the command again later: it resumes where it stopped")  # fmt: skip
        grown = min(self._patience.first_wait * 2**attempt, self._patience.longest_wait)
        seconds = grown if asked is None else asked
        for listener in self.listeners:
            listener(f"waiting {seconds:,.0f} s")
        self._clock.sleep(seconds)

    def _refuse_other_host(self, request: PreparedRequest) -> None:
        if _origin(request.url or "") not in self._origins:
            self._refuse(request, "the address is not of the configured host",
                         "correct url of the source; no other host is called")  # fmt: skip

    def _follow(self, request: PreparedRequest, answer: Response) -> None:
        """Point the request at where the same host moved it; another host is refused."""
        target = urljoin(request.url or "", answer.headers.get("Location", ""))
        if _origin(target) not in self._origins or not target:
            host = urlsplit(target).netloc or "nowhere"
            self._refuse(request, f"the host redirects to {host}, which is refused",
                         "write the host's final address as url of the source")  # fmt: skip
        request.url = target

    def _refuse(self, request: PreparedRequest, message: str, remedy: str) -> NoReturn:
        text = f"{self.named(request)}: {self._redaction.text(message)}"
        raise SourceError(self._source, text, remedy)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _broken(error: Exception) -> str:
    text = str(error)
    if "IncompleteRead" in text or "Connection broken" in text:
        return "the answer was cut short"
    return "the host cannot be reached"
