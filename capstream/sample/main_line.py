"""The main branch of a repository: which commit stands on which, and what was there when."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from capstream.sample.records import Actor, Commit, PullRequest, Traces
from capstream.sample.roster import Person

FORGE_MAIL = "noreply@github.com"


@dataclass(slots=True)
class MainLine:
    """The main branch in time order; `commits` also holds what merges brought in."""

    times: list[datetime] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    commits: list[Commit] = field(default_factory=list)

    def head_at(self, at: datetime) -> str:
        """Return the newest commit on the branch at a time; empty before the first."""
        position = bisect_right(self.times, at)
        return self.heads[position - 1] if position else ""

    def add(self, commit: Commit, at: datetime) -> None:
        """Put a commit on top; never earlier than what is there."""
        at = max(at, self.times[-1] + timedelta(seconds=1)) if self.times else at
        commit.committed = at
        self.times.append(at)
        self.heads.append(commit.sha)
        self.commits.append(commit)


def build_main_line(traces: Traces) -> MainLine:
    """Replay merges and direct commits of one repository in time order, filling in parents."""
    line = MainLine()
    events: list[tuple[datetime, str, PullRequest | Commit]] = [
        (pull.merged, pull.merge_sha, pull) for pull in traces.pulls if pull.merged
    ]
    events += [(commit.authored, commit.sha, commit) for commit in traces.direct_commits]
    for at, _, event in sorted(events, key=lambda e: (e[0], e[1])):
        if isinstance(event, Commit):
            event.parents = _above(line.head_at(at) or (line.heads[-1] if line.heads else ""))
            line.add(event, at)
        else:
            _merge(line, event, at)
    return line


def chain_branch(pull: PullRequest, base: str) -> None:
    """Fill in the parents of a pull request's own commits, from the commit it started at."""
    parent = base
    for commit in pull.commits:
        commit.parents = _above(parent)
        commit.committed = commit.authored
        parent = commit.sha


def _merge(line: MainLine, pull: PullRequest, at: datetime) -> None:
    chain_branch(pull, line.head_at(pull.commits[0].authored))
    top = line.heads[-1] if line.heads else ""
    if pull.team.merge_method == "squash":
        commit = _on_main(pull, pull.author, at, f"{pull.title} (#{pull.number})")
        commit.items = (pull.item,) if pull.item else ()
        commit.parents = _above(top)
        commit.files = [change for part in pull.commits for change in part.files]
        commit.email = pull.commits[0].email
    else:
        line.commits.extend(pull.commits)
        subject = f"Merge pull request #{pull.number} from {pull.branch}"
        commit = _on_main(pull, pull.merged_by or pull.author, at, subject)
        commit.parents = (*_above(top), pull.commits[-1].sha)
    line.add(commit, at)


def _on_main(pull: PullRequest, author: Actor, at: datetime, subject: str) -> Commit:
    zone = author.zone(at.date()) if isinstance(author, Person) else "UTC"
    return Commit(pull.merge_sha, author, zone, at, subject, [], email=author.email)


def _above(parent: str) -> tuple[str, ...]:
    return (parent,) if parent else ()
