"""Options that several commands share, and their types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from capstream.types import Month

Command = TypeVar("Command", bound=Callable[..., Any])


class MonthType(click.ParamType[Month]):
    """A month written `YYYY-MM`."""

    name = "YYYY-MM"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Month:
        """Read the month or refuse the text."""
        if isinstance(value, Month):
            return value
        try:
            return Month.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def company_option(command: Command) -> Command:
    """Add `-c/--company`; given before the command it counts as well."""
    return click.option(
        "-c",
        "--company",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        callback=_from_group("company"),
        help="The company folder (default: the current folder).",
    )(command)


def json_option(command: Command) -> Command:
    """Add `--json`; given before the command it counts as well."""
    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        default=None,
        callback=_from_group("as_json"),
        help="Print machine-readable output.",
    )(command)


def _from_group(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def chosen(context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
        return context.obj[name] if value is None else value

    return chosen
