"""The small month's pack, written once, and its recalculation by another program."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reports.pack import write_workbooks
from reports.recalculation import recalculated
from reports.rules.opened import Opened
from tests.workbooks.small_pack import MONTH, STAMP, reader


def build_pack(folder: Path, relations=None) -> Path:
    write_workbooks(folder, MONTH, folder, STAMP, reader=reader(relations))
    return folder


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def copied_pack(pack: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pack, tmp_path / "pack"))


@pytest.fixture(scope="session")
def finance(pack: Path) -> Opened:
    return Opened(pack / f"finance_{MONTH}.xlsx")


@pytest.fixture(scope="session")
def recalculate(tmp_path_factory: pytest.TempPathFactory):
    def run(path: Path) -> Opened:
        return Opened(recalculated(path, tmp_path_factory.mktemp("office")))

    return run
