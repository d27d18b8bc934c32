"""Repositories of another host are cloned once and fetched ever after; their token is not shown."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from capstream.connectors import open_connector
from capstream.connectors.registry import online_findings
from capstream.errors import SourceError
from tests.connectors.hosts.host import TOKEN, VARIABLE
from tests.connectors.loading_company import LoadingCompany
from tests.connectors.test_git import commit, git

NOTE = 'a.py\n  k1 1-3\n---\n{"prompts": {"k1": {"agent_id": {"tool": "cursor", "model": "m"}}}}'


class Serving(ThreadingHTTPServer):
    """A static host of bare repositories that takes a token."""

    is_revoked = False
    shown: tuple[str, ...] = ()
    killed: Callable[[], None] = staticmethod(lambda: None)
    kills_at = 0


class Handler(SimpleHTTPRequestHandler):
    """Answers git's plain requests for files."""

    server: Serving

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        shown = self.headers.get("Authorization", "")
        self.server.shown += (shown,)
        if len(self.server.shown) == self.server.kills_at:
            self.server.killed()
        if self.server.is_revoked or not shown.startswith("Basic "):
            self.send_error(403, f"not with {shown}")
        else:
            super().do_GET()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    repository = tmp_path / "work"
    repository.mkdir()
    git(repository, "init", "-q", "-b", "main")
    sha = commit(repository, "a.py", b"1\n2\n3\n", "one")
    git(repository, "notes", "--ref=refs/notes/ai", "add", "-m", NOTE, sha)
    git(repository, "tag", "v1")
    return repository


@pytest.fixture
def host(tmp_path: Path, work: Path) -> Iterator[Serving]:
    served = tmp_path / "served"
    git(tmp_path, "clone", "-q", "--mirror", str(work), str(served / "team" / "app.git"))
    git(served / "team" / "app.git", "update-server-info")
    server = Serving(
        ("127.0.0.1", 0),
        lambda *given: Handler(*given, directory=str(served)),  # type: ignore[arg-type]
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def company(tmp_path: Path, host: Serving, monkeypatch: pytest.MonkeyPatch) -> LoadingCompany:
    monkeypatch.setenv(VARIABLE, TOKEN)
    url = f"http://127.0.0.1:{host.server_port}/team/app.git"
    return LoadingCompany(
        tmp_path / "company", kind="git", mode="api", url=[url], token_env=VARIABLE
    )


def published(tmp_path: Path, work: Path) -> None:
    """Let the host have what the work has."""
    bare = tmp_path / "served" / "team" / "app.git"
    git(bare, "fetch", "-q", str(work), "+refs/*:refs/*")
    git(bare, "update-server-info")


def test_a_repository_is_cloned_then_fetched(
    tmp_path: Path, work: Path, company: LoadingCompany
) -> None:
    company.load()
    assert company.rows("commits", "repository, message") == [("team/app", "one")]
    assert company.rows("tags", "tag") == [("v1",)]
    assert company.rows("ai_evidence", "tool, lines") == [("cursor", 3)]
    assert company.load().is_skipped
    git(work, "checkout", "-q", "-b", "side")
    commit(work, "b.py", b"b\n", "two")
    published(tmp_path, work)
    company.load()
    assert company.rows("commits", "message") == [("one",), ("two",)]


def test_a_fetched_repository_reads_like_a_clone(
    tmp_path: Path, work: Path, company: LoadingCompany
) -> None:
    company.load()
    cloned = LoadingCompany(
        tmp_path / "other", kind="git", path=str(work), allow_outside=True, repository="team/app"
    )
    cloned.load()
    assert company.tables() == cloned.tables()


def test_a_refused_token_costs_no_row_and_is_not_shown(
    tmp_path: Path, company: LoadingCompany, host: Serving, capfd: pytest.CaptureFixture[str]
) -> None:
    company.load()
    before = company.tables()
    host.is_revoked = True
    with pytest.raises(SourceError, match="git cannot read http") as caught:
        company.load()
    assert company.tables() == before
    assert any(host.shown)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for text in (TOKEN, *filter(None, host.shown)):
        assert text not in str(caught.value) + "".join(capfd.readouterr())
        assert text.encode() not in written


def fetched(company: LoadingCompany) -> list[str]:
    """Fetch only; return every record that the repositories give."""
    connector: Any = open_connector(company.root, company.source)
    connector.fetch(full=False, told=lambda _: None)
    names = frozenset(extract.name for extract in connector.extracts())
    return sorted(record.payload for record in connector.records(names))


def test_a_kill_at_any_request_of_git_is_made_good(
    tmp_path: Path, company: LoadingCompany, host: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, count = fetched(company), len(host.shown)
    assert len(whole) > 2
    started: list[subprocess.Popen[bytes]] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": options["env"]}
        with subprocess.Popen(command, start_new_session=True, **pipes) as process:
            started.append(process)
            told = process.communicate()
            return subprocess.CompletedProcess(command, process.returncode, *told)

    monkeypatch.setattr("capstream.connectors.git.remote.subprocess.run", run)
    host.killed = lambda: os.killpg(started[-1].pid, signal.SIGKILL)
    for place in range(1, count + 1):
        other = LoadingCompany(tmp_path / f"killed-{place}", **company.source.model_dump(
            include={"kind", "mode", "url", "token_env"}))  # fmt: skip
        host.shown, host.kills_at = (), place
        with pytest.raises(SourceError, match="git cannot read"):
            fetched(other)
        host.kills_at = 0
        assert fetched(other) == whole, place


def test_a_lock_that_a_killed_git_left_stops_nobody(
    tmp_path: Path, work: Path, company: LoadingCompany
) -> None:
    whole = fetched(company)
    (mirror,) = (company.root / "var" / "git").rglob("*.git")
    for name in ("refs/heads/main.lock", "packed-refs.lock", "config.lock"):
        (mirror / name).touch()
    commit(work, "b.py", b"b\n", "two")
    published(tmp_path, work)
    assert len(fetched(company)) > len(whole)


def test_the_host_says_what_the_token_sees(company: LoadingCompany) -> None:
    (words,) = online_findings(company.root, company.source)
    assert words.endswith("1 branches, 1 tags and 1 kinds of notes are seen")
