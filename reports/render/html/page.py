"""One file from a described page: markup, style and script inside, nothing from outside.

The content policy names the one style and the one script by their hashes; a page that was
tampered with runs nothing, and no reader's machine is asked to fetch anything.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import jinja2

from reports.formats import PALETTE
from reports.render.html.views import PageView


def write_page(page: PageView, path: Path) -> None:
    """Write a page; the file appears whole or not at all, the same bytes for the same page.

    Args:
        page: What stands on it.
        path: Where the file is to stand; written beside it first and renamed.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(page_text(page), encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def page_text(page: PageView) -> str:
    """Return the page as HTML."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{source_hash(style)}'; script-src '{source_hash(script)}';"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        _templates()
        .get_template("page.html.j2")
        .render(page=page, policy=policy, style=style, script=script)
    )


def source_hash(text: str) -> str:
    """Return what a content policy calls a style or a script by."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def series_class(colour: str) -> str:
    """Return the style class of a series' colour: the dark scheme has its own shades."""
    return f"c{PALETTE.index(colour)}" if colour in PALETTE else "c"


@lru_cache(maxsize=4)
def _asset(name: str) -> str:
    found = files("reports.render.html").joinpath("templates", name)
    return found.read_text(encoding="utf-8").strip()


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("reports.render.html", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["series_class"] = series_class
    templates.filters["at"] = lambda value: f"{value:.1f}".removesuffix(".0")
    return templates
