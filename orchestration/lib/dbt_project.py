"""The dbt project parsed once per version of its files, and run in this process.

Parsing takes about as long as a whole month's models. The parsed project is kept beside the
code, keyed by the content of the project, and handed to every call: no call parses again, and
a killed run takes dbt with it because dbt has no process of its own.
"""

import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capstream.close.digests import file_hashes, value_sha256
from capstream.errors import WarehouseError

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
CACHE = PROJECT.parent / ".cache" / "dbt"
DEFAULT_DATABASE = "capstream"
PARSED = "partial_parse.msgpack"
KEPT_PARSES = 3
"""Parses of earlier versions that stay: a process may still be reading one of them."""

_BUILT = frozenset({"target", "logs"})


def prepared_project(database: str = DEFAULT_DATABASE) -> Path:
    """Return the folder of the parsed project for a database name; parse it when missing.

    Args:
        database: Name of the warehouse file without its ending: dbt writes it into every
            relation while it parses.

    Returns:
        A folder with `manifest.json` and `partial_parse.msgpack`.
    """
    folder = CACHE / f"{database}-{_project_key()}"
    if not (folder / "manifest.json").is_file():
        _parse_into(folder, database)
    return folder


@cache
def _project_key() -> str:
    files = (path for path in PROJECT.rglob("*") if _is_project_file(path))
    version = importlib.metadata.version("dbt-core")
    return value_sha256([version, file_hashes(PROJECT, files)])[:16]


def _is_project_file(path: Path) -> bool:
    return path.is_file() and not _BUILT.intersection(path.relative_to(PROJECT).parts)


def _parse_into(folder: Path, database: str) -> None:
    """Parse aside and rename: two processes may prepare the same project at once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        target = Path(scratch) / "target"
        target.mkdir()
        for earlier in _oldest_first(database)[-1:]:  # dbt then reads only what changed since
            shutil.copy(earlier / PARSED, target / PARSED)
        # One path for every parse, since dbt reads all anew when a setting differs; never opened.
        with _environment(CACHE / f"{database}.duckdb"):
            _finished(_invoke(["parse"], target, None))
        kept = Path(scratch) / "kept"
        kept.mkdir()
        for name in ("manifest.json", PARSED):
            shutil.copy(target / name, kept / name)
        for outdated in _oldest_first(database)[:-KEPT_PARSES]:
            shutil.rmtree(outdated, ignore_errors=True)
        if not folder.exists():
            kept.rename(folder)


def _oldest_first(database: str) -> list[Path]:
    return sorted(CACHE.glob(f"{database}-*"), key=lambda folder: folder.stat().st_mtime)


def run_models(warehouse: Path, target: Path, selection: Sequence[str] = ()) -> "dbtRunnerResult":
    """Build the models in one dbt call.

    Args:
        warehouse: The DuckDB file.
        target: Folder for dbt's artefacts and log.
        selection: Names of models; empty means all.

    Returns:
        dbt's result: `.success`, and one result a node in `.result`.
    """
    manifest = _manifest(prepared_project(warehouse.stem))
    with _environment(warehouse):
        selected = ["--select", *selection] if selection else []
        return _invoke(["run", "--no-write-json", *selected], target, manifest)


def _manifest(folder: Path) -> "Manifest":
    from dbt.contracts.graph.manifest import Manifest

    manifest = Manifest.from_msgpack((folder / PARSED).read_bytes())
    # What models see as `graph`: only parsing builds it by itself.
    manifest.build_flat_graph()  # type: ignore[no-untyped-call]
    return manifest


def _invoke(
    arguments: Sequence[str], target: Path, manifest: "Manifest | None"
) -> "dbtRunnerResult":
    from dbt.cli.main import dbtRunner

    folders = {
        "--project-dir": PROJECT,
        "--profiles-dir": PROJECT,
        "--target-path": target,
        "--log-path": target,
    }
    options = [str(text) for pair in folders.items() for text in pair]
    # A sixth of the processor time would go into a log of events that nobody reads.
    quiet = ["--quiet", "--no-send-anonymous-usage-stats", "--log-level", "none"]
    quiet += ["--log-level-file", "warn"]
    try:
        return dbtRunner(manifest=manifest).invoke([*quiet, *arguments, *options])
    finally:
        _release_database()


def _finished(result: "dbtRunnerResult") -> None:
    if not result.success:
        raise WarehouseError(f"dbt could not read its project: {result.exception}")


def _release_database() -> None:
    """Close dbt's connection, so that readers in this process may open the file."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    # dbt-duckdb keeps one connection for the life of the process and has no public way to end it.
    manager: Any = DuckDBConnectionManager
    if manager._ENV is not None:  # noqa: SLF001
        manager._ENV.close()  # noqa: SLF001
    manager.close_all_connections()


@contextmanager
def _environment(warehouse: Path) -> Iterator[None]:
    """Name the warehouse to dbt, keep it from calling home, and put back what stood before."""
    values = {"CAPSTREAM_WAREHOUSE": str(warehouse), "DO_NOT_TRACK": "1"}
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


if __name__ == "__main__":  # set-up parses the project, so that the first run need not
    prepared_project()
