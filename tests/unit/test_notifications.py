"""Web hooks are told what they asked for, in their own form, and never break what they tell of."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from capstream.company.config_sections import Notification
from orchestration.lib.notifications import draft_event, message_for, tell


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
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

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
