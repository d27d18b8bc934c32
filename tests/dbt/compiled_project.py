"""The compiled dbt project: one `dbt compile` per state of the files, remembered under .cache/."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "dbt_project"
CACHE = ROOT / ".cache" / "dbt"
GENERATED = {"target", "logs", "dbt_packages"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a model or a source declares."""

    name: str
    data_type: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A model with its compiled SQL, or a source (no SQL)."""

    schema: str
    name: str
    sql: str | None
    parents: tuple[str, ...]
    columns: tuple[Column, ...]
    is_contract: bool
    is_view: bool

    @property
    def identifier(self) -> str:
        """`schema.name`, as the compiled SQL names it behind the database."""
        return f"{self.schema}.{self.name}"


@cache
def compiled_relations(target: str = "duckdb") -> Mapping[str, Relation]:
    """Return every model and source by `schema.name`; compiles only when a file has changed.

    Args:
        target: The engine whose SQL is meant; PostgreSQL's address must stand in the environment.
    """
    stored = CACHE / f"{target}-{_project_hash()}.json"
    if not stored.exists():
        with _only_one_compiles():
            if not stored.exists():
                _compile_into(stored, target)
    manifest = json.loads(stored.read_text(encoding="utf-8"))
    return {relation.identifier: relation for relation in _relations(manifest)}


def _project_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(PROJECT.rglob("*")):
        parts = path.relative_to(PROJECT).parts
        if path.is_file() and parts[0] not in GENERATED and path.suffix in {".sql", ".yml"}:
            digest.update("/".join(parts).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@contextmanager
def _only_one_compiles() -> Iterator[None]:
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _compile_into(stored: Path, target: str) -> None:
    arguments = ["compile", "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    arguments += ["--target", target, "--no-populate-cache"]
    arguments += ["--target-path", str(CACHE / "target"), "--log-path", str(CACHE / "logs")]
    finished = subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), "--quiet", *arguments],
        env={**os.environ, "CAPSTREAM_WAREHOUSE": ":memory:", "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise AssertionError(f"dbt compile failed:\n{finished.stdout}{finished.stderr}")
    written = stored.with_suffix(".part")
    written.write_bytes((CACHE / "target" / "manifest.json").read_bytes())
    written.replace(stored)


def _relations(manifest: Mapping[str, Mapping[str, dict]]) -> Iterator[Relation]:
    places = {
        unique_id: f"{node['schema']}.{node.get('identifier') or node['name']}"
        for group in ("nodes", "sources")
        for unique_id, node in manifest[group].items()
        if node["resource_type"] in {"model", "source"}
    }
    for unique_id, place in places.items():
        node = manifest["nodes"].get(unique_id) or manifest["sources"][unique_id]
        schema, name = place.split(".")
        yield Relation(
            schema=schema,
            name=name,
            sql=node.get("compiled_code"),
            parents=tuple(
                places[parent]
                for parent in node.get("depends_on", {}).get("nodes", ())
                if parent in places
            ),
            columns=tuple(
                Column(column["name"], column["data_type"])
                for column in node["columns"].values()
                if column.get("data_type")
            ),
            is_contract=bool(node.get("config", {}).get("contract", {}).get("enforced")),
            is_view=node.get("config", {}).get("materialized") == "view",
        )
