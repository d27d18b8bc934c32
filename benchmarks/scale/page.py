"""The page of performance: growth over sizes, where the time goes, machine and commands.

python -m benchmarks.scale.page     writes docs/performance.md and its picture from results.json
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.scale.plot import growth_picture

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
FURTHER = HERE / "further.json"
LOADS = HERE / "loads.json"
NOTEBOOK = HERE / "notebook.json"
DOCS = HERE.parents[1] / "docs"
PICTURE = DOCS / "images" / "growth.svg"
PROMISED = {2000: (360, 5 * 1024), 10_000: (1800, 12 * 1024)}
"""Wall seconds and megabytes on two cores, by people of 36 months."""
PROMISED_LOADS = {2000: (240, 5 * 1024)}
"""The same for loading the neutral tables."""

Result = Mapping[str, Any]

OPENING = """\
# Performance

What a whole month costs: loaded neutral tables to the three workbooks, the page and the pack, by
`capstream run --no-ingest` of the last of {months} months. Written by
`python -m benchmarks.scale.page` from the last results of `make bench-month`; do not edit it here.
The companies are made of numbers by SQL (`benchmarks/ledger/company.py`): 2,000 people over 36
months are 300,000 items, 3 million changes, 1 million pull requests and 2 million commits.

## Growth

![processor seconds and memory by people](images/growth.svg)

| people | items | pulls | engine | CPU s | wall s | load | peak MB | warehouse MB | finance MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def page(results: Sequence[Result], loads: Sequence[Result], further: Sequence[Result]) -> str:
    """Return the text of the page."""
    months = results[-1]["months"]
    measured = [one for one in results if one["months"] == months]
    rows = "".join(_row(one) for one in measured)
    largest = measured[-1]
    return (
        OPENING.format(months=months)
        + rows
        + _reading(measured)
        + _loads([one for one in loads if one["months"] == months])
        + _further(further)
        + "".join(_steps(one) for one in measured if one["people"] in PROMISED)
        + _notebook(measured)
        + _machine(largest)
    )


