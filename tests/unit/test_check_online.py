"""Sources are asked also while other problems of the folder stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from capstream.company.scaffold import init_company
from orchestration.cli.check import asked_sources

ENTRY = "  - {name: desk, kind: linear, mode: api, token_env: NO_SUCH_TOKEN}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_company(tmp_path / "company")
    return tmp_path / "company"


def test_a_source_is_asked_beside_a_bad_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)
    (folder / "inputs" / "people.csv").write_text("nonsense\n1\n")
    config = folder / "capstream.yaml"
    config.write_text(config.read_text().replace("\nsources:\n", f"\nsources:\n{ENTRY}"))
    (asked,) = asked_sources(folder)
    assert asked.name == "desk"
    assert "NO_SUCH_TOKEN is not set" in asked.failure


def test_nobody_is_asked_without_a_sound_configuration(folder: Path) -> None:
    (folder / "capstream.yaml").write_text("sources: {")
    assert asked_sources(folder) == []
