"""Three readers, three profiles: each pack is scanned for what its profile forbids."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reports.outside import NAMED, PSEUDONYMS, outside
from reports.pack import write_outside
from reports.render.xlsx import write_xlsx
from reports.rules.opened import Opened
from reports.rules.page_rules import read_page
from reports.verification import workbook_findings
from reports.workbooks.ai_roi.workbook import ai_roi_workbook
from reports.workbooks.shared.facts import Facts
from tests.workbooks.people_counts import small_counts
from tests.workbooks.small_pack import MONTH, PEOPLE, STAMP, frames, reader

KEY = b"a key of this test alone"
TEXTS = ("title", "note", "design_note", "planned", "url", "host")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    write_outside(folder, folder, STAMP, key=KEY, reader=reader())
    return folder


def shown(folder: Path) -> set[str]:
    """Return every text of every cell of a pack, its addresses and the page's texts."""
    found: set[str] = set()
    for path in folder.glob("*.xlsx"):
        book = Opened(path)
        for sheet in book.sheets:
            found |= {cell.value for cell in sheet.cells.values() if cell.value}
            found |= set(book.links(sheet.name).values())
    for path in folder.glob("*.html"):
        found |= {element.text for element in read_page(path).elements}
    return found


def named(words: tuple[str, ...]) -> set[str]:
    """Return what the relations of the small month hold in some columns."""
    return {
        str(value)
        for name, frame in frames().items()
        if not name.startswith("rpt_finance")
        for column in set(words) & set(frame.columns)
        for value in frame[column]
        if isinstance(value, str) and value not in {"", "-", "other", "all", "NONE"}
    }


def test_the_pack_for_outside_holds_no_workpaper(shared: Path) -> None:
    assert sorted(path.name for path in shared.iterdir()) == [
        f"ai_roi_{MONTH}.xlsx",
        f"investment_{MONTH}.xlsx",
        f"report_{MONTH}.html",
    ]


@pytest.mark.office
def test_the_pack_for_outside_breaks_no_rule(shared: Path) -> None:
    assert [str(found) for found in workbook_findings(shared)] == []


def test_the_pack_for_outside_names_nobody(shared: Path) -> None:
    texts = shown(shared)
    forbidden = named((*PSEUDONYMS, *TEXTS)) | {person for person, *_ in PEOPLE}
    forbidden -= named(("design_id",))  # one of them reads like a deployment
    forbidden -= {"drawn by lot"}  # the sheet Method's own words, which a plan happens to use
    assert not texts & forbidden
    assert not any("https://" in text for text in texts)


def test_leaders_see_no_count_of_one_to_four_people(pack: Path, tmp_path: Path) -> None:
    name = f"ai_roi_{MONTH}.xlsx"
    assert small_counts(pack / name) == []
    relations = frames()
    relations["rpt_ai_roi__spend"]["active_count"] = 3
    write_xlsx(ai_roi_workbook(Facts(reader(relations), STAMP)), tmp_path / name)
    assert {found.split("!")[0] for found in small_counts(tmp_path / name)} == {"Spend"}


def test_the_scan_finds_what_the_leaders_may_see(pack: Path) -> None:
    texts = shown(pack)
    assert named(("team", "owner")) <= texts
    assert any(text.startswith("https://") for text in texts)


def test_pseudonyms_are_the_same_everywhere_and_differ_from_each_other() -> None:
    read = outside(reader(), KEY)
    plain, veiled = frames(), {name: read(name).to_pandas() for name in NAMED}
    pairs = {
        (PSEUDONYMS[column], str(old), str(new))
        for name in NAMED
        for column in set(PSEUDONYMS) & set(plain[name].columns)
        for old, new in zip(plain[name][column], veiled[name][column], strict=True)
    }
    assert len({pair[:2] for pair in pairs}) == len(pairs)
    assert len({(word, new) for word, _, new in pairs}) == len(pairs)


def test_pseudonyms_are_of_the_company_alone() -> None:
    teams = [
        outside(reader(), key)("rpt_ai_roi__adoption")["team"].to_pylist()
        for key in (KEY, KEY, b"other")
    ]
    assert teams[0] == teams[1]
    assert not (set(teams[0]) & set(teams[2])) - {"other"}


def test_a_name_keeps_its_pseudonym_when_others_come() -> None:
    fewer, more = frames(), frames()
    adoption = more["rpt_ai_roi__adoption"]
    joined = adoption.head(1).assign(team="Aardvark")
    more["rpt_ai_roi__adoption"] = pd.concat([joined, adoption], ignore_index=True)
    before, after = (
        outside(reader(world), KEY)("rpt_ai_roi__adoption")["team"].to_pylist()
        for world in (fewer, more)
    )
    assert after[1:] == before


def test_every_relation_with_names_is_known() -> None:
    found = {
        name
        for name, frame in frames().items()
        if not name.startswith("rpt_finance") and set(PSEUDONYMS) & set(frame.columns)
    }
    assert found <= set(NAMED)


def test_counts_of_one_to_four_people_are_hidden() -> None:
    relations = frames()
    streams = relations["rpt_investment__value_streams"]
    streams["person_count"] = [3, 5, 0, 12][: len(streams)]
    hidden = outside(reader(relations), KEY)("rpt_investment__value_streams")["person_count"]
    assert hidden.to_pylist()[:2] == [None, 5]
