"""The orchestrator's history in files and in PostgreSQL: the same runs, pruned the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from capstream.errors import UsageError
from capstream.warehouse.engines.variables import variables
from orchestration.lib.home import dagster_home, orchestrator_environment
from orchestration.lib.run_history import old_runs
from tests.engines.servers import create_database

VARIABLE = "CAPSTREAM_TEST_STORAGE"


@dg.asset
def loaded() -> int:
    return 1


@dg.asset
def drafted() -> int:
    return 1


@pytest.fixture(params=["files", "postgres"])
def instance(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dg.DagsterInstance]:
    """The instance of a company that keeps its history in one place or the other."""
    text = ""
    if request.param == "postgres":
        server = request.getfixturevalue("server")
        monkeypatch.setenv(VARIABLE, create_database(server, "history"))
        text = f"orchestrator: {{storage_env: {VARIABLE}}}\n"
    (tmp_path / "capstream.yaml").write_text(text, encoding="utf-8")
    home = dagster_home(tmp_path)
    with (
        variables(orchestrator_environment(tmp_path, home)),
        dg.DagsterInstance.get() as opened,
    ):
        yield opened
    assert (home / "event_log.db").exists() == (request.param == "files")


def test_a_job_leaves_its_last_run_when_old_ones_go(instance: dg.DagsterInstance) -> None:
    made = [
        dg.materialize([asset], instance=instance).run_id for asset in (loaded, loaded, drafted)
    ]
    assert instance.run_retries_enabled
    now = datetime.now(UTC)
    assert old_runs(instance, 1, now) == []
    assert old_runs(instance, None, now + timedelta(days=900)) == []
    gone = old_runs(instance, 1, now + timedelta(days=2))
    assert set(gone) == set(made[:2])
    for run_id in gone:
        instance.delete_run(run_id)
    assert [run.run_id for run in instance.get_runs()] == made[2:]


def test_a_history_without_an_address_is_refused(tmp_path: Path) -> None:
    text = f"orchestrator: {{storage_env: {VARIABLE}}}\n"
    (tmp_path / "capstream.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=f"{VARIABLE}, which holds no address"):
        orchestrator_environment(tmp_path, tmp_path)
