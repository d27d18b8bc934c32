"""The key of the pseudonyms: from the environment, else drawn once and kept by the company."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from capstream.company.config_sections import Reporting
from capstream.errors import UsageError
from orchestration.lib.pseudonym_key import KEY_FILE, pseudonym_key

VARIABLE = "CAPSTREAM_TEST_KEY"
OWN = Reporting()
STATED = Reporting(pseudonym_key_env=VARIABLE)


def test_a_company_draws_its_key_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    first, other = tmp_path / "first", tmp_path / "other"
    key = pseudonym_key(first, OWN)
    assert len(key) == 64
    assert pseudonym_key(first, OWN) == key
    assert pseudonym_key(other, OWN) != key
    assert stat.S_IMODE((first / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in (first / "var").iterdir()] == ["pseudonym.key"]


def test_a_stated_key_is_taken_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "long enough to be a key")
    assert pseudonym_key(tmp_path, STATED) == b"long enough to be a key"
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("held", ["", "short"])
def test_a_stated_key_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    monkeypatch.setenv(VARIABLE, held)
    with pytest.raises(UsageError, match=VARIABLE):
        pseudonym_key(tmp_path, STATED)


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    pseudonym_key(tmp_path, OWN)
    (tmp_path / KEY_FILE).write_bytes(b"")
    with pytest.raises(UsageError, match="holds no key"):
        pseudonym_key(tmp_path, OWN)
