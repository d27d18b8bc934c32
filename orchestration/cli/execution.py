"""Runs of the orchestrator's own jobs inside this process."""

import uuid
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capstream.errors import CapstreamError
from capstream.types import Month
from orchestration.cli.progress import Progress

if TYPE_CHECKING:
    import dagster as dg

UNEXPECTED_EXIT = 3
LOGGERS = {"console": {"config": {"log_level": "CRITICAL"}}}
"""Steps speak through their failures; a log of events is for the web page."""


class JobFailedError(CapstreamError):
    """A step did not finish; what it said of itself is the message.

    Args:
        message: What the user is told.
        exit_code: The exit code it stands for.
    """

    def __init__(self, message: str, exit_code: int) -> None:
        self.exit_code = exit_code
        super().__init__(message)


def run_job(
    job_name: str,
    company: Path,
    progress: Progress,
    *,
    month: Month | None = None,
    ops: Mapping[str, Mapping[str, Any]] | None = None,
    without: Collection[str] = (),
) -> None:
    """Run a job of the orchestrator to its end.

    Args:
        job_name: The job.
        company: The company folder.
        progress: Told of every step that begins.
        month: The partition, where the job is partitioned.
        ops: Configuration of ops by name.
        without: Keys of assets to leave out.

    Raises:
        JobFailedError: A step failed; a failed check of the books is no failed step.
    """
    import dagster as dg

    from capstream.warehouse.engines.variables import variables
    from orchestration.definitions import defs
    from orchestration.lib.home import dagster_home, orchestrator_environment

    with variables(orchestrator_environment(company, dagster_home(company))):
        job = defs().resolve_job_def(job_name)
        run_id = str(uuid.uuid4())
        with dg.DagsterInstance.get() as instance, _moment_after(month):
            instance.add_event_listener(run_id, _listener(progress))
            result = job.execute_in_process(
                run_config={"loggers": LOGGERS, "ops": _configured(ops or {})},
                instance=instance,
                partition_key=None if month is None else str(month),
                raise_on_error=False,
                asset_selection=_selected(job, without),
                run_id=run_id,
            )
    _raise_failure(result)


def _configured(ops: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: {"config": dict(values)} for name, values in ops.items()}


def _selected(job: "dg.JobDefinition", without: Collection[str]) -> "list[dg.AssetKey] | None":
    if not without:
        return None
    keys = job.asset_layer.executable_asset_keys
    return [key for key in keys if key.to_user_string() not in without]


def _moment_after(month: Month | None) -> Any:
    """Let the partition exist whatever the machine's clock says: the month is given, not asked."""
    import datetime as dt

    import dagster as dg

    day = (month or Month(2020, 1)).plus(1).first_day
    moment = dt.datetime.combine(day, dt.time(), dt.UTC)
    return dg.partition_loading_context(effective_dt=moment)


def _listener(progress: Progress) -> "Callable[[dg.EventLogEntry], None]":
    def heard(entry: "dg.EventLogEntry") -> None:
        event = entry.dagster_event
        if event is not None and event.is_step_start:
            progress.step(event.step_key or "")

    return heard


def _raise_failure(result: "dg.ExecuteInProcessResult") -> None:
    """Raise the first failed step's own words."""
    from orchestration.lib.failures import EXIT_CODE

    for event in result.get_step_failure_events():
        data = event.step_failure_data
        if data.user_failure_data is not None:
            metadata = data.user_failure_data.metadata
            exit_code = metadata[EXIT_CODE].value if EXIT_CODE in metadata else UNEXPECTED_EXIT
            raise JobFailedError(data.user_failure_data.description or "", int(str(exit_code)))
        error = data.error
        if error is None or error.cls_name == "DagsterAssetCheckFailedError":
            continue
        cause = error.cause or error
        raise JobFailedError(
            f"step {event.step_key} stopped: {cause.message.strip()}", UNEXPECTED_EXIT
        )
