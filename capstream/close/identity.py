"""The identity of a run: the same inputs, sources, rules, code and month give the same id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import duckdb

import capstream
from capstream.close.digests import file_hashes, value_sha256
from capstream.types import Month
from capstream.warehouse import connect, warehouse_path

CONFIGURATION_FILES = ("capstream.yaml", "value_streams.yaml", "workflow.yaml")

_PROJECT = Path(capstream.__file__).resolve().parent.parent
_SHIPPED_FOLDERS = ("capstream", "orchestration", "reports", "dbt_project", "policies")
_SHIPPED_SUFFIXES = frozenset({".py", ".sql", ".yml", ".yaml", ".json"})
_NOT_SHIPPED = frozenset({"target", "logs", "__pycache__"})


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """What a run was made of.

    Attributes:
        run_id: Hash over everything below.
        month: The month, `YYYY-MM`.
        as_of: The data-as-of that was asked for; empty when none was.
        inputs_sha256: Hash over configuration, policies and input tables.
        sources_sha256: Hash over the content that each source has in the warehouse.
        code_version: Version and content hash of the shipped code.
        kept_through: The last closed month that the run kept instead of computing it again; empty
            for a whole run.
    """

    run_id: str
    month: str
    as_of: str
    inputs_sha256: str
    sources_sha256: str
    code_version: str
    kept_through: str = ""


def run_identity(company: Path, month: Month) -> RunIdentity:
    """Identify a run of a company's month on what the warehouse holds.

    Raises:
        WarehouseError: The warehouse cannot be read.
    """
    parts = {
        "month": str(month),
        "as_of": asked_as_of(company),
        "inputs_sha256": value_sha256(input_hashes(company)),
        "sources_sha256": value_sha256(source_hashes(company)),
        "code_version": code_version(),
    }
    if kept := kept_through(company):
        parts["kept_through"] = kept
    return RunIdentity(run_id=value_sha256(parts), **parts)


def identity_values(identity: RunIdentity) -> Mapping[str, str]:
    """Return the identity as plain values for a manifest; a whole run keeps no month."""
    values = asdict(identity)
    if not identity.kept_through:
        del values["kept_through"]
    return values


def input_hashes(company: Path) -> Mapping[str, str]:
    """Return the hash of every file the company wrote, by relative path."""
    files = [company / name for name in CONFIGURATION_FILES]
    files += (company / "policies").glob("*.yaml")
    files += (path for path in (company / "inputs").rglob("*") if _is_input(path))
    return file_hashes(company, (path for path in files if path.is_file()))


def source_hashes(company: Path) -> Mapping[str, str]:
    """Return the content hash of every source's record types as they stand in the warehouse."""
    with connect(warehouse_path(company), read_only=True) as connection:
        rows = connection.execute(
            "select source, record_type, content_hash from ops.source_loads order by all"
        ).fetchall()
    return {f"{source}/{record_type}": str(content) for source, record_type, content in rows}


def asked_as_of(company: Path) -> str:
    """Return the data-as-of that the run was given; empty when none was."""
    with connect(warehouse_path(company), read_only=True) as connection:
        rows = connection.execute("select as_of_at from company.settings").fetchall()
    return str(rows[0][0] or "") if rows else ""


def kept_through(company: Path) -> str:
    """Return the last month that the warehouse's run kept as closed; empty after a whole run."""
    with connect(warehouse_path(company), read_only=True) as connection:
        try:
            rows = connection.execute(
                "select max(month_key) from company.months where not is_computed"
            ).fetchall()
        except duckdb.BinderException:  # a run of an older version, which computed every month
            return ""
    return str(rows[0][0] or "")


@cache
def code_version() -> str:
    """Return the version and the content hash of the code that ships, `0.1.0+<12 digits>`."""
    digest = value_sha256(file_hashes(_PROJECT, _shipped_files()))
    return f"{capstream.__version__}+{digest[:12]}"


def git_commit() -> str:
    """Return the commit checked out beside the code; empty outside a repository."""
    git = _PROJECT / ".git"
    head = git / "HEAD"
    if not head.is_file():
        return ""
    content = head.read_text(encoding="utf-8").strip()
    if not content.startswith("ref: "):
        return content
    reference = content.removeprefix("ref: ")
    if (git / reference).is_file():
        return (git / reference).read_text(encoding="utf-8").strip()
    return _packed_commit(git / "packed-refs", reference)


def _packed_commit(packed: Path, reference: str) -> str:
    if not packed.is_file():
        return ""
    for line in packed.read_text(encoding="utf-8").splitlines():
        commit, _, name = line.partition(" ")
        if name == reference:
            return commit
    return ""


def _shipped_files() -> Iterator[Path]:
    for folder in _SHIPPED_FOLDERS:
        for path in (_PROJECT / folder).rglob("*"):
            if path.suffix in _SHIPPED_SUFFIXES and not _NOT_SHIPPED.intersection(path.parts):
                yield path


def _is_input(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$"))
