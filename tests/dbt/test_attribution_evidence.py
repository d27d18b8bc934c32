"""Evidence as presence: whose, on which day, on which item (attribution 2; rulings 5, 8, 9, 10)."""

from __future__ import annotations

import pytest

from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

MONDAY, TUESDAY, WEDNESDAY = "2026-03-02", "2026-03-03", "2026-03-04"


@pytest.fixture
def world() -> World:
    world = World()
    world.person("ada")
    for key in ("CHK-1", "CHK-2", "CHK-3"):
        world.item(key)
    return world


def test_thirty_commits_are_one_presence(world: World):
    for minute in range(30):
        world.commit("ada", f"2026-03-02 10:{minute:02d}:00", "CHK-1: step")
    world.commit("ada", "2026-03-02 15:00:00", "CHK-2")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 240, "CHK-2 T1": 240}


def test_the_strongest_signal_counts_never_the_sum(world: World):
    world.commit("ada", "2026-03-02 10:00:00", "CHK-1")
    world.comment("ada", "CHK-1", "2026-03-02 11:00:00")
    world.change("CHK-2", "2026-03-02 12:00:00", "status", "To Do", "Done", by="ada")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 320, "CHK-2 T1": 160}


def test_one_commit_naming_two_items_is_split_before_the_strongest_is_taken(world: World):
    world.commit("ada", "2026-03-02 10:00:00", "CHK-1 and CHK-2")
    world.commit("ada", "2026-03-02 11:00:00", "CHK-2")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 160, "CHK-2 T1": 320}


def test_a_split_commit_still_closes_its_day(world: World):
    world.commit("ada", "2026-03-02 10:00:00", "CHK-1 CHK-2 CHK-3")
    assert sum(world.effort()["ada", MONDAY].values()) == 480
    assert {what[-2:] for what in world.effort()["ada", MONDAY]} == {"T1"}


def test_author_time_decides_not_commit_time(world: World):
    world.commit("ada", "2026-03-02 10:00:00", "CHK-1", committed_at="2026-03-20 10:00:00")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 480}


def test_the_same_author_and_time_in_two_repositories_is_one_commit(world: World):
    world.commit("ada", "2026-03-02 10:00:00", "CHK-1", repository="org/a", sha="a")
    world.commit("ada", "2026-03-02 10:00:00", "CHK-2", repository="org/b", sha="b")
    world.commit("ada", "2026-03-02 11:00:00", "CHK-3")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 120, "CHK-2 T1": 120, "CHK-3 T1": 240}


def test_merge_commits_and_bots_are_no_evidence(world: World):
    world.commit("ada", "2026-03-02 10:00:00", "Merge CHK-1", parents=["a", "b"])
    world.add("company.identities", source="code", account="bot", person_id="ada")
    world.add("inp_actors", source="code", account="bot", kind="bot")
    world.commit("bot", "2026-03-02 10:00:00", "CHK-1")
    assert world.effort()["ada", MONDAY] == {"UNATTRIBUTED T6": 480}


def test_worklogs_of_bots_are_zero_minutes(world: World):
    world.add("inp_actors", source="tracker", account="timer", kind="bot")
    world.worklog("timer", "CHK-1", "2026-03-02 10:00:00", 36000)
    assert world.effort()["ada", MONDAY] == {"UNATTRIBUTED T6": 480}


def test_worklogs_of_accounts_not_trusted_are_no_effort(world: World):
    world.settings["trusted_worklogs_people"] = False
    world.add("company.trusted_accounts", account="Bea")
    world.person("bea")
    for person in ("ada", "bea"):
        world.worklog(person, "CHK-1", "2026-03-02 10:00:00", 28800)
    ledger = world.effort()
    assert ledger["bea", MONDAY] == {"CHK-1 T0": 480}
    assert "CHK-1 T0" not in ledger["ada", MONDAY]


