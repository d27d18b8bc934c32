"""The page: every number is a workbook's cell, nothing is fetched, no person is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reports.formats import NUMBER_FORMATS
from reports.formulas import DAY_ZERO
from reports.render.charts import _KINDS
from reports.render.html.charts import DRAWABLE
from reports.render.html.scales import round_scale, tick_text
from reports.render.html.wording import shown, stored, ways
from reports.rules.opened import Opened
from reports.rules.page_rules import ReadPage, read_page
from reports.spec import Unit
from reports.verification import page_findings
from tests.workbooks.conftest import build_pack
from tests.workbooks.edited import edit_cell
from tests.workbooks.small_pack import MONTH, PEOPLE, frames

MAP = "investment-tbl_steps_"
PAGE = f"report_{MONTH}.html"


@pytest.fixture(scope="module")
def page(pack: Path) -> ReadPage:
    return read_page(pack / PAGE)


def findings(folder: Path) -> list[str]:
    books = [Opened(path) for path in sorted(folder.glob("*.xlsx"))]
    return [str(finding) for finding in page_findings(folder, books)]


def test_every_number_equals_the_cached_value_of_its_cell(pack: Path, page: ReadPage) -> None:
    books = {
        name: openpyxl.load_workbook(pack / f"{name}_{MONTH}.xlsx", data_only=True)
        for name in ("finance", "investment", "ai_roi")
    }
    compared = set()
    for element in page.cells():
        names = element.attributes
        sheet, _, address = names["data-cell"].rpartition("!")
        cached = books[names["data-workbook"]][sheet][address].value
        if isinstance(cached, date | datetime):
            cached = (cached.date() if isinstance(cached, datetime) else cached) - DAY_ZERO
            cached = cached.days
        if "data-value" in names:
            assert float(names["data-value"]) == pytest.approx(cached, rel=1e-14, abs=1e-14)
            compared.add((names["data-workbook"], names["data-cell"]))
        else:
            assert element.text == " ".join(str(cached or "").split())
    assert len(compared) >= 150


def test_no_number_stands_without_its_cell(page: ReadPage) -> None:
    assert page.loose == []


def test_a_clean_page_breaks_no_rule(pack: Path) -> None:
    assert findings(pack) == []


def test_the_same_month_gives_the_same_page(pack: Path, tmp_path: Path) -> None:
    again = build_pack(tmp_path)
    assert (again / PAGE).read_bytes() == (pack / PAGE).read_bytes()


def test_every_section_has_a_heading_and_every_table_headers_with_scope(page: ReadPage) -> None:
    tags = [element.tag for element in page.elements]
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert tags.count(landmark) == 1, landmark
    ids = {element.attributes.get("id") for element in page.elements}
    for element in page.elements:
        if element.tag == "section":
            assert element.attributes["aria-labelledby"] in ids
        if element.tag == "th":
            assert element.attributes["scope"] in {"col", "row"}
        if element.tag == "a" and element.attributes["href"].startswith("#"):
            assert element.attributes["href"][1:] in ids


def test_every_chart_says_in_words_what_it_shows(page: ReadPage) -> None:
    images = [element for element in page.elements if element.attributes.get("role") == "img"]
    said = [image.attributes["aria-label"] for image in images if "aria-label" in image.attributes]
    said += [element.text for element in page.elements if element.tag == "desc"]
    assert len(said) == len(images) >= 7
    assert all(len(words) > 20 for words in said)


def test_a_map_draws_what_its_table_says(page: ReadPage) -> None:
    drawn = [e.text for e in page.elements if e.tag == "text" and e.text.startswith("PT ")]
    ids = [element.attributes.get("id", "") for element in page.elements]
    rows = [name for name in ids if re.fullmatch(MAP + r".+-\d+", name)]
    steps = rows[: len(drawn)]
    assert len(steps) == len(drawn) > 3
    links = [e.attributes for e in page.elements if e.tag == "a"]
    spots = [link["href"] for link in links if link.get("aria-label", "").endswith(": figures")]
    assert spots == [f"#{row}" for row in steps]
    table = page.elements[ids.index(steps[0].rpartition("-")[0]) :]
    header = next(e for e in table if e.tag == "th" and e.text == "Process time, mean (h)")
    sheet, _, address = header.attributes["data-cell"].partition("!")
    column, top = address[0], int(address[1:])
    cells = {e.attributes["data-cell"]: e for e in page.cells()}
    for place, words in enumerate(drawn, start=1):
        value = float(cells[f"{sheet}!{column}{top + place}"].attributes["data-value"])
        assert float(words.split()[1]) == pytest.approx(value, abs=0.0501)


def test_ids_are_unique(page: ReadPage) -> None:
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))


def test_no_person_and_no_pay_component_stands_on_the_page(pack: Path) -> None:
    text = (pack / PAGE).read_text(encoding="utf-8")
    for person, *_ in PEOPLE:
        assert not re.search(rf"\b{person}\b", text)
    for word in ("PersonDetail!", "CostDetail!", "ProjectDetail!", "payroll_tax"):
        assert word not in text


def test_every_kind_of_native_chart_is_drawn_on_the_page() -> None:
    assert set(_KINDS) == DRAWABLE


def test_text_from_a_tracker_stays_text(tmp_path: Path) -> None:
    relations = frames()
    title = '</td><script>alert(1)</script><img src=x onerror="alert(2)">' + "long " * 8_000
    initiatives = relations["rpt_investment__initiatives"]
    initiatives["title"] = [title] * len(initiatives)
    folder = build_pack(tmp_path, relations)
    assert findings(folder) == []
    text = (folder / PAGE).read_text(encoding="utf-8")
    assert "<img" not in text
    assert text.count("<script") == 1


def test_an_empty_month_has_a_page(tmp_path: Path) -> None:
    empty = {
        name: frame if name.startswith("rpt_shared") else frame.iloc[:0]
        for name, frame in frames().items()
    }
    months = frames()["rpt_finance__months"].iloc[-1:]
    empty["rpt_finance__months"] = months.assign(cost_amount=Decimal(0))
    assert findings(build_pack(tmp_path, empty)) == []


# defects


def on_page(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / PAGE).read_text(encoding="utf-8")
        changed = re.sub(old, new, text, count=1)
        assert changed != text, old
        (folder / PAGE).write_text(changed, encoding="utf-8")

    return change


def changed_workbook(folder: Path) -> None:
    path = folder / f"investment_{MONTH}.xlsx"
    sheet, cell = Opened(path).named_cell("out_hours")
    edit_cell(path, sheet.name, cell.ref, f"<f>{cell.formula}</f><v>{cell.number + 1}</v>")


DEFECTS: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
    ("H01", "a changed value", on_page(r'data-value="(\d)', r'data-value="9\1')),
    ("H01", "a changed figure", on_page(r'(data-value="\d+[^>]*>)\d', r"\g<1>98")),
    ("H01", "a changed bar", on_page(r"(<title>Capitalised, [^:]*: )\d", r"\g<1>98")),
    ("H01", "a changed word", on_page(r">ALL CHECKS PASS<", ">FAIL: 1<")),
    ("H01", "another cell", on_page(r'data-cell="Investment!C6"', 'data-cell="Investment!D6"')),
    ("H01", "a cell of no sheet", on_page(r'data-cell="Investment!C6"', 'data-cell="Gone!C6"')),
    ("H01", "another workbook", on_page(r'data-workbook="finance"', 'data-workbook="payroll"')),
    ("H01", "a loose number", on_page(r"At a glance</h2>", "At a glance</h2><p>12,345</p>")),
    ("H01", "a page cut off", on_page(r"(?s)<main.*", "")),
    ("H01", "a workbook that moved on", changed_workbook),
    ("H02", "no content policy", on_page(r"default-src[^;]*;", "")),
    ("H02", "another script", on_page(r'"use strict";', '"use strict"; void 0;')),
    ("H02", "a script from elsewhere", on_page(r"</main>", '</main><script src="x"></script>')),
    ("H02", "a picture from elsewhere", on_page(r"</main>", '</main><img src="https://x.test">')),
    ("H02", "a handler", on_page(r"<footer", '<footer onclick="void 0"')),
    ("H02", "a link elsewhere", on_page(r'href="https://[^/"]*', 'href="https://evil.test')),
    ("H02", "a link with a script", on_page(r'href="#glance"', 'href="javascript:void 0"')),
    ("H03", "a person", on_page(r'(data-cell="ValueStreams!A6">)[^<]*', rf"\1{PEOPLE[0][0]}")),
    ("H03", "a mail address", on_page(r'(data-cell="ValueStreams!A6">)[^<]*', r"\1a.b@x.test")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "defect"),
    [(rule, defect) for rule, _, defect in DEFECTS],
    ids=[f"{rule} {name}" for rule, name, _ in DEFECTS],
)
def test_a_defect_is_found(copied_pack: Path, rule: str, defect: Callable[[Path], None]) -> None:
    defect(copied_pack)
    found = findings(copied_pack)
    assert any(finding.startswith(rule) for finding in found), found[:5]


# words and scales


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("1234567.005"), Unit.MONEY, "1,234,567.01"),
        (Decimal("-1234.5"), Unit.MONEY_WHOLE, "−1,235"),
        (Decimal("-0.4"), Unit.MONEY_WHOLE, "0"),
        (Decimal(0), Unit.MONEY, "0.00"),
        (Decimal("0.12345"), Unit.RATIO, "12.3%"),
        (Decimal("2.25"), Unit.POINTS, "+2.3 pts"),
        (Decimal("-2.25"), Unit.POINTS, "−2.3 pts"),
        (Decimal("1000.5"), Unit.HOURS, "1,000.50"),
        (2026, Unit.INTEGER, "2026"),
        (date(2026, 10, 1), Unit.MONTH, "Oct 2026"),
        (date(2028, 2, 29), Unit.DATE, "2028-02-29"),
        ("n/a", Unit.RATIO, "n/a"),
        (None, Unit.MONEY, ""),
    ],
)
def test_a_value_reads_as_its_format_says(value, unit: Unit, text: str) -> None:
    assert shown(value, unit) == text


def test_a_page_may_write_a_number_in_the_formats_of_the_workbooks_only() -> None:
    number = stored(Decimal("0.5"))
    assert {"50.0%", "0.50", "0.500", "+0.5 pts", "1"} <= ways(number)
    assert "0.51" not in ways(number)
    assert "123,456,789.00" in ways(stored(Decimal("123456789")))
    assert "−123,456,789.00" in ways(stored(Decimal("-123456789")))
    assert len(NUMBER_FORMATS) == len(Unit)


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (0, 1), (-3, 8), (0, 0.0004), (-120, -7), (0, 1_234_567), (5, 5)]
)
def test_a_scale_holds_its_values_in_few_round_steps(low: float, high: float) -> None:
    scale = round_scale(low, high, 200, 0)
    ticks = scale.ticks()
    assert ticks[0] <= min(low, 0)
    assert ticks[-1] >= max(high, 0)
    assert 2 <= len(ticks) <= 7
    assert scale.at(0) == pytest.approx(200 + (0 - scale.low) * -200 / (scale.high - scale.low))


def test_scales_are_written_short() -> None:
    assert [tick_text(v, 500_000) for v in (0, 500_000, 1_500_000)] == ["0", "0.5M", "1.5M"]
    assert [tick_text(v, 20_000) for v in (-20_000, 40_000)] == ["−20k", "40k"]
    assert tick_text(0.25, 0.25, is_share=True) == "25%"


def test_bars_are_as_long_as_their_values(page: ReadPage) -> None:
    ratios = []
    for element in page.elements:
        names = element.attributes
        is_drawn = element.tag == "rect" and names.get("data-workbook") == "investment"
        if is_drawn and names["data-cell"].startswith("Summary!"):
            ratios.append(float(names["height"]) / float(names["data-value"]))
    assert len(ratios) > 20
    assert max(ratios) == pytest.approx(min(ratios), rel=0.01)
