"""Whoever asked for it is told when a run that the orchestrator started has failed."""

import os
from pathlib import Path

import dagster as dg

from orchestration.lib.notifications import tell_or_say
from orchestration.lib.resources import COMPANY_VARIABLE, loaded_company


@dg.run_failure_sensor(description="Tells the web hooks that asked for `failed`.")
def run_failure(context: dg.RunFailureSensorContext) -> None:
    """Name the job and its month; the reason stays on the page of the run."""
    month = context.dagster_run.tags.get("dagster/partition", "")
    told = f"{context.dagster_run.job_name} {month} failed: safe to run again."
    words = " ".join(told.split())
    context.log.info(words)
    entries = loaded_company(Path(os.environ[COMPANY_VARIABLE]).resolve()).config.notify
    tell_or_say(entries, "failed", words, context.log.warning)
