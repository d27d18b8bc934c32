"""Three months are closed, the past is changed, and nothing closed moves."""

from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from capstream.close.digests import file_hashes
from capstream.close.verify import pack_findings
from capstream.warehouse import connect
from tests.e2e.closing_company import APPROVER, MONTHS, OPEN_MONTH, PREPARER, write_company
from tests.e2e.command import capstream, said
from tests.e2e.late_changes import CHANGES

CLASS_OF = {
    **dict.fromkeys(("late_pay", "rate", "life"), "estimate"),
    **dict.fromkeys(("rule", "election"), "policy_change"),
    **dict.fromkeys(
        ("late_worklog", "late_code", "relabel", "reparent", "roster", "mapping"), "error"
    ),
}
# Computed by hand: one person a cause, 10,000.00 a month; see tests/e2e/late_changes.py.
JANUARY_BY_CAUSE = {
    "late_worklog": {"C-WIL": "-1250.00"},  # 20 of 160 hours went to operations
    "late_code": {"C-COD": "-1250.00"},  # half of five days of twenty
    "relabel": {"C-LAB": "-10000.00"},
    "reparent": {"C-PAR": "-10000.00"},
    "roster": {"C-ROS": "-10000.00"},
    "mapping": {"C-MAP": "-10000.00"},
    "gate": {"C-GAT": "5000.00", "C-IAS": "4500.00"},  # ten of twenty days inside the window
    "rule": {"C-RUL": "-10000.00"},
    "election": {"C-ELE": "-10000.00"},
    "late_pay": {"C-PAY": "1750.00"},
    "rate": {"C-RAT": "400.00"},
    "life": {"C-LIFE": "-250.00"},  # 36,000 over 48 instead of 36 months
}


def signed(command: str, root: Path, month: str, *more: str) -> subprocess.CompletedProcess[str]:
    first = "--prepared-by" if command == "close" else "--requested-by"
    people = (first, PREPARER.lower(), "--approved-by", f" {APPROVER.upper()}")
    return capstream(command, "-c", root, "--month", month, *people, *more)


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the company with three months closed, straight from its records."""
    root = write_company(tmp_path_factory.mktemp("closed") / "company")
    for month in MONTHS:
        finished = signed("close", root, month)
        assert finished.returncode == 0, said(finished)
    return root


@pytest.fixture
def copied(closed: Path, tmp_path: Path) -> Path:
    root = tmp_path / "company"
    shutil.copytree(closed, root)
    return root


def kept(root: Path) -> dict[str, str]:
    """Return the hash of everything that closings wrote."""
    folders = [root / "out" / month for month in MONTHS] + [root / "var" / "ledger"]
    folders += [root / "var" / "closed" / month for month in MONTHS]
    return dict(file_hashes(root, (path for folder in folders for path in folder.iterdir())))


@pytest.fixture(scope="session")
def drifted(closed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return a copy whose past was changed in every way, with what drift says of it."""
    root = tmp_path_factory.mktemp("drifted") / "company"
    shutil.copytree(closed, root)
    for change in CHANGES.values():
        change(root)
    finished = capstream("drift", "-c", root, "--json")
    assert finished.returncode == 0, said(finished)
    return root, json.loads(finished.stdout)


@pytest.fixture(scope="session")
def trued_up(drifted: tuple[Path, dict[str, Any]]) -> Path:
    """Return the drifted company after its estimates were approved and the open month was run."""
    root, found = drifted
    proposals = [row for row in found["proposals"] if row["status"] == "proposed"]
    with (root / "inputs" / "true_up_approvals.csv").open("w", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("proposal_id", "content_hash", "approved_by", "approved_at"))
        for number, row in enumerate(proposals):
            # The last approval is of other content, so it must not count.
            is_last = number == len(proposals) - 1
            content = "0" * 32 if is_last else row["content_hash"]
            writer.writerow((row["proposal_id"], content, APPROVER, "2026-05-04T12:00:00+00:00"))
    finished = capstream("run", "-c", root, "--month", OPEN_MONTH)
    assert finished.returncode == 0, said(finished)
    return root


