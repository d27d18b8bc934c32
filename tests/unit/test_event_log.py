"""The orchestrator's events in one file: whole or not at all, by several threads at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dagster as dg
import pytest
from sqlalchemy import func, select

from capstream.warehouse.engines.variables import variables
from orchestration.lib.event_log import OneEngineEventLogStorage
from orchestration.lib.home import dagster_home, orchestrator_environment


@dg.asset
def loaded() -> int:
    return 1


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    (tmp_path / "capstream.yaml").write_text("", encoding="utf-8")
    with (
        variables(orchestrator_environment(tmp_path, dagster_home(tmp_path))),
        dg.DagsterInstance.get() as opened,
    ):
        assert isinstance(opened.event_log_storage, OneEngineEventLogStorage)
        yield opened


def test_an_event_and_its_index_stand_together_or_not_at_all(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    dg.materialize([loaded], instance=instance)
    before = stored_events(instance)

    def refused(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(OneEngineEventLogStorage, "_store_asset_event", refused)
    with pytest.raises(OSError, match="the disk is full"):
        instance.report_runless_asset_event(dg.AssetMaterialization(loaded.key))
    assert stored_events(instance) == before
    monkeypatch.undo()
    instance.report_runless_asset_event(dg.AssetMaterialization(loaded.key))
    assert stored_events(instance) == before + 1


def test_threads_write_their_own_transactions(instance: dg.DagsterInstance) -> None:
    before = stored_events(instance)
    one = dg.AssetMaterialization(loaded.key)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: instance.report_runless_asset_event(one), range(40)))
    assert stored_events(instance) == before + 40
    assert len(instance.fetch_materializations(loaded.key, limit=100).records) == 40


def stored_events(instance: dg.DagsterInstance) -> int:
    """Count the events of the file."""
    from dagster._core.storage.event_log.schema import SqlEventLogStorageTable

    storage = instance.event_log_storage
    assert isinstance(storage, OneEngineEventLogStorage)
    counted = select(func.count()).select_from(SqlEventLogStorageTable)
    with storage.index_connection() as connection:
        return int(connection.execute(counted).scalar_one())


def test_events_wait_for_no_disk_and_the_file_stays_whole(instance: dg.DagsterInstance) -> None:
    storage = instance.event_log_storage
    assert isinstance(storage, OneEngineEventLogStorage)
    with storage.index_connection() as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar_one() == "wal"
        normal = connection.exec_driver_sql("pragma synchronous").scalar_one()
    assert normal == 1
