"""What a good analyst's notebook makes of the same records: seconds, memory, and what is missing.

    python -m benchmarks.scale.notebook --people 125 250 500 1000

Pandas over the neutral tables, vectorised throughout, in floating point: each item in progress
shares the working days of its assignee's month, epics name components, pay follows the days. Then
flow, pull requests and a workbook of pivots. It has no evidence of a day, no history of an item's
epic, no leave, no exact cents and no checks; the sides are set beside each other in
`docs/performance.md`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.ledger.company import MONTHS, Size
from benchmarks.scale.folder import COMPONENTS, write_folder, write_tables

RESULTS = Path(__file__).with_name("notebook.json")
FIRST_MONTH = pd.Period("2023-01", "M")


def main() -> None:
    """Measure the notebook at each size in a process of its own, and keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[125, 250, 500, 1000])
    parser.add_argument("--notebook", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.notebook:
        print(json.dumps(notebook(given.notebook)))
        return
    kept = {one["people"]: one for one in _kept()}
    for people in given.people:
        with TemporaryDirectory() as folder:
            root, size = Path(folder), Size(people, MONTHS)
            write_folder(root, size)
            write_tables(root, size)
            kept[people] = {"people": people, **_measured(root)}
        ordered = [kept[people] for people in sorted(kept)]
        RESULTS.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
        print(kept[people], flush=True)


def _kept() -> list[dict[str, Any]]:
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []


def _measured(root: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.scale.notebook", "--notebook", str(root)]
    started = time.perf_counter()
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {"wall_seconds": time.perf_counter() - started, **json.loads(found.stdout)}


def notebook(root: Path) -> dict[str, float]:
    """Run every cell of the notebook.

    Args:
        root: A company folder with inputs and neutral tables as Parquet.

    Returns:
        Processor seconds, peak megabytes, and how far its cost is from the payroll: the amount of
        person-months with pay and no item, and the difference of the rounded rows to the rest.
    """
    days = days_in_progress(_table(root, "work_item_changes"))
    days = days.merge(components_of_items(_table(root, "work_items")), on="work_item_key")
    pay = pd.read_parquet(root / "inputs" / "payroll.parquet")
    pay["amount"] = pay["amount"].astype(float)
    cost = cost_of_items(days, pay)
    requests = stages_of_pull_requests(
        _table(root, "pull_requests"), _table(root, "reviews"),
        _table(root, "pull_request_commits"), _table(root, "commits"),
    )  # fmt: skip
    write_pivots(root / "notebook.xlsx", cost, days, requests)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    paid, placed = pay["amount"].sum(), cost["unrounded"].sum()
    return {
        "processor_seconds": spent.ru_utime + spent.ru_stime,
        "peak_megabytes": spent.ru_maxrss / 1024,
        "paid": float(round(paid, 2)),
        "pay_without_item": float(round(paid - placed, 2)),
        "lost_in_rounding": float(round(abs(placed - cost["amount"].sum()), 2)),
    }


def _table(root: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(root / "sources" / "tables" / f"{name}.parquet")


def days_in_progress(changes: pd.DataFrame) -> pd.DataFrame:
    """Return working days in progress by item, person and month."""
    moves = changes[changes["field"] == "status"].sort_values(["work_item_key", "changed_at"])
    until = moves.groupby("work_item_key")["changed_at"].shift(-1)
    last = changes["changed_at"].max().normalize()
    open_now = moves.assign(until=until.fillna(last))[moves["to_value"] == "In Progress"]
    assignee = changes[changes["field"] == "assignee"].drop_duplicates("work_item_key", keep="last")
    spans = open_now.merge(
        assignee[["work_item_key", "to_value"]], on="work_item_key", suffixes=("", "_person")
    )
    first, end = spans["changed_at"].dt.to_period("M"), spans["until"].dt.to_period("M")
    count = (end.astype("int64") - first.astype("int64") + 1).clip(lower=1)
    rows = spans.loc[spans.index.repeat(count)].copy()
    step = rows.groupby(level=0).cumcount()
    month = (first.loc[rows.index].astype("int64") + step).to_numpy()
    starts = month.astype("datetime64[M]").astype("datetime64[D]")
    ends = (month + 1).astype("datetime64[M]").astype("datetime64[D]")
    begun = np.maximum(rows["changed_at"].to_numpy().astype("datetime64[D]"), starts)
    ended = np.minimum(rows["until"].to_numpy().astype("datetime64[D]") + 1, ends)
    rows["days"] = np.maximum(np.busday_count(begun, np.maximum(ended, begun)), 0)
    rows["month"] = pd.PeriodIndex.from_ordinals(month, freq="M")
    found = rows[rows["month"] >= FIRST_MONTH].rename(columns={"to_value_person": "person_id"})
    return found.groupby(["work_item_key", "person_id", "month"], as_index=False)["days"].sum()


def components_of_items(items: pd.DataFrame) -> pd.DataFrame:
    """Return component and treatment by item, from its epic of today."""
    epics = (items["item_type"] == "Epic").sum()
    number = pd.to_numeric(items["epic_key"].str.removeprefix("EPIC-")).astype("Int64")
    is_mapped = (number < epics // 3).fillna(value=False)
    found = items[["work_item_key", "item_type", "project_key"]].copy()
    found["component_id"] = ("c" + (number % COMPONENTS).astype(str)).where(is_mapped, "none")
    found["is_capital"] = is_mapped
    return found


def cost_of_items(days: pd.DataFrame, pay: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of cost by person, month, item and component of pay."""
    pay = pay.assign(month=pd.PeriodIndex(pay["month"], freq="M"))
    share = days["days"] / days.groupby(["person_id", "month"])["days"].transform("sum")
    rows = days.assign(share=share.fillna(0)).merge(pay, on=["person_id", "month"])
    rows["unrounded"] = rows["share"] * rows["amount"]
    rows["amount"] = rows["unrounded"].round(2)
    return rows


def stages_of_pull_requests(
    pulls: pd.DataFrame, reviews: pd.DataFrame, links: pd.DataFrame, commits: pd.DataFrame
) -> pd.DataFrame:
    """Return the median hours of coding, pickup and merge by repository and month."""
    key = ["repository", "number"]
    began = links.merge(commits[["repository", "sha", "authored_at"]], on=["repository", "sha"])
    rows = pulls.merge(began.groupby(key, as_index=False)["authored_at"].min(), on=key, how="left")
    first = reviews.groupby(key, as_index=False)["submitted_at"].min()
    rows = rows.merge(first, on=key, how="left")
    stages = {
        "coding": rows["created_at"] - rows["authored_at"],
        "pickup": rows["submitted_at"] - rows["created_at"],
        "merge": rows["merged_at"] - rows["submitted_at"],
    }
    for name, span in stages.items():
        rows[name] = span.dt.total_seconds() / 3600
    rows["month"] = rows["merged_at"].dt.to_period("M")
    return rows.groupby(["repository", "month"], as_index=False)[list(stages)].median()


def write_pivots(
    path: Path, cost: pd.DataFrame, days: pd.DataFrame, requests: pd.DataFrame
) -> None:
    """Write the workbook that the analyst hands over: values, no formulas."""
    by_month = {"values": "amount", "columns": "month", "aggfunc": "sum"}
    sheets = {
        "capitalised": cost[cost["is_capital"]].pivot_table(index="component_id", **by_month),
        "by type": cost.pivot_table(index=["project_key", "item_type"], **by_month),
        "by person": cost.pivot_table(index="person_id", **by_month),
        "days": days.pivot_table(
            values="days", index="project_key", columns="month", aggfunc="sum"
        ),
        "pull requests": requests,
    }
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        for name, frame in sheets.items():
            is_flat = name == "pull requests"
            frame = frame.assign(month=frame["month"].astype(str)) if is_flat else frame
            frame.columns = [str(column) for column in frame.columns]
            frame.to_excel(writer, sheet_name=name, index=not is_flat)


if __name__ == "__main__":
    main()