def exported(root: Path, relation: str, tmp_path: Path, *more: str) -> list[dict[str, str]]:
    target = tmp_path / f"{relation}.csv"
    finished = capstream("export", relation, "-o", target, "-c", root, *more)
    assert finished.returncode == 0, said(finished)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def relations(root: Path) -> list[str]:
    """Return the marts and the reports, by schema and name."""
    with connect(root / "var" / "capstream.duckdb", read_only=True) as connection:
        found = connection.execute(
            "select table_schema || chr(46) || table_name from information_schema.tables"
            " where table_schema in ('marts', 'reporting') order by 1"
        ).fetchall()
    return [str(row[0]) for row in found]


def rows(root: Path, relation: str) -> list[tuple[Any, ...]]:
    with connect(root / "var" / "capstream.duckdb", read_only=True) as connection:
        return connection.execute(f"from {relation} order by all").fetchall()


def column(root: Path, relation: str, name: str) -> set[str]:
    with connect(root / "var" / "capstream.duckdb", read_only=True) as connection:
        return {row[0] for row in connection.execute(f"select {name} from {relation}").fetchall()}


def test_the_pack_is_issued_whole(closed: Path) -> None:
    for month in MONTHS:
        names = {path.name for path in (closed / "out" / month).iterdir()}
        assert names >= {
            f"finance_{month}.xlsx",
            f"investment_{month}.xlsx",
            f"ai_roi_{month}.xlsx",
            f"report_{month}.html",
            f"cost_detail_{month}.parquet",
            f"journal_{month}.US01.netsuite.csv",
            "policy_us_book.yaml",
            "manifest.json",
        }
        assert "draft" not in names


def test_the_manifest_seals_the_chain(closed: Path) -> None:
    heads = [""]
    for month in MONTHS:
        text = (closed / "out" / month / "manifest.json").read_text(encoding="utf-8")
        manifest = json.loads(text)
        closing = manifest["closing"]
        assert manifest["status"] == "ISSUED"
        assert closing["event"]["previous_hash"] == heads[-1]
        assert closing["event"]["prepared_by"] == PREPARER.lower()
        heads.append(closing["chain_head"])
    assert len(set(heads)) == len(MONTHS) + 1


def test_issued_packs_verify_also_as_a_copy(closed: Path, tmp_path: Path) -> None:
    finished = capstream("verify", "-c", closed)
    assert finished.returncode == 0, said(finished)
    assert MONTHS[-1] in finished.stdout
    shutil.copytree(closed / "out" / MONTHS[1], tmp_path / "pack")
    assert pack_findings(tmp_path / "pack") == []


def test_an_anchor_is_found_or_missed(closed: Path) -> None:
    text = (closed / "out" / MONTHS[0] / "manifest.json").read_text(encoding="utf-8")
    head = json.loads(text)["closing"]["chain_head"]
    pack = closed / "out" / MONTHS[2]
    assert pack_findings(pack, anchor=head) == []
    assert [found.rule for found in pack_findings(pack, anchor="f" * 64)] == ["C-ANCHOR"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["run", "--month", "2026-02"], "closed and never recomputed"),
        (["close", "--month", "2026-02", "--prepared-by", PREPARER, "--approved-by", APPROVER],
         "closed already"),
        (["close", "--month", "2026-05", "--prepared-by", PREPARER, "--approved-by", APPROVER],
         "before 2026-04"),
        (["close", "--month", "2026-04", "--prepared-by", PREPARER, "--approved-by", PREPARER],
         "two different people"),
        (["close", "--month", "2026-04", "--prepared-by", "Nobody", "--approved-by", APPROVER],
         "'Nobody' does not hold the role prepare"),
        (["reopen", "--month", "2026-02", "--reason", "x", "--requested-by", PREPARER,
          "--approved-by", APPROVER], "only the latest closed month"),
        (["drift", "--month", "2026-04"], "month 2026-04 is closed: drift compares"),
        (["sample", "--month", "2026-03", "--size", "0"], "write at least 1"),
        (["compare-policy", "--month", "2026-03", "--policy", "us_book"], "two policies"),
    ],
)  # fmt: skip
def test_what_may_not_be_is_refused_and_changes_nothing(
    closed: Path, command: list[str], words: str
) -> None:
    before = kept(closed)
    finished = capstream("-c", closed, *command)
    assert finished.returncode == 2, said(finished)
    assert words in said(finished)
    assert kept(closed) == before


