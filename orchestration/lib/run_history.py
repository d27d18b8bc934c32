"""Runs that the orchestrator remembers longer than the company asked for."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import dagster as dg
from dagster._core.storage.dagster_run import FINISHED_STATUSES

_AT_ONCE = 500


def old_runs(instance: dg.DagsterInstance, days: int | None, now: datetime) -> list[str]:
    """Return the ids of finished runs older than so many days; the last of each job stays."""
    if days is None:
        return []
    before = dg.RunsFilter(
        created_before=now - timedelta(days=days), statuses=list(FINISHED_STATUSES)
    )
    newest = {
        name: instance.get_run_records(dg.RunsFilter(job_name=name), limit=1)[0].dagster_run.run_id
        for name in {job for _, job in _runs(instance, before)}
    }
    return [run_id for run_id, job in _runs(instance, before) if newest[job] != run_id]


def _runs(instance: dg.DagsterInstance, filters: dg.RunsFilter) -> Iterator[tuple[str, str]]:
    cursor = None
    while runs := instance.get_runs(filters, cursor=cursor, limit=_AT_ONCE):
        yield from ((run.run_id, run.job_name) for run in runs)
        cursor = runs[-1].run_id