def _row(one: Result) -> str:
    run, counts = one["run"], one["counts"]
    cells = (
        f"{one['people']:,}", f"{counts['items']:,}", f"{counts['pulls']:,}",
        one["engine_memory"],
        f"{run['processor_seconds']:.0f}", f"{run['wall_seconds']:.0f}",
        f"{one['load_average']:.1f}", f"{run['peak_megabytes']:,.0f}",
        f"{one['warehouse_megabytes']:,.0f}", f"{one['pack_megabytes'].get('finance', 0):.1f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def _reading(measured: Sequence[Result]) -> str:
    """Say what each further thousand people cost, and set the aims beside what was measured."""
    growth = "".join(
        f"| {less['people']:,} to {more['people']:,} | "
        f"{_each_thousand(less, more, 'processor_seconds'):,.0f} | "
        f"{_each_thousand(less, more, 'peak_megabytes'):,.0f} |\n"
        for less, more in pairwise(measured)
    )
    promised = "".join(
        f"| {people:,} | {seconds} s, {megabytes / 1024:.0f} GB | {_found(measured, people)} |\n"
        for people, (seconds, megabytes) in PROMISED.items()
    )
    return f"""
Changes are ten for each item. `engine` is what the engine may hold in memory (`CAPSTREAM_MEMORY`,
by itself a sixth of the machine); what is more it writes aside. `load` is the machine's load
average while it ran: beside other work a wall time says little, so processor seconds are the
measure.

| people | CPU s for each further thousand | MB for each further thousand |
| --- | --- | --- |
{growth}
| people, 36 months | aim on two cores | measured |
| --- | --- | --- |
{promised}"""


def _each_thousand(less: Result, more: Result, measure: str) -> float:
    people = more["people"] - less["people"]
    return float(more["run"][measure] - less["run"][measure]) / people * 1000


def _found(measured: Sequence[Result], people: int) -> str:
    for one in measured:
        if one["people"] == people:
            run = one["run"]
            return f"{run['wall_seconds']:.0f} s, {run['peak_megabytes'] / 1024:.1f} GB"
    return "not measured"


def _loads(loads: Sequence[Result]) -> str:
    """Set what loading the tables took beside the aim; it is in no figure above."""
    if not loads:
        return "\nThe load of the tables (`capstream ingest`) is not in these figures.\n"
    rows = "".join(_load_row(one) for one in loads)
    return f"""
## Loading the neutral tables

`capstream ingest` of the same tables from Parquet files, measured by itself: it is in no figure
above. A record is a row of any table.

| people | records | CPU s | wall s | load | peak MB | µs a record | aim on two cores |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}
The aim is a wall time beside no other work: where `load` is far above the cores, it is neither met
nor missed for good. Of a load of 500 people, timed step by step, 14 CPU s read and decide the rows,
17 land them (dlt, Parquet into the engine), and 24 choose versions and copy what holds into the
public tables, 9 of them the native records.
"""


def _load_row(one: Result) -> str:
    load = one["load"]
    seconds, megabytes = PROMISED_LOADS.get(one["people"], (None, None))
    cells = (
        f"{one['people']:,}", f"{one['records']:,}", f"{load['processor_seconds']:.0f}",
        f"{load['wall_seconds']:.0f}", f"{one['load_average']:.1f}",
        f"{load['peak_megabytes']:,.0f}",
        f"{load['processor_seconds'] / one['records'] * 1e6:.0f}",
        f"{seconds} s, {megabytes / 1024:.0f} GB" if seconds and megabytes else "",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def _further(kept: Sequence[Result]) -> str:
    """Set the further month of short and long histories side by side."""
    if not kept:
        return ""
    rows = "".join(
        f"| {one['people']:,} | {one['months']} | {one['run']['processor_seconds']:.0f} | "
        f"{one['run']['wall_seconds']:.0f} | {one['load_average']:.1f} | "
        f"{one['run']['peak_megabytes']:,.0f} | {one['engine_memory']} | "
        f"{one['steps']['steps']['closed']:.0f} | {one['steps']['all_models']['seconds']:.0f} | "
        f"{one['steps']['steps']['workbooks']:.0f} |\n"
        for one in kept
    )
    return f"""
## One further month

`capstream run --no-ingest --keep-closed` of the month after those on record (`months`), all of
which were closed. The engine begins with half a megabyte of memory for each person, at least 512
(`engine`). The ledger, its price and its decisions are computed for the open month alone, acts
and evidence for it and for the days that it looks back to; copies of records, item states, pull
requests and flow for every day on record. A run without `--keep-closed` computes the closed months
again and compares them (drift). A closing brings its frozen rows into the warehouse; where a run
had to do that for all closed months, its seconds stand under `closed`. The aim is 90
s at 2,000 people, and memory that does not grow with the months on record: neither is met. The
month after one year shows what is spent at any size: the start, some 400 models with little to
do, their events, the workbooks.

| people | months | CPU s | wall s | load | peak MB | engine | closed s | models s | workbooks s |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
{rows}"""


def _steps(largest: Result) -> str:
    steps = sorted(largest["steps"]["steps"].items(), key=lambda pair: -pair[1])
    models = largest["steps"]["models"].items()
    whole = sum(seconds for _, seconds in steps)
    every = largest["steps"]["all_models"]
    listed = "".join(f"| `{name}` | {seconds:.1f} | {seconds / whole:.0%} |\n"
                     for name, seconds in steps[:8])  # fmt: skip
    slow = "".join(f"| `{name}` | {seconds:.1f} |\n" for name, seconds in models)
    return f"""
## Where the time goes, at {largest["people"]:,} people

Wall seconds.

| step | seconds | share |
| --- | --- | --- |
{listed}
Models alone: {every["seconds"]:.0f} s for {every["count"]}; the slowest:

| model | seconds |
| --- | --- |
{slow}"""


def _notebook(measured: Sequence[Result]) -> str:
    """Set the notebook's cost and what it leaves out beside ours, at the sizes of both."""
    ours = {one["people"]: one["run"] for one in measured}
    kept = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    rows = "".join(
        f"| {one['people']:,} | {one['processor_seconds']:.1f} | {one['peak_megabytes']:,.0f} | "
        f"{one['lost_in_rounding']:,.2f} | {ours[one['people']]['processor_seconds']:.0f} | "
        f"{ours[one['people']]['peak_megabytes']:,.0f} |\n"
        for one in kept
        if one["people"] in ours
    )
    return f"""
## Beside a notebook

`benchmarks/scale/notebook.py` is what a good analyst writes over the same records in pandas: items
in progress share their assignee's working days, epics of today name components, pay follows in
floating point, pull requests get their stages, pivots go to one workbook of values. It is thirty
to sixty times faster, because it does a small part of the work: no evidence of a day, no leave,
no part-time, no history of type, label or epic, no policy of rules and gates, no assets, journals,
closing or drift, no formulas, checks or explanation, and its rows miss the payroll by the cents
below. Where a table of shares is all that is wanted, it is the better tool.

| people | notebook CPU s | notebook MB | notebook, cents off | Capstream CPU s | Capstream MB |
| --- | --- | --- | --- | --- | --- |
{rows}"""


def _machine(one: Result) -> str:
    machine = one["machine"]
    packages = ", ".join(f"{name} {number}" for name, number in machine["packages"].items())
    return f"""
## Machine, versions, commands

{machine["cores"]} cores of {machine["processor"]}, {machine["memory_megabytes"] / 1024:.0f} GB,
{machine["system"]}; Python {machine["python"]}, {packages}.

```
make bench-month                                            125, 250, 500 and 1,000 people
python -m benchmarks.scale --people 2000                    one size; --folder names where it works
python -m benchmarks.scale --people 2000 --further          and one further month
python -m benchmarks.scale --people 125 --load              the load of the tables, then the month
python -m benchmarks.scale --people 125 --load-only         the load of the tables alone
python -m benchmarks.scale.notebook                         the notebook, at the same sizes
python -m benchmarks.scale.page                             this page
make bench-scale                                            the ledger alone, by model
make bench-workbooks                                        the workbooks of 2,000 people alone
```

## What has not been measured

- Packages of others: the open dbt packages for Jira and GitHub read tables that a vendor's loader
  writes, not these records, and cover issue and pull request times, no cost. They were not run.
"""


def main() -> None:
    """Write the page and its picture."""
    results, loads, further = (_kept(path) for path in (RESULTS, LOADS, FURTHER))
    months = results[-1]["months"]
    measured = [one for one in results if one["months"] == months]
    PICTURE.write_text(growth_picture(measured), encoding="utf-8")
    (DOCS / "performance.md").write_text(page(results, loads, further), encoding="utf-8")


def _kept(path: Path) -> Sequence[Result]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


if __name__ == "__main__":
    main()