@pytest.mark.parametrize(
    ("event", "presence"),
    [("review", 72), ("comment", 72), ("merge", 72), ("deployment", 72)],
)
def test_weak_signals_fill_their_part_only(world: World, event: str, presence: int):
    """A single comment is not a day (ruling 6)."""
    world.person("bea")
    world.pull("bea", 7, "2025-01-05 10:00:00", "CHK-1", merged_at="2026-03-30 10:00:00")
    if event == "review":
        world.review("ada", 7, "2026-03-02 10:00:00")
    elif event == "comment":
        world.comment("ada", "CHK-1", "2026-03-02 10:00:00")
    elif event == "merge":
        world.pull(
            "bea", 8, "2025-01-05 10:00:00", "CHK-1", merged_at="2026-03-02 10:00:00",
            merged_by="ada",
        )  # fmt: skip
    else:
        sha = world.commit("bea", "2025-01-05 10:00:00", "CHK-1")
        world.add(
            "inp_deployments", source="forge", deployment_id="d", service="app", sha=sha,
            actor="ada", environment="production", status="success",
            finished_at="2026-03-02 10:00:00",
        )  # fmt: skip
    assert world.effort()["ada", MONDAY]["CHK-1 T1"] == presence


def test_merging_ones_own_pull_request_is_nothing(world: World):
    merged = "2026-03-02 10:00:00"
    world.pull("ada", 7, "2025-01-05 10:00:00", "CHK-1", merged_at=merged, merged_by="Ada")
    assert world.effort()["ada", MONDAY] == {"UNATTRIBUTED T6": 480}


def test_opening_a_pull_request_counts_for_its_author(world: World):
    world.pull("ada", 7, "2026-03-02 10:00:00", "x", head_ref="feature/chk-1-pay")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 480}


@pytest.mark.parametrize("place", ["title", "body", "head_ref", "work_item_keys"])
def test_a_pull_request_names_its_items_in_every_place(world: World, place: str):
    named = {"title": "x"} | {place: ["CHK-1"] if place == "work_item_keys" else "for CHK-1."}
    world.pull("ada", 7, "2026-03-02 10:00:00", named.pop("title"), **named)
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 480}


@pytest.mark.parametrize("way", ["listed", "merged", "head"])
def test_a_pull_request_lends_its_items_to_its_commits(world: World, way: str):
    sha = world.commit("ada", "2026-03-02 10:00:00", "no key")
    more = {
        "listed": {},
        "merged": {"merge_commit_sha": sha, "merged_at": "2025-01-06 10:00:00"},
        "head": {"head_sha": sha},
    }[way]
    if way == "listed":
        world.add(
            "inp_pull_request_commits", source="forge", repository="org/app", number=7, sha=sha
        )
    world.pull("lead", 7, "2025-01-05 10:00:00", "CHK-1", **more)
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 480}


def test_the_merge_commit_of_a_pull_never_merged_is_not_its_own(world: World):
    sha = world.commit("ada", "2026-03-02 10:00:00", "no key")
    world.pull("lead", 7, "2025-01-05 10:00:00", "CHK-1", merge_commit_sha=sha)
    assert world.effort()["ada", MONDAY] == {"REPO:org/app T1b": 480}


def test_a_pull_request_without_keys_takes_those_of_its_commits(world: World):
    sha = world.commit("lead", "2025-01-04 10:00:00", "CHK-1")
    world.add("inp_pull_request_commits", source="forge", repository="org/app", number=7, sha=sha)
    world.pull("lead", 7, "2025-01-05 10:00:00", "no key")
    world.review("ada", 7, "2026-03-02 10:00:00")
    assert world.effort()["ada", MONDAY]["CHK-1 T1"] == 72


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("fix chk-1", {"CHK-1"}),
        ("feature_CHK-1", {"CHK-1"}),
        ("XCHK-1 and CHK-11 and UTF-8", set()),
        ("CHK-1a and CHK-1_fix", {"CHK-1"}),
        ("CHK-1a", set()),
        ("MY_CHK-1", {"MY_CHK-1"}),
        ("fix/MY_CHK-1_and_more, feature_CHK-2", {"MY_CHK-1", "CHK-2"}),
        ("sums\n\nRefs: CHK-2", {"CHK-2"}),
        ("closes #12", {"org/app#12"}),
        ("closes org/other#12", {"org/other#12"}),
        ("see https://forge.example/org/other/issues/12", {"org/other#12"}),
        ("&#12; and else#12", set()),
        ("closes #13", set()),
    ],
)
def test_only_existing_keys_link_and_bare_numbers_only_at_home(world: World, message, named):
    for key in ("org/app#12", "org/other#12", "org/other#13"):
        world.item(key, source="forge", project_key=key.split("#")[0])
    world.item("MY_CHK-1")
    world.commit("ada", "2026-03-02 10:00:00", message)
    rows = rows_of(world.run("int_code__linked"), "select work_item_key from int_code__linked")
    assert {row[0] for row in rows} == named


