"""One command takes a month from raw records to its pack, and says what it did."""

from __future__ import annotations

import csv
import fcntl
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from capstream.close.digests import file_hashes
from capstream.types import Month
from capstream.warehouse import read
from tests.e2e.command import capstream, said
from tests.e2e.conftest import RunCompany
from tests.workbooks.people_counts import small_counts

WORKBOOKS = ("finance", "investment", "ai_roi")


def test_the_sample_ends_with_every_check_passed(sample: RunCompany) -> None:
    assert sample.finished.returncode == 0, said(sample.finished)
    lines = sample.finished.stdout.splitlines()
    assert lines[-1] == "all checks pass"
    words = [line.split()[0] for line in lines if line.startswith("  ")]
    assert words[:4] == ["cost", "capitalised", "expensed", "unattributed"]


def test_the_pack_is_whole(sample: RunCompany) -> None:
    names = {path.name for path in sample.draft.iterdir()}
    workbooks = {f"{name}_{sample.month}.xlsx" for name in WORKBOOKS}
    beside = {f"report_{sample.month}.html", f"cost_detail_{sample.month}.parquet"}
    assert names >= workbooks | beside | {"manifest.json"}
    assert [path.name for path in sample.draft.parent.iterdir()] == ["draft"]


def test_the_manifest_names_what_the_pack_is_made_of(sample: RunCompany) -> None:
    manifest = json.loads((sample.draft / "manifest.json").read_text(encoding="utf-8"))
    hashes = file_hashes(sample.draft, sample.draft.iterdir())
    assert manifest["files"] == {n: h for n, h in hashes.items() if n != "manifest.json"}
    assert len(manifest["run_id"]) == 64
    assert manifest["policies"]
    assert manifest["data_as_of"].startswith("2026-1")
    assert manifest["all_blocking_checks_pass"]


def test_the_sample_verifies(sample: RunCompany) -> None:
    finished = capstream("verify", "-c", sample.root)
    assert finished.returncode == 0, said(finished)
    assert finished.stdout.strip().endswith("verified")


def test_leaders_see_no_count_of_one_to_four_people(small: RunCompany) -> None:
    assert small_counts(small.draft / f"ai_roi_{small.month}.xlsx") == []


def test_a_touched_pack_does_not_verify(sample: RunCompany, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(sample.draft, pack)
    (pack / f"cost_detail_{sample.month}.parquet").write_bytes(b"nothing")
    finished = capstream("verify", pack, "--json")
    assert finished.returncode == 1, said(finished)
    rules = {found["rule"] for found in json.loads(finished.stdout)["findings"]}
    assert {"P-HASH", "P-DETAIL"} <= rules


def test_a_second_run_gives_the_same_bytes(copied: RunCompany) -> None:
    before = file_hashes(copied.draft, copied.draft.iterdir())
    finished = capstream("run", "-c", copied.root, "--month", copied.month, "--json")
    assert finished.returncode == copied.finished.returncode, said(finished)
    assert file_hashes(copied.draft, copied.draft.iterdir()) == before
    assert json.loads(finished.stdout)["month"] == copied.month


def test_a_run_without_ingest_needs_no_sources(copied: RunCompany) -> None:
    shutil.rmtree(copied.root / "sources")
    before = file_hashes(copied.draft, copied.draft.iterdir())
    finished = capstream("run", "-c", copied.root, "--month", copied.month, "--no-ingest")
    assert finished.returncode == copied.finished.returncode, said(finished)
    assert file_hashes(copied.draft, copied.draft.iterdir()) == before


def overall_status(workbook: Path) -> str:
    rows = load_workbook(workbook, read_only=True, data_only=True)["Cover"].iter_rows(
        values_only=True
    )
    return next(str(row[1]) for row in rows if row[0] == "Overall check status")


def test_a_failing_check_keeps_no_pack_back(copied: RunCompany) -> None:
    payroll = copied.root / "inputs" / "payroll.csv"
    heading, *rows = payroll.read_text(encoding="utf-8").splitlines()
    place = heading.split(",").index("person_id")
    month = heading.split(",").index("month")
    unpaid = next(row.split(",")[place] for row in rows if row.split(",")[month] == copied.month)
    kept = [
        row
        for row in rows
        if (row.split(",")[month], row.split(",")[place]) != (copied.month, unpaid)
    ]
    payroll.write_text("\n".join([heading, *kept]) + "\n", encoding="utf-8")
    finished = capstream("run", "-c", copied.root, "--month", copied.month, "--no-ingest")
    assert finished.returncode == 1, said(finished)
    assert "VAL-UNPAID" in said(finished)
    manifest = json.loads((copied.draft / "manifest.json").read_text(encoding="utf-8"))
    assert not manifest["all_blocking_checks_pass"]
    assert overall_status(copied.draft / f"finance_{copied.month}.xlsx").startswith("FAIL")


def test_export_writes_csv_and_parquet(small: RunCompany, tmp_path: Path) -> None:
    for name in ("cost.csv", "cost.parquet"):
        finished = capstream(
            "export", "fct_capitalization", "-o", tmp_path / name, "--month", small.month,
            "-c", small.root,
        )  # fmt: skip
        assert finished.returncode == 0, said(finished)
    with (tmp_path / "cost.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table = pq.read_table(tmp_path / "cost.parquet")
    assert [row["amount"] for row in rows] == [str(value) for value in table["amount"].to_pylist()]
    assert {row["month_key"] for row in rows} == {small.month}


def test_export_joins_lists_with_semicolons(small: RunCompany, tmp_path: Path) -> None:
    target = tmp_path / "items.csv"
    assert capstream("export", "work_items", "-o", target, "-c", small.root).returncode == 0
    with target.open(encoding="utf-8", newline="") as file:
        labels = {row["labels"] for row in csv.DictReader(file)}
    assert not any(text.startswith("[") for text in labels)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "--month", "2026-13"], "write YYYY-MM"),
        (["run", "--month", "2025-01"], "before the books start"),
        (["run", "--month", "2025-12", "--as-of", "yesterday"], "not a time with an offset"),
        (["export", "fct_nothing", "-o", "x.csv"], "no relation"),
        (["export", "fct_checks", "-o", "x.xlsx"], "neither .csv nor .parquet"),
        (["export", "dim_persons", "-o", "x.csv", "--month", "2025-12"], "no month_key"),
        (["ingest", "--source", "nobody"], "name one of"),
        (["explain", "nothing-of-ours"], "explain"),
        (["frobnicate"], "No such command"),
    ],
)
def test_a_wrong_command_is_refused(
    small: RunCompany, arguments: list[str], words: str, tmp_path: Path
) -> None:
    finished = capstream("-c", small.root, *arguments, cwd=tmp_path)
    assert finished.returncode == 2, said(finished)
    assert words in said(finished)
    assert "Traceback" not in said(finished)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_no_company_is_refused(tmp_path: Path) -> None:
    finished = capstream("run", "-c", tmp_path, "--month", "2026-10")
    assert finished.returncode == 2
    assert "capstream init" in said(finished)


