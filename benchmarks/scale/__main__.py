"""`make bench-month`: a month of a large company, from loaded neutral tables to workbooks.

    python -m benchmarks.scale --people 125 250 500 1000      measure, and keep the results
    python -m benchmarks.scale --people 125 --further         and one further month
    python -m benchmarks.scale --people 125 --load            the load of the tables as well
    python -m benchmarks.scale --people 125 --load-only       that load alone
    python -m benchmarks.scale.page                           write docs/performance.md from them

Runs `capstream run --no-ingest` as a user does, in a process of its own whose processor time and
peak memory are measured; `CAPSTREAM_MEMORY` says what the engine may hold. 2,000 persons over 36
months are 300,000 items, 3 million changes and 1 million pull requests. With `--further` the
records reach a month beyond: every month that was run is closed, and the next one is run with
`--keep-closed`.
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

from benchmarks.ledger.company import FIRST_YEAR, MONTHS, Size
from benchmarks.run_sample import measured
from benchmarks.scale.closing import close_through
from benchmarks.scale.folder import fill_warehouse, last_month, write_folder, write_tables
from capstream.types import Month
from capstream.warehouse import connect
from capstream.warehouse.engines.variables import variables
from capstream.warehouse.memory import computing_memory, open_months_memory
from orchestration.lib.home import dagster_home, orchestrator_environment

RESULTS = Path(__file__).with_name("results.json")
LOADS = Path(__file__).with_name("loads.json")
FURTHER = Path(__file__).with_name("further.json")
PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "dagster", "XlsxWriter")
SLOWEST = 12


def main() -> None:
    """Measure each size and keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[125, 250, 500, 1000])
    parser.add_argument("--months", type=int, default=MONTHS)
    loading = parser.add_mutually_exclusive_group()
    loading.add_argument("--load", action="store_true", help="measure `capstream ingest` as well")
    loading.add_argument("--load-only", action="store_true", help="measure `capstream ingest`")
    parser.add_argument("--further", action="store_true", help="measure one further month as well")
    parser.add_argument("--folder", type=Path, help="where the companies stand while they work")
    given = parser.parse_args()
    for people in given.people:
        size = Size(people, given.months + given.further)
        with TemporaryDirectory(dir=given.folder) as folder:
            root = Path(folder)
            write_folder(root, size)
            if given.load or given.load_only:
                show("load", keep(load_of(root, size), LOADS))
            else:
                fill_warehouse(root, size)
            if not given.load_only:
                whole = last_month(Size(people, given.months))
                show("run", keep(month_of(root, size, whole), RESULTS))
                if given.further:
                    close_through(root, Month.parse(whole))
                    further = month_of(root, size, last_month(size), "--keep-closed")
                    show("run", keep(further, FURTHER))


def show(measured_part: str, found: Mapping[str, Any]) -> None:
    """Print what a load or a run took."""
    taken = found[measured_part]
    print(
        f"{found['people']} people, {found['months']} months, {measured_part}: "
        f"{taken['wall_seconds']:.0f} s, {taken['processor_seconds']:.0f} CPU s, "
        f"{taken['peak_megabytes']:.0f} MB, load {found['load_average']:.1f}",
        flush=True,
    )


def load_of(root: Path, size: Size) -> dict[str, Any]:
    """Return what the load of all neutral tables from files took, which are removed after it."""
    write_tables(root, size)
    load = measured(["ingest", "-c", str(root)], allowed={0})
    with connect(root / "var" / "capstream.duckdb", read_only=True) as connection:
        counted = "select coalesce(sum(accepted_count), 0) from ops.source_loads"
        (records,) = connection.execute(counted).fetchone() or (0,)
    shutil.rmtree(root / "sources" / "tables")
    (root / "sources" / "tables").mkdir()
    described = _described(root, size, computing_memory())
    return {**described, "records": int(records), "load": asdict(load)}


def month_of(root: Path, size: Size, month: str, *more: str) -> dict[str, Any]:
    """Return what a month of a company took, with the seconds of steps and models."""
    run = measured(["run", "-c", str(root), "--month", month, "--no-ingest", *more])
    is_further = "--keep-closed" in more
    memory = open_months_memory(size.people)[0] if is_further else computing_memory()
    return {
        **_described(root, size, memory),
        "months": len(Month(FIRST_YEAR, 1).through(Month.parse(month))),
        "run": asdict(run),
        "steps": steps_of(root),
        "pack_megabytes": {
            path.name.rpartition("_")[0]: path.stat().st_size / 2**20
            for path in sorted((root / "out").glob(f"{month}/draft/*.xlsx"))
        },
    }


def _described(root: Path, size: Size, memory: str) -> dict[str, Any]:
    """Return the company's size, what the engine began with and on what it was measured."""
    return {
        "people": size.people,
        "months": size.months,
        "counts": {name: size.counts[name] for name in ("items", "pulls")},
        "load_average": os.getloadavg()[1],
        "warehouse_megabytes": (root / "var" / "capstream.duckdb").stat().st_size / 2**20,
        "engine_memory": memory,
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


def keep(found: Mapping[str, Any], place: Path) -> Mapping[str, Any]:
    """Put a result in the place of the earlier one of its size; return it."""
    kept = json.loads(place.read_text(encoding="utf-8")) if place.exists() else []
    same = (found["people"], found["months"])
    others = [one for one in kept if (one["people"], one["months"]) != same]
    ordered = sorted([*others, found], key=lambda one: (one["months"], one["people"]))
    place.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    return found


if __name__ == "__main__":
    main()
