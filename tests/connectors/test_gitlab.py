"""GitLab's GraphQL tells what its REST tells; where it cannot, REST is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from capstream.connectors.gitlab.activity import UnreadableError, issue_parts
from tests.connectors.fetching_company import FetchingCompany
from tests.connectors.hosts.gitlab_site import BASE, gitlab_site
from tests.connectors.hosts.host import TOKEN, VARIABLE, Host, serving

LABELS, MILESTONES = {"7": "app", "9": "two words"}, {"2": "v1"}


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, TOKEN)


def company_of(root: Path, host: Host) -> FetchingCompany:
    entry: dict[str, Any] = {"kind": "gitlab", "group": "example"}
    return FetchingCompany(root, url=host.url, token_env=VARIABLE, **entry)


def told(company: FetchingCompany) -> dict[str, list[tuple[Any, ...]]]:
    """Return the tables without the ids of changes: only REST has numbers for them."""
    listed = company.query("describe raw.work_item_changes")
    names = [row[0] for row in listed if row[0] != "change_id"]
    kept = company.query(f"select {', '.join(names)} from raw.work_item_changes order by all")
    return {**company.tables(), "work_item_changes": kept}


def test_a_host_without_the_question_is_asked_by_rest(tmp_path: Path) -> None:
    with serving(gitlab_site()) as host:
        new = company_of(tmp_path / "new", host)
        new.load()
        assert not [path for path in host.paths if path.endswith("/notes")]
        host.site.knows_graphql = False  # type: ignore[attr-defined]
        older = company_of(tmp_path / "older", host)
        older.load()
        assert len({path for path in host.paths if path.endswith("/notes")}) == 8
        assert told(older) == told(new)
    assert len(new.tables()["work_item_changes"]) == 7


def test_an_event_that_a_note_does_not_name_is_asked_by_rest(tmp_path: Path) -> None:
    with serving(gitlab_site()) as host:
        for _, record in host.site.stamped["i4"]:  # type: ignore[attr-defined]
            record["parts"]["resource_label_events"][0]["label"] = {"name": "web"}
        host.site.hides = "web"  # type: ignore[attr-defined]
        company = company_of(tmp_path, host)
        company.load()
        asked = [path for path in host.paths if "/issues/4/" in path]
    assert f"{BASE}/issues/4/resource_label_events" in asked
    counts = "select count(*) from raw.work_item_changes where work_item_key like '%#4'"
    assert company.query(counts) == [(2,)]


def discussion(body: str, kind: str, number: str = "ab12") -> dict[str, Any]:
    note = {"id": f"gid://gitlab/{kind}/{number}", "body": body, "system": True,
            "createdAt": "2026-03-01T00:00:00Z", "author": {"username": "ada"}}  # fmt: skip
    return {"notes": {"pageInfo": {"hasNextPage": False}, "nodes": [note]}}


def read(body: str, kind: str) -> dict[str, list[Any]]:
    return issue_parts({"discussions": [discussion(body, kind)]}, LABELS, MILESTONES)


def test_a_note_of_labels_is_as_many_events() -> None:
    told = read("added ~7 ~9 + 1 deleted label and removed ~7 label", "LabelNote")["label_events"]
    said = [(each["action"], each["label"]["name"]) for each in told]
    assert said == [("add", "app"), ("add", "two words"), ("remove", "app")]
    assert len({each["id"] for each in told}) == 3
    assert read("removed 2 deleted labels", "LabelNote")["label_events"] == []


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ("changed milestone to %2", ("add", "v1")),
        ('changed milestone to /group%"next year"', ("add", "next year")),
        ("removed milestone /group/project%2", ("remove", "v1")),
    ],
)
def test_a_note_of_a_milestone_is_an_event(body: str, event: tuple[str, str]) -> None:
    (told,) = read(body, "MilestoneNote")["milestone_events"]
    assert (told["action"], told["milestone"]["title"]) == event


def test_a_note_of_a_state_says_what_became_of_it() -> None:
    bodies = ("closed", "closed via merge request !5", "reopened")
    states = [read(body, "StateNote")["state_events"][0]["state"] for body in bodies]
    assert states == ["closed", "closed", "reopened"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("added ~8 label", "LabelNote"),
        ("did something", "LabelNote"),
        ("removed milestone", "MilestoneNote"),
        ("changed milestone to %3", "MilestoneNote"),
        ("locked", "StateNote"),
    ],
)
def test_words_that_do_not_say_which_are_refused(body: str, kind: str) -> None:
    with pytest.raises(UnreadableError):
        read(body, kind)


def test_a_discussion_that_goes_on_is_refused_and_other_notes_are_no_events() -> None:
    longer = discussion("said", "Note", "7")
    longer["notes"]["pageInfo"]["hasNextPage"] = True
    with pytest.raises(UnreadableError):
        issue_parts({"discussions": [longer]}, {}, {})
    parts = read("set weight to 5", "WeightNote")
    assert not any(parts.values())
