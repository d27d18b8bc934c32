"""The licence page is that of the lock, and every licence lets the product be given out."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "requirements"))

import supply_chain


def test_every_package_has_a_free_licence() -> None:
    found = supply_chain.packages()
    assert len(found) > 100
    assert [each for each in found if not supply_chain.is_free(each.licence)] == []
    assert not supply_chain.is_free("GNU Affero General Public License v3")
    assert not supply_chain.is_free("unknown")


def test_every_extra_has_a_free_licence_or_is_the_one_library() -> None:
    found = {each.name: each.licence for each in supply_chain.extras()}
    assert "apprise" in found
    unfree = {name for name, licence in found.items() if not supply_chain.is_free(licence)}
    assert unfree == {"psycopg2-binary"}


def test_the_page_is_of_the_lock() -> None:
    written = supply_chain.PAGE.read_text(encoding="utf-8")
    assert written == supply_chain.page(supply_chain.packages()), "stale: run make audit"


def test_the_bill_names_every_package_with_its_hashes() -> None:
    bill = supply_chain.bill(supply_chain.packages())
    assert bill == supply_chain.bill(supply_chain.packages())
    for component in bill["components"]:
        assert component["purl"].startswith("pkg:pypi/")
        assert component["hashes"], component["name"]
