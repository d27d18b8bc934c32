"""Letters of the pictures: Source Sans Pro, a package, so that every machine draws alike."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PIL import ImageFont

FAMILY = "'Source Sans Pro', 'Segoe UI', Calibri, sans-serif"
_FILES = {False: "SourceSansPro-Regular.ttf", True: "SourceSansPro-Semibold.ttf"}
_MISSING = "\uffff"


@lru_cache(maxsize=64)
def font(size: float, *, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the font of a size in pixels."""
    path = files("font_source_sans_pro").joinpath("files", _FILES[is_bold])
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of text in pixels."""
    return float(font(100, is_bold=is_bold).getlength(text)) * size / 100


def fitted(text: str, width: float, size: float, *, is_bold: bool = False) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width` pixels."""
    if text_width(text, size, is_bold=is_bold) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size, is_bold=is_bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped(text: str, width: float, size: float, *, is_bold: bool = False) -> tuple[str, ...]:
    """Return the text on one line where it fits, else on two that break between words."""
    if text_width(text, size, is_bold=is_bold) <= width or " " not in text:
        return (fitted(text, width, size, is_bold=is_bold),)
    words = text.split(" ")
    first = words[0]
    rest = words[1:]
    while rest and text_width(f"{first} {rest[0]}", size, is_bold=is_bold) <= width:
        first = f"{first} {rest.pop(0)}"
    lines = (first, " ".join(rest))
    return tuple(fitted(line, width, size, is_bold=is_bold) for line in lines if line)


@lru_cache(maxsize=4096)
def _has(character: str) -> bool:
    drawn = font(20)
    return bytes(drawn.getmask(character)) != bytes(drawn.getmask(_MISSING))


def drawable(text: str) -> str:
    """Return the text with a question mark for each letter that the font does not have."""
    return "".join(
        letter if letter == " " or (letter.isprintable() and _has(letter)) else "?"
        for letter in text
    )
