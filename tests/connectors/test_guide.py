"""The worked example of the connector guide runs as it is printed, in under a hundred lines."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from capstream.connectors.api.opening import Opening
from capstream.connectors.records import RawRecord
from capstream.connectors.times import TimeReader
from tests.connectors.fetching_company import QUICK, TestClock
from tests.connectors.hosts.host import TOKEN, VARIABLE, Asked, Reply, serving

GUIDE = Path(__file__).parents[2] / "docs" / "connector-guide.md"
MOVE = {"id": "m1", "at": "2026-03-02T09:00:00Z", "from": "Doing", "to": "Done"}
TASK = {
    "id": "t1",
    "kind": "Bug",
    "column": "Done",
    "created": "2026-03-01T09:00:00Z",
    "changed": "2026-03-02T09:00:00Z",
    "moves": [MOVE],
}


class TaskhiveSite:
    """Two pages of tasks."""

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/v1/tasks/count":
            return Reply({"count": 2})
        if "page" in asked.query:
            return Reply({"tasks": [{**TASK, "id": "t2"}], "next": None})
        return Reply({"tasks": [TASK], "next": f"{asked.base}/v1/tasks?page=2"})


def test_the_worked_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, TOKEN)
    (printed,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(printed.splitlines()) < 100
    names: dict[str, Any] = {"__name__": "taskhive"}
    exec(printed.replace("from __future__ import annotations\n", ""), names)  # noqa: S102
    kind = names["TASKHIVE"]
    with serving(TaskhiveSite()) as host:
        source = SimpleNamespace(name="tracker", url=host.url, token_env=VARIABLE)
        opening = Opening(tmp_path, TestClock(), QUICK)
        steps = [step for stream in kind.streams(source, opening) for step in stream.steps({})]
        assert list(kind.findings(source, opening)) == ["2 tasks are in scope"]
    fetched = [record for step in steps for record in step.records]
    reader = kind.normaliser(source, TimeReader(None))
    records = [reader.normalise(RawRecord("", "", each.value)) for each in fetched]
    assert [record.record_key for record in records] == ["t1", "t2"]
    tables = [table for record in records for table, _ in record.rows]
    assert tables == ["work_items", "work_item_changes"] * 2
    assert steps[-1].place == {"since": "2026-03-02T09:00:00+00:00"}
