"""Repositories of another host, fetched into bare ones of our own and read from there.

A branch that the host deletes stays: work that was merged by squashing is still found.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from capstream.company.sources import GitSource
from capstream.connectors.api.secret import Redaction, read_secret
from capstream.connectors.git.clone import Clone
from capstream.connectors.git.connector import GitConnector
from capstream.connectors.times import TimeReader
from capstream.errors import SourceError

_REFS = tuple(f"+refs/{kind}/*:refs/{kind}/*" for kind in ("heads", "tags", "notes"))
# Nothing but the named host is asked: no redirect, no submodule, no program of the repository's.
_SETTINGS = (
    "-c", "http.followRedirects=false", "-c", "http.sslVerify=true",
    "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.allow=never", "-c", "protocol.https.allow=always",
    "-c", "protocol.http.allow=always", "-c", "credential.helper=", "-c", "core.askPass=",
    "-c", "fetch.recurseSubmodules=false", "-c", "gc.auto=0",
    "-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=60",
)  # fmt: skip
_REMEDY = "check url and token of the source, then run the command again: it goes on"


class RemoteGitConnector(GitConnector):
    """Reads repositories that it fetches first.

    Args:
        root: The company folder.
        source: The entry of `sources`.
        times: Reader of times.
    """

    def __init__(self, root: Path, source: GitSource, times: TimeReader) -> None:
        self._source = source
        self._times = times
        self._files = {}
        self._remotes = [Remote(root, source, url) for url in source.url]
        self._clones = {each.clone.name: each.clone for each in self._remotes}

    def fetch(self, *, full: bool, told: Callable[[str], None]) -> None:
        """Bring what is new into our repositories; git goes on where it was stopped.

        Raises:
            SourceError: A host refuses or does not answer.
        """
        del full  # what git has is whole: an object is named by what it holds
        for number, remote in enumerate(self._remotes, 1):
            told(f"repositories: {number} of {len(self._remotes)}")
            remote.fetch()

    @property
    def is_whole(self) -> bool:
        """Whether everything was brought anew: never, git adds to what it has."""
        return False

    def accept(self) -> None:
        """Keep what has become public; nothing else was kept."""


class Remote:
    """One repository of another host and the bare one that mirrors it.

    Args:
        root: The company folder.
        source: The entry of `sources`.
        url: Address of the repository.
    """

    def __init__(self, root: Path, source: GitSource, url: str) -> None:
        path = re.sub(r"[^A-Za-z0-9._-]+", "_", url.partition("://")[2].removesuffix(".git"))
        self._name = f"var/git/{source.name}/{path}.git"
        self._folder = root / self._name
        self._source = source
        self._url = url
        self.clone = Clone(source.name, self._folder, self._name, source.repository)

    def fetch(self) -> None:
        """Fetch branches, tags and notes.

        Raises:
            SourceError: The host refuses or does not answer.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.rglob("*.lock"):  # of a load that was killed: one runs at a time
            left.unlink()
        self._git("init", "--quiet", "--bare", str(self._folder))
        inside = ("-C", str(self._folder))
        self._git(*inside, "config", "remote.origin.url", self._url)
        self._git(*inside, "fetch", "--quiet", "--no-tags", "--force", "origin", *_REFS)

    def findings(self) -> Iterator[str]:
        """Ask the host what there is, without fetching it."""
        listed = self._git("ls-remote", self._url).splitlines()
        counts = {kind: sum(f"\trefs/{kind}/" in line for line in listed)
                  for kind in ("heads", "tags", "notes")}  # fmt: skip
        yield (
            f"{self._url}: {counts['heads']:,} branches, {counts['tags']:,} tags and "
            f"{counts['notes']:,} kinds of notes are seen"
        )

    def _git(self, *arguments: str) -> str:
        settings, secrets = self._authorisation()
        redaction = Redaction(secrets)
        try:
            done = subprocess.run(  # noqa: S603 -- a fixed program, no shell
                ["git", *_SETTINGS, *arguments],  # noqa: S607 -- the git that the user has
                check=False, capture_output=True,
                env={**os.environ, **settings, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
                     "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull},
            )  # fmt: skip
        except FileNotFoundError as error:
            raise SourceError(self._source.name, "git is not installed", "install git") from error
        if done.returncode != 0:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
            words = redaction.text(f"git cannot read {self._url} ({lines[-1]})")
            raise SourceError(self._source.name, words, _REMEDY)
        return done.stdout.decode("utf-8", "replace")

    def _authorisation(self) -> tuple[Mapping[str, str], list[str]]:
        """Return settings that carry the token past every list of processes, and its forms."""
        if not self._source.token_env:
            return {}, []
        token = read_secret(self._source.name, self._source.token_env)
        encoded = base64.b64encode(f"token:{token.reveal}".encode()).decode()
        settings = {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{self._url}.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {encoded}",
        }
        return settings, [token.reveal, encoded]


def git_findings(root: Path, source: GitSource) -> Iterator[str]:
    """Ask every host what its token sees, one sentence a repository."""
    for url in source.url:
        yield from Remote(root, source, url).findings()
