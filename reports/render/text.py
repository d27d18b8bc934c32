"""Text from outside, made safe and visible before it enters a cell.

A tracker's title is text, never a formula (OWASP ASVS 5, 1.2.10: quote prefix on
`= + - @ TAB NUL`); characters that a reader cannot see are shown as what they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 32_767
"""Characters that a cell can hold (Excel's limit)."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
"""First characters that a spreadsheet might read as a formula."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}\ufffe\uffff\ud800-\udfff]")
_MAIL = re.compile(r"([A-Za-z0-9._%+-])[A-Za-z0-9._%+-]*@([A-Za-z0-9.-]+\.[A-Za-z]{2,})")
_ELLIPSIS = " … (cut)"


def _shown(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"


@lru_cache(maxsize=65_536)
def cleaned(text: str) -> str:
    """Return the text with invisible characters spelled out, mail addresses shortened.

    Control characters, unpaired surrogates and direction overrides become `[U+202E]`; tab and
    line breaks are spelled out where they lead the text, so that nothing hides in front. The
    result fits a cell.
    """
    visible = _CONTROL.sub(_shown, text.replace("\r\n", "\n").replace("\r", "\n"))
    visible = _MAIL.sub(r"\1…@\2", visible)
    if visible[:1] in {"\t", "\n"}:
        visible = _shown_lead(visible)
    if len(visible) <= LONGEST:
        return visible
    return visible[: LONGEST - len(_ELLIPSIS)] + _ELLIPSIS


def _shown_lead(text: str) -> str:
    return f"[U+{ord(text[0]):04X}]{text[1:]}"


def needs_quote(text: str) -> bool:
    """Return whether a cell with this text must carry the quote prefix."""
    return text.startswith(FORMULA_STARTS)
