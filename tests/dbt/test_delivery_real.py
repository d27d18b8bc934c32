"""secp256k1: eleven years of pull requests, reviews and tags, measured as they are."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from capstream.flow import write_first_deployments
from capstream.warehouse import bootstrap
from tests.connectors.loading_company import LoadingCompany
from tests.dbt.flow_world import flow_world
from tests.dbt.harness import rows_of, run_models

pytestmark = pytest.mark.real

GITHUB_TABLES = ("pull_requests", "reviews", "pull_request_commits", "commits", "actors")
GIT_TABLES = ("commits", "deployments", "tags")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    records = os.environ.get("CAPSTREAM_REAL_DATA", "")
    if not records:
        pytest.skip("CAPSTREAM_REAL_DATA is empty: it names the folder of real records")
    root = tmp_path_factory.mktemp("secp256k1")
    forge = LoadingCompany(
        root / "forge", allow_outside=True, kind="github", mode="files",
        path=f"{records}/secp256k1/*.jsonl.gz",
    )  # fmt: skip
    code = LoadingCompany(
        root / "code", allow_outside=True, kind="git", deployments="tags",
        path=f"{records}/secp256k1/git",
    )  # fmt: skip
    forge.load()
    code.load()
    return _marts(forge.warehouse, code.warehouse)


def test_every_merged_pull_is_there(measured: duckdb.DuckDBPyConnection) -> None:
    assert rows_of(measured, "select count(*) from fct_pull_requests") == [(944,)]


def test_open_to_merge_takes_105_hours(measured: duckdb.DuckDBPyConnection) -> None:
    ((hours,),) = rows_of(
        measured,
        "select median(date_diff('second', created_at, merged_at)) / 3600.0"
        " from inp_pull_requests where merged_at is not null",
    )
    assert round(hours) == 105


def test_review_stages_begin_in_2017(measured: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(
        measured,
        "select min(year(merged_at)), count(*) from fct_pull_requests"
        " where review_minutes is not null",
    )
    assert rows == [(2017, 524)]
    assert rows_of(measured, "select count(coding_minutes) from fct_pull_requests") == [(944,)]


def test_pulls_before_the_first_release_are_not_measurable(
    measured: duckdb.DuckDBPyConnection,
) -> None:
    states = rows_of(
        measured, "select deploy_state, count(*) from fct_pull_requests group by 1 order by 1"
    )
    assert states == [("before_first_deployment", 541), ("measured", 396), ("not_deployed", 7)]
    assert not rows_of(
        measured,
        "select number from fct_pull_requests where deploy_minutes is not null and merged_at <"
        " (select min(finished_at) from fct_deployments where status = 'success')",
    )
    ((longest,),) = rows_of(measured, "select max(deploy_minutes) from fct_pull_requests")
    assert longest < 2 * 365 * 24 * 60


def test_complete_cases_add_up(measured: duckdb.DuckDBPyConnection) -> None:
    ((complete, off),) = rows_of(
        measured,
        "select count(*), sum(abs(lead_minutes - coding_minutes - pickup_minutes - review_minutes"
        " - merge_minutes - deploy_minutes)) from fct_pull_requests where is_complete",
    )
    assert (complete > 0, off) == (True, 0)


def _marts(forge: Path, code: Path) -> duckdb.DuckDBPyConnection:
    """Build the delivery marts over both warehouses, the neutral layer filled from the raw one."""
    raw = duckdb.connect(":memory:")
    bootstrap(raw)
    raw.execute("create table company.settings as select null::timestamp as as_of_at")
    raw.execute("create table company.delivery_environments as select 'production' as environment")
    places = [(forge, GITHUB_TABLES), (code, GIT_TABLES)]
    given = dict(flow_world(months=("2026-10",)).given())
    for path, tables in places:
        raw.execute(f"attach '{path}' as loaded (read_only)")
        for table in tables:
            rows = raw.execute(f"select * from loaded.raw.{table}").to_arrow_table()
            raw.register("rows_of_table", rows)
            raw.execute(f"insert into raw.{table} by name select * from rows_of_table")
            raw.unregister("rows_of_table")
            if table != "commits":
                given[f"inp_{table}"] = rows
        raw.execute("detach loaded")
    given["inp_commits"] = raw.execute("select * from raw.commits").to_arrow_table()
    write_first_deployments(raw)
    given["ops.first_deployments"] = raw.execute(
        "select * from ops.first_deployments"
    ).to_arrow_table()
    return run_models(["fct_pull_requests", "fct_deployments"], given)
