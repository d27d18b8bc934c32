"""Value stream and component of an item on a day (contract 3, value_streams.yaml)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tests.oracle.item_states import ItemStates
from tests.oracle.links import Links
from tests.oracle.records import Records, Row

Place = tuple[str, frozenset[str]]  # repository, paths
NOWHERE = ("NONE", "NONE")
MARKS = {"item", "label", "field", "component"}


class Streams:
    """First match by level, within a level by the order of the file."""

    def __init__(self, records: Records, states: ItemStates, links: Links) -> None:
        self.states = states
        self.rules = sorted(records.rows("company.stream_rules"), key=lambda row: row["rule_order"])
        # Day, repository and paths of the code of each item.
        self.code: dict[str, list[tuple[date, Place]]] = defaultdict(list)
        for commit in links.commits.values():
            built = date.fromisoformat(str(commit["authored_at"])[:10])
            for item in links.of_commit(commit):
                place = (commit["repository"], links.paths(commit["sha"]))
                self.code[item].append((built, place))
        for pull, (created, _) in links.pulls.items():
            for item in links.of_pull(pull):
                self.code[item].append((created.date(), (pull[0], frozenset())))

    def of_item(self, key: str, on: date, team: str) -> tuple[str, str]:
        """Return value stream and component of an item on a day."""
        if key not in self.states.items:
            return self.of_team(on, team)
        lineage = self._lineage(key, on)
        for level in range(1, 8):
            for rule in self._holding(on):
                if self._matches(rule, level, lineage, on, team):
                    return self.result(rule["rule_order"])
        return NOWHERE

    def of_team(self, on: date, team: str) -> tuple[str, str]:
        """Return value stream and component of whatever a team does, by its name alone."""
        for rule in self._holding(on):
            if rule["match_kind"] == "team" and rule["match_value"] == team:
                return self.result(rule["rule_order"])
        return NOWHERE

    def rule_of_places(self, places: Iterable[Place], on: date) -> int | None:
        """Return the first rule on repositories and paths that holds for code in these places."""
        known = list(places)
        for rule in self._holding(on):
            if rule["match_kind"] == "repository" and any(_is_in(rule, *place) for place in known):
                return rule["rule_order"]
        return None

    def result(self, rule_order: int) -> tuple[str, str]:
        """Return the value stream and component that a rule gives."""
        rule = next(rule for rule in self.rules if rule["rule_order"] == rule_order)
        return rule["value_stream_id"], rule.get("component_id") or "NONE"

    def _holding(self, on: date) -> Iterator[Row]:
        for rule in self.rules:
            if (rule.get("valid_from") or "") <= on.isoformat() <= (rule.get("valid_to") or "9999"):
                yield rule

    def _lineage(self, key: str, on: date) -> dict[int, str | None]:
        """Keys by level: the item, its parent, its epic, the epic's parent."""
        parent = self.states.on(key, "parent_key", on)
        epic = self._epic(key, parent, on)
        initiative = self.states.on(epic, "parent_key", on) if epic else None
        return {1: key, 2: parent, 3: epic, 4: initiative}

    def _epic(self, key: str, parent: str | None, on: date) -> str | None:
        """The epic that an item or its parent names or hangs under; else itself, if it is one."""
        for item in filter(None, (key, parent)):
            named = self.states.on(item, "epic_key", on)
            above = self.states.on(item, "parent_key", on)
            if named or (above and self._is_epic(above, on)):
                return named or above
        return key if self._is_epic(key, on) else None

    def _is_epic(self, key: str, on: date) -> bool:
        return (self.states.on(key, "item_type", on) or "").lower() == "epic"

    def _matches(
        self, rule: Row, level: int, lineage: dict[int, str | None], on: date, team: str
    ) -> bool:
        kind, value = rule["match_kind"], rule["match_value"]
        if kind in MARKS:
            key = lineage.get(level)
            return key is not None and self._is_marked(rule, key, on)
        if level != {"parent": 2, "epic": 3, "initiative": 4, "project": 5, "repository": 6,
                     "team": 7}[kind]:  # fmt: skip
            return False
        if kind in {"parent", "epic", "initiative"}:
            return lineage[level] == value
        if kind == "project":
            return self.states.on(lineage[1], "project_key", on) == value
        if kind == "team":
            return team == value
        return any(_is_in(rule, *place) for place in self._places(lineage[1], on))

    def _is_marked(self, rule: Row, key: str, on: date) -> bool:
        kind, value = rule["match_kind"], rule["match_value"]
        if key not in self.states.items:
            return False
        if kind == "item":
            return key == value
        if kind in {"label", "component"}:
            return value in (self.states.on(key, f"{kind}s", on) or ())
        return value in _texts(self.states.items[key].get("fields"), rule["match_field"])

    def _places(self, key: str | None, on: date) -> Iterator[Place]:
        if key is None:
            return
        project = self.states.items[key].get("project_key")
        if project and "/" in project:
            yield project, frozenset()
        yield from (place for built, place in self.code[key] if built <= on)


def _is_in(rule: Row, repository: str, paths: frozenset[str]) -> bool:
    wanted, found = rule["match_value"].lower(), repository.lower()
    if found not in (wanted, wanted.split("/")[-1]):
        return False
    glob = rule.get("path")
    return glob is None or any(re.fullmatch(_pattern(glob), path) for path in paths)


def _pattern(glob: str) -> str:
    parts = re.split(r"(\*\*|\*|\?)", glob)
    wild = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(wild.get(part, re.escape(part)) for part in parts)


def _texts(fields: Any, name: str) -> set[str]:
    given = json.loads(fields) if isinstance(fields, str) else fields or {}
    value = given.get(name)
    values = value if isinstance(value, list) else [value]
    return {str(v.get("value")) if isinstance(v, dict) else str(v) for v in values if v is not None}
