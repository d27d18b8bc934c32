"""Questions to one host: single answers, paged lists and GraphQL, each answer with its origin."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from requests import PreparedRequest

from capstream.connectors.api.authorisation import Authorisation
from capstream.connectors.api.clock import Clock
from capstream.connectors.api.secret import Redaction
from capstream.connectors.api.session import GuardedSession, Patience
from capstream.connectors.dlt_library import quiet_dlt
from capstream.connectors.whole_numbers import whole_number
from capstream.errors import SourceError

_ODD = "run the command again; if it stays, report it with this message"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered.

    Attributes:
        items: The records of a page; of a single answer, the answer itself.
        body: The whole answer.
        origin: Method, address and parameters of the request, without secrets.
        fetched_at: When it was answered, UTC.
        headers: Headers of the answer.
    """

    items: list[Any]
    body: Any
    origin: str
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)


class Api:
    """Asks one host.

    Args:
        source: Name of the source, for messages.
        base_url: The configured address.
        authorisation: Shows who asks; None where the address itself is signed.
        clock: Stamps answers and lets waits pass.
        patience: When to give up.
        headers: Headers of every request.
    """

    def __init__(
        self,
        source: str,
        base_url: str,
        *,
        authorisation: Authorisation | None,
        clock: Clock,
        patience: Patience | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        quiet_dlt()
        from dlt.common.configuration.specs.runtime_configuration import RuntimeConfiguration
        from dlt.sources.helpers.rest_client.client import RESTClient

        self.source = source
        self.base_url = base_url.rstrip("/")
        self.clock = clock
        self._redaction = Redaction(authorisation.forms if authorisation else ())
        self.session = GuardedSession(
            source, self.base_url, redaction=self._redaction, clock=clock, patience=patience
        )
        self._client = RESTClient(
            self.base_url, headers={"Accept": "application/json", **(headers or {})},
            auth=authorisation, session=self.session, config=RuntimeConfiguration(),
        )  # fmt: skip

    def one(
        self, path: str, *, params: Mapping[str, Any] | None = None, body: Any = None
    ) -> Answer:
        """Ask for a single answer; with a body the request is a POST.

        Raises:
            SourceError: The host refuses or does not answer.
        """
        response = self._client.request(
            path,
            method="GET" if body is None else "POST",
            params=dict(params or {}),
            json=copy.deepcopy(body),
        )
        value = response.json()
        items = value if isinstance(value, list) else [value]
        origin = self._origin(response.request)
        return Answer(items, value, origin, self.clock.now(), response.headers)

    def pages(
        self,
        path: str,
        *,
        items: str,
        paginator: Any,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
    ) -> Iterator[Answer]:
        """Ask page by page.

        Args:
            path: Address below the base.
            items: Dotted path of the list in the answer; `$` where the answer is the list.
            paginator: How the host pages, one of dlt's.
            params: Parameters of the first request.
            body: Body of the first request; its presence makes it a POST.

        Raises:
            SourceError: The host refuses, an answer has no such list, or paging does not advance.
        """
        asked: set[str] = set()
        walked = self._client.paginate(
            path, method="GET" if body is None else "POST", params=dict(params or {}),
            json=copy.deepcopy(body), paginator=paginator, data_selector=items,
            hooks={"response": []},
        )  # fmt: skip
        for page in walked:
            request = page.response.request
            self._refuse_repetition(request, asked)
            answered = page.response.json()
            self._refuse_errors(answered, self._origin(request))
            self._refuse_shape(answered, items, request)
            origin, headers = self._origin(request), page.response.headers
            yield Answer(list(page), answered, origin, self.clock.now(), headers)

    def graphql(
        self, query: str, variables: Mapping[str, Any], *, path: str, passing: str = ""
    ) -> Answer:
        """Ask a GraphQL question.

        Args:
            query: The question.
            variables: Its variables.
            path: Address below the base.
            passing: Type of error that the answer may name and still be good.

        Raises:
            SourceError: The host refuses or the answer names errors.
        """
        answer = self.one(path, body={"query": query, "variables": dict(variables)})
        self.require_good(answer, passing)
        return answer

    def require_good(self, answer: Answer, passing: str = "") -> None:
        """Refuse a GraphQL answer that names errors.

        Args:
            answer: The answer.
            passing: Type of error that it may name and still be good.

        Raises:
            SourceError: It names another error.
        """
        self._refuse_errors(answer.body, answer.origin, passing)

    def download(self, url: str) -> bytes:
        """Fetch a file that an answer of the host linked to; no authorisation goes with it.

        Raises:
            SourceError: The link has expired or does not answer.
        """
        import requests

        self.session.allow(url)
        self.session.is_download = True
        try:
            request = self.session.prepare_request(requests.Request("GET", url))
            return bytes(self.session.send(request).content)
        finally:
            self.session.is_download = False

    def require_all(self, answer: Answer, seen: int, total: object, what: str) -> None:
        """Refuse a list that ended before as many records as the host says there are.

        Args:
            answer: Its last page.
            seen: Records on all its pages.
            total: What the host says; None or empty where it says nothing.
            what: Name of the records.

        Raises:
            SourceError: Some are missing.
        """
        promised = whole_number(str(total or ""))
        if promised is not None and seen < promised:
            message = f"{seen:,} of {promised:,} {what} were listed"
            raise self.failure(answer, message, "run the command again: a page lost some")

    def failure(self, answer: Answer, message: str, remedy: str = _ODD) -> SourceError:
        """Return the error that an answer cannot be used."""
        return SourceError(self.source, f"{answer.origin}: {message}", remedy)

    def _origin(self, request: PreparedRequest) -> str:
        """Name a request with its parameters; a body that asks only for the next page is short."""
        body = request.body or b""
        text = body.decode() if isinstance(body, bytes) else str(body)
        shown = f"{request.method} {request.url}"
        if text:
            values = json.loads(text)
            shown += " " + json.dumps(values.get("variables", values), sort_keys=True)
        return self._redaction.text(shown[:500])

    def _refuse_repetition(self, request: PreparedRequest, asked: set[str]) -> None:
        key = f"{request.url} {request.body!r}"
        if key in asked:
            raise SourceError(
                self.source, f"{self.session.named(request)}: the host names the same page again",
                _ODD,
            )  # fmt: skip
        asked.add(key)

    def _refuse_errors(self, body: Any, origin: str, passing: str = "") -> None:
        """Refuse a GraphQL answer that names errors, also when part of it is there."""
        named = body.get("errors") if isinstance(body, dict) else None
        errors = [
            each for each in (named if isinstance(named, list) else ())
            if not (passing and isinstance(each, dict) and each.get("type") == passing)
        ]  # fmt: skip
        if errors:
            said = errors[0].get("message") if isinstance(errors[0], dict) else errors[0]
            raise SourceError(
                self.source,
                self._redaction.text(f"{origin}: the host answers with an error ({said})"),
                "grant the scopes that the connector's README lists, or correct the source's keys",
            )

    def _refuse_shape(self, body: Any, items: str, request: PreparedRequest) -> None:
        found = body
        for name in [] if items == "$" else items.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, list):
            raise SourceError(
                self.source, f"{self.session.named(request)}: the answer has no list {items}", _ODD
            )
