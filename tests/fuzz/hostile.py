"""What goes wrong in real files: values, and ways to damage text, tables and trees."""

from __future__ import annotations

import random
from typing import Any

TEXTS = (
    "", " ", "\u00a0", "NULL", "null", "None", "#N/A", "N/A", "-", "?", "nan", "NaN", "inf",
    "-inf", "Infinity", "0", "-0", "0.0", "-1", "1e400", "1e-400", "1E5", "0x10", "1_000", "1,000",
    "1.000,00", "1'000.00", "١٢٣", "１２", "½", "²", "+5", "--5", "5-", "5.", ".5", "00012",
    "9" * 16, "9" * 40, "0." + "1" * 40, "10000000000000000000000.00", "$5", "5 USD", "5%",
    "TRUE", "true", "yes", "No", "on", "1", "y", "wahr",
    "2026-02-30", "2026-13", "2026-00", "2026-1", "26-01", "202601", "01.02.2026", "02/01/2026",
    "2026-W01", "0000-01-01", "9999-12-31", "1899-12-31", "2026-01-01T00:00:00",
    "2026-01-01T24:00:00Z", "2026-01-01T10:00:00+99:00", "2026-01-01 10:00:00Z", "46054",
    "2026-03-29T02:30:00", "2026-01-01T10:00:60Z", "-2026-01-01T00:00:00Z", "+10000-01-01",
    "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "'; drop table company.people; --", "\"", "'",
    "a" * 5000, "ä", "e\u0301", "\u202eabc", "\ufeffp1", "p1\u200b", " p1 ", "P1", "\U0001f600",
    "a;b", ";;", "a\tb", "line\nbreak", "carriage\rreturn", "\x01", "\x7f", "\x1e", "\ud7ff",
    "../../etc/passwd", "{{ env_var('HOME') }}", "{% raw %}", "${HOME}", "%s%n", "<b>x</b>",
)  # fmt: skip
"""Texts that have been a wrong cell somewhere."""

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**53 + 1, 2**63, 2**64, -(2**70), 10**400,
    0.1, -0.0, 1e308, 5e-324,
    float("nan"), float("inf"), [], {}, [[]], [None], {"": None}, [1, "a", None], {"key": {}},
    [[[[[[[[]]]]]]]], *TEXTS,
)  # fmt: skip
"""Values that JSON or YAML can hold where another was meant."""


def damaged_bytes(chance: random.Random, content: bytes) -> bytes:
    """Cut, flip, repeat or insert bytes."""
    place = chance.randrange(len(content) + 1)
    match chance.randrange(5):
        case 0:
            return content[:place]
        case 1:
            flipped = bytearray(content)
            for _ in range(chance.randint(1, 8)):
                flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            return bytes(flipped)
        case 2:
            length = chance.randint(1, 200)
            return content[:place] + content[place : place + length] * 2 + content[place + length :]
        case 3:
            signs = (b"\0", b"\xff", b"\r", b"\n", b'"', b",", b"\xef\xbb\xbf", b"\xed\xa0\x80")
            return content[:place] + chance.choice(signs) + content[place:]
        case _:
            return content[:place] + content[place + chance.randint(1, 400) :]


def dice(part: str, number: int) -> random.Random:
    """Return the chance of one case: the same number, the same case, on every machine."""
    return random.Random(f"{part} {number}")  # noqa: S311 - cases, no secret


Place = tuple[dict[Any, Any] | list[Any], Any]


def places(tree: Any) -> list[Place]:
    """List every place of a tree of lists and mappings as its container and key."""
    found: list[Place] = []
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in list(entries):
        found.append((tree, key))
        if isinstance(value, dict | list):
            found += places(value)
    return found


def damaged_tree(chance: random.Random, tree: Any) -> None:
    """Damage one place of a tree: another value, gone, twice, renamed, moved or wrapped."""
    found = places(tree)
    if not found:
        return
    container, key = chance.choice(found)
    value = container[key]
    match chance.randrange(8):
        case 0:
            del container[key]
        case 1 if isinstance(container, list):
            container.insert(key, value)
        case 1 | 2 if isinstance(container, dict) and isinstance(key, str):
            container[_respelt(chance, key)] = container.pop(key)
        case 3:
            container[key] = [value]
        case 4:
            other, at = chance.choice(found)
            if at in other if isinstance(other, dict) else at < len(other):
                container[key] = _copied(other[at])
        case 5 if isinstance(value, str) and value:
            container[key] = _respelt(chance, value)
        case 5 if isinstance(value, int | float):
            container[key] = chance.choice(
                [-value, value + 1, value * 1000, str(value), value // 3]
            )
        case _:
            container[key] = _copied(chance.choice(VALUES))


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _respelt(chance: random.Random, text: str) -> str:
    place = chance.randrange(len(text) or 1)
    return chance.choice(
        [
            text[:place] + text[place + 1 :],
            text.upper(),
            text + " ",
            text[:place] + chance.choice("x-_.;'\"\\") + text[place:],
            text * 2,
        ]
    )
