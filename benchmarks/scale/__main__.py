"""`make bench-month`: a month of a large company, from loaded neutral tables to workbooks.

    python -m benchmarks.scale --people 125 250 500 1000      measure, and keep the results
    python -m benchmarks.scale --people 125 --load            the load of the tables as well
    python -m benchmarks.scale.page                           write docs/performance.md from them

Runs `capstream run --no-ingest` as a user does, in a process of its own whose processor time and
peak memory are measured. 2,000 persons over 36 months are 300,000 items, 3 million changes and
1 million pull requests.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg

from benchmarks.ledger.company import MONTHS, Size
from benchmarks.run_sample import measured
from benchmarks.scale.folder import fill_warehouse, last_month, write_folder, write_tables
from capstream.warehouse.engines.variables import variables
from orchestration.lib.home import dagster_home, orchestrator_environment

RESULTS = Path(__file__).with_name("results.json")
PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "dagster", "XlsxWriter")
SLOWEST = 12


def main() -> None:
    """Measure each size and keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[125, 250, 500, 1000])
    parser.add_argument("--months", type=int, default=MONTHS)
    parser.add_argument("--load", action="store_true", help="measure `capstream ingest` as well")
    parser.add_argument("--folder", type=Path, help="where the companies stand while they work")
    given = parser.parse_args()
    for people in given.people:
        with TemporaryDirectory(dir=given.folder) as folder:
            found = month_of(Path(folder), Size(people, given.months), is_loaded=given.load)
        keep(found)
        print(
            f"{people} people, {given.months} months: {found['run']['wall_seconds']:.0f} s, "
            f"{found['run']['processor_seconds']:.0f} CPU s, "
            f"{found['run']['peak_megabytes']:.0f} MB, load {found['load_average']:.1f}",
            flush=True,
        )


def month_of(root: Path, size: Size, *, is_loaded: bool) -> dict[str, Any]:
    """Return what the last month of a company took, with the seconds of steps and models."""
    write_folder(root, size)
    load = None
    if is_loaded:
        write_tables(root, size)
        load = asdict(measured(["ingest", "-c", str(root)]))
        shutil.rmtree(root / "sources" / "tables")
        (root / "sources" / "tables").mkdir()
    else:
        fill_warehouse(root, size)
    run = measured(["run", "-c", str(root), "--month", last_month(size), "--no-ingest"])
    return {
        "people": size.people,
        "months": size.months,
        "counts": {name: size.counts[name] for name in ("items", "pulls")},
        "run": asdict(run),
        "load": load,
        "load_average": os.getloadavg()[1],
        "steps": steps_of(root),
        "warehouse_megabytes": (root / "var" / "capstream.duckdb").stat().st_size / 2**20,
        "pack_megabytes": {
            path.name.rpartition("_")[0]: path.stat().st_size / 2**20
            for path in sorted((root / "out").glob("*/draft/*.xlsx"))
        },
        "machine": machine(),
    }


def steps_of(root: Path) -> Mapping[str, Mapping[str, float]]:
    """Return wall seconds by step of the last run, and of the slowest models within dbt's."""
    with (
        variables(orchestrator_environment(root, dagster_home(root))),
        dg.DagsterInstance.get() as instance,
    ):
        (run,) = instance.get_runs(limit=1)
        stats = instance.get_run_step_stats(run.run_id)
        steps = {
            one.step_key: one.end_time - one.start_time
            for one in stats
            if one.start_time and one.end_time
        }
        models = {
            event.asset_key.path[-1]: float(
                event.step_materialization_data.materialization.metadata["seconds"].value
            )
            for event in _materialisations(instance, run.run_id)
            if "seconds" in event.step_materialization_data.materialization.metadata
        }
    slowest = sorted(models, key=lambda name: models[name], reverse=True)[:SLOWEST]
    return {"steps": steps, "models": {name: models[name] for name in slowest},
            "all_models": {"seconds": sum(models.values()), "count": len(models)}}  # fmt: skip


def _materialisations(instance: dg.DagsterInstance, run_id: str) -> list[Any]:
    logs = instance.all_logs(run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
    return [log.dagster_event for log in logs if log.dagster_event and log.dagster_event.asset_key]


def machine() -> dict[str, Any]:
    """Return what the figures were taken on."""
    processors = Path("/proc/cpuinfo")
    lines = processors.read_text(encoding="utf-8").splitlines() if processors.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "memory_megabytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def keep(found: Mapping[str, Any]) -> None:
    """Put a result in the place of the earlier one of its size."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    same = (found["people"], found["months"])
    others = [one for one in kept if (one["people"], one["months"]) != same]
    ordered = sorted([*others, found], key=lambda one: (one["months"], one["people"]))
    RESULTS.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
