"""The notebook that stands beside the product: its shares and stages on records by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.scale import notebook


def changes() -> pd.DataFrame:
    rows = [
        ("A-1", "assignee", "p1", "2023-01-27T09:00"),
        ("A-1", "status", "In Progress", "2023-01-30T09:00"),
        ("A-1", "status", "Done", "2023-02-02T17:00"),
        ("A-2", "assignee", "p1", "2023-01-27T09:00"),
        ("A-2", "status", "In Progress", "2023-02-01T09:00"),
        ("A-2", "status", "Done", "2023-02-03T17:00"),
    ]
    frame = pd.DataFrame(rows, columns=["work_item_key", "field", "to_value", "changed_at"])
    return frame.assign(changed_at=pd.to_datetime(frame["changed_at"]))


def test_days_in_progress_are_cut_at_the_month():
    days = notebook.days_in_progress(changes())
    found = {(row.work_item_key, str(row.month)): row.days for row in days.itertuples()}
    assert found == {("A-1", "2023-01"): 2, ("A-1", "2023-02"): 2, ("A-2", "2023-02"): 3}


def test_pay_follows_the_days_and_loses_a_cent():
    pay = pd.DataFrame({"month": ["2023-02"], "person_id": ["p1"], "amount": [100.01]})
    cost = notebook.cost_of_items(notebook.days_in_progress(changes()), pay)
    by_item = dict(zip(cost["work_item_key"], cost["amount"], strict=True))
    assert by_item == {"A-1": 40.0, "A-2": 60.01}
    assert cost["unrounded"].sum() == pytest.approx(100.01)


def test_an_unmapped_epic_is_no_component():
    items = pd.DataFrame(
        {
            "work_item_key": ["EPIC-0", "EPIC-1", "EPIC-2", "A-1", "A-2", "A-3"],
            "item_type": ["Epic"] * 3 + ["Story"] * 3,
            "project_key": ["EPIC"] * 3 + ["A"] * 3,
            "epic_key": [None, None, None, "EPIC-0", "EPIC-2", None],
        }
    )
    found = notebook.components_of_items(items).set_index("work_item_key")["component_id"]
    assert found[["A-1", "A-2", "A-3"]].tolist() == ["c0", "none", "none"]
