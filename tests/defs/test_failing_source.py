"""A source that does not answer blocks what depends on it and nothing else, and says so."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.defs.ingest.sources import sources
from orchestration.lib.kinds import SOURCE_KINDS, asset_name
from orchestration.lib.resources import CompanyResource

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "first-month"
PAGER = "  - {name: pager, kind: opsgenie, mode: api, token_env: CAPSTREAM_TEST_TOKEN}\n"


def loaded_assets() -> list[dg.AssetsDefinition]:
    return [each for each in sources().assets or () if isinstance(each, dg.AssetsDefinition)]


def test_every_kind_says_how_fresh_it_should_be() -> None:
    policies = {
        spec.key: spec.freshness_policy for asset in loaded_assets() for spec in asset.specs
    }
    assert set(policies) == {dg.AssetKey(asset_name(kind)) for kind in SOURCE_KINDS}
    nightly = dg.FreshnessPolicy.time_window(
        fail_window=timedelta(hours=48), warn_window=timedelta(hours=30)
    )
    assert set(policies.values()) == {nightly}


def test_the_other_sources_are_loaded_and_the_check_names_the_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CAPSTREAM_TEST_TOKEN", raising=False)
    company = tmp_path / "company"
    shutil.copytree(EXAMPLE, company)
    settings = company / "capstream.yaml"
    settings.write_text(settings.read_text().replace("policies:\n", PAGER + "policies:\n", 1))
    wanted = [asset_name(kind) for kind in ("opsgenie", "tables")]
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            loaded_assets(),
            selection=wanted,
            instance=instance,
            resources={"company": CompanyResource(root=str(company))},
        )
    assert result.success
    checks = {each.asset_key: each for each in result.get_asset_check_evaluations()}
    passed = {key: each.passed for key, each in checks.items()}
    assert passed == {dg.AssetKey(wanted[0]): False, dg.AssetKey(wanted[1]): True}
    said = "the environment variable CAPSTREAM_TEST_TOKEN is not set"
    assert said in str(checks[dg.AssetKey(wanted[0])].metadata["failed"].value)
    with duckdb.connect(str(company / "var" / "capstream.duckdb"), read_only=True) as connection:
        failures = connection.execute("select source, message from ops.source_failures").fetchall()
        items = connection.execute("select count(*) from raw.work_items").fetchall()
    assert [(source, said in message) for source, message in failures] == [("pager", True)]
    assert items > [(0,)]
