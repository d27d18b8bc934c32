"""The models built on the engine that the company names, and the results brought to one place."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capstream.close.identity import kept_through
from capstream.company import Company
from capstream.company.config_sections import Warehouse
from capstream.errors import Problem, UsageError
from capstream.warehouse import connect
from capstream.warehouse.engines import TAKEN_BACK, Engine, PostgresEngine, SparkEngine
from capstream.warehouse.engines.spark_session import missing_for_spark
from capstream.warehouse.memory import open_months_memory
from orchestration.lib.dbt_project import run_models
from orchestration.lib.shapes import shapes

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

CONFIGURATION = "capstream.yaml"
LOCAL = ("config.materialized:view", "fqn:capstream.reporting")
"""Staging, reporting and the few between: made in the local file over what came back."""
_BUILT = "success"
_STARVED = "Out of Memory Error"


def build(company: Company, selection: Sequence[str] = ()) -> "dbtRunnerResult":
    """Build the models; on another engine all of them, since its tables are sent anew.

    Args:
        company: The checked company, whose configuration names the engine.
        selection: Names of models; empty means all.

    Raises:
        UsageError: The engine's address or driver is missing.
        WarehouseError: The engine cannot be reached or refused.
    """
    artefacts = company.root / "var" / "dbt"
    with engine_of(company) as engine:
        if engine is None:
            return _built_here(company, artefacts, selection)
        with connect(company.warehouse_path, read_only=True) as local:
            engine.send(local)
        relations = shapes(company, TAKEN_BACK)
        outcome = run_models(company.warehouse_path, artefacts, engine=engine)
        if not outcome.success:
            return outcome
        with connect(company.warehouse_path) as local:
            engine.take_back(local, relations)
    local_models = run_models(company.warehouse_path, artefacts, LOCAL)
    return outcome if local_models.success else local_models


def _built_here(company: Company, artefacts: Path, selection: Sequence[str]) -> "dbtRunnerResult":
    """Build in the local file; open months alone with as little memory as serves.

    What an amount does not suffice for is built with the next one, and all that waits for it.
    """
    path = company.warehouse_path
    if not kept_through(company.root):
        return run_models(path, artefacts, selection)
    built: list[Any] = []
    for memory in open_months_memory(company.inputs.tables["people"].num_rows):
        outcome = run_models(path, artefacts, selection, memory=memory)
        found: Any = outcome.result
        if found is None:
            break
        unbuilt = [one for one in found.results if one.status != _BUILT]
        built += [one for one in found.results if one.status == _BUILT]
        found.results = [*built, *unbuilt]
        if not any(_STARVED in str(one.message) for one in unbuilt):
            break
        selection = [one.node.name for one in unbuilt]
    return outcome


@contextmanager
def engine_of(company: Company) -> Iterator[Engine | None]:
    """Open the engine that `warehouse.target` names; None for DuckDB itself.

    Raises:
        UsageError: Something that the engine needs is not here.
    """
    settings = company.config.warehouse
    if missing := missing_for(settings):
        raise UsageError(str(missing))
    if settings.target == "duckdb":
        yield None
    elif settings.target == "spark":
        with SparkEngine(company.root / "var" / "spark") as spark:
            yield spark
    else:
        with PostgresEngine(os.environ[str(settings.connection_env)]) as postgres:
            yield postgres


def missing_for(settings: Warehouse) -> Problem | None:
    """Say what the engine needs and does not find here; None when nothing."""
    if settings.target == "spark" and (missing := missing_for_spark()):
        return Problem(CONFIGURATION, 0, "warehouse.target", *missing)
    variable = settings.connection_env
    if settings.target == "postgres" and not os.environ.get(str(variable)):
        return Problem(
            CONFIGURATION,
            0,
            "warehouse.connection_env",
            f"environment variable {variable} is empty",
            "set it to postgresql://user:password@host:5432/database",
        )
    return None
