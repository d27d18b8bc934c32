"""Web hooks are told what they asked for, in their own form, and never break what they tell of."""

from __future__ import annotations

import json
import socketserver
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from capstream.company.operation_sections import Notification
from orchestration.lib.notifications import draft_event, tell
from orchestration.lib.web_hooks import message_for


class Hook:
    """A hook on loopback that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.status = 200
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                hook.told.append(json.loads(content))
                self.send_response(hook.status)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/secret-path"


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    started = Hook()
    monkeypatch.setenv("HOOK", started.address)
    yield started
    started.server.shutdown()
    started.server.server_close()


def entry(*events: str) -> Notification:
    return Notification.model_validate({"webhook_env": "HOOK", "events": list(events)})


def test_a_hook_hears_what_it_asked_for(hook: Hook) -> None:
    assert tell([entry("run", "close")], "close", "2026-10 is closed") == []
    assert tell([entry("run", "close")], "reopen", "2026-10 is open again") == []
    assert hook.told == [{"text": "2026-10 is closed"}]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_hook_that_refuses_breaks_nothing_and_stays_secret(hook: Hook, status: int) -> None:
    hook.status = status
    (untold,) = tell([entry("run")], "run", "the draft stands")
    assert f"the hook of HOOK failed (HTTPError {status})" in untold
    assert "secret-path" not in untold


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "the variable HOOK of notify is not set"),
        ("http://example.test/hook", "holds no https address"),
        ("file:///etc/passwd", "holds no https address"),
        ("http://127.0.0.1:1/secret-path", "failed (URLError)"),
    ],
)
def test_an_address_that_does_not_answer_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, address: str, words: str
) -> None:
    monkeypatch.setenv("HOOK", address)
    (untold,) = tell([entry("run")], "run", "the draft stands")
    assert words in untold
    assert "secret-path" not in untold


def test_teams_takes_a_card_and_others_text() -> None:
    card = message_for("acme.webhook.office.com", "closed")
    assert card["attachments"][0]["content"]["body"][0]["text"] == "closed"
    assert message_for("hooks.slack.com", "closed") == {"text": "closed"}


def test_a_draft_says_whether_it_may_be_closed() -> None:
    assert draft_event("2026-10", passes=True)[0] == "run"
    assert draft_event("2026-10", passes=False)[0] == "check_failed"


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as a message needs; the server keeps what was delivered."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.told.append(b"".join(lines).decode())  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 well\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A mail server on loopback, named by MAIL; what it was given."""
    server = socketserver.TCPServer(("127.0.0.1", 0), _Mail)
    told: list[str] = []
    server.told = told  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setenv("MAIL", f"mailto://127.0.0.1:{server.server_address[1]}{MAIL_PEOPLE}")
    yield told
    server.shutdown()
    server.server_close()


MAIL_PEOPLE = "?from=books@example.test&to=finance@example.test&mode=insecure"
MAILED = Notification.model_validate({"address_env": "MAIL", "events": ["close"]})


def test_a_mail_is_sent_through_the_library(post: list[str]) -> None:
    assert tell([MAILED], "close", "2026-10 is closed") == []
    (mail,) = post
    assert "To: finance@example.test" in mail
    assert "Subject: Capstream" in mail
    assert "2026-10 is closed" in mail


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"mailto://mail.example.test{MAIL_PEOPLE}", "MAIL sends in the clear"),
        (f"mailtos://mail.example.test{MAIL_PEOPLE}", "MAIL sends in the clear"),
        ("mailtos://u:p@mail.example.test?verify=no", "MAIL sends in the clear"),
        ("json://chat.example.test/secret-path", "MAIL sends in the clear"),
        ("no address at all", "MAIL holds no address that is known"),
        ("json://127.0.0.1:1/secret-path", "the service of MAIL did not take it"),
    ],
)
def test_a_service_that_cannot_be_used_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], address: str, words: str
) -> None:
    monkeypatch.setenv("MAIL", address)
    (untold,) = tell([MAILED], "close", "2026-10 is closed")
    assert words in untold
    assert "example.test" not in untold + "".join(capfd.readouterr())
    assert "secret-path" not in untold


def test_without_the_library_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL", "mailtos://u:p@mail.example.test")
    monkeypatch.setitem(sys.modules, "apprise", None)
    (untold,) = tell([MAILED], "close", "2026-10 is closed")
    assert "pip install 'capstream[notify]'" in untold