def test_a_month_reopens_and_closes_again_as_its_second_issue(copied: Path) -> None:
    before = kept(copied)
    finished = signed("reopen", copied, MONTHS[2], "--reason", "an invoice was missing")
    assert finished.returncode == 0, said(finished)
    finished = signed("close", copied, MONTHS[2], "--json")
    assert finished.returncode == 0, said(finished)
    issued = json.loads(finished.stdout)
    assert issued["event_id"] == "0005-close-2026-03"
    assert Path(issued["pack"]).name == "2026-03_v2"
    after = kept(copied)
    assert {name: after[name] for name in before} == before
    assert capstream("verify", "-c", copied).returncode == 0


Tampering = Callable[[Path], str]


def _policy(root: Path) -> str:
    path = root / "policies" / "us_book.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    return "policies/us_book.yaml"


def _removed(root: Path) -> str:
    path = next((root / "var" / "ledger").glob("0002*"))
    path.unlink()
    return "0003-close-2026-03.json"


def _reordered(root: Path) -> str:
    first, second = sorted((root / "var" / "ledger").glob("*.json"))[:2]
    content = first.read_bytes()
    first.chmod(0o644)
    second.chmod(0o644)
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    return first.name


def _cut(root: Path) -> str:
    next((root / "var" / "ledger").glob("0003*")).unlink()
    return "0003-close-2026-03"


def _pack_gone(root: Path) -> str:
    shutil.rmtree(root / "out" / MONTHS[0])
    return f"out/{MONTHS[0]}"


@pytest.mark.parametrize("tamper", [_policy, _removed, _reordered, _cut, _pack_gone])
def test_what_was_done_to_a_closing_is_found_and_named(copied: Path, tamper: Tampering) -> None:
    named = tamper(copied)
    found = pack_findings(copied / "out" / MONTHS[2])
    assert any(named in finding.file or named in finding.message for finding in found), found


def test_any_changed_byte_of_a_closed_pack_is_found(copied: Path) -> None:
    """Twenty random bytes a file, each file of a pack, of the ledger and of the frozen rows."""
    chance = random.Random(20261104)  # noqa: S311 - a test's chance
    folders = ("out/2026-02", "var/ledger", "var/closed/2026-02")
    paths = sorted(path for folder in folders for path in (copied / folder).iterdir())
    for path in paths:
        content = path.read_bytes()
        path.chmod(0o644)
        for _ in range(3):
            changed = bytearray(content)
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            path.write_bytes(bytes(changed))
            assert _finds(copied / "out" / "2026-02", path.name), path
        path.write_bytes(content)
    assert pack_findings(copied / "out" / "2026-02") == []


def _finds(pack: Path, name: str) -> bool:
    from capstream.errors import InputError

    try:
        found = pack_findings(pack)
    except InputError as refused:  # the manifest can no longer be read
        return name in str(refused)
    return any(name in finding.file for finding in found)


def test_drift_names_every_cause_with_its_amount(drifted: tuple[Path, dict[str, Any]]) -> None:
    by_cause: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in drifted[1]["lines"]:
        if line["month_key"] == "2026-01":
            amount = Decimal(line["difference_amount"])
            by_cause[line["cause"]][line["component_id"]] += amount
    found = {
        cause: {name: str(value) for name, value in amounts.items()}
        for cause, amounts in by_cause.items()
    }
    assert found == JANUARY_BY_CAUSE


