"""Named styles: colours with a second cue, number formats by unit, one look for every sheet.

Imported facts are blue, calculations black, links to other sheets green, inputs blue on pale
yellow. Red stands for FAIL only, and the word stands beside the colour. Every pair of font and
fill has a contrast of at least 4.5:1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from reports.spec import Unit

Properties = Mapping[str, object]

FONT = "Calibri"
INK = "#1F2933"
MUTED = "#5B6770"
NAVY = "#1B3A57"
BLUE = "#1F4FBF"
GREEN = "#1B6B3A"
INPUT_FILL = "#FFF9DB"
TOTAL_FILL = "#EEF2F6"
HAIRLINE = "#DDE3E9"
LINK = "#0B5A8A"
PASS_INK, PASS_FILL = "#14532D", "#DDF3E4"
FAIL_INK, FAIL_FILL = "#8B1A1A", "#FBDDDD"
WARN_INK, WARN_FILL = "#6B4500", "#FDEFC8"

PALETTE = ("#2F6690", "#D98E32", "#6A994E", "#8E6C8A", "#3A9188", "#B5534C", "#7D8597")
"""Colours of chart series, told apart by lightness as well as hue."""

NUMBER_FORMATS: Mapping[Unit, str] = {
    Unit.TEXT: "General",
    Unit.STATUS: "General",
    Unit.MONEY: '#,##0.00;(#,##0.00);"-"',
    Unit.MONEY_WHOLE: '#,##0;(#,##0);"-"',
    Unit.RATE: "0.00000000",
    Unit.HOURS: "#,##0.00",
    Unit.FTE: "0.000",
    Unit.RATIO: "0.0%",
    Unit.POINTS: '+0.0" pts";-0.0" pts";0.0" pts"',
    Unit.COUNT: "#,##0",
    Unit.INTEGER: "0",
    Unit.DATE: "yyyy-mm-dd",
    Unit.MONTH: "mmm yyyy",
}


class Tone(Enum):
    """What a cell's colour says about where its value comes from."""

    LABEL = INK
    IMPORTED = BLUE
    CALCULATED = "#000000"
    CROSS_SHEET = GREEN
    INPUT = "#1F4FBE"
    LINK = LINK


@dataclass(frozen=True, slots=True)
class Style:
    """All that decides how one cell looks; equal styles share one format of the file."""

    tone: Tone
    unit: Unit = Unit.TEXT
    is_strong: bool = False
    is_wrapped: bool = False
    is_quoted: bool = False

    def properties(self) -> Properties:
        """Return the format's properties."""
        found: dict[str, object] = {
            "font_name": FONT,
            "font_size": 10,
            "font_color": self.tone.value,
            "num_format": NUMBER_FORMATS[self.unit],
            "valign": "vcenter",
            "bottom": 1,
            "bottom_color": HAIRLINE,
        }
        if self.unit.is_numeric or self.unit is Unit.INTEGER:
            found["align"] = "right"
        elif self.unit in {Unit.DATE, Unit.MONTH}:
            found["align"] = "center"
        else:
            found |= {"align": "left", "indent": 1}
        if self.tone is Tone.INPUT:
            found |= {"bg_color": INPUT_FILL, "locked": False}
        if self.tone is Tone.LINK:
            found["underline"] = 1
        if self.is_strong:
            found |= {"bold": True, "bg_color": TOTAL_FILL, "top": 1, "top_color": MUTED}
        if self.is_wrapped:
            found["text_wrap"] = True
        if self.is_quoted:
            found["quote_prefix"] = True
        return found


TITLE: Properties = {"font_name": FONT, "font_size": 14, "bold": True, "font_color": NAVY}
SUBTITLE: Properties = {"font_name": FONT, "font_size": 10, "font_color": MUTED}
HEADING: Properties = {"font_name": FONT, "font_size": 11, "bold": True, "font_color": NAVY}
PROSE: Properties = {"font_name": FONT, "font_size": 10, "font_color": INK}
STATUS_LINE: Properties = {**PROSE, "bold": True, "valign": "vcenter", "indent": 1}
SHEET_LINK: Properties = {
    "font_name": FONT,
    "font_size": 10,
    "font_color": LINK,
    "underline": 1,
}
HEADER: Properties = {
    "font_name": FONT,
    "font_size": 10,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": NAVY,
    "text_wrap": True,
    "valign": "vcenter",
    "align": "left",
    "indent": 1,
    "border": 1,
    "border_color": NAVY,
}
HEADER_NUMBER: Properties = {**HEADER, "align": "right", "indent": 0}
HEADER_CENTRE: Properties = {**HEADER, "align": "center", "indent": 0}

STATUS_RULES: tuple[tuple[str, Properties], ...] = (
    ("FAIL", {"font_color": FAIL_INK, "bg_color": FAIL_FILL, "bold": True}),
    ("WARN", {"font_color": WARN_INK, "bg_color": WARN_FILL, "bold": True}),
    ("NOT_COMPUTED", {"font_color": WARN_INK, "bg_color": WARN_FILL, "bold": True}),
    ("PASS", {"font_color": PASS_INK, "bg_color": PASS_FILL, "bold": True}),
)
"""Text that a status cell contains → how it is filled; the word itself is always there."""