def test_keys_that_carry_their_source_are_found_by_their_bare_form(world: World):
    world.item("tracker:OPS-1", project_key="OPS")
    world.commit("ada", "2026-03-02 10:00:00", "OPS-1")
    assert world.effort()["ada", MONDAY] == {"tracker:OPS-1 T1": 480}


def test_a_listed_key_with_its_source_means_that_source(world: World):
    """Two trackers number alike, so both keys carry their source: a list that says which is met."""
    for source in ("tracker", "second"):
        world.item(f"{source}:OPS-1", source=source, project_key="OPS")
    world.pull("ada", 7, "2026-03-02 10:00:00", "no key", work_item_keys=["second:OPS-1"])
    assert world.effort()["ada", MONDAY] == {"second:OPS-1 T1": 480}


def test_code_that_names_a_key_from_before_a_move_is_linked(world: World):
    """A tracker gives a moved item a new key; what was committed before still means it."""
    world.item("PAY-7", fields={"former_keys": ["CHK-70"]})
    world.commit("ada", f"{MONDAY} 10:00:00", "CHK-70 before the move")
    assert world.effort()["ada", MONDAY] == {"PAY-7 T1": 480}


def test_a_key_from_before_a_move_that_another_item_has_now_means_that_item(world: World):
    world.item("PAY-7", fields={"former_keys": ["CHK-1"]})
    world.commit("ada", f"{MONDAY} 10:00:00", "CHK-1")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 480}


def test_a_weekend_hotfix_counts_on_the_next_working_day_and_says_so(world: World):
    world.commit("ada", "2026-03-07 10:00:00", "CHK-1")
    assert world.effort()["ada", "2026-03-09"] == {"CHK-1 T1": 480}
    assert world.column("is_moved", "2026-03-09") is True


def test_evidence_of_the_last_weekend_stays_inside_its_month():
    world = World(months=("2026-01", "2026-02"))
    world.person("ada")
    world.item("CHK-1")
    world.commit("ada", "2026-01-31 10:00:00", "CHK-1")
    ledger = world.effort()
    assert ledger["ada", "2026-01-30"] == {"CHK-1 T1": 480}
    assert ledger["ada", "2026-02-02"] == {"CHK-1 T2": 480}


def test_evidence_on_leave_moves_behind_the_leave(world: World):
    world.off("ada", MONDAY, TUESDAY)
    world.commit("ada", "2026-03-02 10:00:00", "CHK-1")
    assert world.effort()["ada", WEDNESDAY] == {"CHK-1 T1": 480}


def test_a_bulk_rewrite_is_no_work(world: World):
    for number in range(10):
        world.item(f"OLD-{number}")
        world.change(
            f"OLD-{number}", f"2026-03-02 10:0{number // 2}:30", "status", "To Do", "Done", by="ada"
        )
    assert world.effort()["ada", MONDAY] == {"UNATTRIBUTED T6": 480}


@pytest.mark.parametrize("kind", ["nine items", "two authors", "too slow", "one item often"])
def test_what_is_less_than_a_bulk_rewrite_is_work(world: World, kind: str):
    world.person("bea")
    for number in range(9 if kind == "nine items" else 10):
        key = "OLD-0" if kind == "one item often" else f"OLD-{number}"
        if number == 0 or kind != "one item often":
            world.item(key)
        minute = number if kind == "too slow" else 0
        author = "bea" if kind == "two authors" and number == 9 else "ada"
        world.change(
            key, f"2026-03-02 10:{minute:02d}:{number:02d}", "status", "To Do", "Done", by=author
        )
    assert "UNATTRIBUTED T6" not in world.effort()["ada", MONDAY]


def test_bulk_rewrites_are_found_however_a_clock_slices_them(world: World):
    """Ten items from 10:03 to 10:08: no five-minute slot of the clock holds them all."""
    for number in range(10):
        world.item(f"OLD-{number}")
        second = 180 + number * 33
        at = f"2026-03-02 10:{second // 60:02d}:{second % 60:02d}"
        world.change(f"OLD-{number}", at, "status", "To Do", "Done", by="ada")
    rows = rows_of(world.run("int_changes__bulk"), "select count(*) from int_changes__bulk")
    assert rows == [(10,)]


