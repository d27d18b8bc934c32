"""How commands print: words for people, JSON for programs."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from capstream.types import minor_digits


def print_json(content: Any) -> None:
    """Print a value as JSON; amounts as text, so that no reader rounds them."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=_plain))


def print_lines(lines: Sequence[str]) -> None:
    """Print lines of text."""
    for line in lines:
        click.echo(line)


def money(amount: Decimal | str, currency: str) -> str:
    """Write an amount with thousands separated and its currency's digits: `1,234.50 USD`."""
    return f"{Decimal(amount):,.{minor_digits(currency)}f} {currency}"


def share(part: Decimal | str, whole: Decimal | str) -> str:
    """Write a part as percent of a whole; a dash where there is no whole."""
    if not Decimal(whole):
        return "—"
    return f"{Decimal(part) / Decimal(whole) * 100:z.1f} %"


def shown_path(path: Path) -> str:
    """Write a path relative to the current folder where it lies inside it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _plain(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
