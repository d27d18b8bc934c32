"""Text cells: free text, enumerations, booleans, codes, lists and weekday patterns."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa

from capstream.company.inputs.codes import COUNTRIES, CURRENCIES
from capstream.company.inputs.kinds import CellError, CellKind
from capstream.company.inputs.number_kinds import read_decimal
from capstream.documents.wording import suggestion
from capstream.types import THREE_DIGIT_CURRENCIES

_DAYS_OF_WEEK, _HOURS_OF_DAY, _HOUR_DIGITS = 7, 24, 4
_PATTERN_REMEDY = "write seven numbers of hours, Monday first, such as 8;8;8;4;0;0;0"


def read_text(text: str) -> str:
    """Return the text in composed Unicode form, so that equal looking names are equal.

    Raises:
        CellError: The text holds control characters other than line breaks and tabs.
    """
    if text.isascii() and text.isprintable():
        return text
    for character in text:
        if unicodedata.category(character) == "Cc" and character not in "\n\r\t":
            raise CellError(
                f"the text holds the control character U+{ord(character):04X}", "take it out"
            )
    return unicodedata.normalize("NFC", text)


def read_key(text: str) -> str:
    """Return a name or id that other rows refer to: one line of text."""
    if "\n" in text or "\r" in text or "\t" in text:
        raise CellError(f"{text!r} spans lines or holds a tab", "write the name on one line")
    return read_text(text)


def read_boolean(text: str) -> bool:
    """Read `true` or `false`."""
    if text not in {"true", "false"}:
        raise CellError(f"{text!r} is not a boolean", "write true or false")
    return text == "true"


def read_currency(text: str) -> str:
    """Read an ISO 4217 code of a currency with no or two decimal digits."""
    if text in THREE_DIGIT_CURRENCIES:
        raise CellError(
            f"currency {text} has three decimals, which amounts cannot hold",
            "give the amount in a currency with at most two decimals",
        )
    known = CURRENCIES - THREE_DIGIT_CURRENCIES
    if text not in known:
        remedy = f"write {text.upper()}" if text.upper() in known else "use a code such as USD"
        raise CellError(f"{text!r} is not an ISO 4217 currency", remedy)
    return text


def read_country(text: str) -> str:
    """Read an ISO 3166 alpha-2 code."""
    if text not in COUNTRIES:
        remedy = f"write {text.upper()}" if text.upper() in COUNTRIES else "use a code such as DE"
        raise CellError(f"{text!r} is not an ISO 3166 country", remedy)
    return text


def read_list(text: str) -> str:
    """Read a `;`-separated list into JSON text; blanks around entries and empty ones fall away."""
    entries = [read_key(entry.strip()) for entry in text.split(";") if entry.strip()]
    return json.dumps(entries, ensure_ascii=False)


def weekday_hours(text: str) -> list[Decimal]:
    """Return the seven numbers of hours of a weekday pattern, Monday first.

    Raises:
        CellError: There are not seven numbers, or one is outside 0..24 or finer than 0.0001.
    """
    try:
        hours = [read_decimal(part.strip()) for part in text.split(";")]
    except CellError as error:
        raise CellError(f"{text!r} is not a weekday pattern ({error})", _PATTERN_REMEDY) from error
    if len(hours) != _DAYS_OF_WEEK:
        raise CellError(f"{text!r} has {len(hours)} numbers, not seven", _PATTERN_REMEDY)
    if not all(0 <= hour <= _HOURS_OF_DAY for hour in hours):
        raise CellError(f"{text!r} has hours outside 0 to 24", _PATTERN_REMEDY)
    rounded = [hour.quantize(Decimal(1).scaleb(-_HOUR_DIGITS)) for hour in hours]
    if rounded != hours:
        raise CellError(f"{text!r} has hours with more than four decimals", _PATTERN_REMEDY)
    return rounded


def _read_pattern(text: str) -> str:
    weekday_hours(text)
    return text


def _read_email(text: str) -> str:
    name, _, domain = text.partition("@")
    if not name or not domain or "@" in domain or any(blank in text for blank in " \t\n,;"):
        raise CellError(
            f"{text!r} is not an e-mail address", "write one address, such as a@b.example"
        )
    return text


def choice(*allowed: str) -> CellKind:
    """Return the kind of a cell that holds one of the allowed texts."""
    return CellKind(
        " \\| ".join(f"`{value}`" for value in allowed),
        pa.string(),
        _reader_of(allowed),
        f"use one of {', '.join(allowed)}",
    )


def _reader_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read_choice(text: str) -> str:
        if text not in allowed:
            raise CellError(f"{text!r} is not an allowed value", suggestion(text, allowed))
        return text

    return read_choice


TEXT = CellKind("text", pa.string(), read_text, "write plain text")
KEY = CellKind("name", pa.string(), read_key, "write one line of text")
BOOLEAN = CellKind("`true` \\| `false`", pa.bool_(), read_boolean, "write true or false")
CURRENCY = CellKind("currency", pa.string(), read_currency, "use a code such as USD")
COUNTRY = CellKind("country", pa.string(), read_country, "use a code such as DE")
LIST = CellKind("list with `;`", pa.string(), read_list, "separate the entries by ';'")
WEEKDAY_HOURS = CellKind("seven numbers with `;`", pa.string(), _read_pattern, _PATTERN_REMEDY)
EMAIL = CellKind("e-mail", pa.string(), _read_email, "write one address, such as a@b.example")