def test_one_person_with_two_accounts(world: World):
    world.add("company.identities", source="code", account="ada@home", person_id="ada")
    world.commit("ada", "2026-03-02 10:00:00", "CHK-1")
    world.commit("Ada@Home", "2026-03-02 11:00:00", "CHK-2")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 240, "CHK-2 T1": 240}


def test_two_persons_with_one_account_at_different_times(world: World):
    world.person("bea")
    until, since = {"valid_to": "2026-03-02"}, {"valid_from": "2026-03-03"}
    shared = {"source": "code", "account": "team@x"}
    world.add("company.identities", **shared, person_id="ada", **until)
    world.add("company.identities", **shared, person_id="bea", **since)
    world.commit("team@x", "2026-03-02 10:00:00", "CHK-1")
    world.commit("team@x", "2026-03-03 10:00:00", "CHK-2")
    ledger = world.effort()
    assert ledger["ada", MONDAY] == {"CHK-1 T1": 480}
    assert ledger["bea", TUESDAY] == {"CHK-2 T1": 480}


def test_the_mail_of_a_person_is_an_identity(world: World):
    world.person("bea", email="Bea@Example.org")
    world.commit("bea@example.org", "2026-03-02 10:00:00", "CHK-1")
    world.add("inp_actors", source="tracker", account="u1", email="bea@example.ORG", kind="human")
    world.comment("u1", "CHK-2", "2026-03-03 10:00:00")
    ledger = world.effort()
    assert ledger["bea", MONDAY] == {"CHK-1 T1": 480}
    assert ledger["bea", TUESDAY]["CHK-2 T1"] == 72


def test_a_no_reply_address_is_its_login(world: World):
    world.commit("4711+Ada@users.noreply.github.com", "2026-03-02 10:00:00", "CHK-1")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 480}


def test_unmatched_accounts_are_listed_with_their_volume_and_block_above_the_share(world: World):
    for hour in range(10, 19):
        world.commit("ada", f"2026-03-02 {hour}:00:00", "CHK-1")
    world.commit("nobody@x", "2026-03-02 10:00:00", "CHK-1")
    connection = world.run("int_accounts__unmatched", "int_checks__attribution")
    listed = "select account, evidence_count, evidence_ratio from int_accounts__unmatched"
    assert rows_of(connection, listed) == [("nobody@x", 1, 0.1)]
    check = (
        "select left_value, detail from int_checks__attribution where check_id = 'ATT-UNMATCHED'"
    )
    assert [str(value) for value in rows_of(connection, check)[0]] == [
        "5.00", "add to identities: nobody@x",
    ]  # fmt: skip


def test_acts_after_the_last_day_are_reported(world: World):
    world.person("bea", end="2026-03-10")
    world.commit("bea", "2026-03-20 10:00:00", "CHK-1")
    connection = world.run("int_checks__attribution")
    check = "select left_value, detail from int_checks__attribution"
    found = rows_of(connection, f"{check} where check_id = 'ATT-AFTER-LEAVING'")
    assert (int(found[0][0]), found[0][1]) == (1, "close the accounts or correct end_date of bea")


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Pacific/Kiritimati", "2026-03-02 10:30:00", TUESDAY),
        ("Pacific/Pago_Pago", "2026-03-03 10:30:00", MONDAY),
        ("UTC", "2026-03-02 23:59:59", MONDAY),
        ("America/New_York", "2026-03-03 04:59:59", MONDAY),
    ],
)
def test_a_day_is_a_day_in_the_persons_own_zone(world: World, zone: str, at: str, day: str):
    world.person("zoe", timezone=zone)
    world.commit("zoe", at, "CHK-1")
    assert world.effort()["zoe", day] == {"CHK-1 T1": 480}


def test_what_happened_after_the_data_as_of_is_not_known_yet(world: World):
    world.settings["as_of_at"] = "2026-03-02 09:00:00"
    world.commit("ada", "2026-03-02 10:00:00", "CHK-1")
    assert world.effort()["ada", MONDAY] == {"UNATTRIBUTED T6": 480}
