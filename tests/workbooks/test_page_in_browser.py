"""The page in a real browser: no complaint, keyboard, a phone's width, print, both schemes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workbooks.browser import Browser, browser_program
from tests.workbooks.small_pack import MONTH

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = browser_program()
    if program is None:
        pytest.skip("Chromium is not installed: requirements/system.sh names the package")
    found = Browser(program, tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture
def opened(browser: Browser, pack: Path) -> Browser:
    browser.size(1280, 900)
    browser.scheme("light")
    browser.open(pack / f"report_{MONTH}.html")
    return browser


def complaints(browser: Browser) -> list[object]:
    methods = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}
    browser.value("0")
    return [event for event in browser.events if event.get("method") in methods]


def test_it_loads_without_a_complaint_and_asks_for_nothing(opened: Browser) -> None:
    assert complaints(opened) == []
    asked = [
        event["params"]["request"]["url"]
        for event in opened.events
        if event.get("method") == "Network.requestWillBeSent"
    ]
    assert len(asked) == 1
    assert asked[0].startswith("file:")


def test_the_content_policy_lets_no_other_script_run(opened: Browser) -> None:
    opened.value(
        "document.body.append(Object.assign(document.createElement('script'),"
        "{textContent: 'window.ran = true'}))"
    )
    assert opened.value("window.ran === undefined")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_scrolls_sideways_but_tables_and_charts(opened: Browser, width: int) -> None:
    opened.size(width, 800, is_phone=width < 500)
    assert opened.value("innerWidth") == width
    assert opened.value("document.documentElement.scrollWidth") <= width
    outside = opened.value(
        "[...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll') &&"
        " !e.classList.contains('vh') && e.getBoundingClientRect().right > innerWidth + 1)"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    assert outside == []


def test_the_keyboard_reaches_the_content_first_and_sorts_a_table(opened: Browser) -> None:
    opened.press("Tab")
    assert opened.value("document.activeElement.className") == "skip"
    opened.press("Enter")
    assert opened.value("location.hash") == "#content"
    table = "document.getElementById('investment-tbl_investment')"
    opened.value(f"{table}.tHead.rows[0].cells[2].querySelector('[role=button]').focus()")
    opened.press("Enter")
    column = f"[...{table}.tBodies[0].rows].map(r => Number(r.cells[2].dataset.value))"
    first = opened.value(column)
    assert first == sorted(first)
    assert len(set(first)) > 1
    opened.press("Enter")
    assert opened.value(column) == sorted(first, reverse=True)
    header = f"{table}.tHead.rows[0].cells[2].getAttribute('aria-sort')"
    assert opened.value(header) == "descending"
    assert opened.value("document.getElementById('said').textContent").startswith("Sorted by")


def test_typing_filters_a_table(opened: Browser) -> None:
    table = "document.getElementById('investment-tbl_mix_trend')"
    opened.value(f"{table}.parentElement.previousElementSibling.querySelector('input').focus()")
    for letter in "2026-1":
        opened.press(letter, letter)
    shown = opened.value(
        f"[...{table}.tBodies[0].rows].filter(r => r.offsetParent).map(r => r.cells[0].textContent)"
    )
    assert shown == ["2026-10"]


def test_each_step_of_a_map_shows_its_row_and_leads_to_it(opened: Browser) -> None:
    spot = "document.querySelector('.spots a')"
    row = f"document.getElementById({spot}.getAttribute('href').slice(1))"
    opened.value(f"{spot}.focus()")
    assert opened.value("document.getElementById('card').offsetHeight") > 0
    told = opened.value("[...document.querySelectorAll('.card dd')].map(e => e.dataset.cell)")
    filled = f"[...{row}.cells].slice(1).filter(e => e.textContent)"
    assert told == opened.value(f"{filled}.map(e => e.dataset.cell)")
    assert len(told) > 5
    opened.press("Escape")
    assert opened.value("document.getElementById('card').hidden")
    opened.press("Enter")
    assert opened.value(f"location.hash.slice(1) === {row}.id")


def test_every_scrolling_region_can_be_reached_by_keyboard(opened: Browser) -> None:
    assert opened.value(
        "[...document.querySelectorAll('.scroll')].every(e => e.tabIndex === 0 && e.ariaLabel)"
    )


_CONTRAST = """
(() => {
  const light = (c) => {
    const [r, g, b] = c.map((v) => { v /= 255;
      return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.getClientRects().length) continue;
    if (e.closest("script, style, rect, circle, .plate")) continue;
    const style = getComputedStyle(e);
    const ink = parse(e.ownerSVGElement ? style.fill : style.color).slice(0, 3);
    const [high, low] = [light(ink), light(ground(e).slice(0, 3))].sort((x, y) => y - x);
    if ((high + 0.05) / (low + 0.05) < 4.5) poor.push(e.outerHTML.slice(0, 100));
  }
  return poor;
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(opened: Browser, scheme: str) -> None:
    opened.scheme(scheme)
    assert opened.value(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
    assert opened.value(_CONTRAST) == []


def test_it_prints_whole(opened: Browser, tmp_path: Path) -> None:
    printed = tmp_path / "page.pdf"
    printed.write_bytes(opened.printed())
    told = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True)
    text = told.stdout.decode()
    for words in ("Engineering in October 2026", "Where the cost went", "About this page"):
        assert words in text
    assert "Show rows with" not in text
    repeated = [page for page in text.split("\f") if "LIVE-HEADLINES" in page]
    assert repeated
    assert all("What must hold" in page for page in repeated)