def test_bad_input_changes_nothing(copied: RunCompany) -> None:
    before = file_hashes(copied.root, copied.root.glob("out/**/*.*"))
    with (copied.root / "inputs" / "payroll.csv").open("a", encoding="utf-8") as file:
        file.write("2025-12,NOBODY,salary,1.00,USD,,\n")
    finished = capstream("run", "-c", copied.root, "--month", copied.month)
    assert finished.returncode == 2, said(finished)
    assert "inputs/payroll.csv:" in said(finished)
    assert "NOBODY" in said(finished)
    assert file_hashes(copied.root, copied.root.glob("out/**/*.*")) == before


def test_two_runs_at_once_are_refused(copied: RunCompany) -> None:
    lock = copied.root / "var" / "run.lock"
    with lock.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write("run of 2025-11 (process 1)")
        file.flush()
        finished = capstream("run", "-c", copied.root, "--month", copied.month)
    assert finished.returncode == 3
    assert "run of 2025-11 (process 1)" in said(finished)


def test_a_back_test_against_the_ledgers_own_days_finds_no_error(copied: RunCompany) -> None:
    frame = read(copied.root, "fct_effort_days", Month.parse(copied.month))
    worked = frame[frame["evidence_tier"].isin(["T0", "T1", "T1b", "T2", "T3"])]
    whole_days = worked.groupby(["person_id", "work_date"])["minutes"].transform("sum") == 480
    sample = worked[whole_days].assign(hours=lambda rows: rows["minutes"] / 60)
    columns = ["person_id", "work_date", "work_item_key", "hours"]
    written = copied.root / "timesheets.csv"
    sample[columns].round(8).to_csv(written, index=False, date_format="%Y-%m-%d")
    finished = capstream("backtest", "-c", copied.root, written, "--json")
    assert finished.returncode == 0, said(finished)
    told = json.loads(finished.stdout)
    assert told["errors"][0]["distance"] == pytest.approx(0, abs=1e-6)
    assert told["errors"][0]["person_count"] == sample["person_id"].nunique()
    assert Path(told["kept"]).is_file()
    wrong = capstream("backtest", "-c", copied.root, copied.root / "capstream.yaml")
    assert wrong.returncode == 2, said(wrong)


def test_an_item_is_explained_down_to_the_rule_that_placed_it(small: RunCompany) -> None:
    frame = read(small.root, "fct_effort_days", Month.parse(small.month))
    placed = frame[frame["value_stream_rule_order"].notna()].iloc[0]
    finished = capstream("explain", "-c", small.root, placed["work_item_key"], "--json")
    assert finished.returncode == 0, said(finished)
    told = {part["title"]: part["rows"] for part in json.loads(finished.stdout)["sections"]}
    rows = told["why in this value stream"]
    assert placed["value_stream_id"] in {row["value_stream_id"] for row in rows}
    assert not any(row["rule"].startswith("no rule") for row in rows)
    assert sum(row["minutes"] for row in rows) == sum(
        row["minutes"] for row in told["days and their evidence"]
    )
