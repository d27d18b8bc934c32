"""A host on loopback: it counts requests, checks the token, and breaks when it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

TOKEN = "sek-7f3a9b2c-never-shown"  # noqa: S105 -- the token that no table may show
VARIABLE = "CAPSTREAM_TEST_TOKEN"
NOW = "Sun, 01 Nov 2026 00:00:00 GMT"


@dataclass(frozen=True)
class Asked:
    """A request as a site reads it."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]
    base: str


@dataclass(frozen=True)
class Reply:
    """What a site answers; `value` is written as JSON."""

    value: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"


class Site(Protocol):
    """A vendor's system."""

    def answer(self, asked: Asked) -> Reply: ...


class Host:
    """Serves a site and applies faults to the requests of given numbers, the first being 1."""

    def __init__(self, site: Site, *, is_open: bool = False) -> None:
        self.site = site
        self.count = 0
        self.faults: dict[int, str] = {}
        self.always = ""
        self.date = NOW
        self.is_revoked = False
        self.is_open = is_open
        self.last: Reply | None = None
        self.list: tuple[str, str] | None = None
        self.paths: list[str] = []
        self.url = ""
        self.lock = threading.Lock()

    def fault(self) -> str:
        return self.faults.get(self.count) or self.always

    def handled(self, asked: Asked) -> tuple[Reply, str]:
        with self.lock:
            self.count += 1
            self.paths.append(asked.path)
            fault = self.fault()
            if self.is_revoked or not (self.is_open or is_shown(asked)):
                return Reply({"message": f"bad credentials {TOKEN}"}, 401), ""
            if fault in STATIC:
                return STATIC[fault], fault
            is_same_list, self.list = self.list == listed(asked), listed(asked)
            if fault == "repeat" and is_same_list and self.last is not None:
                return self.last, ""
            reply = self.site.answer(asked)
            if fault == "lose":
                reply = Reply(_without_last(reply.value), reply.status, reply.headers)
            self.last = reply
            return reply, fault


def listed(asked: Asked) -> tuple[str, str]:
    """Name the list that a request asks a page of: the request without its place in the list."""
    body = asked.body if isinstance(asked.body, dict) else {}
    variables = body.get("variables") or {}
    kept = {**asked.query, **body, **variables, "variables": None}
    shown = {name: value for name, value in kept.items() if name not in _PLACES}
    return asked.path, json.dumps(shown, sort_keys=True)


_PLACES = frozenset({"after", "nextPageToken", "startAt", "page", "offset", "$skip",
                     "continuationToken", "$top", "first"})  # fmt: skip


def is_shown(asked: Asked) -> bool:
    """Say whether any header carries the token, plainly or as Basic authorisation."""
    import base64

    for value in asked.headers.values():
        if TOKEN in value:
            return True
        if value.startswith("Basic ") and TOKEN in base64.b64decode(value[6:]).decode():
            return True
    return False


STATIC = {
    "429": Reply({"message": "slow down"}, 429, {"Retry-After": "7"}),
    "429-bare": Reply({"message": "slow down"}, 429),
    "403-limit": Reply({"message": "secondary rate limit"}, 403, {"Retry-After": "3"}),
    "500": Reply({"message": "oops"}, 500),
    "502-page": Reply("<html>bad gateway</html>", 502, kind="text/html"),
    "type": Reply("<html>sign in</html>", 200, kind="text/html"),
    "empty": Reply(None, 200, kind="application/json"),
    "elsewhere": Reply({}, 302, {"Location": "https://elsewhere.test/login"}),
    "gone": Reply({"errorMessages": ["removed"]}, 410),
    "forbidden": Reply({"message": "missing scope"}, 403),
}


def written(reply: Reply) -> bytes:
    """Return the body of a reply: bytes as they are, JSON, or a page."""
    if isinstance(reply.value, bytes):
        return reply.value
    if reply.kind != "application/json":
        return str(reply.value).encode()
    return b"" if reply.value is None else json.dumps(reply.value).encode()


def _without_last(value: Any) -> Any:
    """Take the last entry out of the longest list of an answer that is a list of records."""
    if isinstance(value, list):
        return value[:-1]
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "edges" and isinstance(inner, list) and inner and isinstance(inner[0], dict):
                without = {**value, key: inner[:-1]}
                return {**without, "edges": value["edges"][:-1]} if "edges" in value else without
            changed = _without_last(inner) if isinstance(inner, dict) else inner
            if changed != inner:
                return {**value, key: changed}
    return value


def _handler(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body are two writes: no wait between them

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(json.loads(self.rfile.read(length) or b"null"))

        def _answer(self, body: Any) -> None:
            parts = urlsplit(self.path)
            query = {name: ",".join(values) for name, values in parse_qs(parts.query).items()}
            asked = Asked(self.command, parts.path, query, body, dict(self.headers), host.url)
            reply, fault = host.handled(asked)
            if fault == "timeout":
                time.sleep(0.4)
            content = written(reply)
            if fault == "half":
                content = content[: len(content) // 2]
            self.send_response_only(reply.status)
            self.send_header("Date", host.date)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if fault == "cut":
                self.wfile.write(content[: len(content) // 2])
                self.wfile.flush()
                self.connection.close()
                self.close_connection = True
            else:
                self.wfile.write(content)

    return Handler


@contextmanager
def serving(site: Site, **options: Any) -> Iterator[Host]:
    """Serve a site on loopback for the length of a block."""
    host = Host(site, **options)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(host))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    host.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
