"""Repositories of another host are cloned once and fetched ever after; their token is not shown."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

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


class Handler(SimpleHTTPRequestHandler):
    """Answers git's plain requests for files."""

    server: Serving

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        shown = self.headers.get("Authorization", "")
        self.server.shown += (shown,)
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


def test_the_host_says_what_the_token_sees(company: LoadingCompany) -> None:
    (words,) = online_findings(company.root, company.source)
    assert words.endswith("1 branches, 1 tags and 1 kinds of notes are seen")
