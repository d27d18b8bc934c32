"""Stand-in for dbt's cross-database macros while SQL is linted: text of the same shape."""


def dateadd(part: str, interval: object, value: str) -> str:
    """Render the day, month or other part that many later."""
    return f"({value} + interval '1' {part} * ({interval}))"


def datediff(first: str, second: str, part: str) -> str:
    """Render the count of boundaries of a part between two times."""
    return f"datediff('{part}', {first}, {second})"


def date_trunc(part: str, value: str) -> str:
    """Render the start of the part that holds a time."""
    return f"date_trunc('{part}', {value})"


def last_day(value: str, part: str) -> str:
    """Render the last day of the part that holds a day."""
    return f"last_day({value}, '{part}')"


def hash(value: str) -> str:  # noqa: A001 - dbt's name for it
    """Render a hash as text."""
    return f"md5({value})"


def split_part(value: str, delimiter: str, number: int) -> str:
    """Render the part of a text between delimiters."""
    return f"split_part({value}, {delimiter}, {number})"


def listagg(measure: str, delimiter: str = "','", order: str = "", limit: int | None = None) -> str:
    """Render values joined to one text."""
    del limit
    return f"string_agg({measure}, {delimiter} {order})"
