"""The repositories' main branches as tables of commits, files and tags (contract, section 5)."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from capstream.sample.company_plan import Team
from capstream.sample.files import write_parquet
from capstream.sample.main_line import FORGE_MAIL, MainLine
from capstream.sample.messages import commit_message
from capstream.sample.records import Commit
from capstream.sample.shipping import release_tags
from capstream.sample.working_time import with_offset
from capstream.sample.world import World

_COMMITS = pa.schema(
    [
        ("repo", pa.string()),
        ("sha", pa.string()),
        ("parents", pa.string()),
        ("author_name", pa.string()),
        ("author_id", pa.string()),
        ("author_time", pa.string()),
        ("committer_name", pa.string()),
        ("committer_id", pa.string()),
        ("commit_time", pa.string()),
        ("message", pa.string()),
        ("files", pa.int64()),
        ("insertions", pa.int64()),
        ("deletions", pa.int64()),
    ]
)
_FILES = pa.schema(
    [
        ("sha", pa.string()),
        ("path", pa.string()),
        ("insertions", pa.int32()),
        ("deletions", pa.int32()),
    ]
)
_TAGS = pa.schema(
    [
        ("repo", pa.string()),
        ("tag", pa.string()),
        ("commit_sha", pa.string()),
        ("tagged_at", pa.string()),
        ("commit_time", pa.string()),
    ]
)


def write_git(world: World, folder: Path) -> None:
    """Write three tables per repository."""
    for traces, line in zip(world.traces, world.lines, strict=True):
        team = traces.team
        commits = [_commit(team, commit) for commit in line.commits]
        write_parquet(folder / f"{team.service}.commits.parquet", _COMMITS, commits)
        files = [
            {"sha": c.sha, "path": f.path, "insertions": f.insertions, "deletions": f.deletions}
            for c in line.commits
            for f in c.files
        ]
        write_parquet(folder / f"{team.service}.commit_files.parquet", _FILES, files)
        write_parquet(folder / f"{team.service}.tags.parquet", _TAGS, _tags(team, line))


def _commit(team: Team, commit: Commit) -> dict[str, object]:
    is_by_forge = commit.committed != commit.authored or len(commit.parents) > 1
    committed = with_offset(commit.committed or commit.authored, commit.zone)
    return {
        "repo": team.repository,
        "sha": commit.sha,
        "parents": " ".join(commit.parents),
        "author_name": commit.author.name,
        "author_id": commit.email,
        "author_time": with_offset(commit.authored, commit.zone).isoformat(),
        "committer_name": "GitHub" if is_by_forge else commit.author.name,
        "committer_id": FORGE_MAIL if is_by_forge else commit.email,
        "commit_time": committed.isoformat(),
        "message": commit_message(commit),
        "files": len(commit.files),
        "insertions": sum(change.insertions for change in commit.files),
        "deletions": sum(change.deletions for change in commit.files),
    }


def _tags(team: Team, line: MainLine) -> list[dict[str, object]]:
    return [
        {
            "repo": team.repository,
            "tag": name,
            "commit_sha": sha,
            "tagged_at": at.isoformat(),
            "commit_time": at.isoformat(),
        }
        for name, sha, at in release_tags(line)
    ]
