"""git as tables: `<repository>.commits`, `.commit_files` and `.tags`, Parquet or CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from capstream.connectors.records import RawRecord, Rejection
from capstream.connectors.table_files import column_names, row_record, table_rows
from capstream.errors import InputError, Problem

_NAME = re.compile(r"(?P<repository>.+)\.(?P<table>commits|commit_files|tags)\.(?:parquet|csv)")
_RECORD_TYPES = {"commits": "commit", "commit_files": "commit_file", "tags": "tag"}
_REQUIRED = {
    "commits": ("sha", "author_id", "author_time", "commit_time"),
    "commit_files": ("sha", "path"),
    "tags": ("tag", "commit_sha"),
}
_KEPT = {
    "commits": (
        "sha", "parents", "author_name", "author_id", "author_time", "committer_name",
        "committer_id", "commit_time", "message", "files", "insertions", "deletions",
    ),
    "commit_files": ("sha", "path", "insertions", "deletions"),
    "tags": ("tag", "commit_sha", "tagged_at", "commit_time"),
}  # fmt: skip


def is_git_table(path: Path) -> bool:
    """Say whether a file's name is one of the three tables of a repository."""
    return _NAME.fullmatch(path.name) is not None


class RepositoryNames:
    """Names the repository of each table: its column `repo`, else the file's name.

    Files of changes and tags may lack the column; the commits beside them have it.
    """

    def __init__(self, configured: str | None) -> None:
        self._configured = configured
        self._by_stem: dict[str, str] = {}

    def named(self, path: Path, values: Mapping[str, object]) -> str:
        """Return the repository of a row."""
        stem = _matched(path)["repository"]
        if self._configured:
            return self._configured
        own = values.get("repo")
        if isinstance(own, str) and own:
            self._by_stem.setdefault(stem, own)
            return own
        return self._by_stem.get(stem) or self._from_commits(path, stem)

    def _from_commits(self, path: Path, stem: str) -> str:
        """Look the name up in the first row of the commits beside the file."""
        self._by_stem[stem] = stem
        for suffix in ("parquet", "csv"):
            commits = path.with_name(f"{stem}.commits.{suffix}")
            first = (
                next(iter(table_rows(commits, commits.name)), None) if commits.exists() else None
            )
            if isinstance(first, RawRecord) and first.value.get("repo"):
                self._by_stem[stem] = str(first.value["repo"])
        return self._by_stem[stem]


def git_rows(path: Path, name: str, names: RepositoryNames) -> Iterator[RawRecord | Rejection]:
    """Stream the rows of one table, each with its repository and record type.

    Raises:
        InputError: A column is missing or the file is damaged.
    """
    table = _matched(path)["table"]
    _refuse_missing_columns(path, name, table)
    for row in table_rows(path, name):
        if isinstance(row, Rejection):
            yield row
            continue
        kept = {column: row.value.get(column) for column in _KEPT[table]}
        repository = names.named(path, row.value)
        yield row_record({"record": _RECORD_TYPES[table], "repo": repository, **kept}, row.origin)


def _refuse_missing_columns(path: Path, name: str, table: str) -> None:
    missing = [column for column in _REQUIRED[table] if column not in column_names(path, name)]
    if missing:
        message = f"the table of {table} has no column {', '.join(missing)}"
        remedy = "export it with the columns of the contract, section 5"
        raise InputError([Problem(name, 1, missing[0], message, remedy)])


def _matched(path: Path) -> re.Match[str]:
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise ValueError(f"{path.name} is no table of a repository")
    return match
