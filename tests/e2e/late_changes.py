"""Changes of the past, one a cause: what somebody might do to January after it was closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.e2e.closing_company import commit, edit_csv, edit_yaml, gate, working_days, worklog

JANUARY = [day for day in working_days() if day.month == 1]
TRACKER = Path("sources/tables")


def late_worklog(root: Path) -> None:
    """Half of five days in January turns out to have been operations."""
    days = {str(day) for day in JANUARY[:5]}

    def change(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        for row in rows:
            if row["author"] == "wil@x" and row["started_at"][:10] in days:
                row["seconds"] = str(4 * 3600)
        return rows + [worklog("wil", "OPS-1", day, 4) for day in JANUARY[:5]]

    edit_csv(root / TRACKER / "worklogs.csv", change)


def late_code(root: Path) -> None:
    """A branch with commits for operations is pushed late."""
    edit_csv(
        root / TRACKER / "commits.csv",
        lambda rows: rows + [commit("cod", "OPS-1", day) for day in JANUARY[:5]],
    )


def relabel(root: Path) -> None:
    """The item turns out to have been training."""
    edit_csv(
        root / TRACKER / "work_items.csv", lambda rows: _set(rows, "LAB-1", "labels", "training")
    )


def reparent(root: Path) -> None:
    """The item is hung under an epic that builds nothing."""
    edit_csv(
        root / TRACKER / "work_items.csv",
        lambda rows: _set(rows, "PAR-1", "epic_key", "PAR-EPIC-2"),
    )


def roster(root: Path) -> None:
    """The person was a manager all along, whom the policy never capitalises."""
    edit_csv(
        root / "inputs" / "people.csv",
        lambda rows: _set(rows, "ros", "role_class", "manager", key="person_id"),
    )


def mapping(root: Path) -> None:
    """The project no longer leads to its component."""

    def change(content: dict) -> None:
        for rule in content["value_streams"][0]["rules"]:
            if rule.get("project") == "MAP":
                del rule["component_id"]

    edit_yaml(root / "value_streams.yaml", change)


def late_gate(root: Path) -> None:
    """Two authorisations are recorded months after they were given."""
    edit_csv(
        root / "inputs" / "gates.csv",
        lambda rows: [
            *rows,
            gate("C-GAT", "authorised", "2026-01-16", "2026-04-20"),
            gate("C-IAS", "authorised", "2026-01-16", "2026-04-20"),
        ],
    )


def rule(root: Path) -> None:
    """A rule of the policy is turned round."""

    def change(content: dict) -> None:
        content["version"] = 2
        content["rules"][1]["treatment"] = "opex"

    edit_yaml(root / "policies" / "us_rules.yaml", change)


def election(root: Path) -> None:
    """Salaries are no longer elected."""

    def change(content: dict) -> None:
        content["version"] = 2
        content["elections"]["pay_components"] = ["bonus"]

    edit_yaml(root / "policies" / "us_elections.yaml", change)


def late_pay(root: Path) -> None:
    """A bonus for January comes with the final statement, and the salary was a little higher."""

    def change(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return rows + [
            {
                "month": "2026-01",
                "person_id": "pay",
                "pay_component": component,
                "amount": amount,
                "currency": "USD",
            }
            for component, amount in (("bonus", "1500.00"), ("salary", "250.00"))
        ]

    edit_csv(root / "inputs" / "payroll.csv", change)


def rate(root: Path) -> None:
    """The band's rate for the past is corrected."""
    edit_csv(
        root / "inputs" / "rates.csv",
        lambda rows: _set(rows, "B1", "monthly_amount", "10400.00", key="band"),
    )


def life(root: Path) -> None:
    """An asset in service is found to last four years instead of three."""
    edit_csv(
        root / "inputs" / "components.csv",
        lambda rows: _set(rows, "C-LIFE", "life_months", "48", key="component_id"),
    )


CHANGES: Mapping[str, Callable[[Path], None]] = {
    "late_worklog": late_worklog,
    "late_code": late_code,
    "relabel": relabel,
    "reparent": reparent,
    "roster": roster,
    "mapping": mapping,
    "gate": late_gate,
    "rule": rule,
    "election": election,
    "late_pay": late_pay,
    "rate": rate,
    "life": life,
}
"""What to do to the past, by the cause that drift must name."""


def _set(
    rows: list[dict[str, str]], wanted: str, column: str, value: str, *, key: str = "work_item_key"
) -> list[dict[str, str]]:
    for row in rows:
        if row[key] == wanted:
            row[column] = value
    return rows