def test_every_line_has_its_class(drifted: tuple[Path, dict[str, Any]]) -> None:
    for line in drifted[1]["lines"]:
        if line["cause"] == "gate":
            expected = "blocked_ias38_71" if line["entity"] == "DE01" else "error"
        else:
            expected = CLASS_OF[line["cause"]]
        assert line["correction_class"] == expected, line


def test_lines_and_proposals_sum_to_the_difference(drifted: tuple[Path, dict[str, Any]]) -> None:
    found = drifted[1]
    lines, proposals = defaultdict(Decimal), defaultdict(Decimal)
    for row in found["lines"]:
        if row["measure"] == "capitalised_cost":
            key = (row["month_key"], row["currency_code"])
            lines[key] += Decimal(row["difference_amount"])
    for row in found["proposals"]:
        if row["measure"] == "capitalised_cost":
            key = (row["origin_month_key"], row["currency_code"])
            proposals[key] += Decimal(row["difference_amount"])
            difference = Decimal(row["amount_now"]) - Decimal(row["amount_as_closed"])
            assert difference == Decimal(row["difference_amount"])
    months = {
        (row["month_key"], row["currency_code"]): Decimal(row["difference_amount"])
        for row in found["months"]
    }
    assert lines == proposals == months


def test_nothing_closed_moves(closed: Path, drifted: tuple[Path, dict[str, Any]]) -> None:
    assert kept(drifted[0]) == kept(closed)


def test_approved_estimates_are_booked_in_the_open_month(trued_up: Path, tmp_path: Path) -> None:
    lines = exported(trued_up, "fct_journal_lines", tmp_path, "--month", OPEN_MONTH)
    booked: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        if line["entry_type"] == "J10":
            amount = Decimal(line["debit_amount"]) - Decimal(line["credit_amount"])
            booked[line["component_id"], line["account_key"]] += amount
    assert booked["C-PAY", "cip"] == Decimal("1750.00")
    assert booked["C-PAY", "labour_contra"] == Decimal("-1750.00")
    assert booked["C-LIFE", "accumulated"] > 0
    assert sum(booked.values()) == 0


def test_an_approval_of_other_content_books_nothing(trued_up: Path, tmp_path: Path) -> None:
    proposals = exported(trued_up, "fct_prior_period_proposals", tmp_path)
    statuses = [row["status"] for row in proposals if row["correction_class"] == "estimate"]
    assert statuses.count("proposed") == 1
    assert statuses.count("approved") == 6
    booked = exported(trued_up, "fct_true_ups", tmp_path)
    assert len(booked) == 6


def test_closed_months_show_their_frozen_rows(trued_up: Path, tmp_path: Path) -> None:
    rows = exported(trued_up, "fct_capitalization", tmp_path)
    by_month: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        by_month[row["month_key"]] += Decimal(row["capex_amount"])
    assert [str(by_month[month]) for month in MONTHS] == ["100000.00"] * 3
    ledger = exported(trued_up, "fct_close_ledger", tmp_path)
    assert [row["event_id"] for row in ledger] == [
        f"{number:04d}-close-{month}" for number, month in enumerate(MONTHS, start=1)
    ]


def test_the_books_go_on_from_the_frozen_balances(trued_up: Path, tmp_path: Path) -> None:
    balances: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for row in exported(trued_up, "fct_asset_movements", tmp_path):
        key = (row["month_key"], row["component_id"], row["entity"], row["balance"])
        balances[key][row["movement_type"]] = row["amount"]
    opened = {key[1:]: moves["opening"] for key, moves in balances.items() if key[0] == OPEN_MONTH}
    ended = {key[1:]: moves["closing"] for key, moves in balances.items() if key[0] == MONTHS[-1]}
    assert {key: amount for key, amount in opened.items() if Decimal(amount)} == {
        key: amount for key, amount in ended.items() if Decimal(amount)
    }


