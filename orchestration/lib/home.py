"""The orchestrator's home inside a company folder: its settings and its history of runs.

The history stands in files of the home, or in a PostgreSQL database that several machines share.
"""

import importlib.util
import os
from pathlib import Path

import yaml

from capstream.errors import UsageError
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
# A run whose process died is started once more; one that said why it failed waits for people.
run_retries:
  enabled: true
  max_retries: 1
  retry_on_asset_or_op_failure: false
retention:
  schedule: {purge_after_days: 90}
  sensor: {purge_after_days: {skipped: 7, started: 90, failure: 90, success: 90}}
"""

IN_FILES = """\
event_log_storage:
  module: orchestration.lib.event_log
  class: OneEngineEventLogStorage
  config:
    base_dir: {env: DAGSTER_HOME}
"""

STORAGE_ADDRESS = "CAPSTREAM_ORCHESTRATOR_STORAGE"
IN_POSTGRES = f"""\
storage:
  postgres:
    postgres_url: {{env: {STORAGE_ADDRESS}}}
"""


def dagster_home(company: Path) -> Path:
    """Return the home of a company, with its settings written."""
    home = company / "var" / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    wanted = SETTINGS + (IN_POSTGRES if storage_variable(company) else IN_FILES)
    if not settings.is_file() or settings.read_text(encoding="utf-8") != wanted:
        settings.write_text(wanted, encoding="utf-8")
    return home


def orchestrator_environment(company: Path, home: Path) -> dict[str, str]:
    """Return the variables that the orchestrator works under.

    Raises:
        UsageError: The history shall stand in PostgreSQL, and address or package is missing.
    """
    variable = storage_variable(company)
    return {
        COMPANY_VARIABLE: str(company),
        "DAGSTER_HOME": str(home),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "DO_NOT_TRACK": "1",
        "RUNTIME__DLTHUB_TELEMETRY": "false",
        **({STORAGE_ADDRESS: _storage_address(variable)} if variable else {}),
    }


def storage_variable(company: Path) -> str:
    """Return the variable that `orchestrator.storage_env` names; empty for files."""
    configuration = company / "capstream.yaml"
    content = yaml.safe_load(configuration.read_text(encoding="utf-8"))
    section = content.get("orchestrator") if isinstance(content, dict) else None
    named = section.get("storage_env") if isinstance(section, dict) else None
    return str(named or "")


def _storage_address(variable: str) -> str:
    """Return the address of the history, with the driver that the orchestrator brings."""
    scheme, _, rest = os.environ.get(variable, "").partition("://")
    if scheme not in {"postgres", "postgresql"} or not rest:
        raise UsageError(
            f"orchestrator.storage_env names {variable}, which holds no address: set it to "
            "postgresql://user:password@host:5432/database"
        )
    if importlib.util.find_spec("dagster_postgres") is None:
        raise UsageError(
            "orchestrator.storage_env needs a package: install with "
            "`pip install 'capstream[postgres]'`"
        )
    return f"postgresql+psycopg2://{rest}"
