"""Nothing of a company is read or written through a link that leaves its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from capstream.company import check_company, load_company
from capstream.errors import InputError
from tests.unit.configured_company import write_configured_company

MOVED = ("capstream.yaml", "value_streams.yaml", "workflow.yaml", "policies/book.yaml", "policies")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_configured_company(tmp_path / "company")


def moved_out(root: Path, name: str) -> None:
    """Move a file or folder out of the company and leave a link to it."""
    outside = root.parent / f"outside-{Path(name).name}"
    if not (root / name).exists():
        (root / name).mkdir()
    (root / name).rename(outside)
    (root / name).symlink_to(outside)


@pytest.mark.parametrize("name", [*MOVED, "var", "out"])
def test_the_company_s_own_files_are_no_links_out(root: Path, name: str) -> None:
    moved_out(root, name)
    with pytest.raises(InputError) as refused:
        load_company(root)
    told = [str(problem) for problem in refused.value.problems]
    assert any(f"{name}" in line and "the link leaves the company folder" in line for line in told)


def test_links_that_lead_to_one_another_are_refused(root: Path) -> None:
    (root / "var").symlink_to(root / "out")
    (root / "out").symlink_to(root / "var")
    told = [str(problem) for problem in check_company(root)]
    assert any("var: the link leaves the company folder" in line for line in told), told


def test_a_linked_file_in_a_folder_of_records_is_refused(root: Path) -> None:
    secret = root.parent / "elsewhere.csv"
    secret.write_text("source,work_item_key\n", encoding="utf-8")
    (root / "sources" / "tables" / "work_items.csv").symlink_to(secret)
    told = [str(problem) for problem in check_company(root)]
    assert any("path 'sources/tables' leaves the company folder" in line for line in told), told


def test_a_link_that_stays_inside_is_read(root: Path) -> None:
    (root / "policies" / "book.yaml").rename(root / "book.yaml")
    (root / "policies" / "book.yaml").symlink_to(root / "book.yaml")
    assert check_company(root) == []