@pytest.fixture(scope="session")
def kept_closed(trued_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of that company whose open month was run again without the closed ones."""
    root = tmp_path_factory.mktemp("kept") / "company"
    shutil.copytree(trued_up, root)
    finished = capstream("run", "-c", root, "--month", OPEN_MONTH, "--keep-closed")
    assert finished.returncode == 0, said(finished)
    assert f"kept through {MONTHS[-1]}" in finished.stdout
    return root


def test_without_the_closed_months_every_relation_says_the_same(
    trued_up: Path, kept_closed: Path
) -> None:
    names = relations(trued_up)
    assert len(names) > 100
    assert relations(kept_closed) == names
    different = [name for name in names if rows(trued_up, name) != rows(kept_closed, name)]
    assert different == []


def test_closed_months_were_not_computed(kept_closed: Path) -> None:
    months = column(kept_closed, "intermediate.int_capitalization__decided", "month_key")
    assert months == {OPEN_MONTH}


BUILT_WITH_LITTLE = """
import json, pathlib, sys
from capstream.company import load_company
from orchestration.lib import building
calls, run = [], building.run_models
def watched(path, artefacts, selection, *, memory):
    calls.append([memory, len(selection)])
    return run(path, artefacts, selection, memory=memory)
building.run_models = watched
building.open_months_memory = lambda people: ("12MiB", "1GiB")
outcome = building.build(load_company(pathlib.Path(sys.argv[1])))
built = [result.node.name for result in outcome.result.results if result.status == "success"]
print(json.dumps([outcome.success, calls, built]))
"""


def test_what_little_memory_does_not_suffice_for_is_built_with_more(
    kept_closed: Path, tmp_path: Path
) -> None:
    root = tmp_path / "company"
    shutil.copytree(kept_closed, root)
    command = [sys.executable, "-c", BUILT_WITH_LITTLE, str(root)]  # dbt's log stays open in here
    said_last = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    is_successful, calls, built = json.loads(said_last.splitlines()[-1])
    assert is_successful
    assert [memory for memory, _ in calls] == ["12MiB", "1GiB"]
    assert 0 < calls[1][1] < len(built) == len(set(built))
    names = relations(kept_closed)
    assert [name for name in names if rows(kept_closed, name) != rows(root, name)] == []


def test_a_closing_computes_them_and_compares(kept_closed: Path, tmp_path: Path) -> None:
    root = tmp_path / "company"
    shutil.copytree(kept_closed, root)
    finished = signed("close", root, OPEN_MONTH)
    assert finished.returncode == 0, said(finished)
    months = column(root, "intermediate.int_capitalization__decided", "month_key")
    assert months == {*MONTHS, OPEN_MONTH}
    manifest = json.loads((root / "out" / OPEN_MONTH / "manifest.json").read_text("utf-8"))
    assert "kept_through" not in manifest


def test_a_sample_is_drawn_the_same_twice(closed: Path) -> None:
    arguments = ("sample", "-c", closed, "--month", "2026-03", "--size", "5", "--seed", "3")
    first = capstream(*arguments, "--json")
    assert first.returncode == 0, said(first)
    drawn = json.loads(first.stdout)
    folder = Path(drawn["folder"])
    before = file_hashes(folder, folder.iterdir())
    assert capstream(*arguments).returncode == 0
    assert file_hashes(folder, folder.iterdir()) == before
    assert len(list(folder.glob("item_*.txt"))) == len(drawn["items"]) == 5
    page = (folder / "item_001.txt").read_text(encoding="utf-8")
    for title in ("JOURNAL LINE", "GATES", "WORK ITEM", "DAYS AND THEIR EVIDENCE", "PAY OF THE"):
        assert title in page


def test_two_policies_stand_side_by_side(closed: Path) -> None:
    finished = capstream(
        "compare-policy", "-c", closed, "--month", "2026-03", "--policy", "us_book",
        "--policy", "de_book", "--json",
    )  # fmt: skip
    assert finished.returncode == 0, said(finished)
    found = json.loads(finished.stdout)
    assert {row["difference"] for row in found["totals"]} == {"0.00"}
    assert sum(Decimal(row["capex_a"]) for row in found["components"]) > 0
