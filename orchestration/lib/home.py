"""The orchestrator's home inside a company folder: its settings and its history of runs."""

from pathlib import Path

from orchestration.lib.resources import COMPANY_VARIABLE

SETTINGS = """\
# Written by Capstream. One writer at a time on the warehouse; nothing is reported to anybody.
telemetry:
  enabled: false
concurrency:
  pools:
    default_limit: 1
    granularity: run
freshness:
  enabled: false
nux:
  enabled: false
# A capture of what steps print would start two processes a step, and leave them when a run dies.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
event_log_storage:
  module: orchestration.lib.event_log
  class: OneEngineEventLogStorage
  config:
    base_dir: {env: DAGSTER_HOME}
"""


def dagster_home(company: Path) -> Path:
    """Return the home of a company, with its settings written."""
    home = company / "var" / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.is_file() or settings.read_text(encoding="utf-8") != SETTINGS:
        settings.write_text(SETTINGS, encoding="utf-8")
    return home


def orchestrator_environment(company: Path, home: Path) -> dict[str, str]:
    """Return the variables that the orchestrator works under."""
    return {
        COMPANY_VARIABLE: str(company),
        "DAGSTER_HOME": str(home),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "DO_NOT_TRACK": "1",
        "RUNTIME__DLTHUB_TELEMETRY": "false",
    }
