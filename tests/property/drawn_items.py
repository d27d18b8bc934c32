"""Work items, the changes that led to them, and the rules that map them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from tests.property.draw import Draw

STATUSES = ("To Do", "In Progress", "In Review", "Done", "Hacking")
TYPES = ("Story", "Bug", "Task")
LABELS = ("wallet", "risk", "x")


class ItemsDraw(Draw):
    """Draws what there is to work on."""

    def draw_items(self) -> None:
        for number in range(self.random.randint(4, 12)):
            project = self.random.choice(("CHK", "OPS"))
            self._item(f"{project}-{number + 1}")
        if self.may(0.5):
            self._item("org/app#3", source="forge", project_key="org/app")
        if self.may(0.2):
            for status, kind in (("in progress", "work"), ("hacking", "wait")):
                self.world.add(
                    "company.workflow_statuses", project="OPS", status_key=status, kind=kind
                )

    def _item(self, key: str, **more: Any) -> None:
        status = self.random.choice(STATUSES)
        row: dict[str, Any] = {
            "item_type": self.random.choice((*TYPES, *TYPES, "Epic")),
            "labels": sorted(self.some(LABELS, 2)),
            "components": sorted(self.some(("ui", "core"), 1)),
            "created_at": "2025-06-01 09:00:00" if self.may(0.7) else self.at(40),
            "has_history": self.may(0.9),
        }
        if self.items and self.may(0.5):
            row["parent_key"] = self.random.choice(self.items)
        if self.items and self.may(0.3):
            row["epic_key"] = self.random.choice(self.items)
        if self.may(0.3):
            row["fields"] = {"cf": self.random.choice(("Checkout", {"value": "Checkout"}, ["a"]))}
        if self.may(0.15):
            self.former_keys.append(f"WAS-{len(self.items)}")
            row["fields"] = row.get("fields", {}) | {"former_keys": self.former_keys[-1:]}
        if status == "Hacking" or self.may(0.2):
            row["status_category"] = "in_progress" if status != "Done" else "done"
        assignee = self.account() if self.may(0.7) else None
        self.world.item(key, assignee, status, **(row | more))
        self.items.append(key)

    def draw_histories(self) -> None:
        """Changes that lead, one from the other, to what each item is now."""
        for row in list(self.world.rows["inp_work_items"]):
            if not row["has_history"]:
                continue
            for field in ("status", "assignee", "labels", "parent_key", "epic_key", "item_type"):
                if self.may(0.6 if field in {"status", "assignee"} else 0.15):
                    self._history(row, field)
        if self.may(0.1):
            self._bulk_rewrite()

    def _history(self, row: dict[str, Any], field: str) -> None:
        created = datetime.fromisoformat(row["created_at"])
        draws = {self.at(40) for _ in range(self.random.randint(1, 4))}
        times = sorted(at for at in draws if datetime.fromisoformat(at) > created)
        values = [self._value(row, field) for _ in times] + [row.get(field)]
        for at, old, new in zip(times, values, values[1:], strict=False):
            if field == "labels":
                old, new = json.dumps(sorted(old)), json.dumps(sorted(new))
            self.world.change(row["work_item_key"], at, field, old, new, by=self.account())
            self.world.rows["inp_work_item_changes"][-1]["source"] = row["source"]

    def _value(self, row: dict[str, Any], field: str) -> Any:
        others = [key for key in self.items if key != row["work_item_key"]] + [None]
        return {
            "status": lambda: self.random.choice(STATUSES[:4]),
            "assignee": lambda: self.account() if self.may(0.8) else None,
            "labels": lambda: self.some(LABELS, 2),
            "item_type": lambda: self.random.choice(TYPES),
        }.get(field, lambda: self.random.choice(others))()

    def _bulk_rewrite(self) -> None:
        at = datetime.fromisoformat(self.at())
        for number in range(self.random.choice((9, 10, 11))):
            key = f"OLD-{number}"
            self.world.item(key, None, "Done")
            moment = at + timedelta(seconds=self.random.choice((20, 33)) * number)
            self.world.change(key, str(moment), "status", "To Do", "Done", by="p0")

    def draw_rules(self) -> None:
        values = {
            "item": self.items, "parent": self.items, "epic": self.items,
            "initiative": self.items, "label": LABELS, "component": ("ui", "core"),
            "field": ("Checkout",), "project": ("CHK", "OPS", "org/app"),
            "repository": ("org/app", "org/web", "org/tool"), "team": ("Pay", "Ops"),
        }  # fmt: skip
        levels = {"parent": 2, "epic": 3, "initiative": 4, "project": 5, "repository": 6,
                  "team": 7}  # fmt: skip
        for _ in range(self.random.randint(0, 9)):
            kind = self.random.choice([*values, "label", "project", "repository"])
            more: dict[str, Any] = {}
            if kind == "field":
                more["match_field"] = "cf"
            if kind == "repository" and self.may(0.5):
                more["path"] = self.random.choice(("services/**", "services/*", "**/*.md"))
            if self.may(0.25):
                more["valid_from"] = str(self.day())
            if self.may(0.15):
                more["valid_to"] = str(self.day())
            stream = self.random.choice(("pay", "ops", "web"))
            component = f"C-{stream}" if self.may(0.5) else None
            self.world.rule(kind, self.random.choice(values[kind]), stream, component, **more)
            self.world.rows["company.stream_rules"][-1]["level"] = levels.get(kind, 1)
