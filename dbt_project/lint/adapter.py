"""Stand-in for dbt's adapter while SQL is linted: a dispatched macro is its DuckDB form."""

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, name: str, package: str | None = None) -> Callable[..., str]:
    """Return the macro that dbt would choose on DuckDB: `duckdb__name`, else `default__name`."""
    del package
    return context.get(f"duckdb__{name}") or context[f"default__{name}"]


def quote(name: str) -> str:
    """Render a quoted name."""
    return f'"{name}"'
