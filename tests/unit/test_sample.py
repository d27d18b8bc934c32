"""The sample company keeps every promise that its documentation makes."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from capstream.company import check_company
from capstream.sample import write_sample
from capstream.sample.chance import stream
from capstream.sample.company_plan import plan_teams
from capstream.sample.wording import FORMULA_TITLE
from capstream.sample.world import World, simulate

FORGE_BOTS = {"dependabot[bot]", "github-actions[bot]", "Copilot"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


@pytest.fixture(scope="module")
def issues(root: Path) -> list[dict[str, Any]]:
    return list(_lines(root / "sources/jira", "*.jsonl.gz"))


@pytest.fixture(scope="module")
def pulls(root: Path) -> list[dict[str, Any]]:
    return list(_lines(root / "sources/github", "*.pulls.jsonl.gz"))


@pytest.fixture(scope="module")
def deployments(root: Path) -> list[dict[str, Any]]:
    return list(_lines(root / "sources/github", "*.deployments.jsonl.gz"))


@pytest.fixture(scope="module")
def commits(root: Path) -> list[dict[str, Any]]:
    tables = sorted((root / "sources/git").glob("*.commits.parquet"))
    return [row for path in tables for row in pq.read_table(path).to_pylist()]


def _lines(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(pattern)):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


def _rows(root: Path, table: str) -> list[dict[str, str]]:
    with (root / "inputs" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _digest(root: Path) -> dict[str, str]:
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def _moves(issue: dict[str, Any], field: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    histories = reversed(issue["changelog"]["histories"])
    return [(h, item) for h in histories for item in h["items"] if item["field"] == field]


def test_the_company_folder_passes_its_own_check(root: Path) -> None:
    assert [str(problem) for problem in check_company(root)] == []


def test_same_arguments_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    write_sample(tmp_path / "here", seed=3, people=9, months=3)
    script = (
        "import sys; from pathlib import Path; from capstream.sample import write_sample;"
        "write_sample(Path(sys.argv[1]), seed=3, people=9, months=3)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "17", "TZ": "Asia/Tokyo"}
    there = tmp_path / "there"
    subprocess.run([sys.executable, "-c", script, str(there)], check=True, env=environment)
    assert _digest(tmp_path / "here") == _digest(there)
    assert not list(there.rglob("*.partial"))


def test_another_seed_gives_another_company(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_sample(tmp_path / str(seed), seed=seed, people=8, months=2)
    one, two = _digest(tmp_path / "1"), _digest(tmp_path / "2")
    assert set(one) == set(two)
    assert one["inputs/payroll.csv"] != two["inputs/payroll.csv"]


def test_more_people_leave_the_first_teams_as_they_were() -> None:
    small, large = simulate(5, 15, 2), simulate(5, 30, 2)
    names = {person.person_id: person.name for person in large.people}
    assert all(names[person.person_id] == person.name for person in small.people)
    titles = [[item.title for item in world.traces[0].items] for world in (small, large)]
    assert titles[0] == titles[1]


@pytest.mark.parametrize(("people", "months"), [(1, 1), (3, 2), (300, 1)])
def test_any_size_is_a_valid_company(tmp_path: Path, people: int, months: int) -> None:
    write_sample(tmp_path, people=people, months=months)
    assert [str(problem) for problem in check_company(tmp_path)] == []
    assert len(plan_teams(people)) == {1: 1, 3: 1, 300: 40}[people]


def test_an_empty_company_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ask for more"):
        write_sample(tmp_path, people=0)


def test_streams_of_chance_are_independent_of_each_other() -> None:
    assert stream(7, "a").random() == stream(7, "a").random()
    assert stream(7, "a").random() != stream(7, "b").random()


def test_size_is_that_of_a_company_of_sixty(
    issues: list[Any], pulls: list[Any], commits: list[Any], deployments: list[Any]
) -> None:
    assert 1500 <= len(issues) <= 2500
    assert 6000 <= len(commits) <= 9500
    assert 2500 <= len(pulls) <= 3700
    production = [d for d in deployments if d["deployment"]["environment"] == "production"]
    weeks = 61
    assert 1.5 <= len(production) / 8 / weeks <= 6


def test_people_have_every_promised_trait(root: Path) -> None:
    people = _rows(root, "people")
    ids = {row["person_id"] for row in people}
    assert len(ids) == 60
    assert len({row["team"] for row in people}) == 8
    assert {row["entity"] for row in people} == {"US01", "DE01"}
    assert {row["work_country"] for row in people} == {"US", "DE", "PL"}
    assert len({row["timezone"] for row in people}) >= 5
    assert len({row["calendar"] for row in people}) >= 7
    assert {row["role_class"] for row in people} == {
        "engineer", "qa", "designer", "product", "manager",
    }  # fmt: skip
    assert {row["worker_type"] for row in people} == {"employee", "contractor"}
    assert any(row["weekday_hours"] == "8;8;8;8;0;0;0" for row in people)
    assert any(row["fte"] == "0.5" and not row["weekday_hours"] for row in people)
    assert len({row["name"] for row in people}) == 60
    assert any(row["start_date"] == "2026-01-15" for row in people), "joiner in mid-month"
    spells = defaultdict(list)
    for row in people:
        spells[row["person_id"]].append(row)
    movers = [rows for rows in spells.values() if len(rows) > 1]
    assert any(len({row["team"] for row in rows}) == 2 for rows in movers)
    assert any(len({row["entity"] for row in rows}) == 2 for rows in movers)
    assert any(rows[-1]["end_date"] for rows in spells.values()), "somebody leaves"


def test_time_off_has_half_days_long_leave_and_unpaid_leave(root: Path) -> None:
    rows = _rows(root, "time_off")
    assert any(row["share"] == "0.5" for row in rows)
    assert any(row["kind"] == "unpaid" for row in rows)
    lengths = [
        (date.fromisoformat(r["end_date"]) - date.fromisoformat(r["start_date"])).days for r in rows
    ]
    assert max(lengths) > 60


def test_one_account_passes_from_one_person_to_another(root: Path) -> None:
    accounts = defaultdict(list)
    for row in _rows(root, "identities"):
        accounts[row["source"], row["account"]].append(row)
    shared = [rows for rows in accounts.values() if len(rows) > 1]
    assert len(shared) == 1
    first, second = shared[0]
    assert first["valid_to"] < second["valid_from"]
    codes = {row["person_id"] for row in _rows(root, "identities") if row["source"] == "code"}
    assert codes, "somebody has two addresses"


def test_payroll_is_to_the_cent_and_covers_every_component(root: Path) -> None:
    rows = _rows(root, "payroll")
    assert {row["pay_component"] for row in rows} == {
        "salary", "payroll_tax", "benefits", "bonus", "stock_compensation",
        "contractor_invoice", "other",
    }  # fmt: skip
    assert all(Decimal(row["amount"]).as_tuple().exponent == -2 for row in rows)
    assert any(Decimal(row["amount"]) < 0 for row in rows), "a negative correction"
    split = {(r["month"], r["person_id"]) for r in rows if r["entity"]}
    assert split == {("2026-06", "P028")}, "paid by two entities in the month of the move"
    people = _rows(root, "people")
    contractors = {row["person_id"] for row in people if row["worker_type"] == "contractor"}
    invoiced = {r["person_id"] for r in rows if r["pay_component"] == "contractor_invoice"}
    assert invoiced == contractors


def test_ledger_balances_say_what_the_register_says(root: Path) -> None:
    register: Counter[tuple[str, str, str]] = Counter()
    for row in _rows(root, "payroll"):
        currency_entity = {"USD": "US01", "EUR": "DE01"}[row["currency"]]
        register[row["month"], currency_entity, row["account"]] += Decimal(row["amount"])  # type: ignore[assignment]
    balances = {
        (row["month"], row["entity"], row["account"]): Decimal(row["amount"])
        for row in _rows(root, "gl_balances")
    }
    assert balances == dict(register)


def test_components_tell_every_story(root: Path) -> None:
    components = {row["component_id"]: row for row in _rows(root, "components")}
    gates = defaultdict(list)
    for row in _rows(root, "gates"):
        gates[row["gate"]].append(row)
    starts = {"alternatives_closed", "authorised", "funding_committed", "probable_to_complete"}
    passed = {gate: {row["component_id"] for row in rows} for gate, rows in gates.items()}
    open_now = set.intersection(*(passed[gate] for gate in starts))
    ready = passed["substantially_complete"]
    assert len(open_now - ready - passed["suspended"]) >= 3
    ready_days = [row["effective_date"] for row in gates["substantially_complete"]]
    assert sum(day[8:] not in ("01", "30", "31") for day in ready_days) >= 5
    assert "2026-10-14" in ready_days, "one is placed in service in the default run month"
    assert passed["suspended"] - passed["resumed"]
    assert passed["resumed"]
    assert set(components) - open_now - {r["component_id"] for r in _rows(root, "opening_balances")}
    assert any(row["adds_functionality"] == "true" for row in components.values())
    assert any(row["depends_on"] for row in components.values())
    for opened, resolved in zip(
        gates["uncertainty_opened"], gates["uncertainty_resolved"], strict=True
    ):
        assert opened["subject"] == resolved["subject"]
    late = [
        row
        for rows in gates.values()
        for row in rows
        if date.fromisoformat(row["recorded_at"][:10]) - date.fromisoformat(row["effective_date"])
        > timedelta(days=30)
    ]
    assert len(late) == 1


def test_opening_balances_are_straight_line(root: Path) -> None:
    life = {row["component_id"]: int(row["life_months"]) for row in _rows(root, "components")}
    carried = [row for row in _rows(root, "opening_balances") if Decimal(row["gross_amount"])]
    assert carried
    for row in carried:
        months, left = life[row["component_id"]], int(row["remaining_months"])
        charged = Decimal(row["gross_amount"]) * (months - left) / months
        assert abs(charged - Decimal(row["accumulated_amount"])) <= Decimal("0.005")


def test_declared_shares_are_approved_but_for_one_month(root: Path) -> None:
    rows = _rows(root, "declared_allocations")
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sums[row["month"], row["person_id"]] += Decimal(row["share"])  # type: ignore[assignment]
        assert row["declared_by"] != row["approved_by"]
    assert max(sums.values()) <= 1
    assert {row["month"] for row in rows if not row["approved_by"]} == {"2026-05"}


def test_issues_are_native_and_their_history_adds_up(issues: list[dict[str, Any]]) -> None:
    assert len({issue["key"] for issue in issues}) == len(issues)
    for issue in issues:
        fields, log = issue["fields"], issue["changelog"]
        assert log["total"] == len(log["histories"])
        assert fields["worklog"]["total"] == len(fields["worklog"]["worklogs"]) <= 20
        times = [h["created"] for h in log["histories"]]
        instants = [datetime.fromisoformat(at) for at in times]
        assert instants == sorted(instants, reverse=True), "newest first"
        assert all(at >= datetime.fromisoformat(fields["created"]) for at in instants)
        moves = [item for _, item in _moves(issue, "status")]
        before = "Backlog"
        for move in moves:
            assert move["fromString"] == before
            before = move["toString"]
        assert fields["status"]["name"] == before
        finished = before in ("Done", "Closed", "Won't Do")
        assert (fields["resolution"] is not None) == finished
        assert (fields["resolutiondate"] is not None) == finished


def test_work_flows_through_every_status(issues: list[dict[str, Any]]) -> None:
    reached = Counter(m["toString"] for issue in issues for _, m in _moves(issue, "status"))
    for status in (
        "Ready", "In Progress", "In Review", "Testing", "Ready to Deploy", "Done", "Won't Do",
        "Reopened", "Closed",
    ):  # fmt: skip
        assert reached[status] > 0, status
    back = [
        m
        for issue in issues
        for _, m in _moves(issue, "status")
        if m["toString"] == "In Progress" and m["fromString"] in ("In Review", "Testing")
    ]
    assert len(back) > 100, "rework is visible"
    types = Counter(issue["fields"]["issuetype"]["name"] for issue in issues)
    assert set(types) == {"Epic", "Story", "Task", "Bug", "Spike", "Sub-task"}
    labels = Counter(label for issue in issues for label in issue["fields"]["labels"])
    assert {"training", "maintenance", "refactoring", "gift-cards"} <= set(labels)


def test_trackers_hold_what_makes_them_hard(issues: list[dict[str, Any]]) -> None:
    in_progress = [i for i in issues if i["fields"]["status"]["name"] == "In Progress"]
    idle = [i for i in in_progress if i["fields"]["updated"] < "2026-08-01"]
    assert len(idle) >= 10, "stale tickets"
    moved = [i for i in issues if len(_moves(i, "IssueParentAssociation")) > 0]
    assert len(moved) >= 8, "moved to another parent"
    late = [
        i
        for i in issues
        for history, _ in _moves(i, "labels")
        if any(h["created"] < history["created"] for h, m in _moves(i, "resolution"))
    ]
    assert len(late) >= 10, "labelled after the work"
    assert any(_moves(i, "issuetype") for i in issues)
    jumps = [
        i
        for i in issues
        if [m["toString"] for _, m in _moves(i, "status")][-1:] == ["Done"]
        and not any(m["toString"] == "In Progress" for _, m in _moves(i, "status"))
    ]
    assert len(jumps) >= 20, "worked on without ever being moved"
    assert any(i["fields"]["summary"] == FORMULA_TITLE for i in issues)
    orphans = [i for i in issues if "parent" not in i["fields"]]
    assert len(orphans) > 54


def test_some_work_leaves_no_code_and_long_silence(
    root: Path, commits: list[dict[str, Any]], issues: list[dict[str, Any]]
) -> None:
    analyst = next(row for row in _rows(root, "people") if row["role"] == "Analyst")
    assert analyst["email"] not in {commit["author_id"] for commit in commits}
    quiet = 0
    for issue in issues:
        moves = [datetime.fromisoformat(h["created"]) for h, _ in _moves(issue, "status")]
        is_own = (issue["fields"]["assignee"] or {}).get("displayName") == analyst["name"]
        gaps = [late - early for early, late in pairwise(moves)]
        quiet += is_own and any(gap > timedelta(days=12) for gap in gaps)
    assert quiet >= 10


def test_one_rewrite_in_bulk_by_one_author(issues: list[dict[str, Any]]) -> None:
    closed = [
        (history["created"], history["author"]["accountId"])
        for issue in issues
        for history, move in _moves(issue, "status")
        if move["toString"] == "Closed"
    ]
    times = sorted(datetime.fromisoformat(at) for at, _ in closed)
    assert len(times) >= 30
    assert times[-1] - times[0] <= timedelta(minutes=5)
    assert len({author for _, author in closed}) == 1


def test_the_time_app_logs_what_nobody_worked(issues: list[dict[str, Any]], root: Path) -> None:
    known = {r["account"] for r in _rows(root, "identities") if r["source"] == "tracker"}
    logs = [w for i in issues for w in i["fields"]["worklog"]["worklogs"]]
    by_app = [w for w in logs if w["author"]["accountType"] == "app"]
    assert len(by_app) > 500
    assert {w["timeSpentSeconds"] for w in by_app} == {600}
    by_people = [w for w in logs if w["author"]["accountId"] in known]
    assert len(by_people) > 200
    strangers = {
        c["author"]["accountId"]
        for i in issues
        for c in i["fields"]["comment"]["comments"]
        if c["author"]["accountId"] not in known
    }
    assert len(strangers) == 1, "one account belongs to nobody"


def test_pull_requests_are_native(pulls: list[dict[str, Any]]) -> None:
    events = Counter(event["event"] for pull in pulls for event in pull["events"])
    assert set(events) >= {
        "committed", "reviewed", "ready_for_review", "labeled", "merged", "closed",
    }  # fmt: skip
    states = {e["state"] for p in pulls for e in p["events"] if e["event"] == "reviewed"}
    assert states == {"APPROVED", "CHANGES_REQUESTED", "COMMENTED"}
    for pull in pulls:
        head = pull["pull"]
        assert head["merge_commit_sha"]
        assert (head["merged_at"] is None) == (not head["merged"])
        if head["merged_at"]:
            assert head["created_at"] <= head["merged_at"]
    unmerged = [p for p in pulls if p["pull"]["state"] == "closed" and not p["pull"]["merged"]]
    assert unmerged
    authors = Counter(p["pull"]["user"]["login"] for p in pulls)
    assert authors["dependabot[bot]"] > 100
    assert authors["Copilot"] > 10
    assert {p["pull"]["user"]["type"] for p in pulls} == {"User", "Bot"}


def test_code_is_linked_as_loosely_as_in_life(
    pulls: list[dict[str, Any]], commits: list[dict[str, Any]], issues: list[dict[str, Any]]
) -> None:
    by_people = [p["pull"] for p in pulls if p["pull"]["user"]["login"] not in FORGE_BOTS]
    unlinked = [
        p for p in by_people if "-" not in p["title"].split(" ")[0] and "/" in p["head"]["ref"]
    ]
    assert 0.04 < len(unlinked) / len(by_people) < 0.2
    keys = {issue["key"] for issue in issues}
    subjects = [commit["message"].split(":")[0].split() for commit in commits]
    named = [len([word for word in words if word in keys]) for words in subjects]
    assert named.count(2) > 30, "commits that name two items"
    assert all("{" not in p["head"]["ref"] for p in by_people)
    assert any("noreply@anthropic.com" in c["message"] for c in commits)


def test_git_tables_are_one_connected_history(root: Path) -> None:
    for path in sorted((root / "sources/git").glob("*.commits.parquet")):
        rows = pq.read_table(path).to_pylist()
        shas = [row["sha"] for row in rows]
        assert len(set(shas)) == len(shas)
        known = set(shas)
        assert all(parent in known for row in rows for parent in row["parents"].split())
        assert sum(not row["parents"] for row in rows) == 1, "one root"
        tags = pq.read_table(path.with_name(path.name.replace("commits", "tags"))).to_pylist()
        assert tags
        assert all(tag["commit_sha"] in known for tag in tags)
        files = pq.read_table(path.with_name(path.name.replace("commits", "commit_files")))
        lines: Counter[str] = Counter()
        for row in files.to_pylist():
            lines[row["sha"]] += row["insertions"]
        assert all(lines[row["sha"]] == row["insertions"] for row in rows)
    merges = [row for row in rows if len(row["parents"].split()) == 2]
    assert merges


def test_work_has_a_rhythm(commits: list[dict[str, Any]]) -> None:
    people = [c for c in commits if "bot" not in c["author_id"]]
    local = [datetime.fromisoformat(c["author_time"]) for c in people]
    weekend = sum(at.weekday() >= 5 for at in local)
    assert 3 <= weekend <= 0.01 * len(local), "a few weekend hotfixes"
    in_hours = sum(8 <= at.hour < 19 for at in local if at.weekday() < 5)
    assert in_hours > 0.98 * (len(local) - weekend)
    assert len({at.utcoffset() for at in local}) >= 5


def test_deployments_fail_roll_back_and_meet_incidents(
    deployments: list[dict[str, Any]], root: Path
) -> None:
    states = Counter(s["state"] for d in deployments for s in d["statuses"])
    assert states["failure"] > 10
    assert states["inactive"] > 500
    assert sum(d["deployment"]["task"] == "rollback" for d in deployments) > 10
    unplanned = [d for d in deployments if not d["deployment"]["payload"]["is_planned"]]
    assert len(unplanned) > 20
    environments = {d["deployment"]["environment"] for d in deployments}
    assert environments == {"staging", "production"}
    with (root / "sources/tables/incidents.csv").open(encoding="utf-8") as lines:
        incidents = list(csv.DictReader(lines))
    ids = {str(d["deployment"]["id"]) for d in deployments}
    linked = [i["deployment_id"] for i in incidents if i["deployment_id"]]
    assert len(linked) > 20
    assert set(linked) <= ids
    assert any(not i["deployment_id"] and not i["work_item_key"] for i in incidents)
    assert any(i["work_item_key"] for i in incidents)


def test_ai_starts_team_after_team_and_two_never(root: Path) -> None:
    starts = {row["team"]: row["start_date"] for row in _rows(root, "ai_rollouts")}
    assert len(starts) == 6
    assert sorted(set(starts.values())) == ["2026-02-02", "2026-04-01", "2026-06-01"]
    costs = _rows(root, "ai_costs")
    assert {row["charge_type"] for row in costs} == {"seat", "metered", "other"}
    assert {row["price_basis"] for row in costs} == {"invoiced", "vendor_estimate"}
    assert {row["currency"] for row in costs} == {"USD", "EUR"}
    assert any(row["work_item_key"] for row in costs)
    assert any(not row["person_id"] and not row["account"] for row in costs)
    seats = {row["account"] for row in _rows(root, "ai_seats")}
    used = {f"nl-{row['person_id'].lower()}" for row in _rows(root, "ai_usage")}
    assert used <= seats
    assert min(row["date"] for row in _rows(root, "ai_usage")) >= "2026-02-02"
    assert min(row["month"] for row in costs) == "2026-02"


def test_the_planted_effect_is_there() -> None:
    world = simulate(7, 120, 14)
    before, after = _review_waits(world)
    assert after > 1.15 * before, "review wait goes up after the start"
    assert 1.05 < _faster(world) < 1.35, "throughput goes up against the teams that never start"


def _review_waits(world: World) -> tuple[float, float]:
    waits: dict[bool, list[float]] = {False: [], True: []}
    for pull in (p for traces in world.traces for p in traces.pulls if p.reviews and p.ready):
        if pull.ready is not None and pull.team.ai_start is not None:
            wait = (pull.reviews[0].at - pull.ready).total_seconds()
            waits[pull.team.ai_effect(pull.ready.date()) == 1].append(wait)
    middle = [sorted(w)[len(w) // 2] for w in (waits[False], waits[True])]
    return middle[0], middle[1]


def _faster(world: World) -> float:
    """Return how work shipped per engineer's hour grew, against the teams that never start."""
    early, late = ("2025-10", "2026-01"), ("2026-07", "2026-10")
    sums: defaultdict[tuple[bool, bool, str], float] = defaultdict(float)
    for item in (i for traces in world.traces for i in traces.items if i.ready_to_ship):
        assert item.ready_to_ship is not None
        month, treated = item.ready_to_ship.strftime("%Y-%m"), item.team.ai_start is not None
        sums[treated, month >= late[0], "work"] += item.effort * _between(month, early, late)
    for person in (p for p in world.people if p.role_class == "engineer"):
        for day, hours in person.capacity.items():
            month, treated = day.strftime("%Y-%m"), person.spell(day).team.ai_start is not None
            sums[treated, month >= late[0], "hours"] += hours * _between(month, early, late)
    pace = {
        (treated, after): sums[treated, after, "work"] / sums[treated, after, "hours"]
        for treated in (False, True)
        for after in (False, True)
    }
    return (pace[True, True] / pace[True, False]) / (pace[False, True] / pace[False, False])


def _between(month: str, *spans: tuple[str, str]) -> bool:
    return any(first <= month <= last for first, last in spans)


def test_nobody_but_the_company_is_named(root: Path) -> None:
    for path in [*root.glob("*.yaml"), *root.glob("inputs/*.csv")]:
        text = path.read_text(encoding="utf-8")
        addresses = {word for word in text.replace(",", " ").split() if "@" in word}
        assert all(
            a.endswith(("@northlight.example", "@users.noreply.github.com")) for a in addresses
        )
