"""Dropped files start a load once, after they have settled."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.ingest.arrivals import dropped_files
from orchestration.lib.resources import COMPANY_VARIABLE
from tests.unit.configured_company import write_configured_company


def test_dropped_files_are_loaded_once_they_have_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_configured_company(tmp_path)
    monkeypatch.setenv(COMPANY_VARIABLE, str(root))
    cursor: str | None = None
    asked = []
    for turn in range(6):
        if turn == 3:
            (root / "sources" / "jira" / "more.jsonl").write_text("{}\n", encoding="utf-8")
        context = dg.build_sensor_context(cursor=cursor)
        answer = dropped_files(context)
        is_asked = isinstance(answer, dg.SensorResult)
        cursor = answer.cursor if is_asked else context.cursor
        asked.append(is_asked)
    assert asked == [False, True, False, False, True, False]
