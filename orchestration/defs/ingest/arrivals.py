"""Loads that start by themselves: every night, and when files were dropped."""

import hashlib
import os
from pathlib import Path

import dagster as dg

from capstream.company import Company
from capstream.company.paths import matching_files
from orchestration.defs.ingest.jobs import ingest_all
from orchestration.lib.resources import COMPANY_VARIABLE, loaded_company

SETTLED_SECONDS = 300
"""Between two looks; a file counts once it looks the same twice, since it may still be written."""

ingest_nightly = dg.ScheduleDefinition(
    name="ingest_nightly",
    job=ingest_all,
    cron_schedule="0 3 * * *",
    description="Every source, before anybody starts to work.",
)


@dg.sensor(
    job=ingest_all,
    minimum_interval_seconds=SETTLED_SECONDS,
    description="Loads what was dropped into the folders of `mode: files`.",
)
def dropped_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for a load when the files of the sources changed and have settled since."""
    company = loaded_company(Path(os.environ[COMPANY_VARIABLE]).resolve())
    seen, _, loaded = (context.cursor or ":").partition(":")
    now = arrivals(company)
    if now == loaded:
        return dg.SkipReason("no file of a source has changed")
    if now != seen:
        context.update_cursor(f"{now}:{loaded}")
        return dg.SkipReason("files have changed; waiting until they stay the same")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=now)], cursor=f"{now}:{now}")


def arrivals(company: Company) -> str:
    """Return a hash over name, size and time of change of every file of a source."""
    lines = [
        f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for source in company.config.sources
        if source.path is not None
        for match in matching_files(company.root, source.path)
        for path in (sorted(match.iterdir()) if match.is_dir() else [match])
        if path.is_file()
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
