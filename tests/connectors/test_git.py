"""Clones and tables of git become the same neutral rows."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from capstream.errors import InputError, SourceError
from tests.connectors.loading_company import LoadingCompany, utc

AUTHOR = "Ada <Ada@Example.test>"


def git(repository: Path, *arguments: str, at: str = "2026-03-02T09:00:00+02:00") -> str:
    identity = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "Ada@Example.test",
                "GIT_COMMITTER_NAME": "Bo", "GIT_COMMITTER_EMAIL": "bo@example.test",
                "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": "2026-04-02T09:00:00+00:00",
                "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}  # fmt: skip
    done = subprocess.run(
        ["git", "-C", str(repository), *arguments],
        check=True, capture_output=True, text=True, env={**os.environ, **identity},
    )  # fmt: skip
    return done.stdout.strip()


def commit(repository: Path, path: str, content: bytes, message: str, **options: Any) -> str:
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_bytes(content)
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", message, **options)
    return git(repository, "rev-parse", "HEAD")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    repository = tmp_path / "sources" / "checkout"
    repository.mkdir(parents=True)
    git(repository, "init", "-q", "-b", "main")
    return repository


def company_of(root: Path, path: str = "sources/checkout", **source: Any) -> LoadingCompany:
    return LoadingCompany(root, kind="git", path=path, **source)


def test_a_clone_gives_commits_with_author_time_and_changed_files(
    tmp_path: Path, clone: Path
) -> None:
    first = commit(clone, "src/näme.py", b"a\nb\n", "CHK-1: start\n\nCo-Authored-By: X")
    second = commit(clone, "logo.png", b"\0\1\2", "logo")
    company = company_of(tmp_path)
    company.load()
    assert company.rows(
        "commits", "repository, sha, author, authored_at, committed_at, additions, files"
    ) == sorted(
        ("checkout", sha, "ada@example.test", utc("2026-03-02T07:00"), utc("2026-04-02T09:00"),
         lines, 1)
        for sha, lines in ((first, 2), (second, 0))
    )  # fmt: skip
    assert sorted(company.rows("commit_files", "path, insertions, deletions"), key=str) == sorted(
        [("src/näme.py", 2, 0), ("logo.png", None, None)], key=str
    )
    messages = company.query(f"select message from raw.commits where sha = '{first}'")
    assert messages == [("CHK-1: start\n\nCo-Authored-By: X",)]


def test_the_repository_is_named_by_its_remote(tmp_path: Path, clone: Path) -> None:
    commit(clone, "a", b"a", "one")
    git(clone, "remote", "add", "origin", "git@github.com:example/checkout.git")
    company = company_of(tmp_path)
    company.load()
    assert company.rows("commits", "repository") == [("example/checkout",)]


def test_tags_are_peeled_and_keep_typographic_quotes(tmp_path: Path, clone: Path) -> None:
    sha = commit(clone, "a", b"a", "one")
    git(clone, "tag", "-a", "-m", "release", "v1.0")
    git(clone, "tag", "“v1.1”")
    company = company_of(tmp_path, deployments="tags")
    company.load()
    assert company.rows("tags", "tag, sha, tagged_at") == [
        ("v1.0", sha, utc("2026-04-02T09:00")), ("“v1.1”", sha, utc("2026-04-02T09:00")),
    ]  # fmt: skip
    assert company.rows("deployments", "ref, sha, environment, status") == [
        ("v1.0", sha, "production", "success"), ("“v1.1”", sha, "production", "success"),
    ]  # fmt: skip


def test_merges_carry_two_parents_and_no_lines(tmp_path: Path, clone: Path) -> None:
    base = commit(clone, "a", b"a", "one")
    git(clone, "checkout", "-q", "-b", "side")
    side = commit(clone, "b", b"b", "two")
    git(clone, "checkout", "-q", "main")
    other = commit(clone, "c", b"c", "three")
    git(clone, "merge", "-q", "--no-ff", "-m", "merge", "side")
    company = company_of(tmp_path)
    company.load()
    rows = company.query("select parents, files from raw.commits where message = 'merge'")
    assert rows == [(f'["{other}", "{side}"]', 0)]
    assert base in str(company.rows("commits", "parents"))


def test_an_unchanged_clone_is_not_read_again(tmp_path: Path, clone: Path) -> None:
    commit(clone, "a", b"a", "one")
    company = company_of(tmp_path)
    assert not company.load().is_skipped
    assert company.load().is_skipped
    commit(clone, "b", b"b", "two")
    assert company.load().counts["commits"] == 2


def test_an_empty_repository_has_no_commits(tmp_path: Path, clone: Path) -> None:
    assert company_of(tmp_path).load().counts["commits"] == 0


def test_a_bare_repository_reads_like_a_clone(tmp_path: Path, clone: Path) -> None:
    commit(clone, "a", b"a", "one")
    git(tmp_path, "clone", "-q", "--bare", str(clone), str(tmp_path / "bare" / "checkout.git"))
    git(tmp_path / "bare" / "checkout.git", "remote", "remove", "origin")
    cloned, bare = company_of(tmp_path), company_of(tmp_path / "b", "../bare", allow_outside=True)
    cloned.load()
    bare.load()
    assert cloned.tables() == bare.tables()


def test_a_shallow_clone_is_refused(tmp_path: Path, clone: Path) -> None:
    commit(clone, "a", b"a", "one")
    commit(clone, "b", b"b", "two")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{clone}", str(shallow))
    with pytest.raises(SourceError, match="unshallow"):
        company_of(tmp_path, "shallow").load()


def test_tables_give_the_rows_of_the_clone(tmp_path: Path, clone: Path) -> None:
    sha = commit(clone, "a.py", b"a\n", "one")
    git(clone, "tag", "-a", "-m", "x", "v1")
    company_of(tmp_path).load()
    tables = tmp_path / "other" / "sources"
    tables.mkdir(parents=True)
    commit_row = {
        "repo": "checkout", "sha": sha, "parents": "", "author_name": "Ada",
        "author_id": "Ada@Example.test", "author_time": "2026-03-02T09:00:00+02:00",
        "committer_name": "Bo", "committer_id": "bo@example.test",
        "commit_time": "2026-04-02T09:00:00+00:00", "message": "one", "files": 1,
        "insertions": 1, "deletions": 0,
    }  # fmt: skip
    pq.write_table(pa.Table.from_pylist([commit_row]), tables / "checkout.commits.parquet")
    (tables / "checkout.commit_files.csv").write_text(
        f"sha,path,insertions,deletions\n{sha},a.py,1,0\n"
    )
    (tables / "checkout.tags.csv").write_text(
        f"tag,commit_sha,tagged_at,commit_time\nv1,{sha},2026-04-02T09:00:00Z,\n"
    )
    read = company_of(tmp_path / "other", "sources")
    read.load()
    strip = "* exclude (record_type, record_key)"
    for table in ("commits", "commit_files", "tags", "actors"):
        assert read.rows(table, strip) == company_of(tmp_path).rows(table, strip)


def test_a_table_without_a_column_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "checkout.commits.csv").write_text("sha,author_id,author_time\n")
    with pytest.raises(InputError, match="commit_time"):
        company_of(tmp_path, "sources").load()


def test_a_folder_without_git_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    with pytest.raises(InputError, match="no file is at"):
        company_of(tmp_path, "sources").load()
