"""The dbt project parsed once per version of its files, and run in this process.

Parsing takes about as long as a whole month's models. The parsed project is kept beside the
code, keyed by the content of the project, and handed to every call: no call parses again, and
a killed run takes dbt with it because dbt has no process of its own.
"""

import importlib.metadata
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capstream.close.digests import file_hashes, value_sha256
from capstream.errors import WarehouseError
from capstream.warehouse.engines import Engine
from capstream.warehouse.engines.variables import variables
from capstream.warehouse.memory import SETTING, computing_memory

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
CACHE = PROJECT.parent / ".cache" / "dbt"
DEFAULT_DATABASE = "capstream"
PARSED = "partial_parse.msgpack"
DUCKDB = "duckdb"
KEY_LENGTH = 16
KEPT_PARSES = 3
"""Parses of earlier versions that stay: a process may still be reading one of them."""

_BUILT = frozenset({"target", "logs"})


def prepared_project(database: str = DEFAULT_DATABASE, target: str = DUCKDB) -> Path:
    """Return the folder of the parsed project for a database name; parse it when missing.

    Args:
        database: Name of the warehouse file without its ending, or of another engine's database:
            dbt writes it into every relation while it parses.
        target: Name of dbt's output in `profiles.yml`.

    Returns:
        A folder with `manifest.json` and `partial_parse.msgpack`.
    """
    name = database if target == DUCKDB else f"{target}-{database}"
    folder = CACHE / f"{name}-{_project_key()}"
    if not (folder / "manifest.json").is_file():
        _parse_into(folder, name, target)
    return folder


@cache
def _project_key() -> str:
    files = (path for path in PROJECT.rglob("*") if _is_project_file(path))
    version = importlib.metadata.version("dbt-core")
    return value_sha256([version, file_hashes(PROJECT, files)])[:KEY_LENGTH]


def _is_project_file(path: Path) -> bool:
    return path.is_file() and not _BUILT.intersection(path.relative_to(PROJECT).parts)


def _parse_into(folder: Path, name: str, target: str) -> None:
    """Parse aside and rename: two processes may prepare the same project at once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        written = Path(scratch) / "target"
        written.mkdir()
        for earlier in _oldest_first(name)[-1:]:  # dbt then reads only what changed since
            shutil.copy(earlier / PARSED, written / PARSED)
        # One path for every parse, since dbt reads all anew when a setting differs; never opened.
        with _environment(CACHE / f"{name}.duckdb"):
            _finished(_invoke(["parse"], written, None, target))
        kept = Path(scratch) / "kept"
        kept.mkdir()
        for file in ("manifest.json", PARSED):
            shutil.copy(written / file, kept / file)
        for outdated in _oldest_first(name)[:-KEPT_PARSES]:
            shutil.rmtree(outdated, ignore_errors=True)
        if not folder.exists():
            kept.rename(folder)


def _oldest_first(name: str) -> list[Path]:
    kept = CACHE.glob(f"{name}-{'[0-9a-f]' * KEY_LENGTH}")
    return sorted(kept, key=lambda folder: folder.stat().st_mtime)


def run_models(
    warehouse: Path,
    artefacts: Path,
    selection: Sequence[str] = (),
    engine: Engine | None = None,
    memory: str = "",
) -> "dbtRunnerResult":
    """Build the models in one dbt call.

    Args:
        warehouse: The DuckDB file.
        artefacts: Folder for dbt's artefacts and log.
        selection: Names of models, or dbt's selectors; empty means all.
        engine: The engine that builds them in place of DuckDB.
        memory: What DuckDB may hold, in its words; its share of the machine by default.

    Returns:
        dbt's result: `.success`, and one result a node in `.result`.
    """
    target = engine.target if engine else DUCKDB
    database = engine.database if engine else warehouse.stem
    selected = ["--select", *selection] if selection else []
    own = engine.environment() if engine else nullcontext()
    with _environment(warehouse, memory), own:
        manifest = _manifest(prepared_project(database, target))
        return _invoke(["run", "--no-write-json", *selected], artefacts, manifest, target)


def _manifest(folder: Path) -> "Manifest":
    from dbt.contracts.graph.manifest import Manifest

    manifest = Manifest.from_msgpack((folder / PARSED).read_bytes())
    # What models see as `graph`: only parsing builds it by itself.
    manifest.build_flat_graph()  # type: ignore[no-untyped-call]
    return manifest


def _invoke(
    arguments: Sequence[str], artefacts: Path, manifest: "Manifest | None", target: str
) -> "dbtRunnerResult":
    from dbt.cli.main import dbtRunner

    folders = {
        "--project-dir": PROJECT,
        "--profiles-dir": PROJECT,
        "--target-path": artefacts,
        "--log-path": artefacts,
        "--target": target,
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


def _environment(warehouse: Path, memory: str = "") -> AbstractContextManager[None]:
    """Name the warehouse and its memory to dbt, and keep it from calling home."""
    settings = {"CAPSTREAM_WAREHOUSE": str(warehouse), SETTING: memory or computing_memory()}
    return variables({**settings, "DO_NOT_TRACK": "1"})


if __name__ == "__main__":  # set-up parses the project, so that the first run need not
    prepared_project()
