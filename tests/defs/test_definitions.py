"""The orchestrator knows every asset, loads without network or company, and groups them all."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from orchestration.defs.close.jobs import close_draft_on_third_working_day, third_working_day
from orchestration.lib.dbt_project import prepared_project
from orchestration.lib.translator import OWNER_BY_LAYER, layer_of

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = Path(__file__).with_name("asset_graph.json")

OFFLINE = """
import socket
def refuse(*arguments, **options):
    raise OSError("the network is blocked in this test")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from orchestration.definitions import defs
print(len(list(defs().resolve_all_asset_specs())))
"""


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    from orchestration.definitions import defs

    return defs()


@pytest.fixture(scope="module")
def specs(definitions: dg.Definitions) -> list[dg.AssetSpec]:
    return list(definitions.resolve_all_asset_specs())


def shell_graph(definitions: dg.Definitions, specs: list[dg.AssetSpec]) -> dict[str, Any]:
    """Describe what stands around the models: they themselves are in the dbt project."""
    return {
        "assets": {
            spec.key.to_user_string(): {
                "group": spec.group_name,
                "owners": sorted(spec.owners),
                "kinds": sorted(spec.kinds),
                "upstream_groups": sorted({dep.asset_key.path[0] for dep in spec.deps}),
                "partitioned": spec.partitions_def is not None,
            }
            for spec in sorted(specs, key=lambda spec: spec.key)
            if spec.group_name not in OWNER_BY_LAYER
        },
        "checks": sorted(
            f"{spec.asset_key.to_user_string()}:{spec.name}{' (blocking)' if spec.blocking else ''}"
            for checks in definitions.asset_checks or []
            for spec in getattr(checks, "check_specs", [])
        ),
        "jobs": sorted(job.name for job in definitions.jobs or []),
        "schedules": sorted(schedule.name for schedule in definitions.schedules or []),
        "sensors": sorted(sensor.name for sensor in definitions.sensors or []),
    }


def test_the_graph_is_as_recorded(definitions: dg.Definitions, specs: list[dg.AssetSpec]) -> None:
    """Run with CAPSTREAM_UPDATE_SNAPSHOTS=1 to record a graph that was changed on purpose."""
    graph = shell_graph(definitions, specs)
    if os.environ.get("CAPSTREAM_UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(json.dumps(graph, indent=2) + "\n", encoding="utf-8")
    assert graph == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_model_is_an_asset_of_its_layer(specs: list[dg.AssetSpec]) -> None:
    manifest = json.loads((prepared_project() / "manifest.json").read_text(encoding="utf-8"))
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    expected = Counter(layer_of(node) for node in models)
    found = Counter(spec.group_name for spec in specs if spec.group_name in OWNER_BY_LAYER)
    assert found == expected


def test_every_asset_has_group_owner_kind_and_description(specs: list[dg.AssetSpec]) -> None:
    silent = [
        spec.key.to_user_string()
        for spec in specs
        if not (spec.group_name and spec.owners and spec.description)
    ]
    assert not silent


def test_no_asset_hangs_on_something_unknown(specs: list[dg.AssetSpec]) -> None:
    known = {spec.key for spec in specs}
    missing = {dep.asset_key.to_user_string() for spec in specs for dep in spec.deps} - {
        key.to_user_string() for key in known
    }
    assert not missing


def test_a_model_outside_the_layers_is_refused() -> None:
    with pytest.raises(ValueError, match="move it under one of"):
        layer_of({"name": "stray", "fqn": ["capstream", "stray"]})


def test_definitions_load_without_network_and_environment() -> None:
    prepared_project()
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "HOME": "/nonexistent"}
    loaded = subprocess.run(
        [sys.executable, "-c", OFFLINE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.returncode == 0, loaded.stderr
    assert int(loaded.stdout.splitlines()[-1]) > 20
    assert socket.getaddrinfo("localhost", 80)


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (date(2026, 10, 9), date(2026, 10, 5)),  # begins on a Thursday
        (date(2026, 11, 1), date(2026, 11, 4)),  # begins on a Sunday
        (date(2026, 6, 30), date(2026, 6, 3)),  # begins on a Monday
    ],
)
def test_the_third_working_day(month: date, expected: date) -> None:
    assert third_working_day(month) == expected


def test_the_schedule_asks_for_the_month_before() -> None:
    asked = {}
    for day in range(1, 8):
        moment = datetime(2026, 11, day, 6, tzinfo=UTC)
        answer = close_draft_on_third_working_day(
            dg.build_schedule_context(scheduled_execution_time=moment)
        )
        asked[day] = getattr(answer, "partition_key", None)
    assert asked == {1: None, 2: None, 3: None, 4: "2026-10", 5: None, 6: None, 7: None}
